import PowerPlatform
import SimulationTrace
import Testing

@testable import ScenarioLanguage

/// A variant is the scenario with something else in it besides.
@Suite struct VariantTests {
  private static let text = """
    variant softer "With an exception"
    variant late
    at 09:00 ada turns isolation on
    in softer at 09:00 ada allows fabrikam outbound
        expect saved
    in late at 08:30 maya runs flow adhoc
    at 09:00 ada turns isolation off
        expect saved
        in softer expect saved
    in softer at 08:59 ada removes rule fabrikam
    """

  @Test func `Its statements stand among the others by time, then by their place`() throws {
    let scenario = try scenario(
      Self.text.replacingOccurrences(of: "08:59", with: "09:30"))
    let first = world.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    func lines(_ statements: [Statement]) -> [Int] { statements.map { $0.line - first } }
    #expect(scenario.variants.map(\.name) == ["softer", "late"])
    #expect(scenario.variants.map(\.title) == ["With an exception", nil])
    #expect(lines(scenario.timeline) == [3, 7])
    #expect(lines(scenario.variants[0].timeline) == [3, 4, 7, 10])
    #expect(lines(scenario.variants[1].timeline) == [6, 3, 7])
  }

  @Test func `What is expected below its lines, or in it, is judged there`() throws {
    let scenario = try scenario(
      Self.text.replacingOccurrences(of: "08:59", with: "09:30")
        + "\nexpect isolation of contoso is off at 10:00")
    #expect(scenario.expectations.count == 1)
    let claims = scenario.variants[0].expectations.map(\.claim)
    #expect(claims.count == 3 && scenario.variants[1].expectations.isEmpty)
    // Rows of the whole timeline: its own second statement, and the scenario's second, its third.
    #expect(claims[0] == .outcome(statement: 1, .saved, because: []))
    #expect(claims[1] == .outcome(statement: 2, .saved, because: []))
  }

  @Test func `It plays as a scenario of its own`() throws {
    let scenario = try scenario(
      "covers a\n" + Self.text.replacingOccurrences(of: "08:59", with: "09:30"))
    let played = scenario.playing(scenario.variants[0])
    #expect(played.title == scenario.title && played.until == scenario.until)
    #expect(played.variants.isEmpty && played.covers.isEmpty)
    #expect(simulate(played).results.count == 4 && simulate(scenario).results.count == 2)
  }

  @Test func `Its own times never go back; others are no matter to it`() {
    #expect(mistakes(Self.text) == ["10:14 T005"])
  }

  @Test func `What it creates is there for it alone`() throws {
    let create = "in a at 09:00 maya creates app draft\n"
    let both = "variant a\nvariant b\n" + create + "in b at 09:00 maya creates app draft\n"
    #expect(
      mistakes("variant a\nvariant b\n" + create + "in b at 09:10 uma opens app draft") == [
        "4:29 N005"
      ])
    #expect(mistakes("variant a\n" + create + "expect app draft uses con-sp at 09:10") == [])
    #expect(
      mistakes(both + "in b at 09:10 uma opens app draft\nin a at 09:10 uma opens app draft") == [])
    #expect(mistakes(both + "at 09:20 uma opens app draft") == ["5:24 N005"])
    // Once the scenario creates it, it is everybody's.
    #expect(mistakes(both + "at 08:30 maya creates app other\nat 08:40 uma opens app other") == [])
  }

  @Test func `What the scenario creates is there in a variant as well`() {
    let base = "variant a\nat 09:00 maya creates app draft\n"
    #expect(mistakes(base + "in a at 09:10 uma opens app draft") == [])
    #expect(mistakes(base + "in a at 09:10 maya creates app draft") == ["3:32 N008"])
    #expect(
      mistakes(
        base + "in a at 09:10 maya deletes app draft\nin a at 09:20 maya creates app draft") == [])
  }

  @Test func `A variant is no name for anything else`() {
    #expect(mistakes("variant contoso\nin contoso at 09:00 ada turns isolation on") == [])
    #expect(mistakes("in contoso at 09:00 ada turns isolation on") == ["1:4 N016"])
  }
}
