import DiscreteEvents
import PowerPlatform
import ScenarioLanguage
import SimulationTrace

/// What an audience is asked before the next instant is told; nothing that it shows was not known.
struct StepQuestion {
  /// What somebody may say to it.
  enum Answer {
    case outcome(Outcome)
    /// No outcome that was asked about, and what is said to that.
    case mistaken(String)
  }

  /// The instant that it asks about.
  let time: Instant
  /// What is asked.
  let text: String
  /// How what happens then ends.
  let answers: Set<Outcome>
  /// The outcomes that are offered, each once; none where the question is open.
  private let offered: [Outcome]

  /// The question about the next instant; nil where nothing more happens.
  init?(_ session: StepSession) {
    guard let time = session.next else { return nil }
    let trace = session.simulation.trace
    var lines: [String] = []
    var answers: Set<Outcome> = []
    var offered: [Outcome] = []
    for (row, statement) in session.scenario.timeline.enumerated() where statement.time == time {
      let outcomes = statement.action.outcomes
      offered += outcomes
      lines.append("\(session.sentence(onLine: statement.line)): \(Self.list(outcomes))?")
      if let outcome = session.simulation.results[row].outcome { answers.insert(outcome) }
    }
    for segment in trace.segments {
      guard
        segment.recurrence.occurrence(0, in: segment.interval.clamped(to: time..<time + 1)) == time
      else { continue }
      offered += [.succeeded, .failed]
      lines.append("flow \(trace.cast.flows[segment.flow.row].name) runs: succeeded, failed?")
      answers.insert(trace.verdicts[segment.verdict].outcome)
    }
    self.time = time
    if lines.isEmpty { lines = ["the platform does something by itself: what?"] }
    self.answers = answers
    self.offered = Outcome.allCases.filter(offered.contains)
    text =
      "\(trace.timeText(time))\n" + lines.map { "  \($0)\n" }.joined()
      + "Type the outcome, or an empty line to be told.\n"
  }

  /// What somebody answers; nil where the line is no answer but an order or a sentence.
  func answer(_ line: String) -> Answer? {
    let text = line.trimmed
    if let outcome = Outcome.allCases.first(where: { $0.words == text }) {
      if offered.isEmpty || offered.contains(outcome) { return .outcome(outcome) }
      return .mistaken("\"\(text.shortened)\" is not asked here: \(Self.list(offered))?")
    }
    let first = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
    guard !first.isEmpty, !StepOrder.isOrder(first) else { return nil }
    guard let near = nearest(to: text, among: offered.map(\.words)) else { return nil }
    return .mistaken("\"\(text.shortened)\" is no outcome\ndid you mean \"\(near)\"?")
  }

  private static func list(_ outcomes: [Outcome]) -> String {
    outcomes.map(\.words).joined(separator: ", ")
  }
}
