import TenantIsolation

extension Trace {
  /// What a saved policy changed: `turns isolation on`, `allows fabrikam outbound`.
  func change(in version: PolicyVersion, since previous: PolicyVersion?) -> String {
    let old = previous?.policy ?? IsolationPolicy()
    var changes: [String] = []
    if old.isOn != version.policy.isOn {
      changes.append("turns isolation \(version.policy.isOn ? "on" : "off")")
    }
    changes += few(version.policy.rules.compactMap { cast.change(to: $0, since: old) }, "sets")
    let removed = old.rules.filter { version.policy.directions(for: $0.subject).isEmpty }
    changes += few(removed.map { "removes the rule for \(cast.name($0.subject))" }, "removes")
    guard changes.isEmpty else { return changes.joined(separator: " and ") }
    return previous?.isConfigured == true
      ? "saves the policy unchanged" : "configures isolation as off"
  }

  /// The first of many changes, and how many rules more there are.
  private func few(_ changes: [String], _ verb: String) -> [String] {
    guard changes.count > 4 else { return changes }
    return changes.prefix(2) + ["\(verb) \(changes.count - 2) more rules"]
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
  /// A tenant as people call it.
  public func displayName(_ tenant: TenantID) -> String {
    printable(tenants[tenant.row].displayName)
  }

  /// A policy in a few words: `isolation on; fabrikam outbound, * inbound`.
  public func words(_ policy: IsolationPolicy) -> String {
    let rules = ruleWords(policy)
    return "isolation \(policy.isOn ? "on" : "off"), \(rules.isEmpty ? "no rules" : rules)"
  }

  /// A policy's rules: `fabrikam outbound, * inbound`; nothing where there are none. Of a long
  /// allowlist, the rules that were added last are named.
  public func ruleWords(_ policy: IsolationPolicy) -> String {
    guard policy.rules.count > 4 else { return policy.rules.map(words).joined(separator: ", ") }
    let last = policy.rules.suffix(2).map(words).joined(separator: ", ")
    return "\(policy.rules.count) rules, the last ones \(last)"
  }

  /// A rule: `fabrikam outbound`.
  public func words(_ rule: Rule) -> String {
    "\(name(rule.subject)) \(words(rule.directions))"
  }

  /// `inbound`, `outbound`, `both ways`.
  public func words(_ directions: Directions) -> String {
    if directions == .both { return "both ways" }
    return directions.contains(.inbound as Direction) ? "inbound" : "outbound"
  }

  /// What became of a rule; nil where it is as it was.
  fileprivate func change(to rule: Rule, since old: IsolationPolicy) -> String? {
    let before = old.directions(for: rule.subject)
    guard before != rule.directions else { return nil }
    return before.isEmpty ? "allows \(words(rule))" : "changes the rule to \(words(rule))"
  }

  /// Whom a rule is about: a tenant's name, or `*`.
  public func name(_ subject: RuleSubject) -> String {
    switch subject {
    case .every: "*"
    case .tenant(let tenant): tenants[tenant.row].name
    }
  }
}

extension PolicyVersion {
  /// What a policy is that nobody ever made.
  public static var neverConfigured: String { "off, never configured" }
}
