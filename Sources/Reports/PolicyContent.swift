import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What a policy says, whenever it was saved and in whatever order its rules were added: two that say
/// the same are no change.
struct PolicyContent: Hashable {
  private let tenant: TenantID
  private let isConfigured: Bool
  private let isOn: Bool
  private let rules: Set<Rule>

  init(_ version: PolicyVersion) {
    tenant = version.tenant
    isConfigured = version.isConfigured
    isOn = version.policy.isOn
    rules = Set(version.policy.rules)
  }
}

extension [PolicyVersion] {
  /// What each of them says, as a number that those which say the same share.
  var contents: [Int] {
    var contents = Interner<PolicyContent>()
    return map { contents.place(of: PolicyContent($0)) }
  }

  /// When, of one tenant, what is saved and what is in force say different things.
  var differences: [Range<Instant>] {
    let contents = contents
    let turns = flatMap { [$0.savedAt ?? .start, $0.inForceAt] }.sorted()
    func latest(_ turn: Instant, _ time: (PolicyVersion) -> Instant) -> Int? {
      lastIndex { time($0) <= turn }.map { contents[$0] }
    }
    return zip(turns, turns.dropFirst()).compactMap { turn, next in
      let isSame = latest(turn) { $0.savedAt ?? .start } == latest(turn, \.inForceAt)
      return isSame || turn == next ? nil : turn..<next
    }
  }
}
