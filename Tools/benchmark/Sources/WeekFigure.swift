import Analysis
import DiscreteEvents
import PowerPlatform
import ScenarioLanguage
import SimulationTrace

extension Figure {
  /// Simulating a week of 323 million runs, once its file is read.
  static let week = Figure(
    name: "week",
    summary: "a week of 1,000 tenants, 100,000 flows, 200 changes; each of them doubles"
  ) {
    let week = scenario(GeneratedWorld())
    var year = week
    year.until = Instant(365 * CivilTime.day)
    let (timeOfWeek, timeOfYear) = (timeOfSimulating(week), timeOfSimulating(year))
    let simulation = simulate(week)
    let runs = Counts(simulation.trace).records
    let expecting = withExpectations(week)
    let timeOfJudging = Measurement { judge(expecting, simulation).count }
    return [
      Finding("the week", timeOfWeek.minimum, .seconds),
      Finding("runs in it", Double(runs), .count),
      Finding("runs a second", Double(runs) / timeOfWeek.minimum, .count),
      Finding("1,000 counts of its runs, judged", timeOfJudging.minimum, .seconds),
      Finding("a year against the week", timeOfYear.ratio(to: timeOfWeek), .ratio),
    ] + growth(\.changes, from: 5_000, "changes") + growth(\.flows, from: 25_000, "flows")
      + growth(\.days, from: 7, "days")
  }

  private static func growth(
    _ size: WritableKeyPath<GeneratedWorld, Int>, from first: Int, _ unit: String
  ) -> [Finding] {
    Growth.doubling(first) {
      var world = GeneratedWorld()
      world[keyPath: size] = $0
      return timeOfSimulating(scenario(world))
    }.findings("a simulation", of: unit)
  }

  /// Of each hundredth flow, that so many of its runs fail.
  private static func withExpectations(_ scenario: Scenario) -> Scenario {
    var scenario = scenario
    scenario.expectations = stride(from: 0, to: scenario.cast.flows.count, by: 100).map { row in
      let claim = Claim.runs(
        FlowID(row), count: row, in: .start..<scenario.until, RunDescription(.failed))
      return Expectation(claim, source: "", line: row + 1, column: 1)
    }
    return scenario
  }

  private static func timeOfSimulating(_ scenario: Scenario) -> Measurement {
    Measurement(repeating: 5) { simulate(scenario).trace.segments.count }
  }

  /// A generated world, written and read again; nothing where that goes wrong.
  static func scenario(_ world: GeneratedWorld) -> Scenario {
    var text: [UInt8] = []
    world.write { text += $0 }
    return load("generated.scenario") { _ in .success(text) }.scenario ?? Scenario()
  }
}
