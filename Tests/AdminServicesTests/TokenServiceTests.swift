import AdminServices
import DiscreteEvents
import Foundation
import SimulationTrace
import TenantIsolation
import Testing

/// Tokens by password: how they are got, what they are good for, and for how long.
@Suite struct TokenServiceTests {
  private static let right =
    "grant_type=password&client_id=app&username=ada%40contoso.onmicrosoft.com&password=secret"
    + "&scope=https://api.powerplatform.com/.default"

  private func ask(
    _ services: inout AdminServices, _ form: String = right,
    _ path: String = "/contoso.onmicrosoft.com/oauth2/v2.0/token", at time: Instant = at(10)
  ) -> ServiceResponse {
    services.respond(to: ServiceRequest("POST", path, body: Array(form.utf8)), at: time)
  }

  private func call(
    _ services: inout AdminServices, _ token: String?, at time: Instant
  ) -> ServiceResponse {
    services.respond(
      to: ServiceRequest("GET", packages, query: version, token: token), at: time)
  }

  @Test func `The answer has four fields and fits the tutorial's schema`() throws {
    var services = try services(packageWorld)
    let response = ask(&services)
    #expect(response.status == 200)
    #expect(Schema.token.faults(of: response.json) == [])
    #expect(response.json.count == 4 && response.json["token_type"] as? String == "Bearer")
    #expect(response.json["expires_in"] as? Int == response.json["ext_expires_in"] as? Int)
  }

  private static let registered = """
    start 2025-03-03 08:00
    until 2025-03-10 08:00
    tenant contoso id 11111111-1111-4111-8111-111111111111
    app-registration feed of contoso with application activity-feed-read consented \
    secret until 2025-03-05
    app-registration bare of contoso with application activity-feed-read
    app-registration other of contoso with application service-health-read consented \
    secret until 2026-01-01

    """

  /// What a registration gets for its secret, and then from the Activity API.
  private func codes(
    _ name: String, secret: String = "s", resource: String = "https://manage.office.com",
    at time: Instant = at(10)
  ) throws -> [String] {
    var services = try services(Self.registered)
    let id = derivedIdentifier("application", contoso, name)
    let form =
      "grant_type=client_credentials&client_id=\(id)&client_secret=\(secret)&resource=\(resource)"
    let answer = ask(&services, form, "/\(contoso)/oauth2/token", at: time)
    guard let token = answer.json["access_token"] as? String else {
      let text = answer.json["error_description"] as? String ?? ""
      return ["\(answer.status)", text.split(separator: ":").first.map(String.init) ?? ""]
    }
    let list = services.respond(
      to: ServiceRequest(
        "GET", "/api/v1.0/\(contoso)/activity/feed/subscriptions/list", token: token), at: time)
    let error = list.json["error"] as? [String: String]
    return ["\(answer.status)", "\(list.status)", error?["code"] ?? "-"]
  }

  @Test func `A registration's secret gets a token for the Activity API`() throws {
    #expect(try codes("feed") == ["200", "200", "-"])
    #expect(try codes("feed", at: at(10, day: 3)) == ["401", "AADSTS7000222"])
    #expect(try codes("feed", secret: "") == ["401", "AADSTS7000218"])
    #expect(try codes("feed", resource: "https://graph.microsoft.com") == ["400", "AADSTS70011"])
    for slashed in ["https://manage.office.com/", "https://manage.office.com//"] {
      #expect(try codes("feed", resource: slashed) == ["200", "200", "-"])
    }
    #expect(try codes("bare") == ["400", "AADSTS65001"])
    #expect(try codes("nobody") == ["400", "AADSTS700016"])
    #expect(try codes("other") == ["200", "403", "AF10001"])
  }

  @Test func `A token is its person's until it expires`() throws {
    var services = try services(packageWorld)
    let response = ask(&services)
    let token = try #require(response.json["access_token"] as? String)
    let life = try #require(response.json["expires_in"] as? Int)
    let end = at(10) + Int64(life) * 1000
    #expect(call(&services, token, at: end + -1).status == 200)
    let late = call(&services, token, at: end)
    #expect(late.status == 401 && late.codes == ["ExpiredAuthenticationToken"])
    #expect(late.header("www-authenticate") == "Bearer")
    #expect(call(&services, nil, at: at(10)).status == 401)
    #expect(call(&services, "made up", at: at(10)).status == 401)
  }

  @Test func `A token has its person's role and the scopes that were asked for`() throws {
    var services = try services(packageWorld)
    func status(_ form: String) throws -> Int {
      let token = try #require(ask(&services, form).json["access_token"] as? String)
      return call(&services, token, at: at(10)).status
    }
    let maya = Self.right.replacing("ada", with: "maya")
    #expect(try status(maya) == 403)
    let reports = Self.right.replacing(
      ".default", with: "Governance.CrossTenantConnectionReports.Read")
    #expect(try status(reports) == 403)
    let narrow = Self.right.replacing(".default", with: "AppManagement.ApplicationPackages.Read")
    #expect(try status(narrow) == 200)
  }

  // MARK: Policies

  private static let policies = right.replacing(
    "https://api.powerplatform.com", with: "https://service.powerapps.com")

