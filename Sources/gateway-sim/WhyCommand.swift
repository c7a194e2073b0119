import Analysis
import DiscreteEvents
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

/// `why FILE …`: load, simulate, ask about one instant, answer.
@Sendable func whyCommand(_ invocation: Invocation, _ console: Console) throws {
  let asked = try Asked(invocation)
  var reader = Reader(invocation, console)
  guard let scenario = try reader.scenario(invocation.operands[0]) else { return }
  let (subject, time) = try asked.found(in: scenario)
  let simulation = simulate(scenario.goingOn(after: time))
  let report = WhyReport(why(subject, at: time, scenario, simulation), in: simulation.trace)
  try console.say(
    invocation.has(.json) ? report.json : report.text(try console.storyStyle(invocation)))
}

/// What the command line asks about, in its own words.
private struct Asked {
  var flag: Flag
  var name: String
  var time: String

  private static let flags: [Flag] = [.run, .connection, .app]

  init(_ invocation: Invocation) throws {
    let given = Self.flags.filter { invocation.has($0) }
    guard given.count == 1, let text = invocation.value(of: given[0]) else {
      throw UsageError("why asks about exactly one of --run, --connection and --app")
    }
    guard let at = text.lastIndex(of: "@"), at > text.startIndex else {
      throw UsageError(
        "\(given[0].name) is a name, @ and a time, as in sync@09:55, not \"\(text)\"")
    }
    flag = given[0]
    name = String(text[..<at])
    time = String(text[text.index(after: at)...])
  }

  func found(in scenario: Scenario) throws -> (Account.Subject, Instant) {
    let subject: Account.Subject =
      switch flag.name {
      case Flag.run.name: .run(try flow(named: name, in: scenario).orUsageError(flag))
      case Flag.app.name: .app(try app(named: name, in: scenario).orUsageError(flag))
      default: .connection(try connection(named: name, in: scenario).orUsageError(flag))
      }
    return (subject, try scenario.instant(typed: time, for: flag))
  }
}

extension Scenario {
  /// The scenario with what is still under way at its end, or at an instant: policies go on coming
  /// into force.
  func goingOn(after time: Instant) -> Scenario {
    var longer = self
    let delay = max(settings.propagation.upperBound, settings.dataPolicyPropagation)
    longer.until = max(until, time + 1) + delay + 1
    return longer
  }
}
