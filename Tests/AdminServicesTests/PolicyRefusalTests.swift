import AdminServices
import DiscreteEvents
import PowerPlatform
import SimulationTrace
import Testing

/// Calls about a policy that are wrong get an answer in the nested envelope, whatever they are.
@Suite struct PolicyRefusalTests {
  @Test func `The answers are those that were seen`() throws {
    var services = try services(twoTenants)
    let maker = ServiceCaller(tenant: contoso, roles: [.maker], scopes: [], objectID: "mmmm")
    #expect(
      services.policy("GET", as: maker, at: at(10)).text == """
        {"error":{"code":"Forbidden","message":"The user with object id 'mmmm' in tenant \
        '\(contoso)' does not have permission to access the path '\(policyPath)'.",\
        "detailUrlType":"NotSpecified"}}
        """)
    let path = policyPath.replacing(contoso, with: "contoso")
    #expect(
      services.policy("PUT", path, policyBody(), at: at(10)).text == """
        {"error":{"code":"BadRequest","message":"Invalid tenant ID format","details":[\
        {"code":"ValidationError","message":"The tenant ID must be a valid GUID"}]}}
        """)
  }

  @Test(arguments: [
    (ServiceCaller?.none, 401), (user([]), 403), (user([.maker, .user]), 403),
    (user([.globalAdministrator]), 403), (user([.maker, .administrator]), 200),
    (user([.administrator], of: fabrikam), 403), (user([.administrator], of: stranger), 401),
    (application(isRegistered: false), 403), (application(isRegistered: true), 200),
  ])
  func `Roles, tenants and programs`(caller: ServiceCaller?, status: Int) throws {
    var services = try services(twoTenants)
    for (method, body) in [("GET", ""), ("PUT", policyBody())] {
      let response = services.policy(method, policyPath, body, as: caller, at: at(10))
      #expect(response.status == status, "\(method): \(response.text)")
      #expect((response.nestedCode != nil) == (status != 200))
      #expect((response.header("www-authenticate") != nil) == (status == 401))
    }
  }

  @Test func `A Global administrator is enough in the edition of 2023`() throws {
    var services = try services(twoTenants.replacing("edition 2025", with: "edition 2023"))
    #expect(services.policy("GET", as: user([.globalAdministrator]), at: at(10)).status == 200)
  }

  @Test func `A registered program still gets no report`() throws {
    var services = try services(twoTenants)
    let program = ServiceCaller(
      tenant: contoso, roles: [.administrator], scopes: administrator.scopes,
      principal: .application(isRegistered: true))
    #expect(services.call("GET", path, as: program, at: at(10)).status == 403)
  }

  @Test(arguments: [
    ("GET", policyPath + "/more", 404), ("GET", policyPath + "Operations", 404),
    ("GET", policyPath + "Operations/unknown", 404),
    ("GET", "/providers/PowerPlatform.Governance/v1/tenants/\(contoso)", 404),
    ("GET", "/providers/Microsoft.BusinessAppPlatform/scopes/admin/tenantIsolationPolicy", 404),
    (
      "GET",
      "/providers/PowerPlatform.Governance/v1/tenants/\(contoso)/crossTenantConnectionAllowPolicy",
      404
    ),
    ("POST", policyPath, 405), ("DELETE", policyPath, 405), ("PATCH", policyPath, 405),
    ("PUT", policyPath + "Operations/unknown", 405), ("GET", policyPath + "%ZZ", 400),
    ("GET", policyPath.uppercased(), 200), ("GET", "/" + policyPath + "/", 200),
  ])
  func `Routes and methods`(method: String, path: String, status: Int) throws {
    var services = try services(twoTenants)
    let response = services.policy(method, path, at: at(10))
    #expect(response.status == status, "\(response.text)")
    #expect((response.nestedCode != nil) == (status != 200))
    #expect((response.header("allow") != nil) == (status == 405))
  }

  @Test(arguments: [
    ("", "JSON"), ("null", "properties"), ("[]", "properties"), ("{}", "properties"),
    (#"{"properties":[]}"#, "properties"), (#"{"properties":{}}"#, "isDisabled"),
    (#"{"properties":{"isDisabled":"false"}}"#, "isDisabled"),
    (#"{"properties":{"isDisabled":true,"isDisabled":false}}"#, "JSON"),
    (#"{"properties":{"isDisabled":true,"tenantId":"contoso.com"}}"#, "GUID"),
    (#"{"properties":{"isDisabled":true,"tenantId":7}}"#, "GUID"),
    (#"{"properties":{"isDisabled":true,"tenantId":"\#(fabrikam)"}}"#, "path"),
    (#"{"properties":{"isDisabled":true,"allowedTenants":{}}}"#, "array"),
    (#"{"properties":{"isDisabled":true,"allowedTenants":[1]}}"#, "GUID"),
    (#"{"properties":{"isDisabled":true,"allowedTenants":[{"tenantId":"**"}]}}"#, "GUID"),
    (#"{"properties":{"isDisabled":true,"allowedTenants":[{"tenantId":"*"}]}}"#, "neither"),
    (
      #"{"properties":{"isDisabled":true,"allowedTenants":[{"tenantId":"*","direction":"both"}]}}"#,
      "object"
    ),
    (
      #"{"properties":{"isDisabled":true,"allowedTenants":[{"tenantId":"*","#
        + #""direction":{"inbound":1}}]}}"#, "true or false"
    ),
    (policyBody((fabrikam, false, false)), "neither direction"),
    (policyBody((fabrikam, true, false), (fabrikam.uppercased(), true, true)), "more than once"),
    (policyBody(("*", true, false), ("*", false, true)), "more than once"),
  ])
  func `What is no policy is refused, with a reason`(body: String, reason: String) throws {
    var services = try services(twoTenants)
    let response = services.policy("PUT", policyPath, body, at: at(10))
    #expect(response.status == 400 && response.nestedCode == "BadRequest")
    #expect(response.nestedMessages.contains { $0.contains(reason) }, "\(response.text)")
    #expect(services.policy("GET", at: at(11)).body.isEmpty, "nothing is saved")
  }

  @Test func `An allowlist holds as many rules as the edition says`() throws {
    func body(_ count: Int) -> String {
      let entries = (1...count).map {
        "{\"tenantId\":\"\(hexadecimal($0, digits: 8))-0000-4000-8000-000000000000\","
          + "\"direction\":{\"inbound\":true,\"outbound\":false}}"
      }
      return "{\"properties\":{\"isDisabled\":false,\"allowedTenants\":["
        + entries.joined(separator: ",") + "]}}"
    }
    var services = try services(twoTenants)
    let tenants = services.simulation.trace.cast.tenants.count
    #expect(services.policy("PUT", policyPath, body(20_000), at: at(10)).status == 403)
    let refused = services.policy("PUT", policyPath, body(501), at: at(10))
    #expect(refused.status == 403 && refused.nestedCode == "RuleLimitReached")
    #expect(refused.text.contains("at most 500 rules"))
    #expect(services.policy("GET", at: at(10)).status == 200)
    #expect(services.simulation.trace.cast.tenants.count == tenants, "nobody stays behind")
    #expect(services.policy("PUT", policyPath, body(500), at: at(10)).status == 200)
    #expect(services.simulation.trace.cast.tenants.count == tenants + 500)
  }

  // MARK: Damage

  private static let whole = policyBody((fabrikam, true, false), ("*", false, true))

  @Test func `A body that breaks off is refused, wherever it does`() throws {
    var services = try services(twoTenants)
    let bytes = Array(Self.whole.utf8)
    for length in bytes.indices {
      let request = ServiceRequest(
        "PUT", policyPath, caller: administrator, body: Array(bytes[..<length]))
      let response = services.respond(to: request, at: at(10))
      #expect(response.status == 400 && response.nestedCode == "BadRequest", "\(length)")
    }
  }

  @Test(arguments: UInt64(0)..<4)
  func `A damaged body is a policy or is refused`(seed: UInt64) throws {
    var services = try services(twoTenants)
    var random = SeededGenerator(seed: seed, stream: "bodies")
    let marks = Array(#"{}[]",:\u0019e+-.*tfn "#.utf8) + [0, 0x7f, 0xc3, 0xff]
    for _ in 0..<150 {
      var bytes = Array(Self.whole.utf8)
      for _ in 0...random.next(in: 0...3) {
        let place = Int(random.next(in: 0...Int64(bytes.count - 1)))
        bytes[place] = marks[Int(random.next(in: 0...Int64(marks.count - 1)))]
      }
      let request = ServiceRequest("PUT", policyPath, caller: administrator, body: bytes)
      let status = services.respond(to: request, at: at(10)).status
      #expect(status == 200 || status == 400, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func `A body nested without end is refused`() throws {
    var services = try services(twoTenants)
    for mark in ["[", "{\"a\":"] {
      let body = String(repeating: mark, count: 100_000)
      #expect(services.policy("PUT", policyPath, body, at: at(10)).status == 400)
    }
  }
}

private let stranger = "44444444-4444-4444-8444-444444444444"

private func user(_ roles: Set<Role>, of tenant: String = contoso) -> ServiceCaller {
  ServiceCaller(tenant: tenant, roles: roles, scopes: [])
}

private func application(isRegistered: Bool) -> ServiceCaller {
  ServiceCaller(
    tenant: contoso, roles: [], scopes: [], principal: .application(isRegistered: isRegistered))
}
