import SimulationTrace
import TenantIsolation

extension Trace {
  /// What a saved policy changed: `turns isolation on`, `allows fabrikam outbound`.
  func change(in version: PolicyVersion, since previous: IsolationPolicy?) -> String {
    let old = previous ?? IsolationPolicy()
    var changes: [String] = []
    if old.isOn != version.policy.isOn {
      changes.append("turns isolation \(version.policy.isOn ? "on" : "off")")
    }
    for rule in version.policy.rules {
      let before = old.directions(for: rule.subject)
      if before.isEmpty {
        changes.append("allows \(cast.words(rule))")
      } else if before != rule.directions {
        changes.append("changes the rule to \(cast.words(rule))")
      }
    }
    for rule in old.rules where version.policy.directions(for: rule.subject).isEmpty {
      changes.append("removes the rule for \(cast.name(rule.subject))")
    }
    return changes.isEmpty ? "saves the policy unchanged" : changes.joined(separator: " and ")
  }

  /// Of each policy version, the version that the same tenant saved before it.
  var previousPolicies: [Int?] {
    var latest: [Int?] = Array(repeating: nil, count: cast.tenants.count)
    return policies.enumerated().map { row, version in
      defer { latest[version.tenant.row] = row }
      return latest[version.tenant.row]
    }
  }
}

extension Cast {
  /// A policy in a few words: `isolation on; fabrikam outbound, * inbound`.
  public func words(_ policy: IsolationPolicy) -> String {
    let rules = ruleWords(policy)
    return "isolation \(policy.isOn ? "on" : "off"), \(rules.isEmpty ? "no rules" : rules)"
  }

  /// A policy's rules: `fabrikam outbound, * inbound`; nothing where there are none. Of a long
  /// allowlist, the rules that were added last are named.
  func ruleWords(_ policy: IsolationPolicy) -> String {
    guard policy.rules.count > 4 else { return policy.rules.map(words).joined(separator: ", ") }
    let last = policy.rules.suffix(2).map(words).joined(separator: ", ")
    return "\(policy.rules.count) rules, the last ones \(last)"
  }

  func words(_ rule: Rule) -> String {
    "\(name(rule.subject)) \(words(rule.directions))"
  }

  private func words(_ directions: Directions) -> String {
    if directions == .both { return "both ways" }
    return directions.contains(.inbound as Direction) ? "inbound" : "outbound"
  }

  fileprivate func name(_ subject: RuleSubject) -> String {
    switch subject {
    case .every: "*"
    case .tenant(let tenant): tenants[tenant.row].name
    }
  }
}

extension PolicyVersion {
  /// What a policy is that nobody ever made.
  static var neverConfigured: String { "off, never configured" }
}
