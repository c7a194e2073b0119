import TenantIsolation

/// An environment: a part of a tenant's Power Platform with apps and data of its own.
public struct Environment: Hashable, Sendable {
  /// The scenario's word for it.
  public var name: String
  /// What the admin center calls it.
  public var displayName: String
  /// Whose it is.
  public var tenant: TenantID
  /// Its GUID in lower case; not that of the organization in its database.
  public var identifier: String
  /// Whether it has a Dataverse database, without which no package is installed.
  public var hasDataverse: Bool

  /// An environment; its identifier depends on its tenant's and its name alone.
  public init(
    name: String, displayName: String? = nil, tenant: TenantID, tenantIdentifier: String,
    hasDataverse: Bool
  ) {
    self.name = name
    self.displayName = displayName ?? name
    self.tenant = tenant
    identifier = derivedIdentifier("environment", tenantIdentifier, name)
    self.hasDataverse = hasDataverse
  }
}

/// An environment.
public typealias EnvironmentID = RowID<Environment>
