import Foundation
import Testing

@testable import gateway_sim

/// `compare` and the page of two scenarios, where they differ in what is no run.
@Suite struct CompareSystemsTests {
  private static let text = """
    start 2025-03-03 07:00
    until 2025-03-03 13:00
    set audit-delay 60m
    set feed-duplicates 100
    tenant contoso
    admin ada of contoso
    maker maya of contoso
    user uma of contoso
    group sales of contoso with uma
    connection mc of ada using office365-outlook signed in to contoso
    flow f of maya manually
    app expenses of maya
    app-registration feed of contoso with delegated activity-feed-read consented secret until 2026-01-01
    at 07:00 ada turns auditing on
    at 07:05 ada starts subscription to audit-general using feed
    at 07:06 ada creates alert policy w on app-permission-edited to ada
    at 08:00 ada creates flow dg every 1h using mc digests feed and mails ada
    at 08:00 ada creates flow gd every 1h using mc guards feed and asks ada, maya
    at 09:00 maya shares app expenses with everyone
    at 09:30 maya shares flow f with uma as run-only
    at 12:00 ada lists content from 10:00 to 12:00 using feed as p
    at 12:05 maya rejects removal of everyone from app expenses

    """

  @Test(arguments: [
    ("digests feed and mails ada", "digests feed keeping duplicates and mails ada", "4 records"),
    ("digests feed and mails ada", "digests feed and mails ada, uma", "to ada, uma: dg: 2"),
    ("asks ada, maya", "asks maya", "asking maya"),
    ("flow f with uma as run-only", "flow f with uma as co-owner", "added uma as co-owner"),
    ("flow f with uma", "flow f with sales", "added sales as run-only"),
    ("app-permission-edited to ada", "app-permission-edited to uma", "alert policy w to uma"),
    ("from 10:00 to", "from 11:50 to", "from 11:50 to 12:00: nothing"),
    ("maya rejects", "maya approves", "approved"),
  ])
  func `Who gets what, and what it says, is a difference`(
    from: String, to: String, says: String
  ) throws {
    let folder = try Folder()
    let a = try folder.add("a.scenario", Self.text)
    let b = try folder.add("b.scenario", Self.text.replacingOccurrences(of: from, with: to))
    let compared = Consequence("compare", a, b)
    #expect(compared.status == .failed)
    #expect(compared.output.contains(says), "\(compared.output)")
    let page = "\(folder.path)/page.html"
    #expect(Consequence("run", a, "--html", page, "--against", b).status == .met)
    #expect(try folder.text("page.html").contains("\"differences\":[{"))
  }

  @Test func `Of two policies with many rules the one that differs counts`() throws {
    func text(_ last: String) -> String {
      let tenants = (1...12).map { "tenant t\($0)\n" }.joined()
      let rules = (1...11).map { "rule for t12 allows t\($0) inbound\n" }.joined()
      return tenants + rules + "admin ada of t12\nat 09:00 ada changes rule t6 to \(last)\n"
    }
    let folder = try Folder()
    let a = try folder.add("a.scenario", text("both"))
    let b = try folder.add("b.scenario", text("outbound"))
    #expect(Consequence("compare", a, b).output.contains("t6 outbound"))
  }
}
