import PowerPlatform
import ScenarioLanguage
import SimulationTrace
import TenantIsolation
import Testing

/// In whose log something is recorded, as what and as whose doing.
@Suite struct AuditLogTests {
  private func records(_ text: String, header: String = "") throws -> [AuditRecord] {
    let text = """
      \(header)
      tenant contoso
      tenant fabrikam
      admin ada of contoso
      maker maya of contoso
      maker gus of contoso guest in fabrikam
      user svc of contoso
      group owners of contoso with ada
      connection con of gus using sharepoint signed in to contoso
      connection fab of gus using sharepoint signed in to fabrikam
      connection there of gus using sharepoint in fabrikam signed in to contoso
      connection own of ada using sharepoint signed in to contoso
      flow ours of ada manually using own
      flow team of maya manually
      share flow team with owners
      at 08:00 ada turns auditing on
      \(text)
      """
    let loaded = load("test.scenario") { _ in .success(Array(text.utf8)) }
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics.map(\.short))")
    return simulate(scenario).trace.audit.records
  }

  @Test func `What is done to an app or a flow is in its own tenant's log`() throws {
    let records = try records(
      """
      at 08:10 gus creates app board using con, there
      at 08:11 gus creates flow sync manually using con, there
      at 08:12 maya opens app board
      """)
    #expect(records.map(\.operation) == [.appCreated, .flowCreated, .appLaunched])
    #expect(records.allSatisfy { $0.tenant == TenantID(0) })
  }

  @Test func `Only what isolation blocks is told as blocked`() throws {
    let records = try records(
      """
      at 08:01 ada turns isolation on
      at 08:02 ada creates data policy no-erp blocking dropbox
      at 08:10 gus creates connection a using sharepoint signed in to fabrikam
      at 08:11 gus creates connection b using sharepoint signed in to fabrikam without valid credentials
      at 08:12 gus creates connection c using dropbox signed in to contoso
      """, header: "set audit-isolation on")
    #expect(records.map(\.operation) == [.isolationChanged, .connectionBlocked])
  }

  @Test func `A policy that an operation saves is recorded when it is saved`() throws {
    let records = try records(
      "at 08:10 ada replaces isolation policy with on, fabrikam outbound as op",
      header: """
        set audit-isolation on
        set policy-operation asynchronous
        set policy-operation-start 1m
        set policy-operation-duration 4m
        """)
    #expect(records.map(\.operation) == [.isolationChanged])
    #expect(records.map(\.createdAt.milliseconds) == [15 * 60_000])
    #expect(records.map(\.actor) == [UserID(0)])
  }

  @Test func `Whoever owns something acts as its owner, administrator or not`() throws {
    let records = try records(
      """
      at 08:10 ada sends flow ours to maya as a copy
      at 08:11 ada moves flow ours to svc
      at 08:12 ada unshares flow team from owners
      at 08:13 ada turns off flow team
      at 08:14 maya shares flow team with owners
      at 08:15 ada deletes flow team
      at 08:16 ada moves flow ours to maya
      """)
    let asAdministrator = records.filter(\.isByAdministrator)
    #expect(
      records.map(\.operation) == [
        .flowCreated, .flowPermissionEdited, .flowEdited, .flowPermissionDeleted, .flowEdited,
        .flowPermissionEdited, .flowDeleted, .flowPermissionEdited, .flowEdited,
      ])
    #expect(asAdministrator == [records[4], records[7], records[8]])
  }

  @Test func `That turning a flow on is an edit is assumed however it ends`() throws {
    let records = try records(
      """
      at 08:10 gus creates flow sync manually using fab
      at 08:11 gus turns off flow sync
      at 08:20 ada turns isolation on
      at 08:30 gus turns on flow sync
      at 08:31 gus saves flow sync
      """)
    #expect(records.map(\.basis) == [.documented, .assumed, .assumed, .documented])
  }
}
