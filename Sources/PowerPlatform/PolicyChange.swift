import TenantIsolation

/// A change of a tenant's isolation policy that somebody only thinks about.
public enum PolicyChange: Hashable, Sendable {
  case turnIsolation(on: Bool, tenant: TenantID)
  case allow(RuleSubject, Directions, tenant: TenantID)
  case changeRule(RuleSubject, to: Directions, tenant: TenantID)
  case removeRule(RuleSubject, tenant: TenantID)

  /// The change that an action makes; nil where it is another kind of action, or always in vain.
  public init?(_ action: Action) {
    switch action {
    case .turnIsolation(let on, let tenant): self = .turnIsolation(on: on, tenant: tenant)
    case .allow(let subject, let directions, let tenant):
      self = .allow(subject, directions, tenant: tenant)
    case .changeRule(let subject, let directions, let tenant):
      self = .changeRule(subject, to: directions, tenant: tenant)
    case .removeRule(let subject, let tenant): self = .removeRule(subject, tenant: tenant)
    default: return nil
    }
  }

  /// Whose policy changes.
  public var tenant: TenantID {
    switch self {
    case .turnIsolation(_, let tenant), .allow(_, _, let tenant), .changeRule(_, _, let tenant),
      .removeRule(_, let tenant):
      tenant
    }
  }

  /// What an administrator would do to bring it about.
  public var action: Action {
    switch self {
    case .turnIsolation(let on, let tenant): .turnIsolation(on: on, tenant: tenant)
    case .allow(let subject, let directions, let tenant):
      .allow(subject, directions, tenant: tenant)
    case .changeRule(let subject, let directions, let tenant):
      .changeRule(subject, to: directions, tenant: tenant)
    case .removeRule(let subject, let tenant): .removeRule(subject, tenant: tenant)
    }
  }
}
