import DiscreteEvents
import PowerPlatform
import Reports
import SimulationTrace
import TenantIsolation

// Tokens by password, as the tutorials get them, and by an app registration's secret for the Activity
// API. Scenarios have neither passwords nor secrets: any that is not empty is the right one (assumed).

/// What a token stands for.
struct TokenGrant: Sendable {
  /// Whose it is.
  var holder: Holder
  /// What its program may do for them.
  var scopes: Set<String>
  /// From when on it is worth nothing.
  var expiresAt: Instant

  enum Holder: Sendable {
    case person(UserID)
    /// An application by itself.
    case application(RegistrationID)
  }
}

extension TokenGrant {
  /// How long tokens last, in seconds: as sample answers show it.
  static let lifetime: Milliseconds = 3599

  /// Everything that can be asked for here; an application's permissions are not part of scenarios,
  /// so that each has all of them (assumed).
  static let allScopes = [
    "AppManagement.ApplicationPackages.Read", "AppManagement.ApplicationPackages.Install",
    "Governance.CrossTenantConnectionReports.Read",
    "Governance.CrossTenantConnectionReports.ReadWrite",
  ]
}

extension ServiceAddress {
  /// Whose directory is asked for a token; nil where the path is another one's.
  var tokenDirectory: String? {
    let lower = parts.map { $0.lowercased() }
    guard lower.count > 2, lower[1] == "oauth2" else { return nil }
    return lower[2...] == ["token"] || lower[2...] == ["v2.0", "token"] ? lower[0] : nil
  }
}

extension AdminServices {
  /// Answers a request for a token.
  mutating func grant(
    _ directory: String, _ request: ServiceRequest, at time: Instant
  ) -> ServiceResponse {
    do throws(TokenError) {
      return try grant(TokenForm(request), directory, at: time)
    } catch {
      return error.response
    }
  }

  private mutating func grant(
    _ form: TokenForm, _ directory: String, at time: Instant
  ) throws(TokenError) -> ServiceResponse {
    let (holder, scopes): (TokenGrant.Holder, Set<String>)
    switch form.credentials {
    case .password(let account, let password):
      guard let user = user(named: account, in: directory) else { throw .unknownAccount }
      guard !password.isEmpty else { throw .wrongPassword }
      (holder, scopes) = (.person(user), try form.scopes())
    case .secret(let application, let secret):
      let id = try registration(application, secret, form.scope, in: directory, at: time)
      (holder, scopes) = (.application(id), [])
    }
    let token = derivedIdentifier("token", "\(seed)", "\(calls)")
    tokens[token] = TokenGrant(
      holder: holder, scopes: scopes, expiresAt: time + TokenGrant.lifetime * 1000)
    var body = ByteBuffer()
    body.append("{\"token_type\":\"Bearer\"")
    body.append(key: "expires_in", decimal: TokenGrant.lifetime)
    body.append(key: "ext_expires_in", decimal: TokenGrant.lifetime)
    body.append(key: "access_token", token)
    body.append("}")
    return ServiceResponse(200, body)
  }

  /// The registration with a client id, if it may have a token for itself.
  private func registration(
    _ application: String, _ secret: String, _ scope: String, in directory: String, at time: Instant
  ) throws(TokenError) -> RegistrationID {
    let cast = scenario.cast
    let row = cast.registrations.indices.first {
      let home = cast.tenants[cast.registrations[$0].tenant.row]
      return cast.registrationIdentifier(RegistrationID($0)) == application.lowercased()
        && (directory == home.identifier || home.domains.contains(directory))
    }
    guard let row else { throw .unknownApplication }
    let resource = AppRegistration.rightResource
    guard ["\(resource)/.default", resource + "//.default"].contains(scope) else {
      throw .unknownScope
    }
    var registration = cast.registrations[row]
    // Both are the custom connector's: a program that calls by itself needs neither.
    registration.resource = resource
    registration.redirect = AppRegistration.rightRedirect
    if secret.isEmpty { registration.secretUntil = nil }
    if let error = registration.signInError(at: scenario.civil(time)) {
      throw TokenError(error, application)
    }
    return RegistrationID(row)
  }

