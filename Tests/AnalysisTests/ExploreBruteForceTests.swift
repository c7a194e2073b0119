import DiscreteEvents
import PowerPlatform
import ScenarioLanguage
import SimulationTrace
import Testing

@testable import Analysis

/// Exploring gives what simulating every minute of the range gives, in both orders of each tie.
@Suite struct ExploreBruteForceTests {
  @Test(arguments: UInt64(1)...36)
  func `It agrees with simulating every delay`(seed: UInt64) throws {
    try agree(RangedWorld(seed: seed))
  }

  @Test(arguments: UInt64(101)...124)
  func `So it does where a flow waits for an operation and mails its end`(seed: UInt64) throws {
    try agree(RangedWorld(seed: seed, hasWork: true))
  }

  private func agree(_ world: RangedWorld) throws {
    var world = world
    let text = world.text()
    let loaded = load("test.scenario") { _ in .success(Array(text.utf8)) }
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics.map(\.short)) \(text)")
    let exploration = explore(scenario)
    try #require(!exploration.isCapped)
    for (row, (held, failed)) in bruteForce(scenario).enumerated() {
      let verdict = exploration.verdicts[row]
      let isMet = scenario.expectations[row].isPossibility ? held : !failed
      #expect(verdict.isMet == isMet, "\(verdict.source)\n\(text)")
      #expect(verdict.isUndecided == (!isMet && held), "\(verdict.source)\n\(text)")
    }
    expectReproduction(of: exploration, scenario)
  }

  /// With the delays of the counterexample fixed, its expectation is not met.
  private func expectReproduction(of exploration: Exploration, _ scenario: Scenario) {
    guard let example = exploration.counterexample else {
      return #expect(!exploration.verdicts.contains { !$0.isMet })
    }
    let fixed = scenario.fixed(example.delays)
    let verdicts = Analysis.judge(fixed, simulate(fixed))
    #expect(verdicts.contains { $0.line == example.line && !$0.isMet })
  }

  /// A digest and a guard over a connection to another tenant, while isolation comes into force.
  @Test(arguments: ["immediate", "propagated"])
  func `It agrees with every delay where flows read the Activity API`(design: String) throws {
    let text = """
      start 2025-03-03 07:00
      until 2025-03-03 12:00
      set propagation 45m..75m
      set audit-delay 60m
      set design-time \(design)
      tenant contoso
      tenant fabrikam
      admin ada of contoso
      maker maya of contoso
      user uma of contoso
      connection out of ada using office365-outlook signed in to fabrikam
      connection far of maya using sharepoint signed in to fabrikam
      app expenses of maya
      app-registration feed of contoso with delegated activity-feed-read consented secret until 2026-01-01
      at 07:00 ada turns auditing on
      at 07:05 ada starts subscription to audit-general using feed
      at 07:06 ada creates flow digest every 30m using out digests feed on app-created, flow-created, app-permission-deleted and mails uma
      at 07:10 ada creates flow guard every 15m using out guards feed and asks ada
      at 07:30 maya shares app expenses with everyone
      at 07:40 ada turns isolation on
      at 08:35 maya creates app late using far
      at 08:40 maya creates flow later every 1h using far
      at 08:50 ada approves removal of everyone from app expenses
          expect succeeded
          expect possibly failed because outbound-blocked
          expect possibly refused
      at 09:00 uma opens app expenses
          expect refused
      at 09:02 ada allows fabrikam outbound
      expect mail to uma by 12:00 containing "late"
      expect mail to uma by 12:00 containing "Deleted app permission"
      expect no mail to uma containing "later"
      expect removal of everyone from app expenses is approved at 09:00
      expect app expenses is shared with everyone at 09:30
      expect app expenses is visible to uma at 09:30
      expect widely shared at 09:30 lists app expenses
      expect audit of contoso has 1 record app-permission-deleted from 08:00 to 10:00
      expect 4 runs of guard from 09:00 to 10:00 succeeded
      expect flow guard is on at 10:00
      """
    let loaded = load("test.scenario") { _ in .success(Array(text.utf8)) }
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics.map(\.short))")
    let exploration = explore(scenario)
    try #require(!exploration.isCapped)
    for (row, (held, failed)) in bruteForce(scenario).enumerated() {
      let verdict = exploration.verdicts[row]
      let isMet = scenario.expectations[row].isPossibility ? held : !failed
      #expect(verdict.isMet == isMet, "\(verdict.source)")
      #expect(verdict.isUndecided == (!isMet && held), "\(verdict.source)")
    }
    expectReproduction(of: exploration, scenario)
  }

  @Test func `The random worlds show what they are for`() throws {
    var met = 0
    var depends = 0
    var fails = 0
    for seed in UInt64(1)...36 {
      var world = RangedWorld(seed: seed)
      let text = world.text()
      let loaded = load("test.scenario") { _ in .success(Array(text.utf8)) }
      for verdict in explore(try #require(loaded.scenario)).verdicts {
        if verdict.isMet {
          met += 1
        } else if verdict.isUndecided {
          depends += 1
        } else {
          fails += 1
        }
      }
    }
    #expect(min(met, depends, fails) > 25, "\(met) met, \(depends) depend, \(fails) fail")
  }

  /// Whether each expectation holds, and fails, for some delays.
  private func bruteForce(_ scenario: Scenario) -> [(held: Bool, failed: Bool)] {
    var found = scenario.expectations.map { _ in (held: false, failed: false) }
    let range = scenario.settings.propagation
    let delays = stride(from: range.lowerBound, through: range.upperBound, by: 60_000).flatMap {
      [Delay($0), Delay($0, isLast: true)]
    }
    let open = scenario.timeline.indices.filter {
      scenario.timeline[$0].delay == nil && scenario.timeline[$0].action.isolationTenant != nil
    }
    var fixed = scenario
    func visit(_ rows: ArraySlice<Int>) {
      guard let row = rows.first else { return judge(fixed, &found) }
      for delay in delays {
        fixed.timeline[row].delay = delay
        visit(rows.dropFirst())
      }
    }
    visit(open[...])
    return found
  }

  private func judge(_ scenario: Scenario, _ found: inout [(held: Bool, failed: Bool)]) {
    let simulation = simulate(scenario)
    let phrases = Phrases(simulation.trace)
    for (row, expectation) in scenario.expectations.enumerated() {
      let isMet = simulation.find(expectation.claim, phrases).isMet
      found[row].held = found[row].held || isMet
      found[row].failed = found[row].failed || !isMet
    }
  }
}

