import Analysis
import PowerPlatform
import ScenarioLanguage
import SimulationTrace
import Testing

/// What is said about an expectation: expected, got, and why.
@Suite struct JudgeTests {
  static let world = """
    start 2025-03-03 08:00
    until 2025-03-03 12:00
    tenant contoso
    tenant fabrikam
    admin ada of contoso
    maker maya of contoso
    at 08:05 maya creates connection fab-mail using office365-outlook signed in to fabrikam
    at 08:10 maya creates flow sync every 15m using fab-mail
    at 09:00 ada turns isolation on
    at 10:30 ada allows fabrikam outbound

    """

  /// The verdict on a line added to the world.
  func verdict(_ line: String, world: String = Self.world) throws -> Verdict {
    let loaded = load("test.scenario") { _ in .success(Array((world + line + "\n").utf8)) }
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics.map(\.message))")
    return try #require(judge(scenario, simulate(scenario)).last)
  }

  @Test func `A count that is off names the first run that differs, and the policy behind it`()
    throws
  {
    let verdict = try verdict("expect 8 runs of sync from 09:00 to 11:00 succeeded")
    #expect(!verdict.isMet)
    #expect(verdict.expected == "8 runs of sync from 09:00 to 11:00 succeeded")
    #expect(
      verdict.got == """
        4 succeeded because outbound-isolation-off, inbound-isolation-off from 09:10 to 09:55; \
        4 failed because outbound-blocked, inbound-isolation-off from 10:10 to 10:55
        """)
    #expect(
      verdict.because == [
        "first difference: the run at 10:10",
        "fab-mail is made in contoso and signs in to fabrikam with Office 365 Outlook",
        "outbound, contoso: isolation is on, and nothing allows connections to fabrikam: there are no "
          + "rules; saved at 09:00, line 9, in force since 10:00 (outbound-blocked)",
        "inbound, fabrikam: isolation is off; never configured (inbound-isolation-off)",
      ])
  }

  @Test func `A run between two changes names the one that is still pending`() throws {
    let verdict = try verdict("expect run of sync at 10:40 succeeded")
    #expect(verdict.got.hasPrefix("1 failed because outbound-blocked"))
    #expect(
      verdict.because.contains(
        "pending, contoso: saved at 10:30, line 10, in force at 11:30, will say outbound-rule"))
  }

  @Test func `A run that never was names its neighbours`() throws {
    let verdict = try verdict("expect run of sync at 09:20 succeeded")
    #expect(
      verdict.got
        == "no run at that time; the flow is on, its run before was at 09:10, its next one is at 09:25"
    )
  }

  @Test func `The policy as saved and as assessed are told apart`() throws {
    let saved = try verdict("expect isolation of contoso is off at 09:30")
    #expect(saved.got == "isolation of contoso is on")
    #expect(
      saved.because == [
        "saved policy of contoso: on, no rules; saved at 09:00, line 9",
        "policy in force: off, no rules; never configured",
        "pending: on, no rules; saved at 09:00, line 9, in force at 10:00",
      ])
    #expect(try verdict("expect isolation of contoso is assessed as off at 09:59").isMet)
    #expect(try !verdict("expect isolation of contoso is assessed as off at 10:00").isMet)
  }

  @Test func `An outcome speaks of the statement above, and its message goes along`() throws {
    let verdict = try verdict(
      """
      at 10:40 maya creates connection more using sharepoint signed in to fabrikam
      expect blocked because outbound-blocked "the hour is over"
      """)
    #expect(!verdict.isMet)
    #expect(verdict.expected == "blocked because outbound-blocked")
    #expect(verdict.got == "allowed because outbound-rule, inbound-isolation-off")
    #expect(verdict.message == "the hour is over")
    #expect(verdict.line == 12 && verdict.column == 1)
  }

  @Test func `An error that was not seen shows the one that was`() throws {
    let verdict = try verdict(
      """
      at 10:40 maya turns isolation off
      expect error "propagation"
      """)
    #expect(verdict.got.contains("maya does not have the administrator role"))
  }

  @Test(arguments: [
    ("expect flow sync is on at 11:00", true),
    ("expect flow sync is suspended at 11:00", false),
    ("expect flow sync is absent at 08:00", true),
    ("expect flow sync shows \"Flow checker\" at 10:10", true),
    ("expect flow sync shows \"Flow checker\" at 10:09", false),
    ("expect flow sync shows \"Flow checker\" at 11:40", false),
    ("expect connection fab-mail is connected at 10:30", true),
    ("expect connection fab-mail is absent at 08:04", true),
    ("expect no runs of sync from 08:00 to 08:10", true),
    ("expect no runs of sync from 08:00 to 08:11", false),
    ("expect 1 run of sync from 08:10 to 08:25", true),
    ("expect 0 runs of sync from 10:00 to 11:00 succeeded", true),
    ("expect 4 runs of sync from 10:00 to 11:00 failed because inbound-isolation-off", true),
    ("expect 4 runs of sync from 10:00 to 11:00 failed because outbound-rule", false),
    ("expect run of sync at 10:10 failed error \"token exchange\"", true),
    ("expect run of sync at 10:10 failed error \"designer\"", false),
    ("expect run of sync at 12:00 succeeded", false),
    ("expect history of sync lists 9 runs at 10:10", true),
    ("expect history of sync lists 1 run at 10:10 failed error \"token exchange\"", true),
    ("expect history of sync lists 9 runs at 10:09", false),
  ])
  func `Each form of state and run is judged`(line: String, isMet: Bool) throws {
    #expect(try verdict(line).isMet == isMet)
  }

  @Test func `Before the start holds what the scenario declares, and nothing runs`() throws {
    let world = "start 2025-03-03 08:00\ntenant c\nmaker m of c\nflow f of m every 15m\n"
    #expect(try verdict("expect flow f is on at 07:00", world: world).isMet)
    #expect(try !verdict("expect run of f at 07:00", world: world).isMet)
    #expect(try !verdict("expect flow f shows \"x\" at 07:00", world: world).isMet)
    #expect(try verdict("expect no runs of f from 06:00 to 08:00", world: world).isMet)
    #expect(try verdict("expect history of f lists 0 runs at 07:00", world: world).isMet)
  }

  @Test func `The run before is the latest one, not the one whose kind began last`() throws {
    let world = "tenant c\nmaker m of c\nflow f of m every 15m\nat 08:07 m runs flow f\n"
    let verdict = try verdict("expect run of f at 10:07", world: world)
    #expect(verdict.got.contains("its run before was at 10:00, its next one is at 10:15"))
  }

  @Test func `Of runs at one instant, the page goes by the last`() throws {
    let world = """
      tenant c
      tenant d
      set propagation 0s
      admin a of c
      connection x of a using sharepoint signed in to d
      flow f of a manually using x
      at 09:00 a turns isolation on
      at 09:00 a runs flow f
        expect failed
      at 09:00 a turns isolation off
      at 09:00 a runs flow f
        expect succeeded

      """
    #expect(try !verdict("expect flow f shows \"Flow checker\" at 09:00", world: world).isMet)
  }

  @Test func `A flow that never ran has not failed for too long`() throws {
    let world =
      "set always-failing 1h\ntenant c\nmaker m of c\nflow f of m manually\nat 08:00 m runs flow f\n"
    #expect(try verdict("expect flow f is on at day 2 08:00", world: world).isMet)
  }

  /// What somebody did while auditing was off, and an alert.
  private static let audited = """
    start 2025-03-03 08:00
    set audit-delay 60m
    tenant contoso
    tenant fabrikam
    admin ada of contoso
    admin finn of fabrikam
    maker maya of contoso
    group sales of contoso with maya
    app-registration feed of contoso with delegated activity-feed-read consented secret until 2026-01-01
    at 08:00 ada turns auditing on
    at 08:10 ada creates alert policy watch on app-created to ada, sales
    at 08:15 ada starts subscription to audit-general using feed
    at 08:20 maya creates app one
    at 11:00 ada turns auditing off
    at 11:10 finn turns auditing on
    at 11:30 maya creates app two
    at 12:00 ada turns auditing on
    at 12:10 ada lists content using feed as noon
    at 12:20 ada lists content from 12:10 to 12:20 using feed as later

    """

  @Test func `Auditing counts as it was when things were done`() throws {
    let line = "expect audit of contoso has 1 record from 11:20 to 12:05"
    #expect(
      try verdict(line, world: Self.audited).because == [
        "line 14: auditing of contoso is off at 11:20, since 11:00",
        "line 17: it is turned on at 12:00",
      ])
  }

  @Test func `A page is borne out by its own list alone`() throws {
    let early = try verdict("expect page later lists 1 blob at 12:15", world: Self.audited)
    #expect(early.got == "no such page by then" && early.because.isEmpty)
    let late = try verdict("expect page noon lists 0 blobs", world: Self.audited)
    #expect(
      late.because == [
        "ada lists Audit.General content, noon using feed at 12:10 (line 18): succeeded"
      ])
  }

  @Test func `An alert that went elsewhere says to whom`() throws {
    let verdict = try verdict("expect no alert watch to sales by 10:00", world: Self.audited)
    #expect(verdict.got == "one at 09:20 to ada, sales about one")
  }

  private static let installing = """
    start 2025-03-03 10:00
    tenant contoso
    admin ada of contoso
    maker maya of contoso
    environment production of contoso with dataverse
    connection ask of ada using http-entra-id signed in to contoso
    connection mailbox of ada using office365-outlook signed in to contoso
    connection own of maya using office365-outlook signed in to contoso
    at 10:10 ada installs package Office365Groups in production as op
    at 10:10 ada creates flow watch every 6m using ask, mailbox polls op and mails ada
    at 10:12 maya creates flow deaf every 5m using own polls op and mails ada, maya

    """

  @Test func `A mail that is missing says for each flow what it waits for`() throws {
    let verdict = try verdict("expect mail to ada by 10:20", world: Self.installing)
    #expect(verdict.got == "no mail")
    #expect(
      verdict.because.filter { $0.hasPrefix("flow") || $0.contains("failed") } == [
        "flow watch asks about operation op, which is running at 10:20 and ends at 10:21; "
          + "its next run is at 10:22; it mails at 10:22",
        "flow deaf asks about operation op, which is running at 10:20 and ends at 10:21; "
          + "its next run is at 10:22",
        "2 runs of deaf failed, from 10:12 to 10:17: ConnectionsMissing, An action failed; The flow has "
          + "no connection to ask with: HTTP with Microsoft Entra ID, Power Automate Management, Power "
          + "Platform for Admins or a custom connector.",
      ])
    #expect(
      !verdict.because.contains { $0.hasPrefix("mailbox") }, "Its connections are let through")
    let nobody = try self.verdict("expect mail to maya by 10:11", world: Self.installing)
    #expect(nobody.because == ["there is no flow at 10:11 that mails maya"])
  }

  @Test func `A mail that came says what it was about, and a flow that is done that it is`() throws
  {
    let mailed = try verdict("expect no mail to ada", world: Self.installing)
    let asks = "flow watch asks about operation op, which ended at 10:21 as succeeded"
    #expect(mailed.because.first == "\(asks); it mailed at 10:22")
    let world = Self.installing + "at 10:32 ada runs flow watch\n"
    let done = try verdict("expect flow watch is on at 10:40", world: world)
    #expect(
      done.because.first == "flow watch is done and turns itself off at 10:22:02 (line 10)")
  }

  @Test func `What is not met always says why`() throws {
    let lines = [
      "expect flow sync is off at 11:00", "expect connection fab-mail is absent at 11:00",
      "expect no runs of sync from 08:00 to 12:00", "expect run of sync at 11:10 succeeded",
      "expect isolation of fabrikam is on at 09:00",
    ]
    for line in lines { #expect(try !verdict(line).because.isEmpty, "\(line)") }
  }
}
