import AdminServices
import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation
import Testing

let policyPath =
  "/providers/PowerPlatform.Governance/v1/tenants/\(contoso)/tenantIsolationPolicy"

extension AdminServices {
  /// Calls as ``administrator`` unless somebody else is named.
  mutating func policy(
    _ method: String, _ path: String = policyPath, _ body: String = "", query: String = "",
    as caller: ServiceCaller? = administrator, at time: Instant
  ) -> ServiceResponse {
    respond(
      to: ServiceRequest(method, path, query: query, caller: caller, body: Array(body.utf8)),
      at: time)
  }
}

/// The body of a policy with entries as `id inbound outbound`.
func policyBody(isDisabled: Bool = false, _ entries: (String, Bool, Bool)...) -> String {
  let list = entries.map {
    """
    {"tenantId":"\($0)","direction":{"inbound":\($1),"outbound":\($2)}}
    """
  }
  return """
    {"properties":{"tenantId":"\(contoso)","isDisabled":\(isDisabled),\
    "allowedTenants":[\(list.joined(separator: ","))]}}
    """
}

extension ServiceResponse {
  /// The nested error's code.
  var nestedCode: String? { (json["error"] as? [String: Any])?["code"] as? String }
  /// Its message, and those of its details.
  var nestedMessages: [String] {
    let error = json["error"] as? [String: Any]
    let details = error?["details"] as? [[String: String]] ?? []
    return [error?["message"] as? String].compactMap(\.self) + details.compactMap { $0["message"] }
  }
}

/// A tenant's policy as programs read and write it.
@Suite struct PolicyServiceTests {
  @Test func `A policy that was never configured is an empty answer`() throws {
    var services = try services(twoTenants)
    let response = services.policy("GET", at: at(10))
    #expect(response.status == 200 && response.body.isEmpty)
    #expect(response.header("content-type") == nil)
    #expect(response.header("x-ms-correlation-id") != nil)
  }

  @Test(arguments: ["", "api-version=2020-06-01", "api-version=2016-11-01", "api-version="])
  func `What is put is answered and read again, whatever the version`(query: String) throws {
    var services = try services(twoTenants)
    let stranger = "33333333-3333-4333-8333-333333333333"
    let body = policyBody((fabrikam, true, false), ("*", false, true), (stranger, true, true))
    let put = services.policy("PUT", policyPath, body, query: query, at: at(10))
    #expect(put.status == 200 && put.text == body)
    #expect(services.policy("GET", query: query, at: at(11)).text == body)
    let kinds = services.simulation.trace.events.map(\.kind)
    #expect(kinds.contains(.policySaved) && kinds.contains(.policyRead))
  }

  @Test func `What a scenario declares is read`() throws {
    var services = try services(
      twoTenants.replacing(
        "maker maya",
        with: "isolation on for contoso\nrule for contoso allows fabrikam both\nmaker maya"))
    #expect(services.policy("GET", at: at(10)).text == policyBody((fabrikam, true, true)))
  }

  @Test func `A policy that is put decides about connections an hour later, and at once anew`()
    throws
  {
    var services = try services(
      twoTenants.replacing("maker maya", with: "tenant x\nmaker maya")
        + "at 12:00 maya creates connection late using sharepoint signed in to fabrikam\n")
    #expect(services.simulation.results.last?.outcome == .allowed)
    #expect(services.policy("PUT", policyPath, policyBody(), at: at(11)).status == 200)
    #expect(services.simulation.results.last?.outcome == .blocked)
  }

  @Test func `A replacement is whole, null is an empty list, and the own tenant may be in it`()
    throws
  {
    var services = try services(twoTenants)
    let first = policyBody((contoso, true, true), (fabrikam, true, true))
    #expect(services.policy("PUT", policyPath, first, at: at(10)).text == first)
    let empty = """
      {"properties":{"tenantId":"\(contoso.uppercased())","isDisabled":true,"allowedTenants":null}}
      """
    let put = services.policy("PUT", policyPath, empty, at: at(11))
    #expect(put.status == 200 && put.text == policyBody(isDisabled: true))
  }

