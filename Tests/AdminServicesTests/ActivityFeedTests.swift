import AdminServices
import DiscreteEvents
import Foundation
import PowerPlatform
import SimulationTrace
import Testing

/// One app is made and shared; records take an hour.
private let shared = """
  start 2025-03-03 08:00
  until 2025-03-20 08:00
  set audit-delay 60m
  tenant contoso id 11111111-1111-4111-8111-111111111111
  tenant fabrikam id 22222222-2222-4222-8222-222222222222
  admin ada of contoso
  maker maya of contoso
  user uma of contoso
  at 08:00 ada turns auditing on
  at 09:00 maya creates app expenses
  at 09:05 maya shares app expenses with uma
  at 09:10 maya creates flow copy manually
  at 09:15 maya shares flow copy with uma as run-only

  """

private let root = "/api/v1.0/\(contoso)/activity/feed"
private let general = "contentType=Audit.General"

/// An application that calls by itself.
private let daemon = ServiceCaller(
  tenant: contoso, roles: [], scopes: [], applicationPermissions: ["ActivityFeed.Read"])

extension AdminServices {
  fileprivate mutating func feed(
    _ method: String, _ operation: String, _ query: String = general,
    as caller: ServiceCaller? = daemon, body: String = "", at time: Instant
  ) -> ServiceResponse {
    respond(
      to: ServiceRequest(
        method, "\(root)/\(operation)", query: query, caller: caller, body: Array(body.utf8)),
      at: time)
  }
}

extension ServiceResponse {
  fileprivate var list: [[String: Any]] {
    (try? JSONSerialization.jsonObject(with: Data(body)) as? [[String: Any]]) ?? []
  }

  /// The code and the message inside `error`.
  fileprivate var error: [String] {
    let error = json["error"] as? [String: String]
    return [error?["code"], error?["message"]].compactMap(\.self)
  }
}

/// The operations of the Office 365 Management Activity API, on the wire.
@Suite struct ActivityFeedTests {
  @Test func `Start, list, fetch: the first share is read`() throws {
    var services = try services(shared)
    let start = services.feed("POST", "subscriptions/start", at: at(8, 30))
    #expect(start.status == 200)
    #expect(start.text == #"{"contentType":"Audit.General","status":"enabled","webhook":null}"#)
    let window = "\(general)&startTime=2025-03-03T10:00&endTime=2025-03-03T10:10:00"
    let page = services.feed("GET", "subscriptions/content", window, at: at(12))
    #expect(page.status == 200 && page.list.count == 2 && page.header("NextPageUri") == nil)
    let item = try #require(page.list.last)
    #expect(item["contentCreated"] as? String == "2025-03-03T10:05:00.000Z")
    #expect(item["contentExpiration"] as? String == "2025-03-10T10:05:00.000Z")
    let uri = try #require(item["contentUri"] as? String)
    let id = try #require(item["contentId"] as? String)
    #expect(uri == "https://manage.office.com\(root)/audit/\(id)")
    let blob = services.feed("GET", "audit/\(id)", "", at: at(12, 1))
    let escaped = id.replacingOccurrences(of: "$", with: "%24")
    #expect(services.feed("GET", "audit/\(escaped)", "", at: at(12, 1)).body == blob.body)
    let record = try #require(blob.list.first)
    #expect(record["Operation"] as? String == "PowerAppPermissionEdited")
    #expect(record["RecordType"] as? Int == 45)
    #expect(record["CreationTime"] as? String == "2025-03-03T09:05:00")
    #expect(record["OrganizationId"] as? String == contoso)
    #expect(record["UserId"] as? String == "maya@contoso.onmicrosoft.com")
  }

  @Test func `A flow's record names its recipient and the kind of share`() throws {
    var services = try services(shared)
    _ = services.feed("POST", "subscriptions/start", at: at(8, 30))
    let page = services.feed("GET", "subscriptions/content", at: at(12))
    let ids = page.list.compactMap { $0["contentId"] as? String }
    let records = ids.flatMap { services.feed("GET", "audit/\($0)", "", at: at(12)).list }
    let share = try #require(records.first { $0["Operation"] as? String == "PutPermissions" })
    #expect(share["RecordType"] as? Int == 30 && share["Workload"] as? String == "MicrosoftFlow")
    #expect(share["SharingPermission"] as? String == "2")
    #expect(share["RecipientUPN"] as? String == "uma@contoso.onmicrosoft.com")
  }

