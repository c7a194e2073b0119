import SimulationTrace

/// A call of an admin service: who calls is known already, or a token of the service's says it.
public struct ServiceRequest: Hashable, Sendable {
  /// The method, in capitals.
  public var method: String
  /// The path as sent, escapes and all.
  public var path: String
  /// What follows the question mark, as sent.
  public var query: String
  /// Who calls; nil where a token says it, or nobody does.
  public var caller: ServiceCaller?
  /// The token that says who calls, where nothing else does; nil without one.
  public var token: String?
  /// The body as sent.
  public var body: [UInt8]

  /// A call.
  public init(
    _ method: String, _ path: String, query: String = "", caller: ServiceCaller? = nil,
    token: String? = nil, body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.caller = caller
    self.token = token
    self.body = body
  }
}

/// Who calls, as a token says it. Roles and scopes are separate rights: a call needs both.
public struct ServiceCaller: Hashable, Sendable {
  /// The identifier of the caller's home tenant.
  public var tenant: String
  /// What the caller may do there.
  public var roles: Set<Role>
  /// What the calling program was permitted to do for the caller.
  public var scopes: Set<String>
  /// What the calling program was permitted to do by itself.
  public var applicationPermissions: Set<String>
  /// The calling program's application (client) id, where it matters.
  public var application: String?

  /// The object id of the user, or of the program that calls for itself.
  public var objectID: String
  /// Who signs in.
  public var principal: Principal

  /// Who signs in.
  public enum Principal: Hashable, Sendable {
    /// A person, for whom a program calls.
    case user
    /// A program for itself, which an administrator may have registered as a management application.
    case application(isRegistered: Bool)
  }

  /// A caller.
  ///
  /// - Parameter objectID: one made of tenant and roles where nil.
  public init(
    tenant: String, roles: Set<Role>, scopes: Set<String>,
    applicationPermissions: Set<String> = [], application: String? = nil,
    objectID: String? = nil, principal: Principal = .user
  ) {
    self.tenant = tenant
    self.roles = roles
    self.scopes = scopes
    self.applicationPermissions = applicationPermissions
    self.application = application
    self.principal = principal
    let names = Role.allCases.filter(roles.contains).map { "\($0.name)" }.joined(separator: " ")
    self.objectID = objectID ?? derivedIdentifier("caller", tenant.lowercased(), names)
  }
}
