import TenantIsolation

/// A row of one of the cast's tables; `Kind` tells whose.
public struct RowID<Kind>: TableRow, Comparable {
  /// The row, from 0.
  public let index: UInt32

  /// Row `index`.
  @inlinable public init(_ index: Int) { self.index = UInt32(truncatingIfNeeded: index) }

  /// The row as an array index.
  @inlinable public var row: Int { Int(index) }

  /// Earlier declared rows come first.
  @inlinable public static func < (left: RowID, right: RowID) -> Bool { left.index < right.index }
}

/// A person.
public typealias UserID = RowID<User>
/// A connector.
public typealias ConnectorID = RowID<Connector>
/// A connection's name: whatever is created again under it is the same row.
public typealias ConnectionID = RowID<ConnectionKind>
/// A canvas app's name.
public typealias AppID = RowID<AppKind>
/// A cloud flow's name.
public typealias FlowID = RowID<FlowKind>
/// A data policy's name.
public typealias DataPolicyID = RowID<DataPolicyKind>
/// The name of a trigger or an action.
public typealias OperationID = RowID<OperationKind>

/// Marks rows of connections.
public enum ConnectionKind {}
/// Marks rows of canvas apps.
public enum AppKind {}
/// Marks rows of cloud flows.
public enum FlowKind {}
/// Marks rows of data policies.
public enum DataPolicyKind {}
/// Marks rows of triggers and actions.
public enum OperationKind {}

extension TenantID: TableRow {
  /// The row as an array index.
  @inlinable public var row: Int { Int(index) }
}

/// Whatever names a row of a table; below 2³² - 1.
public protocol TableRow: Hashable, Sendable {
  /// The row, from 0.
  var index: UInt32 { get }
  /// Row `index`.
  init(_ index: Int)
}

/// A row or none, in as much memory as a row: worlds hold very many, most of them none.
@propertyWrapper
public struct Optionally<Row: TableRow>: Hashable, Sendable {
  @usableFromInline var index: UInt32

  /// A row or none.
  @inlinable public init(wrappedValue: Row?) { index = wrappedValue?.index ?? .max }

  /// The row.
  @inlinable public var wrappedValue: Row? {
    get { index == .max ? nil : Row(Int(index)) }
    set { index = newValue?.index ?? .max }
  }
}

/// A tenant as people know it.
public struct Tenant: Hashable, Sendable {
  /// The scenario's word for it.
  public var name: String
  /// What the admin center calls it.
  public var displayName: String
  /// Its directory identifier: a GUID in lower case.
  public var identifier: String
  /// Its domains in lower case, the first one used in account names. Empty for a tenant that is
  /// known by its identifier only.
  public var domains: [String]

  /// A tenant.
  public init(name: String, displayName: String, identifier: String, domains: [String]) {
    self.name = name
    self.displayName = displayName
    self.identifier = identifier
    self.domains = domains
  }

  /// Whether a directory's name in lower case, a domain or an identifier, is its own.
  public func answers(to directory: String) -> Bool {
    identifier == directory || domains.contains(directory)
  }
}

/// What a person may do.
public enum Role: UInt8, CaseIterable, Sendable {
  /// Power Platform administrator.
  case administrator
  /// Microsoft Entra Global administrator.
  case globalAdministrator
  /// Makes connections, apps and flows.
  case maker
  /// Only uses what others made.
  case user
  /// Dynamics 365 service administrator: administers the Power Platform, isolation excepted.
  case dynamicsAdministrator

  /// The scenario's word for it.
  public var name: StaticString {
    switch self {
    case .administrator: "admin"
    case .globalAdministrator: "global-admin"
    case .maker: "maker"
    case .user: "user"
    case .dynamicsAdministrator: "dynamics-admin"
    }
  }

  /// Whether it administers a tenant's Power Platform; isolation asks for more, see
  /// `Settings.Edition.administers`.
  public var isAdministrator: Bool {
    switch self {
    case .administrator, .globalAdministrator, .dynamicsAdministrator: true
    case .maker, .user: false
    }
  }
}

/// A person.
public struct User: Hashable, Sendable {
  /// The scenario's word for them.
  public var name: String
  /// What they may do in their home tenant; as guests they make things if they do so at home.
  public var role: Role
  /// Where their account lives.
  public var home: TenantID
  /// Where they are guests.
  public var guestIn: [TenantID]

  /// A person.
  public init(name: String, role: Role, home: TenantID, guestIn: [TenantID]) {
    self.name = name
    self.role = role
    self.home = home
    self.guestIn = guestIn
  }

  /// Whether they can work in the Power Platform of `tenant`.
  public func works(in tenant: TenantID) -> Bool { home == tenant || guestIn.contains(tenant) }
}

/// A connector of the catalogue, or one that the scenario declares.
public struct Connector: Hashable, Sendable {
  /// The scenario's word for it.
  public var name: String
  /// What makers see.
  public var displayName: String
  /// How it signs in.
  public var signIn: SignIn
  /// The trigger a flow on it has unless the scenario names one.
  public var trigger: String
  /// The action a flow does with it unless the scenario names one.
  public var action: String

  /// A connector.
  public init(name: String, displayName: String, signIn: SignIn, trigger: String, action: String) {
    self.name = name
    self.displayName = displayName
    self.signIn = signIn
    self.trigger = trigger
    self.action = action
  }
}

/// The name of a connection, app or flow.
public struct Title: Hashable, Sendable {
  /// The scenario's word for it.
  public var name: String
  /// What people see; the name where the scenario gives nothing else.
  public var displayName: String

  /// A name.
  public init(name: String, displayName: String? = nil) {
    self.name = name
    self.displayName = displayName ?? name
  }
}

/// Who and what takes part: the tables that every identifier is a row of.
public struct Cast: Sendable {
  /// Tenants, those known by an identifier in a rule only included.
  public var tenants: [Tenant] = []
  /// People.
  public var users: [User] = []
  /// Connectors: the catalogue's, then the scenario's.
  public var connectors: [Connector] = []
  /// Connections.
  public var connections: [Title] = []
  /// Canvas apps.
  public var apps: [Title] = []
  /// Cloud flows in declaration order, which is the order of their runs within an instant.
  public var flows: [Title] = []
  /// Data policies.
  public var dataPolicies: [Title] = []
  /// Groups of people.
  public var groups: [Title] = []
  /// Names of cross-tenant connection reports.
  public var reports: [Title] = []
  /// Names of administrators' operations.
  public var adminOperations: [Title] = []
  /// Environments.
  public var environments: [Environment] = []
  /// The packages that the scenario names, those that no catalogue has included.
  public var packages: [ApplicationPackage] = []
  /// Alert policies.
  public var alertPolicies: [Title] = []
  /// App registrations.
  public var registrations: [AppRegistration] = []
  /// Names of pages of content.
  public var contentPages: [Title] = []
  /// Triggers and actions.
  public var operations: [String] = []

  /// Tables without rows.
  public init() {}
}
