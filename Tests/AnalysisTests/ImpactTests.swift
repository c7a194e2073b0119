import DiscreteEvents
import PowerPlatform
import ScenarioLanguage
import SimulationTrace
import TenantIsolation
import Testing

@testable import Analysis

/// The impact of changes against making them: both worlds are simulated from their texts, with every
/// combination of shortest and longest delays, and every run and opening is compared one by one.
@Suite struct ImpactTests {
  @Test(
    "What is lost and gained, first and last, is what simulations differ in",
    arguments: UInt64(0)..<40)
  func losses(seed: UInt64) throws {
    let world = ImpactWorld(seed: seed)
    let (scenario, impact, _) = try Self.impact(of: world)
    let brute = try BruteForce(world)
    for item in Self.items(scenario) {
      expectGains(of: item, impact, brute, "\(item) of world \(seed)")
      let losses = brute.losses(of: item)
      guard let affected = impact.affected.first(where: { $0.item == item }) else {
        #expect(losses.allSatisfy { $0.times.isEmpty }, "\(item) of world \(seed)")
        continue
      }
      #expect(impact.delays.isComplete)
      #expect(affected.lost == Self.span(losses.map(\.times.count)), "\(item) of \(seed)")
      #expect(affected.firstFailed == Self.moments(losses.map(\.firstFailed)), "\(item) of \(seed)")
      #expect(affected.lastSucceeded == Self.lastGood(losses), "\(item) of \(seed)")
      #expect(!affected.sides.isEmpty, "\(item) of \(seed)")
    }
  }

  private func expectGains(
    of item: Impact.Item, _ impact: Impact, _ brute: BruteForce, _ comment: Comment
  ) {
    let gains = brute.losses(of: item, isGain: true)
    guard let healed = impact.healed.first(where: { $0.item == item }) else {
      #expect(gains.allSatisfy { $0.firstFailed == nil }, comment)
      return
    }
    #expect(healed.gained == Self.span(gains.map(\.times.count)), comment)
    #expect(healed.firstSucceeded == Self.moments(gains.map(\.times.first)), comment)
    #expect(!impact.unaffected.contains { $0.item == item }, comment)
  }

  private static func span(_ counts: [Int]) -> ClosedRange<Int> {
    (counts.min() ?? 0)...(counts.max() ?? 0)
  }

  private static func moments(_ instants: [Instant?]) -> Impact.Moments {
    let known = instants.compactMap { $0 }
    return .init(
      earliest: known.min(), latest: known.count == instants.count ? known.max() : nil)
  }

  private static func lastGood(_ losses: [BruteForce.Loss]) -> Instant? {
    let earliest = losses.compactMap(\.times.first).min()
    return losses.filter { $0.times.first == earliest }.compactMap(\.lastGood).max()
  }

  @Test(
    "With the rules nothing is lost; without any one of them something is",
    arguments: UInt64(0)..<30)
  func rules(seed: UInt64) throws {
    let world = ImpactWorld(seed: seed)
    let (scenario, impact, changes) = try Self.impact(of: world)
    guard impact.rulesSuffice else { return }
    let brute = try BruteForce(world, rules: impact.rules.map { Self.sentence($0, scenario) })
    for item in Self.items(scenario) {
      #expect(brute.losses(of: item).allSatisfy { $0.times.isEmpty }, "\(item) of \(seed)")
    }
    for fewer in Self.withoutOne(impact.rules) {
      let rest = try Analysis.impact(
        of: fewer.map(\.change) + changes, on: scenario, at: brute.time
      ).get()
      #expect(!rest.affected.isEmpty || !rest.delays.isComplete, "world \(seed)")
    }
  }

  @Test("Above a limit changes share a delay, and that is said")
  func limit() throws {
    let header =
      "until 12:00\nset propagation 45m..75m\ntenant c\ntenant f\ntenant g\nadmin a of f\n"
      + "admin b of g\nmaker m of c\n"
      + "connection k of m using sharepoint signed in to f\nflow fl of m every 5m using k\n"
    func impact(_ lines: [String]) throws -> Impact {
      let text = header + lines.joined(separator: "\n") + "\n"
      var scenario = try #require(
        load("limit.scenario") { _ in .success(Array(text.utf8)) }.scenario)
      let changes = try policyChanges(["isolation on for c"], in: &scenario).get()
      return try Analysis.impact(of: changes, on: scenario, at: Instant(80 * 60_000)).get()
    }
    let toggles = (1...9).map { "at 09:3\($0) a turns isolation \($0 % 2 == 0 ? "off" : "on")" }
    let many = try impact(toggles)
    #expect(many.delays == Impact.Delays(changes: 10, combinations: 32))
    #expect(!many.delays.isComplete)
    let elsewhere = try impact(toggles.map { $0.replacing(" a ", with: " b ") })
    #expect(elsewhere.delays == Impact.Delays(changes: 1, combinations: 2), "nothing crosses to g")
  }

  @Test("The random worlds show whatever can happen")
  func variety() throws {
    var (affected, unaffected, lost, rules, insufficient, apps) = (0, 0, 0, 0, 0, 0)
    var (unscheduled, ranged, healed, suspended, others) = (0, 0, 0, 0, 0)
    var firstOpenings = 0
    for seed in UInt64(0)..<60 {
      let (_, impact, changes) = try Self.impact(of: ImpactWorld(seed: seed))
      affected += impact.affected.count
      unaffected += impact.unaffected.count
      lost += impact.affected.count { $0.lost.upperBound > 0 }
      ranged += impact.affected.count { $0.firstFailed.earliest != $0.firstFailed.latest }
      rules += impact.rules.count
      insufficient += impact.rulesSuffice ? 0 : 1
      unscheduled += impact.affected.count { !$0.isScheduled && $0.lost.upperBound > 0 }
      healed += impact.healed.count { $0.gained.upperBound > 0 }
      others += impact.delays.changes > changes.count ? 1 : 0
      for affected in impact.affected {
        if affected.suspended.earliest != nil { suspended += 1 }
        guard case .app = affected.item else { continue }
        apps += 1
        if affected.firstFailed.earliest != nil { firstOpenings += 1 }
      }
    }
    #expect(
      healed > 5 && suspended > 5 && others > 5 && firstOpenings > 5,
      "\((healed, suspended, others, firstOpenings))")
    #expect(affected > 80 && unaffected > 80 && lost > 50 && rules > 40)
    #expect(ranged > 3 && apps > 10 && unscheduled > 10)
    #expect(insufficient < 15, "\(insufficient) of 60")
  }
}

