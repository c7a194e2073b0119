import PowerPlatform
import ScenarioLanguage
import SimulationTrace
import Testing

@testable import Analysis

/// What counts as shown: it has to happen, and a met expectation has to say so.
@Suite struct CoverageTests {
  static let world = """
    start 2025-03-03 08:00
    until 2025-03-03 12:00
    tenant contoso
    tenant fabrikam
    tenant northwind
    admin ada of contoso
    maker maya of contoso
    maker felix of fabrikam

    """

  /// Loads what follows the world.
  func scenario(_ text: String) throws -> Scenario {
    let loaded = load("test.scenario") { _ in .success(Array((Self.world + text).utf8)) }
    return try #require(loaded.scenario, "\(loaded.diagnostics.map(\.message))")
  }

  func showing(_ id: String, _ text: String) throws -> Showing {
    let scenario = try scenario(text)
    let simulation = simulate(scenario)
    let behaviour = try #require(Catalogue.behaviour(id))
    return Coverage(scenario, simulation, judge(scenario, simulation)).showing(of: behaviour)
  }

  @Test func `What is seen carries no copy of the scenario`() {
    #expect(MemoryLayout<Observation>.size < MemoryLayout<Scenario>.size)
  }

  static let out = """
    isolation on for contoso
    at 08:05 maya creates connection out using sharepoint signed in to fabrikam

    """

  @Test(arguments: [
    ("", Showing.hit),
    ("expect blocked", .hit),
    ("expect error \"tenant isolation\"", .hit),
    ("expect blocked because inbound-isolation-off", .hit),
    ("expect blocked because outbound-blocked", .asserted),
    ("expect possibly blocked because outbound-blocked", .hit),
    ("expect allowed because outbound-blocked", .hit),
  ])
  func `A row of a table needs outcome and ground, and an expectation that is met`(
    line: String, expected: Showing
  ) throws {
    #expect(try showing("two-way-isolation.contoso-to-fabrikam", Self.out + line) == expected)
    #expect(try showing("two-way-isolation.fabrikam-to-contoso", Self.out + line) == .never)
    #expect(try showing("outbound-allowlist.contoso-to-fabrikam", Self.out + line) == .never)
  }

  @Test(arguments: [
    ("expect error \"Details: Connection Owner Tenant: \"", Showing.asserted),
    ("expect error \"Details: Connection\"", .asserted), ("expect error \"Details\"", .hit),
    ("expect blocked", .hit),
  ])
  func `A text needs most of it`(line: String, expected: Showing) throws {
    #expect(try showing("pictures.connection-refused", Self.out + line) == expected)
  }

  static let change = """
    at 08:05 maya creates connection out using sharepoint signed in to fabrikam
    at 08:10 maya creates flow sync every 30m using out
    at 09:00 ada turns isolation on

    """

  @Test(arguments: [
    ("expect run of sync at 09:40 succeeded", Showing.asserted),
    ("expect 2 runs of sync from 09:00 to 10:00 succeeded", .asserted),
    ("expect 4 runs of sync from 08:00 to 10:00 succeeded", .asserted),
    ("expect 2 runs of sync from 09:00 to 10:00", .hit),
    ("expect 2 runs of sync from 08:00 to 09:00 succeeded", .hit),
    ("expect run of sync at 10:10 failed", .hit),
    ("expect isolation of contoso is assessed as off at 09:30", .asserted),
    ("expect isolation of contoso is assessed as on at 10:30", .hit),
    ("expect history of sync lists 3 runs at 09:20 succeeded", .asserted),
  ])
  func `Propagation needs an expectation on what happens meanwhile`(
    line: String, expected: Showing
  ) throws {
    #expect(try showing("propagation", Self.change + line) == expected)
  }

  @Test func `A delay that is not about an hour shows another behaviour`() throws {
    let text = "set propagation 20m\n" + Self.change + "expect run of sync at 09:10 succeeded"
    #expect(try showing("propagation", text) == .never)
    #expect(try showing("propagation-not-instant", text) == .asserted)
  }

  @Test func `One connection of several is not asserted by what is said of another`() throws {
    let text = """
      isolation on for contoso
      connection home of maya using sharepoint signed in to contoso
      connection out of maya using sharepoint signed in to fabrikam
      at 08:10 maya creates flow sync every 30m using home, out
      expect suspended because outbound-blocked
      """
    #expect(try showing("affected.flows", text) == .asserted)
    #expect(try showing("makers.flow", text) == .hit)
    #expect(try showing("two-way-isolation.contoso-to-contoso", text) == .hit)
  }

  @Test func `A run that a signal starts is asserted by its statement`() throws {
    let text = """
      at 08:05 maya creates connection files using onedrive-for-business signed in to fabrikam
      at 08:06 maya creates connection home using teams signed in to contoso
      at 08:10 maya creates flow copy when files signals using files, home
      at 08:20 files signals

      """
    #expect(try showing("blog.file-to-message", text) == .hit)
    #expect(try showing("blog.file-to-message", text + "expect succeeded") == .asserted)
  }

  @Test func `A claim that is not true says so at its place`() throws {
    let scenario = try scenario(
      "covers propagation, safe-way, outside-power-platform\n" + Self.change
        + "expect run of sync at 09:40 succeeded")
    let verdicts = judgeWithCovers(scenario, simulate(scenario))
    #expect(verdicts.map(\.isMet) == [true, false, false])
    #expect(verdicts.map(\.isAboutCovers) == [false, true, true])
    #expect(
      verdicts[1].got == "covers safe-way is not shown: it does not happen in this scenario")
    #expect(verdicts[1].line == 9 && verdicts[1].column == 21)
    #expect(verdicts[2].got.contains("scope"))
  }

  @Test func `A claim without an expectation is not true either`() throws {
    let text = "covers propagation\n" + Self.change
    let scenario = try scenario(text + "expect flow sync is on at 09:40")
    let verdicts = judgeWithCovers(scenario, simulate(scenario))
    #expect(verdicts.map(\.isMet) == [true, false])
    #expect(verdicts[1].got.hasSuffix("no expectation that is met says so"))
    #expect(verdicts[1].because.last == "an expectation has to name its outcome")
    let demonstration = try self.scenario(text)
    #expect(judgeWithCovers(demonstration, simulate(demonstration)).isEmpty)
  }
}