/// Two or three changes of one or two tenants within minutes, makers and users who do all there is
/// to do while they come into force, and expectations about all of it.
private struct RangedWorld {
  private var random: SeededGenerator
  private var lines: [String] = []
  /// The minute after 09:00 of the latest line.
  private var minute: Int64 = 0

  /// Whether a flow waits for an operation.
  private let hasWork: Bool

  init(seed: UInt64, hasWork: Bool = false) {
    random = SeededGenerator(seed: seed, stream: "ranged world")
    self.hasWork = hasWork
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int(random.next(in: 0...Int64(values.count - 1)))]
  }

  private static let frame = """
    start 2025-03-03 08:00
    until 2025-03-03 12:00
    tenant contoso
    tenant fabrikam
    admin ada of contoso
    admin fay of fabrikam
    maker maya of contoso
    user uma of contoso
    connection mail of maya using office365-outlook signed in to fabrikam
    connection home of maya using sharepoint signed in to contoso
    app desk of maya using mail
    flow sync of maya every 3m from 08:01 using mail
    flow hear of maya when mail signals using mail
    flow ask of maya manually using mail, home
    """

  mutating func text() -> String {
    let changes = pick([2, 3, 3])
    let width: Int64 = changes == 2 ? 8 : 3
    lines = [Self.frame, "set propagation 20m..\(20 + width)m"]
    lines += pick([[], [], ["set design-time propagated"], ["set always-failing 1h"]])
    lines += pick([[], ["set blocked-trigger trigger-failure"]])
    lines += pick([[], ["set data-policy-propagation 21m", "set reactivation 7d"]])
    if hasWork {
      lines += ["environment production of contoso with dataverse"]
      lines += pick(["30m", "33m", "36m"].map { ["set install-duration \($0)"] })
    }
    lines.append("at 08:30 ada creates data policy strict blocking office365-outlook")
    lines.append("at 08:31 ada deletes data policy strict")
    if hasWork {
      lines.append("at 08:52 ada installs package Office365Groups in production as op")
      lines.append("at 08:53 maya creates flow tell every 3m using mail polls op and mails uma")
    }
    let isOneTenants = random.next(in: 0...1) == 0
    for _ in 0..<changes { addChange(ofOneTenant: isOneTenants) }
    minute = 20
    for _ in 0..<12 { addDeed() }
    for _ in 0..<12 { addExpectation() }
    return lines.joined(separator: "\n")
  }

  private mutating func addChange(ofOneTenant: Bool) {
    let change = pick([
      "ada turns isolation on", "ada turns isolation on", "ada turns isolation off",
      "ada allows fabrikam outbound", ofOneTenant ? "ada allows * both" : "fay turns isolation on",
      ofOneTenant ? "ada removes rule fabrikam" : "fay allows contoso inbound",
    ])
    let delay = pick(["", "", "", "", " in force after 22m", " in force after 21m last"])
    lines.append("at \(clock()) \(change)\(delay)")
    minute += pick([0, 1, 1, 2])
  }

  private func clock(_ minute: Int64? = nil) -> String {
    let minute = minute ?? self.minute
    let two = { (number: Int64) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(9 + minute / 60)):\(two(minute % 60))"
  }

  private mutating func addDeed() {
    minute += pick([0, 0, 1, 2])
    let (deed, outcomes) = pick([
      ("uma opens app desk", ["allowed", "blocked"]), ("mail signals", ["succeeded", "failed"]),
      ("maya runs flow ask", ["succeeded", "failed because outbound-blocked"]),
      ("uma opens app desk", ["allowed", "blocked"]), ("mail signals", ["succeeded", "failed"]),
      ("maya runs flow ask", ["succeeded", "failed because outbound-blocked"]),
      ("maya saves flow sync", ["saved", "suspended"]),
      ("maya turns off flow hear", ["saved"]), ("maya turns on flow hear", ["saved", "suspended"]),
      ("maya adds mail to app desk", ["added", "not added"]),
      ("maya deletes connection mail", ["saved", "refused"]),
      (
        "maya creates connection mail using office365-outlook signed in to fabrikam",
        ["allowed", "blocked"]
      ),
      ("ada creates data policy strict blocking office365-outlook", ["saved"]),
      ("ada deletes data policy strict", ["saved", "refused"]),
      ("maya saves flow ask using home", ["saved"]),
    ])
    guard !isRepeated(deed) else { return }
    lines.append("at \(clock()) \(deed)")
    lines.append("    expect \(possibly())\(pick(outcomes))")
    if pick([0, 1, 2]) == 0 { lines.append("    expect \(possibly())error \"tenant isolation\"") }
  }

  /// What is created must be gone before it is created again.
  private func isRepeated(_ deed: String) -> Bool {
    let things = [
      ("creates connection mail", "deletes connection mail", true),
      ("creates data policy strict", "deletes data policy strict", false),
    ]
    return things.contains { creation, deletion, isThere in
      let last = lines.last { $0.contains(creation) || $0.contains(deletion) }
      return deed.contains(creation) && (last?.contains(creation) ?? isThere)
    }
  }

  private mutating func possibly() -> String { pick(["", "possibly "]) }

  private mutating func addExpectation() {
    let from = random.next(in: 15...30)
    let to = from + random.next(in: 1...20)
    let flow = pick(hasWork ? ["sync", "tell", "tell"] : ["sync", "sync", "hear", "ask"])
    let outcome = pick(["succeeded", "failed", "failed because inbound-blocked"])
    let count = random.next(in: 0...3)
    let late = random.next(in: 80...95)
    let told = [
      "mail to uma by \(clock(to))", "no mail to uma by \(clock(to))", "no mail to uma",
      "flow tell is on at \(clock(to))", "flow tell is off at \(clock(late))",
    ]
    lines.append(
      "expect \(possibly())"
        + pick(
          (hasWork ? told : []) + [
            "\(count) runs of \(flow) from \(clock(from)) to \(clock(to)) \(outcome)",
            "run of sync at \(clock(19 + count * 3)) \(outcome)",
            "history of \(flow) lists \(count) runs at \(clock(to)) \(outcome)",
            "flow sync is on at \(clock(late))",
            "flow \(flow) shows \"Flow checker\" at \(clock(to))",
            "app desk uses mail at \(clock(to))", "connection mail is connected at \(clock(to))",
            "isolation of contoso is assessed as on at \(clock(from))",
            "isolation of fabrikam is assessed as on at \(clock(from))",
            "isolation of contoso is on at \(clock(from))",
          ]))
  }
}
