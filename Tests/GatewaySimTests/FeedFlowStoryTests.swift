import Foundation
import Testing

@testable import gateway_sim

/// What people are told of flows that read the Activity API: why a mail is missing, what a flow
/// does, and what is asked.
@Suite struct FeedFlowStoryTests {
  private static let world = """
    start 2025-03-03 08:00
    set audit-delay 60m
    tenant contoso
    admin ada of contoso
    maker maya of contoso
    user uma of contoso
    connection mailbox of ada using office365-outlook signed in to contoso
    app expenses of maya
    app ledger of maya
    registered app ledger
    app-registration feed of contoso with delegated activity-feed-read consented secret until 2026-01-01
    at 08:00 ada turns auditing on
    at 08:00 ada starts subscription to audit-general using feed
    at 08:05 ada creates flow guard every 15m using mailbox guards feed and asks ada

    """

  private func told(_ text: String, header: String = "") -> String {
    Consequence("run", "-", "--width", "120", input: header + Self.world + text + "\n").output
  }

  @Test func `A mail that is missing because runs failed names them and their code`() {
    let story = told(
      """
      at 08:10 ada creates flow digest every 1h using mailbox digests feed and mails uma
      at 08:30 maya shares app expenses with everyone
      expect mail to uma by 12:00
      expect run of digest at 09:10 succeeded
      """, header: "set feed-request-limit 1\n")
    #expect(story.contains("2 runs of digest failed, from 09:10 to 10:10: AF429, An action failed"))
    #expect(!story.contains("audit.recorded") && !story.contains("content.listed"))
  }

  @Test func `What is not recorded is said where it is missed`() {
    let hint = "isolation-changed is only recorded with \"set audit-isolation on\""
    let text = """
      at 08:10 ada creates flow digest every 1h using mailbox digests feed on isolation-changed and mails uma
      at 08:30 ada turns isolation on
      expect mail to uma by 12:00
      expect audit of contoso has 1 record isolation-changed from 08:00 to 09:00
      """
    #expect(told(text).components(separatedBy: hint).count == 3)
    let story = told(text, header: "set audit-isolation on\n")
    #expect(!story.contains(hint) && story.contains("2 of 2 expectations met"))
  }

  @Test func `A period of more than a day is why its runs fail`() {
    let text = """
      at 08:10 ada creates flow digest every 2d using mailbox digests feed and mails uma
      """
    let end = "until +3d\n"
    #expect(told(text, header: end).contains("the Activity API gives 24 hours at once"))
    let partial = told(text, header: end + "set feed-long-window partial\n")
    #expect(partial.contains("2 runs of digest") && !partial.contains("the Activity API gives"))
  }

  @Test func `A session shows what flows do and what is asked`() throws {
    let folder = try Folder()
    let file = try folder.add(
      "guarded.scenario",
      Self.world + """
        at 08:10 ada creates flow digest every 1h using mailbox digests feed keeping duplicates and mails uma
        at 09:00 maya shares app expenses with everyone
        expect app expenses is visible to uma at 12:00

        """)
    let orders = ["to 11:00", "show guard", "show digest", "show expenses", "show ledger"]
    let session = Consequence(
      "step", file, "--width", "120", input: orders.joined(separator: "\n") + "\n")
    for line in [
      "does         asks ada about wide shares of apps that are not registered, using feed",
      "waits for    ada: remove everyone from expenses? asked at 10:05",
      "does         mails uma what feed has new of app-permission-edited, app-permission-deleted,",
      "twice what comes twice", "registered     no", "registered     yes",
      "open question  remove everyone? asked by flow guard at 10:05 of ada",
    ] {
      #expect(session.output.contains(line), "\(line) in \(session.output)")
    }
  }

  @Test func `What fails with too many mails goes on failing with too many`() {
    let text = """
      at 08:10 ada creates flow digest every 4h using mailbox digests feed keeping duplicates and mails uma
      at 09:00 maya shares app expenses with everyone
      at 09:10 maya shares app ledger with everyone
      expect mail to uma by 13:00 containing "digest: 2 records"
      """
    let input = "set feed-duplicates 100\n" + Self.world + text + "\n"
    let shrunk = Consequence("shrink", "-", input: input).output
    #expect(shrunk.contains("keeping duplicates") && shrunk.contains("maya shares app expenses"))
    let result = Consequence("test", "-", input: shrunk).output
    #expect(result.contains(#"got:      1 mail: "digest: 4 records""#))
    #expect(!shrunk.contains("guard"))
  }
}
