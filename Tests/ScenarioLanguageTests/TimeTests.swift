import DiscreteEvents
import PowerPlatform
import SimulationTrace
import Testing

@testable import ScenarioLanguage

@Suite struct TimeTests {
  private static let start = "start 2025-03-03 08:00\n"

  /// What is written, and the seconds after 08:00 that it means.
  private static let times: [(String, Int64)] = [
    ("08:05", 300), ("8:05", 300), ("08:05:30", 330), ("08:05:30.000", 330), ("day 1 08:05", 300),
    ("day 2 08:05", 86_700), ("day 2 00:00:30", 57_630), ("2025-03-03 08:05", 300),
    ("2025-03-04 08:05:30", 86_730), ("+90m", 5400), ("+1h30m", 5400), ("+2d4h", 187_200),
    ("+0s", 0), ("+2000ms", 2),
  ]

  @Test(arguments: times)
  func everyForm(_ text: String, _ seconds: Int64) throws {
    let expected = Instant(seconds * 1000)
    let loaded = load(Self.start + world + "at \(text) ada turns isolation on")
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics.map(\.short))")
    #expect(scenario.timeline[0].time == expected)
    #expect(try instant(text, in: scenario).get() == expected)
    let watched = load(Self.start + world + "expect flow adhoc is on at \(text)")
    #expect(watched.scenario?.expectations.first?.claim == .flow(FlowID(1), .on, at: expected))
  }

  @Test func milliseconds() throws {
    let scenario = try scenario("")
    #expect(try instant("08:00:30.500", in: scenario).get() == Instant(30_500))
    #expect(try instant("08:00:30.5", in: scenario).get() == Instant(30_500))
    #expect(try instant("08:00:30.05", in: scenario).get() == Instant(30_050))
    #expect(try instant("+500ms", in: scenario).get() == Instant(500))
  }

  @Test(arguments: [
    "24:00", "10:60", "10:00:60", "1:2", "12:345", "+5", "+", "now", "", "day 08:00",
    "2025-03-04 +5m", "day 2 +5m", "banana +5m", "night 2 08:05",
  ])
  func whatIsNoTime(_ text: String) throws {
    #expect(!mistakes("at \(text) ada turns isolation on").isEmpty)
    let scenario = try scenario("")
    #expect(throws: LookupProblem.self) { try instant(text, in: scenario).get() }
  }

  @Test(arguments: [
    ("45s", 45_000), ("15m", 900_000), ("1h", 3_600_000), ("1h30m", 5_400_000),
    ("2d", 172_800_000), ("0m", 0),
  ])
  func durations(_ text: String, _ length: Milliseconds) throws {
    let scenario = try scenario("set propagation \(text)")
    #expect(scenario.settings.propagation == length...length)
    #expect(try duration(text).get() == length)
  }

  @Test(arguments: ["", "m", "5", "1.5h", "30m1h", "1m1m", "1w", "4000d", "9999999999999m", "-5m"])
  func whatIsNoDuration(_ text: String) {
    #expect(throws: LookupProblem.self) { try duration(text).get() }
  }

  @Test func theDefaults() throws {
    let scenario = try scenario("")
    #expect(scenario.civil(.start) == CivilTime(year: 2025, month: 1, day: 6) + 8 * 3_600_000)
    #expect(scenario.until == Instant(3_600_000))
    #expect(scenario.seed == 1)
    #expect(scenario.title == "test")
  }

  @Test(arguments: [
    ("at 09:00 ada turns isolation on", 120), ("expect flow adhoc is on at 10:00", 180),
    ("expect no runs of adhoc from 09:00 to 11:00", 240),
    ("flow x of maya every 1d from 07:00", 60), ("until +3h", 180), ("until 11:30", 210),
    ("flow x of maya every 1d from day 2 08:00", 1500),
  ])
  func theEnd(_ text: String, _ minutes: Int64) throws {
    #expect(try scenario(text).until == Instant(minutes * 60_000))
  }

  @Test func theStartMayStandBelowTimes() throws {
    let scenario = try scenario(
      "flow x of maya every 1d from 2025-03-03 02:00\nstart 2025-03-03 08:00")
    guard case .flow(_, let flow) = scenario.declarations.last?.item else {
      Issue.record("no flow")
      return
    }
    #expect(flow.trigger == .every(CivilTime.day, anchor: Instant(-6 * 3_600_000)))
  }

  @Test func theEndItselfIsSeen() throws {
    let text =
      "until 09:00\nat 08:00 ada turns isolation on\nexpect isolation of contoso is on at 09:00"
    #expect(try scenario(text).expectations.count == 1)
  }
}
