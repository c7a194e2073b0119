import DiscreteEvents
import PowerPlatform
import Reports
import SimulationTrace

// Which tenant a domain belongs to: programs find it in the description of where to sign in.

/// The description of where a tenant's people sign in.
struct SignInRoute: Hashable {
  /// A tenant's domain or identifier, as written.
  let tenant: String

  init?(_ address: ServiceAddress) {
    let parts = address.parts
    let rest = parts.dropFirst().map { $0.lowercased() }
    guard let tenant = parts.first,
      [Self.place, ["v2.0"] + Self.place].contains(rest)
    else { return nil }
    self.tenant = tenant
  }

  private static let place = [".well-known", "openid-configuration"]
}

extension AdminServices {
  /// Answers anybody: nobody has signed in yet.
  func answer(
    _ route: SignInRoute, _ method: String, at time: Instant
  ) throws(ServiceError) -> ServiceResponse {
    guard method == "GET" else { throw .notAllowed(method, but: ["GET"]) }
    let key = route.tenant.lowercased()
    guard let tenant = scenario.cast.tenants.first(where: { $0.answers(to: key) }) else {
      return DirectoryError.unknownTenant(route.tenant).response(at: scenario.civil(time))
    }
    var body = ByteBuffer()
    body.append("{\"token_endpoint\":")
    body.append(json: "\(signInOrigin)/\(tenant.identifier)/oauth2/token")
    body.append(key: "issuer", "https://sts.windows.net/\(tenant.identifier)/")
    body.append(
      key: "authorization_endpoint", "\(signInOrigin)/\(tenant.identifier)/oauth2/authorize")
    body.append("}")
    return ServiceResponse(200, body)
  }
}
