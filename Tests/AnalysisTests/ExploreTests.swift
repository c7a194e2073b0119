import DiscreteEvents
import PowerPlatform
import ScenarioLanguage
import SimulationTrace
import Testing

@testable import Analysis

/// What holds for all delays of a range, for none, and for some.
@Suite struct ExploreTests {
  static let world = """
    start 2025-03-03 08:00
    until 2025-03-03 12:00
    tenant contoso
    tenant fabrikam
    tenant northwind
    tenant tailwind
    admin ada of contoso
    admin nora of northwind
    maker maya of contoso
    maker nils of northwind
    connection mail of maya using office365-outlook signed in to fabrikam
    connection files of nils using sharepoint signed in to tailwind
    flow sync of maya every 15m from 08:10 using mail
    flow copy of nils every 10m from 08:05 using files

    """

  func scenario(_ text: String) throws -> Scenario {
    let loaded = load("test.scenario") { _ in .success(Array((Self.world + text).utf8)) }
    return try #require(loaded.scenario, "\(loaded.diagnostics.map(\.message))")
  }

  @Test func `What holds for some delays depends, and says for which it does not`() throws {
    let exploration = explore(
      try scenario(
        """
        set propagation 45m..75m
        at 09:00 ada turns isolation on
        expect run of sync at 09:55 succeeded
        expect run of sync at 09:40 succeeded
        expect run of sync at 10:25 succeeded
        expect possibly run of sync at 10:10 succeeded
        expect possibly run of sync at 10:25 succeeded
        """))
    #expect(exploration.verdicts.map(\.isMet) == [false, true, false, true, false])
    #expect(exploration.verdicts.map(\.isUndecided) == [true, false, false, false, false])
    #expect(exploration.verdicts[0].because[1] == "line 16: in force after 55m")
  }

  @Test func `A tie at the end of the range is judged in both orders`() throws {
    let exploration = explore(
      try scenario(
        """
        set propagation 45m..70m
        at 09:00 ada turns isolation on
        expect run of sync at 10:10 failed
        expect isolation of contoso is assessed as on at 10:10
        """))
    #expect(exploration.verdicts.map(\.isUndecided) == [true, false])
    #expect(exploration.verdicts[1].isMet)
    #expect(exploration.verdicts[0].because[1].hasSuffix("behind all else of that instant"))
  }

  @Test func `Changes that have nothing in common do not multiply, and a cap is said`() throws {
    let both = try scenario(
      """
      set propagation 45m..75m
      at 09:00 ada turns isolation on
      at 09:00 nora turns isolation on
      expect 16 runs of sync from 08:00 to 12:00
      expect 24 runs of copy from 08:00 to 12:00
      """)
    // Two runs of sync look within the range, and four of copy, the last one at its very end.
    #expect(explore(both).classes == 3 + 5)
    let capped = explore(both, cap: 4)
    #expect(capped.isCapped)
    #expect(capped.judged == 4)
    #expect(capped.verdicts.map(\.isUndecided) == [false, true])
  }

  @Test func `The smallest counterexample is off the middle in the fewest delays`() throws {
    let scenario = try scenario(
      """
      set propagation 45m..75m
      at 09:00 ada turns isolation on
      at 09:00 nora turns isolation on
      expect possibly run of copy at 09:55 failed
      expect 8 runs of copy from 08:55 to 10:10 succeeded
      expect run of sync at 09:55 succeeded
      expect run of sync at 09:40 succeeded
      """)
    let example = try #require(explore(scenario).counterexample)
    // At the middle, the run of copy at 10:05 fails; that of sync at 09:55 only after 55 minutes.
    #expect(example.line == 19)
    #expect(example.delays.propagation == 3_600_000)
    #expect(example.delays.delays == [0: Delay(3_600_000), 1: Delay(3_600_000)])
  }

  @Test func `Where all is met there is no counterexample`() throws {
    let scenario = try scenario(
      """
      set propagation 45m..75m
      at 09:00 ada turns isolation on
      expect possibly run of sync at 09:55 failed
      expect run of sync at 09:40 succeeded
      """)
    #expect(explore(scenario).counterexample == nil)
  }

  @Test func `A change with a delay of its own has one class`() throws {
    let scenario = try scenario(
      """
      set propagation 45m..75m
      at 09:00 ada turns isolation on in force after 70m last
      expect run of sync at 10:10 succeeded
      expect run of sync at 10:25 failed
      """)
    let exploration = explore(scenario)
    #expect(exploration.verdicts.map(\.isMet) == [true, true])
    #expect(exploration.summary == "explored 1 of 1")
  }
}
