import SimulationTrace
import TenantIsolation

/// An isolation policy as an administrator writes it to take the place of a tenant's own.
public struct PolicyReplacement: Hashable, Sendable {
  /// Whether cross-tenant connections are to be restricted.
  public var isOn: Bool
  /// The allowlist as it is written. Whether it is right is seen when it is asked for: here a tenant
  /// may stand twice, and a rule may allow neither direction.
  public var rules: [Rule]
  /// The name of the operation that comes of it.
  @Optionally public var operation: AdminOperationID?

  /// A policy to be.
  public init(isOn: Bool, rules: [Rule], operation: AdminOperationID? = nil) {
    self.isOn = isOn
    self.rules = rules
    self.operation = operation
  }

  /// What speaks against it; nil where nothing does.
  ///
  /// - Parameter limit: how many rules an allowlist holds at most.
  public func flaw(limit: Int) -> Cause? {
    var subjects: Set<RuleSubject> = []
    for rule in rules {
      if rule.directions.isEmpty { return .ruleWithoutDirection }
      if !subjects.insert(rule.subject).inserted { return .ruleRepeated }
    }
    return rules.count > limit ? .ruleLimit : nil
  }

  /// The policy, where nothing speaks against it.
  var policy: IsolationPolicy {
    var policy = IsolationPolicy(isOn: isOn)
    for rule in rules { policy.allow(rule.directions, for: rule.subject) }
    return policy
  }
}