  @Test func `The second of two administrators undoes what the first did`() throws {
    var services = try services(twoTenants)
    let (ada, eve) = ("aaaa", "eeee")
    func admin(_ id: String) -> ServiceCaller {
      ServiceCaller(tenant: contoso, roles: [.administrator], scopes: [], objectID: id)
    }
    for id in [ada, eve] { _ = services.policy("GET", as: admin(id), at: at(10)) }
    let mine = policyBody((fabrikam, true, true))
    _ = services.policy("PUT", policyPath, mine, as: admin(ada), at: at(10, 5))
    _ = services.policy("PUT", policyPath, policyBody(), as: admin(eve), at: at(10, 6))
    let last = services.simulation.savedPolicy(of: TenantID(0), at: at(10, 6))
    #expect(last.policy.rules.isEmpty)
    #expect(last.replacement?.lost.gone.count == 1, "Eve had not seen it")
  }

  @Test func `Asynchronously the answer leads to an operation that saves it`() throws {
    var services = try services("set policy-operation asynchronous\n" + twoTenants)
    services.policyOrigin = "http://localhost:8080"
    let put = services.policy("PUT", policyPath, policyBody(), at: at(10))
    #expect(put.status == 202 && put.header("retry-after") == "5")
    let location = try #require(put.header("location"))
    #expect(location.hasPrefix("http://localhost:8080\(policyPath)Operations/"))
    let place = String(location.dropFirst("http://localhost:8080".count))
    func state(_ response: ServiceResponse) -> String? {
      (response.json["state"] as? [String: String])?["id"]
    }
    #expect(state(put) == "NotStarted")
    let running = services.policy("GET", place, at: Instant(at(10).milliseconds + 30_000))
    #expect(running.status == 202 && state(running) == "Running")
    #expect(running.header("location") == location && running.header("retry-after") != nil)
    #expect(services.policy("GET", at: at(10, 1)).body.isEmpty, "not saved yet")
    let done = services.policy("GET", place, at: at(10, 2))
    #expect(done.status == 200 && state(done) == "Succeeded" && done.header("location") == nil)
    #expect(services.policy("GET", at: at(10, 2)).text == policyBody())
  }

  @Test func `An operation that fails says so with a status of 200`() throws {
    var services = try services(
      "set policy-operation asynchronous\nset policy-operation-ending failed\n" + twoTenants)
    let put = services.policy("PUT", policyPath, policyBody(), at: at(10))
    let place = try #require(put.header("location")).dropFirst(
      "https://api.bap.microsoft.com".count)
    let done = services.policy("GET", String(place), at: at(11))
    #expect(done.status == 200 && done.text.contains(#""state":{"id":"Failed"}"#))
    #expect(services.policy("GET", at: at(11)).body.isEmpty)
  }

  @Test func `A domain leads to its tenant`() throws {
    var services = try services(twoTenants)
    for domain in ["contoso.onmicrosoft.com", "CONTOSO.onmicrosoft.com", contoso] {
      for place in ["/.well-known/openid-configuration", "/v2.0/.well-known/openid-configuration"] {
        let response = services.policy("GET", "/\(domain)\(place)", as: nil, at: at(10))
        let endpoint = try #require(response.json["token_endpoint"] as? String)
        #expect(response.status == 200)
        #expect(endpoint.split(separator: "/", omittingEmptySubsequences: false)[3] == contoso)
      }
    }
    let unknown = services.policy(
      "GET", "/nobody.example/.well-known/openid-configuration", as: nil, at: at(10))
    #expect(unknown.status == 400 && unknown.json["error"] as? String == "invalid_tenant")
    #expect(unknown.text.contains("AADSTS90002: Tenant 'nobody.example' not found."))
  }
}
