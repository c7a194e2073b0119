import DiscreteEvents
import Foundation
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

extension Figure {
  /// Writing every run of 10,000 flows as a line of JSON.
  static let trace = Figure(
    name: "trace", summary: "a trace of 10,000 flows, each run written, to nowhere: days double"
  ) {
    var growth = Growth()
    var findings: [Finding] = []
    for days in [1, 2, 4] {
      let trace = simulation(days: days)
      var extra = 0
      let time = Measurement(repeating: 2) {
        let (bytes, memory) = write(trace)
        extra = max(extra, memory)
        return bytes
      }
      growth.add(days, time)
      let speed = Double(trace.recordCount) / time.minimum
      findings.append(Finding("records a second, \(days) days", speed, .count))
      findings.append(Finding("memory for the writing, \(days) days", Double(extra), .bytes))
    }
    return findings + growth.findings("a trace", of: "days")
  }

  private static func simulation(days: Int) -> Trace {
    var world = GeneratedWorld()
    (world.tenants, world.flows, world.days) = (100, 10_000, days)
    return simulate(scenario(world)).trace
  }

  /// Writes a trace to nowhere. Returns its bytes, and by how many the process grew at most.
  private static func write(_ trace: Trace) -> (bytes: Int, memory: Int) {
    let before = residentMemory()
    var (bytes, chunks, most) = (0, 0, before)
    try? TraceWriter.write(trace) { chunk in
      bytes += chunk.count
      chunks += 1
      if chunks % 1000 == 0 { most = max(most, residentMemory()) }
    }
    return (bytes, most - before)
  }

  /// What the process holds of the machine's memory, in bytes; 0 where the system doesn't say.
  private static func residentMemory() -> Int {
    let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    let pages = text?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
