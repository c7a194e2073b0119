import Foundation
import Testing

@testable import gateway_sim

/// What the narration tells of the administrators' systems is on the page and in the handout, too.
@Suite struct SystemsOnPaperTests {
  private static let text = """
    set edition 2025
    tenant contoso "Contoso"
    tenant fabrikam "Fabrikam"
    admin ada of contoso
    admin eve of contoso
    maker maya of contoso
    environment production "Prod" of contoso with dataverse
    connection ask of ada using http-entra-id signed in to contoso
    connection mail of ada using sendgrid signed in to contoso
    connection fab-mail of maya using office365-outlook signed in to fabrikam
    flow sync of maya every 30m using fab-mail
    at 08:05 ada installs package Office365Groups in production as op-1
    at 08:05 maya installs package Office365Groups in production as op-2
    at 08:06 ada creates flow watch every 5m using ask, mail polls op-1 and mails ada
    at 08:10 maya reads isolation policy
    at 08:11 ada replaces isolation policy with on, fabrikam outbound
    at 08:12 eve replaces isolation policy with on, 99999999-9999-4999-8999-999999999999 inbound
    at 08:20 ada requests cross-tenant report as r
    at 08:21 ada cancels operation op-1
    expect refused

    """

  private static let told = [
    "Office365Groups in Prod: Succeeded", "Operation op-1 is Succeeded.",
    "maya does not have the administrator role that packages of Contoso need.",
    "The user with object id '",
    "an update is lost: eve had not read the policy",
    "gone, and never seen by eve: Fabrikam outbound", "it lists 1 connection",
    "1 outbound to Fabrikam: fab-mail", "The operation has ended: there is nothing left to cancel.",
  ]

  @Test func `The handout has the records' own words`() {
    let handout = Consequence("run", "-", "--quiet", "--markdown", "-", input: Self.text).output
    for text in Self.told { #expect(handout.contains("\n  - \(text)"), "\(text)") }
    #expect(handout.contains("| isolation of Fabrikam | isolation off, never configured |"))
    #expect(!handout.contains("isolation of 99999999"), "what only a rule names is no tenant here")
  }

  @Test func `The page has them beneath the records of each system`() throws {
    let page = try PageData(of: Self.text)
    let titles = try #require(page.object["systems"] as? [String])
    let (systems, details) = (page.column("system"), page.column("details"))
    let shown = zip(systems, details).filter { $0 >= 0 && $1 >= 0 }.map { page.strings[$1] }
    for text in Self.told { #expect(shown.contains { $0.contains(text) }, "\(text)") }
    for title in ["Mails", "Operations", "Packages", "Policy as an object"] {
      let row = try #require(titles.firstIndex(of: title))
      #expect(systems.contains(row), "\(title)")
    }
    let policies = try #require(page.play["policies"] as? [[String: Any]])
    #expect(policies.first?["text"] as? String == "off, never configured")
    #expect(policies.last?["text"] == nil)
  }
}
