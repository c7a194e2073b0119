import DiscreteEvents
import Foundation
import PowerPlatform
import ScenarioLanguage
import SimulationTrace

/// The flow-run world for some hours, told in the one line of JSON that the peers print as well.
struct FlowRuns: Encodable {
  var engine: String
  var runs: Int
  /// The simulation alone, once and with nothing warmed up, as the peers do it.
  var seconds: Double
  var peakKilobytes: Int
  /// What all runs met: equal for everybody who did the same work.
  var checksum: Int

  init(hours: Int) {
    var scenario = Figure.scenario(GeneratedWorld())
    scenario.until = min(scenario.until, Instant(Int64(hours) * 3_600_000))
    let clock = ContinuousClock()
    let start = clock.now
    let trace = simulate(scenario).trace
    seconds = (clock.now - start) / .seconds(1)
    engine = "gateway-sim, \(hours) h"
    runs = trace.segments.reduce(0) { $0 + $1.count }
    checksum = trace.checksum
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    peakKilobytes = usage.ru_maxrss
  }
}

extension Trace {
  /// The sum over flows that the peers compute from their runs, here from segments.
  fileprivate var checksum: Int {
    var sum = 0
    var (row, previous, turnedAt) = (-1, -1, 0)
    for segment in segments {
      if segment.flow.row != row {
        sum += turnedAt
        (row, previous, turnedAt) = (segment.flow.row, -1, 0)
      }
      guard let first = segment.recurrence.occurrence(0, in: segment.interval) else { continue }
      let grounds = verdicts[segment.verdict].grounds
      let met = grounds.contains(.outboundBlocked) ? 1 : grounds.contains(.inboundBlocked) ? 2 : 0
      sum += (row + 1) * segment.count * [1, 3, 5][met]
      if met != previous {
        sum += (row + 1) * 7
        (previous, turnedAt) = (met, Int(first.milliseconds / 1000))
      }
    }
    return sum + turnedAt
  }
}
