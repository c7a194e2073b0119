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
    let runs = Counts(simulate(week).trace).records
    return [
      Finding("the week", timeOfWeek.minimum, .seconds),
      Finding("runs in it", Double(runs), .count),
      Finding("runs a second", Double(runs) / timeOfWeek.minimum, .count),
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
