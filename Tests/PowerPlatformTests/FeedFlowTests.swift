import DiscreteEvents
import Foundation
import PowerPlatform
import ScenarioLanguage
import SimulationTrace
import Testing

/// What flows do that read the Activity API: what they mail and ask, and which of their runs fail.
@Suite struct FeedFlowTests {
  private static let world = """
    start 2025-03-03 08:00
    set audit-delay 60m
    tenant contoso
    admin ada of contoso
    maker maya of contoso
    user uma of contoso
    connection mailbox of ada using office365-outlook signed in to contoso
    connection own of maya using office365-outlook signed in to contoso
    app expenses of maya
    app-registration feed of contoso with delegated activity-feed-read consented secret until 2026-01-01
    at 08:00 ada turns auditing on
    at 08:00 ada starts subscription to audit-general using feed

    """

  private func simulation(
    _ text: String, header: String = "", world: String = Self.world
  ) throws -> Simulation {
    let text = header + world + text
    let loaded = load("test.scenario") { _ in .success(Array(text.utf8)) }
    return simulate(try #require(loaded.scenario, "\(loaded.diagnostics.map(\.short))"))
  }

  private func subjects(_ simulation: Simulation) -> [String] {
    simulation.trace.mails.map(\.subject)
  }

  // MARK: Digests

  private static let twoShares = """
    at 09:00 maya shares app expenses with everyone
    at 09:01 maya shares app expenses with uma
    expect no mail to uma by day 3 08:10

    """

  @Test func `A record that comes twice is told once`() throws {
    let creation = "at 08:10 ada creates flow digest every 1d using mailbox digests feed "
    let twice = "set feed-duplicates 100\n"
    #expect(
      subjects(try simulation(creation + "and mails ada\n" + Self.twoShares, header: twice))
        == ["digest: 2 records"])
    #expect(
      subjects(
        try simulation(
          creation + "keeping duplicates and mails ada\n" + Self.twoShares, header: twice))
        == ["digest: 4 records"])
  }

  @Test func `Windows follow each other without a gap and without an overlap`() throws {
    // The record is available at the very instant of a run.
    let simulation = try simulation(
      """
      at 08:10 ada creates flow digest every 1h using mailbox digests feed keeping duplicates and mails ada
      at 09:10 maya shares app expenses with everyone
      expect no mail to uma by day 2 08:10
      """)
    #expect(subjects(simulation) == ["digest: 1 record"])
    #expect(simulation.trace.mails.first?.time == Instant(3 * 3_600_000 + 600_000))
  }

  @Test func `A period of more than 24 hours is more than the API gives`() throws {
    let text = """
      at 08:10 ada creates flow digest every 2d using mailbox digests feed and mails ada
      at 09:00 maya shares app expenses with everyone
      expect no mail to uma by day 4 08:10

      """
    let refused = try simulation(text)
    #expect(subjects(refused).isEmpty)
    #expect(codes(refused) == ["AF20030"])
    #expect(subjects(try simulation(text, header: "set feed-long-window partial\n")).count == 1)
  }

  @Test(arguments: [
    ("maker", "consented secret until 2026-01-01", "AdministratorRoleRequired"),
    ("admin", "secret until 2026-01-01", "AADSTS65001"), ("admin", "consented", "AADSTS7000218"),
    ("admin", "consented secret until 2025-01-01", "AADSTS7000222"),
  ])
  func `A call that is refused fails the run`(role: String, rest: String, code: String) throws {
    let world = Self.world.replacingOccurrences(of: "maker maya", with: "\(role) maya")
      .replacingOccurrences(of: "consented secret until 2026-01-01", with: rest)
    let simulation = try simulation(
      """
      at 08:10 maya creates flow digest every 1h using own digests feed and mails maya
      at 10:15 maya runs flow digest
          expect failed
      """, world: world)
    #expect(codes(simulation) == [code])
    #expect(simulation.trace.mails.isEmpty)
    #expect(Counts(simulation.trace).runsFailed > 2)
    #expect(Counts(simulation.trace).runsSucceeded == 0)
    let between = Instant(45 * 60_000)
    #expect(simulation.encounter(of: FlowID(0), at: between)?.isAllowed == false)
    #expect(simulation.nextMark(of: FlowID(0), after: .start) == Instant(10 * 60_000))
    #expect(simulation.nextMark(of: FlowID(0), after: between) == nil, "It goes on failing")
  }

  @Test func `A flow that only fails by its work is turned off in the end`() throws {
    let simulation = try simulation(
      """
      at 08:10 ada creates flow digest every 1h using mailbox digests feed and mails ada
      at day 2 08:20 ada stops subscription to audit-general using feed
      expect flow digest is off at day 4 08:10
      """, header: "set always-failing 1d\n")
    #expect(simulation.state(of: FlowID(0), at: Instant(71 * 3_600_000)) == .off)
    #expect(Counts(simulation.trace).runsFailed == 24)
  }

  /// The codes with which runs fail, each once.
  private func codes(_ simulation: Simulation) -> Set<String> {
    Set(simulation.trace.verdicts.compactMap(\.failure).map { simulation.trace.text(of: $0).code })
  }

  @Test func `A run comes before what it does`() throws {
    let simulation = try simulation(
      """
      at 08:10 ada creates flow digest every 1h using mailbox digests feed and mails ada
      at 09:00 maya shares app expenses with everyone
      at 10:20 ada runs flow digest
      expect no mail to uma by 11:30
      """)
    let kinds = simulation.trace.records.filter { $0.time >= Instant(2 * 3_600_000 + 600_000) }
      .map(\.kind)
    #expect(
      Array(kinds.prefix(5)) == [.flowRun, .contentListed, .contentFetched, .mailSent, .flowRun])
  }

  // MARK: Guards

  private static let guarded = """
    at 08:10 ada creates flow guard every 15m using mailbox guards feed and asks ada

    """

  @Test func `Nobody is asked twice about a share while nobody answers`() throws {
    let simulation = try simulation(
      Self.guarded + """
        at 09:00 maya shares app expenses with everyone
        at 09:30 maya unshares app expenses from everyone
        at 09:31 maya shares app expenses with everyone
        at 09:32 maya shares app expenses with everyone
        at 10:50 ada rejects removal of everyone from app expenses
        at 11:00 maya shares app expenses with everyone
        expect no mail to uma by 14:00
        """)
    #expect(subjects(simulation).count == 2, "once, and once more about what came after the no")
  }

  @Test func `People one by one are too many from a number on`() throws {
    let simulation = try simulation(
      Self.guarded + """
        at 09:00 maya shares app expenses with uma
        at 10:20 maya shares app expenses with ada
        expect no mail to uma by 14:00
        """, header: "set widely-shared 2\n")
    #expect(
      subjects(simulation) == [
        "Approval: remove uma from expenses?", "Approval: remove ada from expenses?",
      ])
  }

  @Test func `An answer changes nothing that is gone`() throws {
    let simulation = try simulation(
      Self.guarded + """
        at 09:00 maya shares app expenses with everyone
        at 10:30 maya unshares app expenses from everyone
        at 10:40 ada approves removal of everyone from app expenses
        """)
    #expect(simulation.results.last?.outcome == .failed)
    #expect(simulation.results.last?.failure?.cause == .notShared)
  }

  @Test func `A flow that was deleted waits for no answer`() throws {
    let simulation = try simulation(
      Self.guarded + """
        at 09:00 maya shares app expenses with everyone
        at 10:30 ada deletes flow guard
        at 10:40 ada approves removal of everyone from app expenses
        """)
    #expect(simulation.results.last?.failure?.cause == .notAsked)
    #expect(simulation.shares(of: .app(AppID(0)), at: simulation.trace.until)?.count == 1)
  }

  @Test func `A question about an app that was deleted takes nothing from the next one`() throws {
    let simulation = try simulation(
      Self.guarded + """
        at 09:00 maya shares app expenses with everyone
        at 10:30 maya deletes app expenses
        at 10:31 maya creates app expenses using own
        at 10:32 maya shares app expenses with everyone
        at 10:40 ada approves removal of everyone from app expenses
            expect refused
        at 12:00 ada approves removal of everyone from app expenses
            expect succeeded
        """)
    #expect(simulation.results.map(\.outcome).suffix(2) == [.refused, .succeeded])
    #expect(subjects(simulation).count == 2)
  }

  @Test func `Who may stay is asked about once more only when shared anew`() throws {
    let simulation = try simulation(
      Self.guarded + """
        at 09:00 maya shares app expenses with uma
        at 09:01 maya shares app expenses with ada
        at 10:30 ada rejects removal of uma from app expenses
        at 10:31 ada rejects removal of ada from app expenses
        at 10:40 maya unshares app expenses from uma
        at 10:41 maya shares app expenses with uma
        expect no mail to uma by 14:00
        """, header: "set widely-shared 2\n")
    #expect(subjects(simulation).map { $0.contains("uma") } == [true, false, true])
  }

  @Test(arguments: [(2, 0), (4, 0), (5, 1)])
  func `Each page and each piece is a call`(limit: Int, mails: Int) throws {
    // A page with the flow's own creation and three changes of shares.
    let simulation = try simulation(
      """
      at 08:10 ada creates flow digest every 3h using mailbox digests feed and mails ada
      at 08:20 maya shares app expenses with everyone
      at 08:21 maya shares app expenses with uma
      at 08:22 maya unshares app expenses from uma
      at 12:00 ada lists content using feed as page
          expect succeeded
      at 12:00 ada fetches content of page using feed
      """, header: "set feed-request-limit \(limit)\n")
    #expect(simulation.trace.mails.count == mails)
    #expect(simulation.results.last?.outcome == (mails == 1 ? .succeeded : .refused))
  }
}
