import DiscreteEvents
import SimulationTrace
import TenantIsolation

// The isolation policy as one object, and operations, in a story.

extension OperationStatus {
  var mark: Mark {
    switch self {
    case .notStarted: .saved
    case .running, .canceled: .plain
    case .succeeded: .good
    case .failed: .bad
    }
  }
}

extension Trace {
  /// Adds what somebody who reads a policy gets to see.
  func add(answerTo record: Record, to line: inout StoryLine) {
    guard record.kind == .policyRead, let row = record.policy else { return }
    let version = policies[row]
    guard version.isConfigured else {
      return line.add(
        .then, "never configured: 200 with an empty body (observed), and isolation is off")
    }
    let rules = cast.ruleWords(version.policy)
    line.add(
      .then,
      version.policy.isOn
        ? "isDisabled is false: isolation is on" : "isDisabled is true: isolation is off")
    line.add(.then, rules.isEmpty ? "no rules" : "rules: \(rules)")
  }

  /// Adds what a policy undoes that took the place of another: updates of others, which are lost,
  /// and changes of its author's own.
  func add(undoneBy record: Record, to line: inout StoryLine) {
    guard record.kind == .policySaved, let row = record.policy,
      let replacement = policies[row].replacement
    else { return }
    let author = record.actor.map { printable(cast.users[$0.row].name) } ?? "its author"
    let asked = replacement.askedAt.map(timeText)
    if replacement.losesUpdate {
      let when = asked.map { " when asking at \($0)" } ?? ""
      let unseen = asked.map { "not seen by \(author) before \($0)" } ?? "never seen by \(author)"
      line.add(.then, "an update is lost: \(author) \(knowledge(behind: replacement))\(when)")
      add(
        replacement.lost, gone: "gone, and \(unseen)", back: "back, and its removal \(unseen)",
        switched: "switched back, \(unseen)", to: &line)
    }
    guard !replacement.ownUndone.isEmpty, let asked else { return }
    line.add(.then, "what \(author) asked for at \(asked) undoes what \(author) did since")
    add(
      replacement.ownUndone, gone: "gone, though \(author) allowed it",
      back: "back, though \(author) took it away",
      switched: "switched back, though \(author) switched it", to: &line)
  }

  private func knowledge(behind replacement: PolicyReplaced) -> String {
    guard let basis = replacement.basis.map({ policies[$0] }) else {
      return "had not read the policy"
    }
    guard basis.isConfigured else { return "knew of no policy" }
    return "knew the policy " + (basis.savedAt.map { "of \(timeText($0))" } ?? "of the start")
  }

  private func add(
    _ changes: UndoneChanges, gone: String, back: String, switched: String, to line: inout StoryLine
  ) {
    for (rules, what) in [(changes.gone, gone), (changes.back, back)] where !rules.isEmpty {
      let few = rules.prefix(4).map { cast.words($0) }.joined(separator: ", ")
      let rest = rules.count > 4 ? " and \(rules.count - 4) more" : ""
      line.add(.then, "\(what): \(few)\(rest)")
    }
    if changes.isSwitched { line.add(.then, switched) }
  }
}
