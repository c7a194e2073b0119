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
    do throws(DirectoryError) {
      return try grant(TokenForm(request), directory, at: time)
    } catch {
      return error.response(at: scenario.civil(time))
    }
  }

  private mutating func grant(
    _ form: TokenForm, _ directory: String, at time: Instant
  ) throws(DirectoryError) -> ServiceResponse {
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
    // What has expired is told as such for another day.
    tokens = tokens.filter { time < $0.value.expiresAt + CivilTime.day }
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
  ) throws(DirectoryError) -> RegistrationID {
    let cast = scenario.cast
    let id = cast.registration(withClientID: application)
    guard let id, cast.tenants[cast.registrations[id.row].tenant.row].answers(to: directory) else {
      throw .unknownApplication
    }
    let resource = AppRegistration.rightResource
    guard RequestedScope(scope[...]) == RequestedScope(service: resource, name: ".default") else {
      throw .unknownScope
    }
    var registration = cast.registrations[id.row]
    // Both are the custom connector's: a program that calls by itself needs neither.
    registration.resource = resource
    registration.redirect = AppRegistration.rightRedirect
    if secret.isEmpty { registration.secretUntil = nil }
    if let error = registration.signInError(at: scenario.civil(time)) {
      throw DirectoryError(error, application)
    }
    return id
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
        && (directory == "organizations" || home.answers(to: directory))
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

  init(_ request: ServiceRequest) throws(DirectoryError) {
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

  /// What the token is for; `.default` is all that the program was permitted. An application's
  /// permissions are not part of scenarios, so that each has all of them (assumed).
  func scopes() throws(DirectoryError) -> Set<String> {
    var scopes: Set<String> = []
    for asked in scope.split(separator: " ").map(RequestedScope.init) {
      switch (asked.service, asked.name) {
      // The policy's service asks for no scope: roles alone count there.
      case ("https://service.powerapps.com", ".default"): break
      case ("https://api.powerplatform.com", ".default"):
        scopes.formUnion(Scope.allCases.map(\.rawValue))
      case ("https://api.powerplatform.com", let name): scopes.insert(name)
      case ("", let name) where Scope(rawValue: name) != nil: scopes.insert(name)
      default: throw .unknownScope
      }
    }
    return scopes
  }
}

/// A scope as it is asked for: `https://api.powerplatform.com/.default`. Addresses of services may
/// end with slashes.
private struct RequestedScope: Equatable {
  /// The service's address without slashes at its end; empty where the name stands alone.
  var service: String
  var name: String
}

extension RequestedScope {
  init(_ text: Substring) {
    let end = text.lastIndex(of: "/")
    name = String(text[(end.map(text.index(after:)) ?? text.startIndex)...])
    var address = text[..<(end ?? text.startIndex)]
    while address.hasSuffix("/") { address.removeLast() }
    service = String(address)
  }
}

extension String {
  /// A form's text with escapes in place of its pluses, which stand for blanks.
  fileprivate var withoutPluses: String {
    split(separator: "+", omittingEmptySubsequences: false).joined(separator: "%20")
  }
}
