import AdminServices
import DiscreteEvents
import PowerPlatform
import SimulationTrace
import Testing

/// The three operations on cross-tenant connection reports, as a client meets them.
@Suite struct ReportServiceTests {
  @Test func `A report is created, polled and read`() throws {
    var services = try services(twoTenants)
    let created = services.call("POST", path, at: at(10))
    #expect(created.status == 202)
    let id = try #require(created.json["reportId"] as? String)
    #expect(
      created.text == """
        {"tenantId":"\(contoso)","reportId":"\(id)","requestDate":"2025-03-03T00:00:00Z",\
        "startDate":"2025-02-24T00:00:00Z","endDate":"2025-03-03T00:00:00Z","status":"Received"}
        """)
    #expect(
      services.call("GET", "\(path)/\(id)", at: at(10, 5)).json["status"] as? String
        == "InProgress")
    let completed = services.call("GET", "\(path)/\(id)", at: at(10, 15))
    #expect(completed.status == 200 && completed.json["status"] as? String == "Completed")
    let lines = try #require(completed.json["connections"] as? [[String: String]])
    #expect(lines.map { $0["connectionType"] } == ["Outbound", "Outbound", "Inbound"])
    #expect(lines.allSatisfy { $0["tenantId"] == fabrikam })
    #expect(Set(lines.compactMap { $0["connectionId"] }).count == 3)
  }

  @Test func `Asked again in a day the report comes back, on the next day a new one is made`()
    throws
  {
    var services = try services(twoTenants)
    let first = services.call("POST", path, at: at(10))
    let again = services.call("POST", path, at: at(16))
    let next = services.call("POST", path, at: at(10, day: 2))
    #expect([first, again, next].map(\.status) == [202, 200, 202])
    func id(_ response: ServiceResponse) -> String? { response.json["reportId"] as? String }
    #expect(id(first) == id(again) && id(first) != id(next) && id(next) != nil)
    #expect(again.json["status"] as? String == "Completed")
    let list = services.call("GET", path, at: at(11, day: 2)).json["value"] as? [[String: Any]]
    #expect(
      list?.compactMap { $0["reportId"] as? String } == [id(first), id(next)].compactMap(\.self))
  }

  @Test func `A scenario's report and a call's are one`() throws {
    let admin = "admin ada of contoso\n"
    var services = try services(
      twoTenants.replacing("maker maya", with: admin + "maker maya")
        + "at 12:00 ada requests cross-tenant report as may-report\n")
    #expect(services.call("GET", path, at: at(11)).text == #"{"value":[]}"#)
    #expect(services.call("POST", path, at: at(13)).status == 200)
    // A call before the statement makes the statement the one that asks again.
    #expect(services.call("POST", path, at: at(9)).status == 202)
    let requests = services.simulation.trace.events.filter { $0.kind == .reportRequested }
    #expect(requests.map(\.isCreation) == [true, false, false])
  }

  @Test func `Read strictly, the second call of a day is refused`() throws {
    var services = try services("set report-repeat refused\n" + twoTenants)
    #expect(services.call("POST", path, at: at(10)).status == 202)
    let again = services.call("POST", path, at: at(11))
    #expect(again.status == 409 && again.codes == ["ReportExistsForDay"])
  }

  @Test func `Braces around an id that a script left there do no harm`() throws {
    var services = try services(twoTenants)
    let id = try #require(services.call("POST", path, at: at(10)).json["reportId"] as? String)
    for written in ["%7B\(id)%7D", "{\(id)}", id.uppercased(), "%7b\(id)%7d/"] {
      #expect(services.call("GET", "\(path)/\(written)", at: at(11)).status == 200, "\(written)")
    }
    #expect(
      services.call("GET", "//governance/CROSSTENANTCONNECTIONREPORTS", at: at(11)).status == 200)
  }

  @Test func `An empty form body is none`() throws {
    var services = try services(twoTenants)
    for body in [[], Array("{".utf8), Array("a=b".utf8), [0xff]] {
      let request = ServiceRequest(
        "POST", path, query: version, caller: administrator, body: body)
      #expect((200...202).contains(services.respond(to: request, at: at(10)).status))
    }
  }

  @Test func `Pages are followed to the end, each line once`() throws {
    var services = try services(twoTenants, pageSize: 1)
    services.origin = "http://localhost:8080"
    let id = try #require(services.call("POST", path, at: at(10)).json["reportId"] as? String)
    _ = services.call("POST", path, at: at(10, day: 2))
    func follow(_ path: String, _ key: String, _ time: Instant) throws -> [[String: Any]] {
      var entries: [[String: Any]] = []
      var (path, query) = (path, version)
      for _ in 0..<9 {
        let page = services.call("GET", path, query: query, at: time)
        entries += try #require(page.json[key] as? [[String: Any]])
        guard let next = page.json["@odata.nextLink"] as? String else { return entries }
        let parts = next.split(separator: "?")
        path = String(parts[0].dropFirst("http://localhost:8080".count))
        query = String(parts[1])
      }
      Issue.record("the pages don't end")
      return entries
    }
    let lines = try follow("\(path)/\(id)", "connections", at(11))
    #expect(lines.count == 3)
    #expect(Set(lines.compactMap { $0["connectionId"] as? String }).count == 3)
    #expect(try follow(path, "value", at(11, day: 2)).count == 2)
  }

  @Test func `After the scenario's end the platform goes on`() throws {
    var services = try services(twoTenants)
    let created = services.call("POST", path, at: at(23, day: 9))
    let id = try #require(created.json["reportId"] as? String)
    let report = services.call("GET", "\(path)/\(id)", at: at(23, 30, day: 9))
    #expect(report.json["status"] as? String == "Completed")
    #expect((report.json["connections"] as? [Any])?.isEmpty == true, "a week has gone by")
  }

  @Test func `A report that fails lists nothing`() throws {
    var services = try services("set report-ending failed\n" + twoTenants)
    let id = try #require(services.call("POST", path, at: at(10)).json["reportId"] as? String)
    let report = services.call("GET", "\(path)/\(id)", at: at(11))
    #expect(report.json["status"] as? String == "Failed" && report.json["connections"] == nil)
  }

  @Test func `The first edition names no connections`() throws {
    var services = try services(twoTenants.replacing("edition 2025", with: "edition 2023"))
    _ = services.call("POST", path, at: at(10))
    let list = services.call("GET", path, at: at(11)).text
    #expect(list.contains("Outbound") && !list.contains("connectionId"))
  }
}
