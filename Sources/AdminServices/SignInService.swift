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
    let tenant = scenario.cast.tenants.first { $0.identifier == key || $0.domains.contains(key) }
    guard let tenant else { return unknownTenant(route.tenant, at: time) }
    var body = ByteBuffer()
    body.append("{\"token_endpoint\":")
    body.append(json: "\(signInOrigin)/\(tenant.identifier)/oauth2/token")
    body.append(key: "issuer", "https://sts.windows.net/\(tenant.identifier)/")
    body.append(
      key: "authorization_endpoint", "\(signInOrigin)/\(tenant.identifier)/oauth2/authorize")
    body.append("}")
    return ServiceResponse(200, body)
  }

  /// The text of AADSTS90002 is documented.
  private func unknownTenant(_ name: String, at time: Instant) -> ServiceResponse {
    var body = ByteBuffer()
    body.append("{\"error\":\"invalid_tenant\"")
    body.append(
      key: "error_description",
      "AADSTS90002: Tenant '\(name)' not found. Check to make sure you have the correct tenant ID "
        + "and are signing into the correct cloud. Check with your subscription administrator, this "
        + "may happen if there are no active subscriptions for the tenant.")
    body.append(key: "error_codes")
    body.append("[90002]")
    body.append(key: "timestamp")
    body.append("\"")
    body.append(iso: scenario.civil(time))
    body.append("\"}")
    return ServiceResponse(400, body)
  }
}
