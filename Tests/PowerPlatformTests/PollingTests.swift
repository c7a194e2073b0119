import DiscreteEvents
import PowerPlatform
import ScenarioLanguage
import SimulationTrace
import Testing

/// What flows do that ask about an operation: what they mail, and what fails their runs.
@Suite struct PollingTests {
  private static let world = """
    start 2025-03-03 09:00
    until 2025-03-03 11:00
    set install-start 0s
    set install-duration 15m
    tenant contoso
    tenant fabrikam
    admin ada of contoso
    maker maya of contoso
    environment production of contoso with dataverse
    connection ask of ada using http-entra-id signed in to contoso
    connection mailbox of ada using office365-outlook signed in to contoso
    connection files of ada using sharepoint signed in to fabrikam
    connection lists of ada using sharepoint signed in to fabrikam
    connection own-mail of maya using office365-outlook signed in to contoso
    at 09:00 ada installs package Office365Groups in production as op
    at 09:00 maya installs package PowerPages_Core in production as none

    """

  private func simulation(_ text: String) throws -> Simulation {
    let text = Self.world + text
    let loaded = load("test.scenario") { _ in .success(Array(text.utf8)) }
    return simulate(try #require(loaded.scenario, "\(loaded.diagnostics.map(\.short))"))
  }

  /// `09:15 succeeded`, in order.
  private func runs(_ simulation: Simulation) -> [String] {
    simulation.trace.records.filter(\.kind.isRun).map {
      "\(simulation.trace.timeText($0.time)) \($0.outcome.map { "\($0.name)" } ?? "")"
    }
  }

  @Test func `Of two runs at the instant of the end the first one mails it`() throws {
    let simulation = try simulation(
      """
      at 09:00 ada creates flow w every 15m using ask, mailbox polls op and mails ada
      at 09:15 ada runs flow w
      """)
    #expect(runs(simulation) == ["09:00 succeeded", "09:15 succeeded", "09:15 succeeded"])
    #expect(simulation.trace.mails.map(\.time) == [Instant(15 * 60_000)])
    #expect(simulation.trace.events.last?.isWorkDone == true)
  }

  @Test func `What a run by hand is answered counts until the next run`() throws {
    let simulation = try simulation(
      """
      at 09:01 ada creates flow w every 10m using ask, mailbox polls op and mails ada
      at 09:02 ada deletes connection ask
      at 09:02 ada creates connection ask using http-entra-id signed in to fabrikam
      at 09:04 ada runs flow w
      at 09:06 ada deletes connection ask
      at 09:06 ada creates connection ask using http-entra-id signed in to contoso
      """)
    let flow = FlowID(0)
    let told = ["09:01 succeeded", "09:04 failed", "09:11 succeeded", "09:21 succeeded"]
    #expect(runs(simulation) == told)
    func cause(_ minutes: Int64) -> Cause? {
      simulation.encounter(of: flow, at: Instant(minutes * 60_000))?.failure?.cause
    }
    #expect([1, 3, 4, 10].map(cause) == [nil, nil, .pollForbidden, .pollForbidden])
    #expect([11, 20].map(cause) == [nil, nil])
    #expect(simulation.nextMark(of: flow, after: Instant(6 * 60_000)) == Instant(11 * 60_000))
  }

  @Test func `A run that fails all the time costs one change`() throws {
    let simulation = try simulation(
      "at 09:00 ada creates flow w every 1m using ask, mailbox polls none and mails ada\n")
    #expect(Counts(simulation.trace).runsFailed == 120)
    #expect(simulation.trace.segments.count == 1)
    #expect(simulation.nextMark(of: FlowID(0), after: .start) == nil)
  }

  @Test func `Whoever touches a flow leaves open what its next run is answered`() throws {
    let simulation = try simulation(
      """
      at 09:00 ada creates flow w every 15m using ask, mailbox polls none and mails ada
      at 09:20 ada turns off flow w
      """)
    let flow = FlowID(0)
    #expect(simulation.encounter(of: flow, at: Instant(19 * 60_000))?.isAllowed == false)
    #expect(simulation.encounter(of: flow, at: Instant(20 * 60_000))?.isAllowed == true)
  }

  @Test func `A co-owner's flow asks as the owner of the connection`() throws {
    let simulation = try simulation(
      """
      at 09:01 maya creates flow w every 15m using own-mail polls op and mails maya
      at 09:02 maya shares flow w with ada
      at 09:03 ada saves flow w using ask, own-mail
      """)
    #expect(runs(simulation) == ["09:01 failed", "09:03 succeeded", "09:18 succeeded"])
    #expect(simulation.trace.mails.count == 1)
  }

  @Test(arguments: [
    ("files, lists, mailbox polls op", ["files", "lists"]),
    ("ask, files polls op", ["files"]),
    ("files, ask, mailbox, lists polls none", ["files"]),
    ("files, ask, mailbox, lists polls op", ["files", "lists"]),
  ])
  func `A report lists what runs got to, all where they lack a connection`(
    work: String, listed: [String]
  ) throws {
    let simulation = try simulation(
      """
      at 09:01 ada creates flow w every 15m using \(work) and mails ada
      at 09:30 ada requests cross-tenant report as r
      """)
    let report = try #require(simulation.trace.reports.first)
    let cast = simulation.trace.cast
    #expect(report.connections.map { cast.connections[$0.connection.row].name } == listed)
  }
}
