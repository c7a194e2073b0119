import Analysis
import DiscreteEvents
import PowerPlatform
import ReferenceEngine
import SimulationTrace
import TenantIsolation

extension Figure {
  /// Every propagation delay of a range.
  static let exploration = Figure(
    name: "explore",
    summary: "explore of 4 changes, 50 flows, a day, against each class event by event"
  ) {
    let scenario = rangedScenario
    let classes = explore(scenario).judged
    let exploration = Measurement(repeating: 3, batch: classes) { explore(scenario).verdicts.count }
    let eachRun = Measurement(repeating: 3) { plainSimulation(of: scenario) }
    let eachRecord = Measurement {
      simulate(scenario).trace.records.reduce(0) { sum, _ in sum + 1 }
    }
    return [
      Finding("classes", Double(classes), .count),
      Finding("a class", exploration.minimum, .seconds),
      Finding("a class, every run made by the plain engine", eachRun.minimum, .seconds),
      Finding("against the plain engine", exploration.ratio(to: eachRun), .ratio),
      Finding("a class, every run made by our own trace", eachRecord.minimum, .seconds),
      Finding("against our own trace", exploration.ratio(to: eachRecord), .ratio),
    ]
  }

  private static func plainSimulation(of scenario: Scenario) -> Int {
    var engine = ReferenceEngine(scenario)
    return engine.run().events.count
  }

  /// Isolation goes on and off twice; how many runs of each flow fail is expected.
  private static var rangedScenario: Scenario {
    var scenario = PairedTenants(flows: 50, flowsOfOnePair: 50, days: 1, changes: 0).scenario
    scenario.settings.propagation = 2_700_000...4_500_000
    for change in 0..<4 {
      scenario.timeline.append(
        Statement(
          time: Instant(Int64(change + 1) * 4 * 3_600_000), actor: UserID(0),
          action: .turnIsolation(on: change % 2 == 0, tenant: TenantID(0)), line: change + 2))
    }
    scenario.expectations = scenario.cast.flows.indices.map { row in
      let claim = Claim.runs(
        FlowID(row), count: 32, in: .start..<scenario.until, RunDescription(.failed))
      return Expectation(claim, source: "", line: row + 10, column: 1)
    }
    return scenario
  }
}
