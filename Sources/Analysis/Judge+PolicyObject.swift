import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Judges what is expected of a tenant's saved policy and of operations.
extension Simulation {
  func isolationFinding(
    _ tenant: TenantID, _ state: IsolationState, _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    let got = savedPolicy(of: tenant, at: time).state
    let shown = got.isAlso(state) ? state : got
    return stateFinding(
      "isolation of \(phrases.name(tenant))", "\(state.name)", "\(shown.name)", time, phrases)
  }

  func ruleFinding(
    _ tenant: TenantID, _ subject: RuleSubject, _ directions: Directions, _ time: Instant,
    _ phrases: Phrases
  ) -> Finding {
    let got = savedPolicy(of: tenant, at: time).policy.directions(for: subject)
    func word(_ directions: Directions) -> String {
      directions.isEmpty ? "absent" : phrases.directions(directions)
    }
    return stateFinding(
      "rule of \(phrases.name(tenant)) for \(phrases.subject(subject))", word(directions),
      word(got), time, phrases)
  }

  func operationFinding(
    _ name: AdminOperationID, _ status: OperationStatus, _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    let got = operation(named: name, at: time).map { "\($0.status(at: time).name)" }
    return stateFinding(
      "operation \(phrases.name(name))", "\(status.name)", got ?? "not there", time, phrases)
  }
}

extension Explanation {
  /// What an operation is to do, who asked for it, and how it goes on.
  func why(operation name: AdminOperationID, at time: Instant) -> [Reason] {
    guard let operation = simulation.operation(named: name, at: time) else { return [] }
    let who = operation.actor.map { " by \(phrases.name($0))" } ?? ""
    let end =
      operation.endedAt.map { ", \(operation.ending.name) at \(phrases.time($0))" }
      ?? ", and not done by the end"
    return [
      Reason(
        "line \(operation.line): asked for at \(phrases.time(operation.requestedAt))\(who)\(end)",
        line: operation.line)
    ]
  }

  /// What a policy that was replaced as a whole undid, unknown to its author or against them.
  func undone(by version: PolicyVersion) -> [Reason] {
    guard let replacement = version.replacement else { return [] }
    let asked = replacement.askedAt.map(phrases.time)
    let whole = "it replaced the whole policy" + (asked.map { ", asked for at \($0)" } ?? "")
    let known =
      replacement.basis.map { "who knew that of \(phrases.origin(simulation.trace.policies[$0]))" }
      ?? "who had never read it"
    return [
      (replacement.lost, "; its author, \(known), had not seen that"),
      (replacement.ownUndone, ": since then its author had seen to it that"),
    ]
    .filter { !$0.0.isEmpty }.map { changes, lead in
      Reason(
        "\(whole)\(lead) \(told(changes, version.policy))", line: version.lineIfAny
      ).resting(on: .observed, .policyObject)
    }
  }

  /// What happened before a policy undid it: `fabrikam outbound was allowed`.
  private func told(_ changes: UndoneChanges, _ policy: IsolationPolicy) -> String {
    func told(_ rules: [Rule], _ what: String) -> String? {
      guard !rules.isEmpty else { return nil }
      return "\(phrases.rules(rules)) \(rules.count == 1 ? "was" : "were") \(what)"
    }
    return [
      told(changes.gone, "allowed"), told(changes.back, "taken away"),
      changes.isSwitched ? "isolation was \(policy.isOn ? "off" : "on")" : nil,
    ]
    .compactMap(\.self).joined(separator: " and ")
  }
}
