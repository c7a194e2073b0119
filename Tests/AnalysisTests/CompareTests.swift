import Analysis
import DiscreteEvents
import PowerPlatform
import ReferenceEngine
import SimulationTrace
import TenantIsolation
import Testing

/// What `compare` says, against comparing every run.
@Suite struct CompareTests {
  @Test("Folded differences are those of the runs one by one", arguments: UInt64(0)..<80)
  func runs(seed: UInt64) {
    let scenario = RandomWorld.scenario(seed: seed)
    let original = simulate(scenario).trace
    for other in Self.variants(of: scenario, seed) {
      let trace = simulate(other, seed: scenario.seed).trace
      let comparison = compare(original, trace)
      let expected = differences(Runs(original), Runs(trace))
      #expect(comparison.runCount == expected.count)
      #expect(comparison.runs.map(\.first).min() == expected.map(\.time).min())
      for runs in comparison.runs {
        let alike = expected.filter { $0.flow == runs.flow && $0.a == runs.a && $0.b == runs.b }
        #expect(alike.contains { $0.time == runs.first } && alike.contains { $0.time == runs.last })
        #expect(alike.count { $0.time >= runs.first && $0.time <= runs.last } >= runs.count)
      }
    }
  }

  @Test("Nothing differs from itself", arguments: UInt64(0)..<40)
  func same(seed: UInt64) {
    let scenario = RandomWorld.scenario(seed: seed)
    let comparison = compare(simulate(scenario).trace, simulate(scenario).trace)
    #expect(!comparison.differs && comparison.runs.isEmpty && comparison.otherDifferences == 0)
    #expect(comparison.countsOfA == comparison.countsOfB)
  }

  /// The same world without a statement, with another delay, another policy, other periods.
  static func variants(of scenario: Scenario, _ seed: UInt64) -> [Scenario] {
    var (shorter, slower, other, faster) = (scenario, scenario, scenario, scenario)
    if !shorter.timeline.isEmpty {
      shorter.timeline.remove(at: Int(seed % UInt64(shorter.timeline.count)))
    }
    slower.settings.propagation = 1_500_000...1_500_000
    other.policies[0].isOn.toggle()
    for (row, declaration) in faster.declarations.enumerated() {
      guard case .flow(let id, var flow) = declaration.item,
        case .every(let period, let anchor) = flow.trigger
      else { continue }
      flow.trigger = .every(period / 3 * 2 + Int64(seed % 2) * 60_000, anchor: anchor)
      faster.declarations[row] = Declaration(.flow(id, flow), line: declaration.line)
    }
    return [shorter, slower, other, faster]
  }

  private struct Difference {
    var flow: String
    var time: Instant
    var a: Comparison.Met?
    var b: Comparison.Met?
  }

  private struct Key: Hashable {
    var flow: String
    var time: Instant
    var recurs: Bool
    /// Runs of one flow at one instant are told apart by their order.
    var number: Int
  }

  /// Every run of a trace, made.
  private struct Runs {
    var met: [Key: Comparison.Met] = [:]

    init(_ trace: Trace) {
      for record in trace.records {
        guard let run = record.run, let flow = record.flow else { continue }
        var key = Key(
          flow: trace.cast.flows[flow.row].name, time: record.time,
          recurs: run.trigger == .recurrence, number: 0)
        while met[key] != nil { key.number += 1 }
        met[key] = Comparison.Met(trace.verdicts[run.verdict], in: trace)
      }
    }
  }

  private func differences(_ a: Runs, _ b: Runs) -> [Difference] {
    Set(a.met.keys).union(b.met.keys).compactMap { key in
      a.met[key] == b.met[key]
        ? nil : Difference(flow: key.flow, time: key.time, a: a.met[key], b: b.met[key])
    }
  }
}
