import DiscreteEvents
import PowerPlatform
import ReferenceEngine
import ScenarioLanguage
import SimulationTrace
import Testing

@testable import Analysis

/// What `why` says is for people: reasons in the story's sentences, edits that somebody can type.
@Suite struct WhyWordsTests {
  @Test("Every edit is a sentence, for step and for impact", arguments: UInt64(0)..<20)
  func edits(seed: UInt64) throws {
    let world = ImpactWorld(seed: seed)
    let scenario = try #require(world.scenario())
    for edit in Set(Self.edits(scenario)) {
      try expectSentence(edit, behind: world.text(), at: "+359m")
    }
  }

  private static let several = """
    until 12:00
    set edition 2025
    tenant contoso
    tenant fabrikam
    tenant other
    isolation on for contoso
    rule for contoso allows fabrikam both
    rule for fabrikam allows contoso outbound
    global-admin glen of contoso
    admin ada of contoso
    maker maya of contoso
    maker finn of fabrikam
    connection out of maya using sharepoint signed in to fabrikam
    connection far of maya using teams signed in to other
    connection back of finn using sharepoint signed in to contoso
    connection own of maya using sharepoint signed in to contoso
    connection work of maya using azure-devops signed in to fabrikam
    connection item of maya using planner signed in to contoso
    at 08:01 glen creates data policy no-sharepoint blocking rss
    at 08:02 glen creates data policy guard blocking azure-devops

    """

  @Test("Each kind of edit has its sentence")
  func kinds() throws {
    let told = Self.edits(try Self.scenario(Self.several))
    #expect(
      Set(told).isSuperset(of: [
        "ada changes rule fabrikam to inbound", "ada changes rule fabrikam to outbound",
        "ada allows other outbound", "glen deletes data policy guard",
        "glen creates data policy no-sharepoint-2 blocking sharepoint",
      ]), "\(Set(told).sorted())")
    for edit in Set(told) {
      try expectSentence(edit, behind: Self.several, at: "11:59")
    }
  }

  @Test("Where nobody may make the edit, no sentence is pretended")
  func nobody() throws {
    let text = """
      tenant contoso
      tenant fabrikam
      maker maya of contoso
      connection out of maya using sharepoint signed in to fabrikam

      """
    let edits = Set(Self.edits(try Self.scenario(text)))
    #expect(
      edits == ["an administrator of contoso, who is not in this scenario, turns isolation on"])
  }

  @Test("No reason has the trace's word for what happened", arguments: UInt64(0)..<40)
  func reasons(seed: UInt64) {
    let scenario = RandomWorld.scenario(seed: seed)
    let simulation = simulate(scenario)
    for account in Self.accounts(scenario, simulation) {
      for text in account.reasons.flatMap(\.allTexts) {
        #expect(!RecordKind.allCases.contains { text.contains("\($0.name) at ") }, "\(text)")
      }
    }
  }

  @Test("What happened to the flow is the change that it runs with, and not what came after")
  func cause() throws {
    let text = """
      tenant contoso
      admin ada of contoso
      maker maya of contoso
      user uma of contoso
      connection own of maya using sharepoint signed in to contoso
      at 08:10 maya creates flow copy every 10m using own
      at 08:15 maya shares flow copy with ada
      at 08:16 uma turns off flow copy
        expect refused

      """
    let scenario = try Self.scenario(text)
    let account = why(.run(FlowID(0)), at: Instant(20 * 60_000), scenario, simulate(scenario))
    #expect(
      account.reasons.first?.text
        == "maya creates flow copy at 08:10 (line 6): saved because same-tenant")
    #expect(account.reasons.count == 2)
  }

  // MARK: Asking

  private static func scenario(_ text: String) throws -> Scenario {
    let loaded = load("words.scenario") { _ in .success(Array(text.utf8)) }
    return try #require(loaded.scenario, "\(loaded.diagnostics.map(\.message))\n\(text)")
  }

  private static func accounts(_ scenario: Scenario, _ simulation: Simulation) -> [Account] {
    let cast = scenario.cast
    let subjects =
      cast.flows.indices.map { Account.Subject.run(FlowID($0)) }
      + cast.apps.indices.map { .app(AppID($0)) }
      + cast.connections.indices.map { .connection(ConnectionID($0)) }
    let times = Set(simulation.trace.events.map(\.time)).sorted().prefix(12)
    return subjects.flatMap { subject in
      ([.start] + times).map { why(subject, at: $0, scenario, simulation) }
    }
  }

  private static func edits(_ scenario: Scenario) -> [String] {
    accounts(scenario, simulate(scenario)).compactMap(\.flip?.edit)
  }

  /// A line of a file may be it, and what is about isolation may be asked of `impact`.
  private func expectSentence(_ edit: String, behind text: String, at time: String) throws {
    _ = try Self.scenario(text + "at \(time) \(edit)\n")
    var scenario = try Self.scenario(text)
    if !edit.contains("data policy") {
      #expect(throws: Never.self) { try policyChanges([edit], in: &scenario).get() }
      #expect(plainChange(edit) == edit)
    }
  }
}

extension Reason {
  fileprivate var allTexts: [String] { [text] + children.flatMap(\.allTexts) }
}
