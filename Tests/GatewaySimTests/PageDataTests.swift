import Foundation
import Testing

/// What a scenario's page is told of hints, systems, shares and what can be read without scripts.
@Suite struct PageDataTests {
  private static let world = """
    start 2025-03-03 08:00
    tenant contoso domains contoso.com
    tenant fabrikam domains fabrikam.com
    admin ada of contoso
    maker maya of contoso
    user uma of contoso
    group sales of contoso with uma

    """

  /// A flow that stands Suspended while the last thing that happens is about an app.
  @Test(arguments: [
    ("Is the shopping list flow running at 12:00?", "how things stand"),
    ("What does uma see in her app at 12:00?", "saved and at what is in force"),
    ("Läuft list um 12:00?", "how things stand"), ("What of menu?", "saved and at what is in"),
    ("And at 12:00?", "saved and at what is in force"),
  ])
  func `A hint is about what the question names`(text: String, words: String) throws {
    let page = try PageData(
      of: Self.world + """
        connection mail of maya using office365-outlook signed in to fabrikam
        at 09:00 maya creates app menu using mail
        at 09:00 maya creates flow list every 20m using mail
        at 09:30 ada turns isolation on
        at 10:05 maya saves flow list
        question "\(text)" at 11:15 until 12:00 options "Yes", "No" answer "No"
        at 11:30 ada allows fabrikam outbound
        at 12:00 uma opens app menu

        """)
    #expect(page.hints.count == 1 && page.hints.allSatisfy { $0.contains(words) }, "\(page.hints)")
  }

  @Test func `A switch is no object, and calls of the Activity API are no audit records`() throws {
    let page = try PageData(
      of: Self.world + """
        set edition 2025
        app-registration feed of contoso with delegated activity-feed-read consented secret until 2026-01-01
        at 08:05 ada turns auditing on
        at 08:10 ada turns isolation on
        at 08:20 ada replaces isolation policy with on, fabrikam outbound
        at 08:30 ada starts subscription to audit-general using feed

        """)
    #expect(try page.records(of: "Policy as an object").count == 1)
    #expect(try page.records(of: "Audit log").contains { $0.contains("turns auditing on") })
    #expect(try page.records(of: "Audit log").allSatisfy { !$0.contains("subscription") })
    #expect(try page.records(of: "Activity API").contains { $0.contains("subscription") })
  }

  @Test func `Shares come and go, and what nobody shares has none`() throws {
    let page = try PageData(
      of: Self.world + """
        connection site of maya using sharepoint signed in to contoso
        app ledger of maya using site
        app menu of maya using site
        flow sync of maya manually using site
        share app ledger with sales
        at 09:00 maya shares app ledger with uma
        at 09:01 maya shares flow sync with uma as co-owner
        at 09:05 maya unshares app ledger from uma
        at 09:06 maya unshares app ledger from sales
        at 09:10 maya deletes app ledger

        """)
    // Of each kind, things have rows in the order of the file: ledger, menu; sync.
    let places = try #require(page.play["pathsOf"] as? [[Any]])
    let paths = places.map { $0.map { "\($0)" }.joined(separator: "/") }
    let initial = try #require(page.play["initial"] as? [Any])
    let ledger = try #require(paths.firstIndex(of: "app/0/shares"))
    let sync = try #require(paths.firstIndex(of: "flow/0/shares"))
    #expect(!paths.contains("app/1/shares"))
    #expect(initial[ledger] as? String == "sales")
    let patches = (page.events["patch"] as? [[[Any]]] ?? []).flatMap { $0 }
    func values(_ place: Int) -> [String] {
      patches.filter { $0.first as? Int == place }.map { $0[2] as? String ?? "-" }
    }
    #expect(values(ledger) == ["sales, uma", "sales", "nobody", "-"])
    #expect(values(sync) == ["uma as co-owner"])
  }

  @Test func `A handout says why and what was read, once a chapter`() {
    let text = Consequence(
      "run", "-", "--quiet", "--markdown", "-",
      input: Self.world + """
        isolation on for contoso
        connection mail of maya using office365-outlook signed in to fabrikam
        chapter "Blocked"
        at 09:00 maya creates connection other using sharepoint signed in to fabrikam
        at 09:01 maya creates connection another using sharepoint signed in to fabrikam
        expect refused

        """
    ).output
    let blocked = text.components(separatedBy: "## Blocked").last ?? ""
    let reason = "  - why: outbound, contoso: isolation is on"
    #expect(blocked.components(separatedBy: reason).count == 2)
    #expect(blocked.contains("  - maya sees: Failed with error: 'OAuth2Certificate"))
    let failure = "0 of 1 expectation met.\n\n- **not met**, line 13: expect refused: expected"
    #expect(text.contains(failure))
  }

  @Test func `Without scripts the expectations of variants can be read, too`() throws {
    let page = try PageData(
      of: Self.world + """
        variant early "Earlier"
        at 09:00 ada turns isolation on
        expect saved
        in early at 08:30 ada allows fabrikam outbound
        in early expect saved
        expect isolation of contoso is on at 09:00

        """)
    let list = try #require(page.html.components(separatedBy: "<h2>Expectations</h2>").last)
    let lines = list.components(separatedBy: "</ul>")[0].components(separatedBy: "<li>").dropFirst()
    #expect(lines.count == 3, "\(lines)")
    #expect(lines.contains { $0.contains("in early expect saved") })
  }
}