  @Test func `Records say who did what to whose things`() throws {
    var services = try services(
      """
      start 2025-03-03 08:00
      set audit-delay 60m
      tenant contoso id 11111111-1111-4111-8111-111111111111
      tenant fabrikam
      admin ada of contoso
      maker maya of contoso
      maker gus of fabrikam guest in contoso
      licence premium for maya
      connection con-sp of maya using sharepoint signed in to contoso
      app expenses of maya using con-sp
      flow sync of maya manually using con-sp
      at 08:00 ada turns auditing on
      at 09:00 ada shares app expenses with gus
      at 09:01 ada unshares app expenses from gus
      at 09:02 ada shares flow sync with gus as run-only
      at 09:03 maya shares flow sync with ada
      at 09:04 maya turns off flow sync
      at 09:05 gus creates connection gus-sp using sharepoint in contoso signed in to contoso

      """)
    _ = services.feed("POST", "subscriptions/start", at: at(8, 30))
    let page = services.feed("GET", "subscriptions/content", at: at(12))
    let ids = page.list.compactMap { $0["contentId"] as? String }
    let records = ids.flatMap { services.feed("GET", "audit/\($0)", "", at: at(12)).list }
    func texts(_ key: String) -> [String] { records.map { $0[key].map { "\($0)" } ?? "-" } }
    #expect(
      texts("Operation") == [
        "AdminModifyAppPermissions", "AdminModifyAppPermissions", "PutPermissions",
        "PutPermissions", "EditFlow", "PutConnection",
      ])
    #expect(texts("UserType") == ["2", "2", "2", "0", "0", "10"])
    #expect(texts("UserTypeInitiated") == ["-", "-", "2", "1", "1", "-"])
    #expect(texts("SharingPermission") == ["-", "-", "2", "3", "-", "-"])
    #expect(
      texts("FlowConnectorNames") == ["-", "-", "SharePoint", "SharePoint", "SharePoint", "-"])
    #expect(records[3]["LicenseDisplayName"] as? String == "Power Automate Premium")
    let added = records[0]["AdditionalInfo"] as? [String: String]
    #expect(added?["environmentName"] == "Default-\(contoso)")
    #expect(added?["recipientUPN"] == "gus@fabrikam.onmicrosoft.com")
    let connection = records[5]["AdditionalInfo"] as? [String: String]
    #expect(connection?["ActionName"] == "PutConnection")
  }

  @Test func `DLP.All asks for a permission of its own`() throws {
    var services = try services(shared)
    func code(_ type: String, _ permission: String) -> String? {
      var caller = daemon
      caller.applicationPermissions = [permission]
      return services.feed(
        "POST", "subscriptions/start", "contentType=\(type)", as: caller, at: at(9)
      ).error.joined(separator: ": ").split(separator: " (").first.map(String.init)
    }
    #expect(code("DLP.All", "ActivityFeed.Read") == "AF10001: The permission set")
    #expect(code("Audit.General", "ActivityFeed.ReadDlp") == "AF10001: The permission set")
    #expect(code("DLP.All", "ActivityFeed.ReadDlp") == nil)
  }

  @Test func `Pages lead on until there is no header any more`() throws {
    var services = try services("set feed-page-size 3\n" + shared)
    _ = services.feed("POST", "subscriptions/start", at: at(8, 30))
    let first = services.feed("GET", "subscriptions/content", at: at(12))
    #expect(first.list.count == 3)
    let next = try #require(first.header("NextPageUri"))
    let query = try #require(next.split(separator: "?").last)
    #expect(next.hasPrefix("https://manage.office.com/api/v1/\(contoso)/activity/feed/"))
    let second = services.feed("GET", "subscriptions/content", String(query), at: at(12))
    #expect(second.list.count == 1 && second.header("NextPageUri") == nil)
    let odd = query.replacingOccurrences(of: "nextPage=R", with: "nextPage=X")
    #expect(services.feed("GET", "subscriptions/content", odd, at: at(12)).error[0] == "AF20031")
  }

  @Test func `A second start is answered with 400, and all goes on`() throws {
    var services = try services(shared)
    _ = services.feed("POST", "subscriptions/start", at: at(8, 30))
    let again = services.feed("POST", "subscriptions/start", at: at(8, 40))
    #expect(again.status == 400)
    #expect(
      again.text == """
        {"error":{"code":"AF20024","message":"The subscription is already enabled. \
        No property change."}}
        """)
    let list = services.feed("GET", "subscriptions/list", "", at: at(8, 45))
    #expect(list.text == #"[{"contentType":"Audit.General","status":"enabled","webhook":null}]"#)
    #expect(services.feed("POST", "subscriptions/stop", at: at(8, 50)).status == 200)
    let stopped = services.feed("GET", "subscriptions/list", "", at: at(8, 55)).list
    #expect(stopped.first?["status"] as? String == "disabled")
    #expect(services.feed("GET", "subscriptions/content", at: at(9)).error[0] == "AF20022")
  }

  @Test func `Content expires after seven days`() throws {
    var services = try services(shared)
    _ = services.feed("POST", "subscriptions/start", at: at(8, 30))
    let page = services.feed("GET", "subscriptions/content", at: at(12))
    let id = try #require(page.list.first?["contentId"] as? String)
    #expect(services.feed("GET", "audit/\(id)", "", at: at(9, 59, day: 8)).status == 200)
    let late = services.feed("GET", "audit/\(id)", "", at: at(10, day: 8))
    #expect(late.status == 404 && late.error[0] == "AF20051")
    #expect(services.feed("GET", "audit/1$2$3$4$04", "", at: at(12)).error[0] == "AF20050")
    #expect(services.feed("GET", "audit/nothing", "", at: at(12)).error[0] == "AF20052")
  }

  @Test(arguments: [
    ("contentType=Audit.General", "AF20022"), ("", "AF20001"),
    ("contentType=Audit.Power", "AF20020"),
    ("contentType=Audit.Exchange", "AF20022"),
  ])
  func `Types of content are looked at`(query: String, code: String) throws {
    var services = try services(shared)
    #expect(services.feed("GET", "subscriptions/content", query, at: at(12)).error[0] == code)
  }

  @Test(arguments: [
    ("startTime=2025-03-03", "AF20030"), ("endTime=2025-03-03", "AF20030"),
    ("startTime=2025-03-01&endTime=2025-03-03", "AF20030"),
    ("startTime=2025-02-20&endTime=2025-02-20T10:00", "AF20030"),
    ("startTime=2025-03-03T11:00&endTime=2025-03-03T10:00", "AF20030"),
    ("startTime=yesterday&endTime=2025-03-03", "AF20002"),
    ("startTime=2025-02-30&endTime=2025-03-03", "AF20002"),
    ("startTime=2025-03-03T25:00&endTime=2025-03-03", "AF20002"),
  ])
  func `Windows are looked at`(window: String, code: String) throws {
    var services = try services(shared)
    _ = services.feed("POST", "subscriptions/start", at: at(8, 30))
    let response = services.feed(
      "GET", "subscriptions/content", "\(general)&\(window)", at: at(12))
    #expect(response.status == 400 && response.error[0] == code, "\(response.text)")
  }

  @Test func `Tenant, permission and role are looked at`() throws {
    var services = try services(shared)
    func code(_ tenant: String, _ caller: ServiceCaller?) -> (Int, String) {
      let response = services.respond(
        to: ServiceRequest(
          "GET", "/api/v1.0/\(tenant)/activity/feed/subscriptions/list", caller: caller),
        at: at(9))
      return (response.status, response.error.first ?? "")
    }
    #expect(code("contoso", daemon) == (400, "AF20013"))
    #expect(code(fabrikam, daemon) == (403, "AF20010"))
    let stranger = "99999999-9999-4999-8999-999999999999"
    var nobody = daemon
    nobody.tenant = stranger
    #expect(code(stranger, nobody) == (400, "AF20011"))
    #expect(code(contoso, nil) == (401, "Unauthorized"), "in its own envelope")
    var person = ServiceCaller(tenant: contoso, roles: [.maker], scopes: ["ServiceHealth.Read"])
    #expect(code(contoso, person) == (403, "AF10001"))
    person.scopes = ["ActivityFeed.Read"]
    #expect(code(contoso, person) == (403, "AdministratorRoleRequired"))
    person.roles = [.dynamicsAdministrator]
    #expect(code(contoso, person) == (403, "AdministratorRoleRequired"), "as in scenarios")
    person.roles = [.globalAdministrator]
    #expect(code(contoso, person) == (200, ""))
  }

  @Test func `No webhook is ever valid, and nothing is started with one`() throws {
    var services = try services(shared)
    func start(_ address: String) -> ServiceResponse {
      services.feed(
        "POST", "subscriptions/start", body: #"{"webhook": {"address": "\#(address)"}}"#, at: at(9))
    }
    #expect(start("http://example.com").error[1].hasSuffix("The address must begin with HTTPS."))
    #expect(
      start("https://example.com").error[1].hasSuffix("The endpoint did not return HTTP 200."))
    #expect(services.feed("GET", "subscriptions/list", "", at: at(9)).text == "[]")
    for body in [#"{"webhook":{}}"#, #"{"webhook":{"authId":"o","address":7}}"#] {
      #expect(
        services.feed("POST", "subscriptions/start", body: body, at: at(9)).error[0] == "AF20001")
    }
    let odd = services.feed("POST", "subscriptions/start", body: #"{"webhook":"x"}"#, at: at(9))
    #expect(odd.error[0] == "AF20002")
    let mention = #"{"note":"\"webhook\":{\"address\":\"http://x\"}"}"#
    #expect(services.feed("POST", "subscriptions/start", body: mention, at: at(9)).status == 200)
    #expect(services.feed("POST", "subscriptions/stop", at: at(9)).status == 200)
    let body = #"{"webhook":null}"#
    #expect(services.feed("POST", "subscriptions/start", body: body, at: at(10)).status == 200)
    #expect(services.feed("GET", "subscriptions/notifications", at: at(10)).text == "[]")
  }

  @Test func `Too many calls in a minute are refused`() throws {
    var services = try services("set feed-request-limit 2\n" + shared)
    let codes = (0..<3).map { _ in
      services.feed("GET", "subscriptions/list", "", at: at(9)).status
    }
    #expect(codes == [200, 200, 429])
    #expect(services.feed("GET", "subscriptions/list", "", at: at(9, 1)).status == 200)
  }

  @Test func `Whatever is sent is answered`() throws {
    var services = try services(shared)
    _ = services.feed("POST", "subscriptions/start", at: at(8, 30))
    var random = SeededGenerator(seed: 8, stream: "calls")
    let pieces = [
      "api", "v1.0", "v1", contoso, fabrikam, "activity", "feed", "subscriptions", "start", "stop",
      "list", "content", "audit", "notifications", "%24", "%", "$", "1$2$3$4", "é", "%ff", "",
    ]
    let queries = [
      general, "contentType=", "startTime=2025-03-03", "endTime=9999-12-31T23:59:59.999Z",
      "startTime=0000-00-00", "nextPage=R99999999999999999999", "nextPage=R-1", "nextPage=R5",
      "PublisherIdentifier=\(contoso)", "PublisherIdentifier=x", "%zz=1", "=", "a&b", "startTime=T",
    ]
    func pick(_ list: [String]) -> String {
      list[Int(random.next(in: 0...Int64(list.count - 1)))]
    }
    for _ in 0..<400 {
      let tail = (0..<random.next(in: 0...4)).map { _ in pick(pieces) }
      let path =
        random.next(in: 0...1) == 0
        ? root + "/" + tail.joined(separator: "/") : "/" + tail.joined(separator: "/")
      let query = (0..<random.next(in: 0...3)).map { _ in pick(queries) }.joined(separator: "&")
      let response = services.respond(
        to: ServiceRequest(
          pick(["GET", "POST", "PUT"]), path, query: query, caller: daemon,
          body: Array(pick(["", "{", #"{"webhook":{}}"#, #"{"webhook":{"address":"#]).utf8)),
        at: at(Int(random.next(in: 8...30))))
      #expect((200...503).contains(response.status))
      #expect(response.header("X-MS-Correlation-Id") != nil)
    }
  }
}