  /// The person with an account, `ada@contoso.com`, in a directory: a tenant's domain or id, or
  /// `organizations`.
  private func user(named account: String, in directory: String) -> UserID? {
    let halves = account.lowercased().split(separator: "@", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    let tenants = scenario.cast.tenants
    let row = scenario.cast.users.firstIndex {
      let home = tenants[$0.home.row]
      return $0.name.lowercased() == halves[0] && home.domains.contains(String(halves[1]))
        && (directory == "organizations" || directory == home.identifier
          || home.domains.contains(directory))
    }
    return row.map { UserID($0) }
  }

  /// Who calls: said outright, or by a token that is still worth something.
  func caller(of request: ServiceRequest, at time: Instant) throws(ServiceError) -> ServiceCaller {
    if let caller = request.caller { return caller }
    guard let token = request.token else { throw .noCaller }
    guard let grant = tokens[token] else { throw .noCaller }
    guard time < grant.expiresAt else { throw .expiredToken }
    let cast = scenario.cast
    switch grant.holder {
    case .person(let id):
      let user = cast.users[id.row]
      return ServiceCaller(
        tenant: cast.tenants[user.home.row].identifier, roles: [user.role], scopes: grant.scopes,
        objectID: cast.objectIdentifier(of: id))
    case .application(let id):
      let registration = cast.registrations[id.row]
      return ServiceCaller(
        tenant: cast.tenants[registration.tenant.row].identifier, roles: [], scopes: [],
        applicationPermissions: Set(registration.application.map { "\($0.wireName)" }),
        application: cast.registrationIdentifier(id))
    }
  }
}

/// A request for a token: the fields of a form.
private struct TokenForm {
  enum Credentials {
    case password(account: String, password: String)
    case secret(application: String, secret: String)
  }

  let credentials: Credentials
  /// What is asked for.
  let scope: String

  init(_ request: ServiceRequest) throws(TokenError) {
    let text = String(decoding: request.body, as: UTF8.self)
    guard request.method == "POST",
      let form = try? ServiceAddress(path: "", query: text.withoutPluses)
    else { throw .malformed }
    guard let kind = form["grant_type"], let application = form["client_id"], !application.isEmpty,
      let scope = form["scope"] ?? form["resource"].map({ "\($0)/.default" })
    else { throw .malformed }
    self.scope = scope
    switch kind {
    case "password":
      guard let account = form["username"], let password = form["password"] else {
        throw .malformed
      }
      credentials = .password(account: account, password: password)
    case "client_credentials":
      credentials = .secret(application: application, secret: form["client_secret"] ?? "")
    default: throw .unsupported
    }
  }

  /// What the token is for; `.default` is all that the program was permitted.
  func scopes() throws(TokenError) -> Set<String> {
    var scopes: Set<String> = []
    for word in scope.split(separator: " ") {
      let name = word.split(separator: "/").last.map(String.init) ?? ""
      // The policy's service asks for no scope: roles alone count there.
      if word == "https://service.powerapps.com/.default" { continue }
      guard word.hasPrefix("https://api.powerplatform.com/") || TokenGrant.allScopes.contains(name)
      else { throw .unknownScope }
      if name == ".default" {
        scopes.formUnion(TokenGrant.allScopes)
      } else {
        scopes.insert(name)
      }
    }
    return scopes
  }
}

/// Why there is no token: the shape is that of the directory's own errors, the texts are ours.
private struct TokenError: Error {
  let code: String
  let number: Int
  let message: String
  var status = 400

  static let malformed = TokenError(
    code: "invalid_request", number: 900_144, message: "A field of the request is missing.")
  static let unsupported = TokenError(
    code: "unsupported_grant_type", number: 70_003,
    message: "Only grant_type=password and client_credentials are known.")
  static let unknownScope = TokenError(
    code: "invalid_scope", number: 70_011, message: "The scope is none of a service that is here.")
  static let unknownAccount = TokenError(
    code: "invalid_grant", number: 50_034, message: "The account does not exist in the directory.")
  static let unknownApplication = TokenError(
    code: "unauthorized_client", number: 700_016,
    message: "The application was not found in the directory.")
  static let wrongPassword = TokenError(
    code: "invalid_grant", number: 50_126, message: "The password is not valid.")

  var response: ServiceResponse {
    var body = ByteBuffer()
    body.append("{\"error\":")
    body.append(json: code)
    body.append(key: "error_description", "AADSTS\(number): \(message)")
    body.append(",\"error_codes\":[\(number)]}")
    return ServiceResponse(status, body)
  }
}

extension TokenError {
  /// An app registration's own.
  fileprivate init(_ error: FeedError, _ application: String) {
    let isSecret = error == .noSecret || error == .expiredSecret
    code = isSecret ? "invalid_client" : "invalid_grant"
    number = Int(error.code.filter(\.isNumber)) ?? 0
    message = error.message(application)
    status = error.httpStatus
  }
}

extension String {
  /// A form's text with escapes in place of its pluses, which stand for blanks.
  fileprivate var withoutPluses: String {
    split(separator: "+", omittingEmptySubsequences: false).joined(separator: "%20")
  }
}
