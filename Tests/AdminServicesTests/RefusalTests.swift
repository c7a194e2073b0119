import AdminServices
import DiscreteEvents
import PowerPlatform
import SimulationTrace
import Testing

/// Calls that are wrong get an answer in the flat envelope, whatever they are.
@Suite struct RefusalTests {
  private static let unknown = "00000000-0000-0000-0000-000000000000"

  @Test func `A version that the gateway does not take is named with those it takes`() throws {
    var services = try services(twoTenants)
    let response = services.call("GET", path, query: "api-version=1999-01-01", at: at(10))
    #expect(response.status == 400)
    #expect(
      response.text == """
        {"code":"ApiVersionInvalid","message":"API version 1999-01-01 is not supported. \
        Supported API versions are: 2024-10-01, 2026-05-01-preview, 2022-03-01-preview, \
        2021-10-01-preview","innererror":{"code":"ApiVersionUnsupported"}}
        """)
    #expect(
      services.call("GET", path, query: "", at: at(10)).codes
        == ["ApiVersionInvalid", "ApiVersionMissing"])
    for version in ["2021-10-01-preview", "2024-10-01", "2026-05-01-preview"] {
      let query = "API-Version=\(version)"
      #expect(services.call("GET", path, query: query, at: at(10)).status == 200, "\(version)")
    }
  }

  @Test(arguments: [
    (ServiceCaller?.none, "GET", 401, ["Unauthorized"]),
    (
      ServiceCaller(tenant: unknown, roles: [.administrator], scopes: [write]), "GET", 401,
      ["Unauthorized"]
    ),
    (
      ServiceCaller(tenant: contoso, roles: [.administrator], scopes: []), "GET", 403,
      ["Forbidden", "ScopeMissing"]
    ),
    (
      ServiceCaller(tenant: contoso, roles: [.administrator], scopes: [read]), "POST", 403,
      ["Forbidden", "ScopeMissing"]
    ),
    (ServiceCaller(tenant: contoso, roles: [.administrator], scopes: [read]), "GET", 200, []),
    (
      ServiceCaller(tenant: contoso, roles: [], scopes: [write]), "GET", 403,
      ["AdministratorRoleRequired"]
    ),
    (
      ServiceCaller(tenant: contoso, roles: [.maker, .user], scopes: [write]), "POST", 403,
      ["AdministratorRoleRequired"]
    ),
    (
      ServiceCaller(tenant: contoso, roles: [.globalAdministrator], scopes: [write]), "POST", 403,
      ["AdministratorRoleRequired"]
    ),
    (
      ServiceCaller(tenant: contoso, roles: [.maker, .administrator], scopes: [write]), "POST", 202,
      []
    ),
  ])
  func `Role and scope are two rights`(
    caller: ServiceCaller?, method: String, status: Int, codes: [String]
  ) throws {
    var services = try services(twoTenants)
    let response = services.call(method, path, as: caller, at: at(10))
    #expect(response.status == status && response.codes == codes, "\(response.text)")
    #expect((response.header("www-authenticate") != nil) == (status == 401))
  }

  @Test func `A Global administrator is enough in the edition of 2023`() throws {
    var services = try services(twoTenants.replacing("edition 2025", with: "edition 2023"))
    let glen = ServiceCaller(
      tenant: contoso.uppercased(), roles: [.globalAdministrator], scopes: [write])
    #expect(services.call("POST", path, as: glen, at: at(10)).status == 202)
  }

  @Test(arguments: [
    ("maya requests cross-tenant report as r", "POST", path),
    ("maya lists packages in production", "GET", packages),
    ("maya lists packages in elsewhere", "GET", elsewhere),
    ("ada lists packages in elsewhere", "GET", elsewhere),
    ("ada lists packages in sandbox", "GET", sandboxPackages),
    (
      "ada installs package Office365Groups in elsewhere as o", "POST",
      "\(elsewhere)/Office365Groups/install"
    ),
    ("maya reads isolation policy", "GET", policyPath),
    ("ada replaces isolation policy with on, fabrikam neither", "PUT", policyPath),
  ])
  func `A statement and a call are refused in the same words`(
    statement: String, method: String, path: String
  ) throws {
    let world = packageWorld.replacing(
      "maker maya", with: "environment elsewhere of fabrikam with dataverse\nmaker maya")
    var services = try services(world + "at 09:00 \(statement)\n")
    let cast = services.simulation.trace.cast
    let failure = try #require(services.simulation.results.last?.failure)
    let said = services.simulation.trace.text(of: failure)
    let row = try #require(cast.users.firstIndex { statement.hasPrefix($0.name) })
    let caller = ServiceCaller(
      tenant: contoso, roles: [cast.users[row].role], scopes: installer.scopes.union([write]),
      objectID: cast.objectIdentifier(of: UserID(row)))
    let body = method == "PUT" ? policyBody((fabrikam, false, false)) : ""
    let response = services.respond(
      to: ServiceRequest(method, path, query: version, caller: caller, body: Array(body.utf8)),
      at: at(10))
    #expect(response.status == said.httpStatus, "\(response.text)")
    let error = response.json["error"] as? [String: Any] ?? response.json
    #expect(error["code"] as? String == said.code)
    #expect(error["message"] as? String == said.message)
  }

  @Test func `Another tenant's report is not there`() throws {
    var services = try services(twoTenants)
    let id = try #require(services.call("POST", path, at: at(10)).json["reportId"] as? String)
    let finn = ServiceCaller(tenant: fabrikam, roles: [.administrator], scopes: [write])
    #expect(services.call("GET", "\(path)/\(id)", as: finn, at: at(11)).status == 404)
    #expect(services.call("GET", path, as: finn, at: at(11)).text == #"{"value":[]}"#)
    let unknown = services.call("GET", "\(path)/\(Self.unknown)", at: at(11))
    #expect(unknown.status == 404 && unknown.codes == ["ReportNotFound"])
    #expect(services.call("GET", "\(path)/\(id)", at: at(9)).status == 404, "not yet")
  }

  @Test(arguments: [
    ("GET", "/", version, 404, "RouteNotFound"),
    ("GET", "", version, 404, "RouteNotFound"),
    (
      "GET", "/governance/environments/e/crossTenantConnectionReports", version, 404,
      "RouteNotFound"
    ),
    ("GET", path + "/may-report", version, 404, "RouteNotFound"),
    ("GET", path + "/{}", version, 404, "RouteNotFound"),
    ("GET", path + "/{", version, 404, "RouteNotFound"),
    ("GET", path + "/" + unknown + "/connections", version, 404, "RouteNotFound"),
    ("GET", path + "/%ZZ", version, 400, "BadRequest"),
    ("GET", path + "/%", version, 400, "BadRequest"),
    ("GET", path + "/%ff", version, 400, "BadRequest"),
    ("GET", path, version + "&x=%1", 400, "BadRequest"),
    ("GET", path, version + "&$skiptoken=-1", 400, "BadRequest"),
    ("GET", path, version + "&$skiptoken=99999999999999999999", 400, "BadRequest"),
    ("GET", path, version + "&$skiptoken=7", 400, "BadRequest"),
    ("GET", path, "&&==&=", 400, "ApiVersionInvalid"),
    ("DELETE", path, version, 405, "MethodNotAllowed"),
    ("POST", path + "/" + unknown, version, 405, "MethodNotAllowed"),
  ])
  func `What makes no sense is refused`(
    method: String, path: String, query: String, status: Int, code: String
  ) throws {
    var services = try services(twoTenants)
    let response = services.call(method, path, query: query, at: at(10))
    #expect(response.status == status && response.codes.first == code, "\(response.text)")
    #expect((response.header("allow") != nil) == (status == 405))
  }

  @Test func `Times outside of every scenario are refused`() throws {
    var services = try services(twoTenants)
    for time in [Instant(-1), Instant(.max), Instant(.min)] {
      #expect(services.call("GET", path, at: time).status == 503)
    }
  }

  @Test func `Every answer has a correlation id of its own, the same in each process`() throws {
    var answers: [[ServiceResponse]] = []
    for _ in 0..<2 {
      var services = try services(twoTenants)
      answers.append([
        services.call("POST", path, at: at(10)), services.call("GET", path, at: at(10)),
        services.call("GET", "/nowhere", as: nil, at: at(10)),
      ])
    }
    #expect(answers[0] == answers[1])
    let ids = answers[0].compactMap { $0.header("x-ms-correlation-id") }
    #expect(Set(ids).count == 3)
  }
}

private let elsewhere =
  "/appmanagement/environments/\(derivedIdentifier("environment", fabrikam, "elsewhere"))"
  + "/applicationPackages"
private let read = "Governance.CrossTenantConnectionReports.Read"
private let write = "Governance.CrossTenantConnectionReports.ReadWrite"
