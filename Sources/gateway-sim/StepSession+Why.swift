import Analysis
import DiscreteEvents
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

extension StepSession {
  /// The answer to `NAME`, `run NAME`, `connection NAME` or `app NAME`, each now or `@TIME`.
  func why(_ text: String) throws -> WhyReport {
    let question = try asked(text)
    let simulation = simulate(scenario.goingOn(after: question.time), seed: simulation.trace.seed)
    return WhyReport(
      Analysis.why(question.subject, at: question.time, scenario, simulation),
      in: simulation.trace)
  }

  private func asked(_ text: String) throws -> (subject: Account.Subject, time: Instant) {
    if let subject = try? subject(text) { return (subject, now) }
    guard let at = text.lastIndex(of: "@") else { return (try subject(text), now) }
    let time = try scenario.instant(typed: String(text[text.index(after: at)...]))
    return (try subject(String(text[..<at])), time)
  }

  private func subject(_ text: String) throws(UsageError) -> Account.Subject {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let name = words.last, words.count <= 2 else {
      throw UsageError("expected why NAME, why run NAME@TIME, or connection or app for run")
    }
    let kind = words.count == 2 ? words[0] : nil
    let found = subjects(named: name).filter {
      kind == nil || $0.kind == kind || kind == "flow" && $0.kind == "run"
    }
    if let kind, !["run", "flow", "connection", "app"].contains(kind) {
      throw UsageError(
        "why asks about a run, a connection or an app, not about \"\(kind.shortened)\"",
        suggestion: nearest(to: kind, among: ["run", "connection", "app"]))
    }
    guard let first = found.first else {
      if let thing = otherThing(named: name) {
        throw UsageError(
          "why answers about a run of a flow, a connection or an app; show \(name.shortened) tells "
            + "what is known of \(thing)")
      }
      throw UsageError(
        "there is no \(kind ?? "flow, connection or app") \"\(name.shortened)\"",
        suggestion: nearest(to: name, among: askable))
    }
    guard found.count == 1 else {
      let ways = found.map { "why \($0.kind) \(name)" }.joined(separator: ", ")
      throw UsageError("\(name) is several things: \(ways)")
    }
    return first.subject
  }

  private func subjects(named name: String) -> [(kind: String, subject: Account.Subject)] {
    let cast = scenario.cast
    var found: [(kind: String, subject: Account.Subject)] = []
    if let row = cast.flows.firstIndex(where: { $0.name == name }) {
      found.append(("run", .run(FlowID(row))))
    }
    if let row = cast.connections.firstIndex(where: { $0.name == name }) {
      found.append(("connection", .connection(ConnectionID(row))))
    }
    if let row = cast.apps.firstIndex(where: { $0.name == name }) {
      found.append(("app", .app(AppID(row))))
    }
    return found
  }

  private var askable: [String] {
    let cast = scenario.cast
    return (cast.flows + cast.connections + cast.apps).map(\.name)
  }
}
