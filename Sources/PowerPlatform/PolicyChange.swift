import TenantIsolation

/// A change of a tenant's isolation policy that somebody only thinks about.
public enum PolicyChange: Hashable, Sendable {
  case turnIsolation(on: Bool, tenant: TenantID)
  case allow(RuleSubject, Directions, tenant: TenantID)

  /// Whose policy changes.
  public var tenant: TenantID {
    switch self {
    case .turnIsolation(_, let tenant), .allow(_, _, let tenant): tenant
    }
  }

  /// What an administrator would do to bring it about.
  public var action: Action {
    switch self {
    case .turnIsolation(let on, let tenant): .turnIsolation(on: on, tenant: tenant)
    case .allow(let subject, let directions, let tenant):
      .allow(subject, directions, tenant: tenant)
    }
  }
}
