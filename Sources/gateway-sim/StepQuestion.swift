import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// What an audience is asked before the next instant is told; nothing that it shows was not known.
struct StepQuestion {
  /// What is asked.
  let text: String
  /// How what happens then ends.
  let answers: Set<Outcome>

  /// The question about the next instant; nil where nothing more happens.
  init?(_ session: StepSession) {
    guard let time = session.next else { return nil }
    let trace = session.simulation.trace
    var lines: [String] = []
    var answers: Set<Outcome> = []
    for (row, statement) in session.scenario.timeline.enumerated() where statement.time == time {
      let outcomes = statement.action.outcomes.map(\.words).joined(separator: ", ")
      lines.append("\(session.sentence(onLine: statement.line)): \(outcomes)?")
      if let outcome = session.simulation.results[row].outcome { answers.insert(outcome) }
    }
    for segment in trace.segments {
      guard
        segment.recurrence.occurrence(0, in: segment.interval.clamped(to: time..<time + 1)) == time
      else { continue }
      lines.append("flow \(trace.cast.flows[segment.flow.row].name) runs: succeeded, failed?")
      answers.insert(trace.verdicts[segment.verdict].outcome)
    }
    if lines.isEmpty { lines = ["the platform does something by itself: what?"] }
    self.answers = answers
    text =
      "\(trace.timeText(time))\n" + lines.map { "  \($0)\n" }.joined()
      + "Type the outcome, or an empty line to be told.\n"
  }

  /// The outcome that somebody guesses; nil where the line is no guess.
  func guess(_ line: String) -> Outcome? {
    Outcome.allCases.first { $0.words == line.trimmed }
  }
}

extension Outcome {
  /// The outcome as scenarios write it.
  fileprivate var words: String { self == .notAdded ? "not added" : "\(name)" }
}

extension Action {
  /// How it may end.
  fileprivate var outcomes: [Outcome] {
    switch self {
    case .turnIsolation, .allow, .changeRule, .retargetRule, .removeRule, .createDataPolicy,
      .deleteDataPolicy, .deleteConnection, .deleteApp, .deleteFlow, .createApp:
      [.saved, .refused]
    case .createConnection, .openApp: [.allowed, .blocked, .refused]
    case .addConnection: [.added, .notAdded, .refused]
    case .createFlow, .saveFlow, .turnFlow: [.saved, .suspended, .refused]
    case .runFlow: [.succeeded, .failed, .refused]
    case .requestReport: [.succeeded, .refused]
    case .signal: [.succeeded, .failed]
    }
  }
}
