import Analysis
import PowerPlatform
import Testing

/// `Scenarios/` shows every behaviour of the catalogue, and no behaviour is shown by everything.
@Suite struct CoverageOfScenariosTests {
  /// What each scenario shows, found once for all tests.
  private static let all: [(example: Example, showing: [Showing])] = Example.all.compactMap {
    example in
    guard let scenario = example.load().scenario else { return nil }
    let simulation = simulate(scenario)
    let coverage = Coverage(scenario, simulation, judge(scenario, simulation))
    return (example, Catalogue.simulated.map { coverage.showing(of: $0) })
  }

  @Test(arguments: Catalogue.simulated.indices)
  func `A behaviour happens and is expected somewhere, and does not happen everywhere`(row: Int) {
    let id = Catalogue.simulated[row].id
    #expect(Self.all.contains { $0.showing[row] == .asserted }, "no scenario shows \(id)")
    #expect(Self.all.contains { $0.showing[row] == .never }, "every scenario shows \(id)")
  }

  @Test(arguments: Example.all)
  func `A scenario covers what it says`(example: Example) throws {
    let scenario = try #require(example.load().scenario)
    #expect(!scenario.covers.isEmpty, "no covers line")
    #expect(judgeWithCovers(scenario, simulate(scenario)).filter(\.isAboutCovers).isEmpty)
  }

  @Test func `Every behaviour is claimed by a scenario that shows it`() throws {
    let claimed = Set(Example.all.flatMap { $0.load().scenario?.covers.map(\.id) ?? [] })
    #expect(Catalogue.simulated.map(\.id).filter { !claimed.contains($0) } == [])
  }
}
