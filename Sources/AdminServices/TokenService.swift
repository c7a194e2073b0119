import DiscreteEvents
import PowerPlatform
import Reports
import SimulationTrace
import TenantIsolation

// Tokens by password, as the tutorials get them. People of scenarios have no passwords: any that is
// not empty is theirs (assumed).

/// What a token stands for.
struct TokenGrant: Sendable {
  /// Whose it is.
  var user: UserID
  /// What its program may do for them.
  var scopes: Set<String>
  /// From when on it is worth nothing.
  var expiresAt: Instant
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
    guard let user = user(named: form.account, in: directory) else { throw .unknownAccount }
    guard !form.password.isEmpty else { throw .wrongPassword }
    let token = derivedIdentifier("token", "\(seed)", "\(calls)")
    tokens[token] = TokenGrant(
      user: user, scopes: try form.scopes(), expiresAt: time + TokenGrant.lifetime * 1000)
    var body = ByteBuffer()
    body.append("{\"token_type\":\"Bearer\"")
    body.append(key: "expires_in", decimal: TokenGrant.lifetime)
    body.append(key: "ext_expires_in", decimal: TokenGrant.lifetime)
    body.append(key: "access_token", token)
    body.append("}")
    return ServiceResponse(200, body)
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
    let user = scenario.cast.users[grant.user.row]
    return ServiceCaller(
      tenant: scenario.cast.tenants[user.home.row].identifier, roles: [user.role],
      scopes: grant.scopes, objectID: scenario.cast.objectIdentifier(of: grant.user))
  }
}

/// A request for a token: the fields of a form.
private struct TokenForm {
  let account: String
  let password: String
  private let scope: String

  init(_ request: ServiceRequest) throws(TokenError) {
    let text = String(decoding: request.body, as: UTF8.self)
    guard request.method == "POST",
      let form = try? ServiceAddress(path: "", query: text.withoutPluses)
    else { throw .malformed }
    guard let kind = form["grant_type"] else { throw .malformed }
    guard kind == "password" else { throw .unsupported }
    guard let account = form["username"], let password = form["password"],
      form["client_id"]?.isEmpty == false,
      let scope = form["scope"] ?? form["resource"].map({ "\($0)/.default" })
    else { throw .malformed }
    (self.account, self.password, self.scope) = (account, password, scope)
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

  static let malformed = TokenError(
    code: "invalid_request", number: 900_144, message: "A field of the request is missing.")
  static let unsupported = TokenError(
    code: "unsupported_grant_type", number: 70_003, message: "Only grant_type=password is known.")
  static let unknownScope = TokenError(
    code: "invalid_scope", number: 70_011, message: "The scope is none of a service that is here.")
  static let unknownAccount = TokenError(
    code: "invalid_grant", number: 50_034, message: "The account does not exist in the directory.")
  static let wrongPassword = TokenError(
    code: "invalid_grant", number: 50_126, message: "The password is not valid.")

  var response: ServiceResponse {
    var body = ByteBuffer()
    body.append("{\"error\":")
    body.append(json: code)
    body.append(key: "error_description", "AADSTS\(number): \(message)")
    body.append(",\"error_codes\":[\(number)]}")
    return ServiceResponse(400, body)
  }
}

extension String {
  /// A form's text with escapes in place of its pluses, which stand for blanks.
  fileprivate var withoutPluses: String {
    split(separator: "+", omittingEmptySubsequences: false).joined(separator: "%20")
  }
}
