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

  /// Adds which update is lost with a policy that took the place of another.
  func add(lostUpdateBy record: Record, to line: inout StoryLine) {
    guard record.kind == .policySaved, let row = record.policy,
      let replacement = policies[row].replacement, replacement.losesUpdate
    else { return }
    let author = record.actor.map { printable(cast.users[$0.row].name) } ?? "its author"
    line.add(.then, "an update is lost: \(author) \(knowledge(behind: replacement))")
    for text in lost(by: replacement, author) { line.add(.then, text) }
  }

  private func knowledge(behind replacement: PolicyReplaced) -> String {
    guard let basis = replacement.basis.map({ policies[$0] }) else {
      return "had not read the policy"
    }
    guard basis.isConfigured else { return "knew of no policy" }
    return "knew the policy " + (basis.savedAt.map { "of \(timeText($0))" } ?? "of the start")
  }

  private func lost(by replacement: PolicyReplaced, _ author: String) -> [String] {
    var texts: [String] = []
    func add(_ rules: [Rule], _ what: String) {
      guard !rules.isEmpty else { return }
      let few = rules.prefix(4).map { cast.words($0) }.joined(separator: ", ")
      texts.append("\(what): \(few)" + (rules.count > 4 ? " and \(rules.count - 4) more" : ""))
    }
    add(replacement.overlooked, "gone, and never seen by \(author)")
    add(replacement.revived, "back, and its removal never seen by \(author)")
    if replacement.overlooksSwitch { texts.append("switched back, never seen by \(author)") }
    return texts
  }
}