extension ImpactTests {
  static func impact(of world: ImpactWorld) throws -> (Scenario, Impact, [PolicyChange]) {
    var scenario = try #require(world.scenario(), "\(world.text())")
    let changes = try policyChanges(world.changes, in: &scenario).get()
    let time = Instant(Int64(world.minute) * 60_000)
    return (scenario, try Analysis.impact(of: changes, on: scenario, at: time).get(), changes)
  }

  static func items(_ scenario: Scenario) -> [Impact.Item] {
    scenario.cast.apps.indices.map { .app(AppID($0)) }
      + scenario.cast.flows.indices.map { .flow(FlowID($0)) }
  }

  static func sentence(_ rule: Impact.NeededRule, _ scenario: Scenario) -> String {
    let (tenant, other) = (
      scenario.cast.tenants[rule.tenant.row], scenario.cast.tenants[rule.other.row]
    )
    let directions =
      rule.directions == .both ? "both" : rule.directions == .inbound ? "inbound" : "outbound"
    return "rule for \(tenant.name) allows \(other.name) \(directions)"
  }

  /// The rules with one direction of one of them left out, in every way.
  static func withoutOne(_ rules: [Impact.NeededRule]) -> [[Impact.NeededRule]] {
    rules.indices.flatMap { row -> [[Impact.NeededRule]] in
      [Directions.inbound, .outbound].filter { rules[row].directions.isSuperset(of: $0) }.map {
        one in
        var fewer = rules
        fewer[row].directions.subtract(one)
        return fewer.filter { !$0.directions.isEmpty }
      }
    }
  }
}

/// Both worlds with every combination of the ends of the range, simulated from their texts.
struct BruteForce {
  struct Loss {
    /// When each lost run or opening would have been.
    var times: [Instant]
    /// The first of them that is there and fails.
    var firstFailed: Instant?
    var lastGood: Instant?
  }

  let time: Instant
  private let pairs: [(without: Simulation, with: Simulation, until: Instant)]

  init(_ world: ImpactWorld, rules: [String] = []) throws {
    time = Instant(Int64(world.minute) * 60_000)
    // Rules share a delay, to try fewer.
    let own = Self.combinations(world.changes.count, world.delays)
    let shared = rules.isEmpty ? [0] : world.delays
    pairs = try Self.combinations(world.policyChanges, world.delays).flatMap { others in
      let without = try #require(world.scenario(others))
      let usual = simulate(without)
      return try own.flatMap { delays in
        try shared.map { ofRules in
          let made = rules.map { ($0, ofRules) } + zip(world.changes, delays)
          let with = try #require(
            world.scenario(others, making: made), "\(world.text(others, making: made))")
          return (usual, simulate(with), without.until)
        }
      }
    }
  }

  private static func combinations(_ count: Int, _ ends: [Int]) -> [[Int]] {
    (0..<count).reduce([[]]) { known, _ in known.flatMap { delays in ends.map { delays + [$0] } } }
  }

  func losses(of item: Impact.Item, isGain: Bool = false) -> [Loss] {
    pairs.map { pair in
      let (one, other) = isGain ? (pair.with, pair.without) : (pair.without, pair.with)
      let (before, after) = (Self.uses(item, one).good, Self.uses(item, other))
      let lost = before.subtracting(after.good)
      let end = lost.map(\.time).min() ?? pair.until
      return Loss(
        times: lost.map(\.time).sorted(),
        firstFailed: lost.intersection(after.failed).map(\.time).min(),
        lastGood: after.good.map(\.time).filter { $0 < end }.max())
    }
  }

  private struct Use: Hashable {
    var time: Instant
    var line: Int
    var trigger: RunTrigger?
  }

  /// Every use that succeeds or fails, made one by one.
  private static func uses(
    _ item: Impact.Item, _ simulation: Simulation
  ) -> (good: Set<Use>, failed: Set<Use>) {
    var (good, failed): (Set<Use>, Set<Use>) = ([], [])
    for record in simulation.trace.records {
      switch item {
      case .app(let app): guard record.kind == .appOpened, record.app == app else { continue }
      case .flow(let flow):
        guard [.flowRun, .flowTriggerFailed].contains(record.kind), record.flow == flow else {
          continue
        }
      }
      let use = Use(time: record.time, line: record.line, trigger: record.run?.trigger)
      switch record.outcome {
      case .allowed, .succeeded: good.insert(use)
      case .blocked, .failed: failed.insert(use)
      default: break
      }
    }
    return (good, failed)
  }
}
