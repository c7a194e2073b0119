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

  @Test(arguments: UInt64(1)...12)
  func `It agrees with simulating every delay`(seed: UInt64) throws {
    let scenario = try scenario(randomTimeline(seed))
    let exploration = explore(scenario)
    let truth = bruteForce(scenario)
    for (row, verdict) in exploration.verdicts.enumerated() {
      let (held, failed) = truth[row]
      let isMet = scenario.expectations[row].isPossibility ? held : !failed
      #expect(verdict.isMet == isMet, "\(verdict.source)")
      #expect(verdict.isUndecided == (!isMet && held), "\(verdict.source)")
    }
  }

  /// One or two changes within a narrow range, and expectations on the runs around.
  private func randomTimeline(_ seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed, stream: "explore")
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var lines = ["set propagation 20m..\(30 + random.next(in: 0...10))m"]
    if random.next(in: 0...1) == 1 { lines.append("set design-time propagated") }
    var minute = random.next(in: 0...12)
    lines.append("at 09:\(two(minute)) ada turns isolation on")
    minute += random.next(in: 0...15)
    let second = ["turns isolation off", "allows fabrikam outbound"]
    lines.append("at 09:\(two(minute)) ada \(second[Int(random.next(in: 0...1))])")
    lines.append("at 09:40 maya saves flow sync")
    for _ in 0..<6 {
      let (from, to) = (random.next(in: 10...30), random.next(in: 31...59))
      let possibly = random.next(in: 0...1) == 1 ? "possibly " : ""
      let outcome = random.next(in: 0...1) == 1 ? "succeeded" : "failed"
      let count = random.next(in: 0...2)
      lines.append("expect \(possibly)\(count) runs of sync from 09:\(from) to 09:\(to) \(outcome)")
      lines.append("expect \(possibly)run of sync at 09:\(from / 15 == 1 ? 25 : 40) \(outcome)")
      lines.append("expect \(possibly)isolation of contoso is assessed as on at 09:\(to)")
      lines.append("expect \(possibly)flow sync is on at 09:\(to)")
    }
    return lines.joined(separator: "\n")
  }

  /// Whether each expectation holds, and fails, for some delays: every minute, in both orders.
  private func bruteForce(_ scenario: Scenario) -> [(held: Bool, failed: Bool)] {
    var found = scenario.expectations.map { _ in (held: false, failed: false) }
    let range = scenario.settings.propagation
    let delays = stride(from: range.lowerBound, through: range.upperBound, by: 60_000).flatMap {
      [Delay($0), Delay($0, isLast: true)]
    }
    for first in delays {
      for second in delays {
        var fixed = scenario
        (fixed.timeline[0].delay, fixed.timeline[1].delay) = (first, second)
        let simulation = simulate(fixed)
        let phrases = Phrases(simulation.trace)
        for (row, expectation) in fixed.expectations.enumerated() {
          let isMet = simulation.find(expectation.claim, phrases).isMet
          found[row].held = found[row].held || isMet
          found[row].failed = found[row].failed || !isMet
        }
      }
    }
    return found
  }
}