  @Test func `A token of the policy's service is good for policies, and brings no scope`() throws {
    var services = try services(packageWorld)
    func token(_ account: String) throws -> String {
      let form = Self.policies.replacing("ada", with: account)
      return try #require(ask(&services, form).json["access_token"] as? String)
    }
    func policy(_ token: String?, _ time: Instant = at(10)) -> ServiceResponse {
      services.respond(to: ServiceRequest("GET", policyPath, token: token), at: time)
    }
    let ada = try token("ada")
    #expect(policy(ada).status == 200)
    #expect(policy(ada, at(12)).nestedCode == "ExpiredAuthenticationToken")
    #expect(policy(nil).status == 401 && policy("made up").status == 401)
    #expect(policy(try token("maya")).status == 403)
    #expect(call(&services, ada, at: at(10)).codes.last == "ScopeMissing")
  }

  @Test(arguments: [
    ("scope", "https://api.powerplatform.com/.default", 200),
    ("scope", "https://api.powerplatform.com//.default", 200),
    ("resource", "https://api.powerplatform.com", 200),
    ("resource", "https://api.powerplatform.com/", 200),
    ("scope", "https://service.powerapps.com//.default", 200),
    ("resource", "https://service.powerapps.com", 200),
    ("resource", "https://service.powerapps.com/", 200),
    ("scope", "Governance.CrossTenantConnectionReports.Read", 200),
    ("scope", "https://elsewhere.com/Governance.CrossTenantConnectionReports.Read", 400),
    ("scope", "https://service.powerapps.com.evil/.default", 400), ("scope", "/", 400),
    ("resource", "https://graph.microsoft.com/", 400),
  ])
  func `A service's address may end with a slash`(field: String, value: String, status: Int) throws
  {
    var services = try services(packageWorld)
    let form =
      "grant_type=password&client_id=app&username=ada%40contoso.onmicrosoft.com&password=secret"
    #expect(ask(&services, "\(form)&\(field)=\(value)").status == status)
  }

  @Test func `An expired token is told as such for a day, and then unknown`() throws {
    var services = try services(packageWorld)
    let token = try #require(ask(&services).json["access_token"] as? String)
    _ = ask(&services, at: at(9, day: 2))
    #expect(call(&services, token, at: at(9, day: 2)).codes == ["ExpiredAuthenticationToken"])
    _ = ask(&services, at: at(12, day: 2))
    #expect(call(&services, token, at: at(12, day: 2)).codes == ["Unauthorized"])
  }

  @Test func `Who reads in a scenario and writes by a token is one person`() throws {
    let changes = """
      admin eve of contoso
      at 09:00 ada reads isolation policy
      at 09:01 eve allows fabrikam outbound

      """
    let (people, rest) = (changes.prefix { $0 != "\n" } + "\n", changes.drop { $0 != "\n" })
    var services = try services(
      packageWorld.replacing("maker maya", with: people + "maker maya") + rest)
    let token = try #require(ask(&services, Self.policies).json["access_token"] as? String)
    let put = ServiceRequest(
      "PUT", policyPath, token: token, body: Array(policyBody(isDisabled: true).utf8))
    #expect(services.respond(to: put, at: at(10)).status == 200)
    let saved = services.simulation.savedPolicy(of: TenantID(0), at: at(10))
    #expect(saved.replacement?.basis != nil && saved.replacement?.lost.gone.count == 1)
    let author = services.simulation.trace.events.last { $0.kind == .policySaved }?.actor
    #expect(author.map { services.simulation.trace.cast.users[$0.row].name } == "ada")
  }

  @Test(arguments: [
    "/\(contoso)/oauth2/v2.0/token", "/Contoso.OnMicrosoft.com/oauth2/token",
    "/organizations/oauth2/v2.0/token",
  ])
  func `A directory has several names`(path: String) throws {
    var services = try services(packageWorld)
    #expect(ask(&services, path: path).status == 200)
  }

  private func ask(_ services: inout AdminServices, path: String) -> ServiceResponse {
    ask(&services, Self.right, path)
  }

  @Test(arguments: [
    ("", "invalid_request"), ("%", "invalid_request"), ("grant_type=password", "invalid_request"),
    (right.replacing("password&", with: "authorization_code&"), "unsupported_grant_type"),
    (right.replacing("secret", with: ""), "invalid_grant"),
    (right.replacing("ada", with: "nobody"), "invalid_grant"),
    (right.replacing("contoso.onmicrosoft", with: "fabrikam.onmicrosoft"), "invalid_grant"),
    (right.replacing("%40", with: ""), "invalid_grant"),
    (right.replacing("powerplatform", with: "elsewhere"), "invalid_scope"),
    (right.replacing("client_id=app", with: "client_id="), "invalid_request"),
  ])
  func `What is wrong gets no token`(form: String, error: String) throws {
    var services = try services(packageWorld)
    let response = ask(&services, form)
    #expect(
      response.status == 400 && response.json["error"] as? String == error, "\(response.text)")
    let text = response.json["error_description"] as? String
    #expect(text?.hasPrefix("AADSTS") == true)
  }
}
