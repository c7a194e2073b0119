import DiscreteEvents
import PowerPlatform
import ScenarioLanguage
import SimulationTrace
import TenantIsolation
import Testing

@testable import Analysis

/// The impact of changes against making them: both worlds are simulated from their texts, and every
/// run and opening is compared one by one.
@Suite struct ImpactTests {
  @Test(
    "What is lost, first and last, is what two simulations differ in", arguments: UInt64(0)..<60)
  func losses(seed: UInt64) throws {
    let world = ImpactWorld(seed: seed)
    let (scenario, impact, _) = try Self.impact(of: world)
    let brute = try BruteForce(world)
    for item in Self.items(scenario) {
      let losses = brute.losses(of: item)
      guard let affected = impact.affected.first(where: { $0.item == item }) else {
        #expect(losses.allSatisfy { $0.times.isEmpty }, "\(item) of world \(seed)")
        continue
      }
      let counts = losses.map(\.times.count)
      #expect(affected.lost == (counts.min() ?? 0)...(counts.max() ?? 0), "\(item) of \(seed)")
      let firsts = losses.compactMap { $0.times.first }
      if affected.isScheduled {
        #expect(affected.firstFailed.earliest == firsts.min())
        #expect(affected.firstFailed.latest == (firsts.count == counts.count ? firsts.max() : nil))
      } else {
        #expect(affected.firstFailed.earliest == nil && affected.firstFailed.latest == nil)
      }
      let telling = losses.first { !$0.times.isEmpty } ?? losses[0]
      #expect(affected.lastSucceeded == telling.lastGood, "\(item) of \(seed)")
      #expect(!affected.sides.isEmpty, "\(item) of \(seed)")
    }
  }

  @Test(
    "With the rules nothing is lost; without any one of them something is",
    arguments: UInt64(0)..<60)
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
      #expect(!rest.affected.isEmpty, "world \(seed)")
    }
  }

  @Test("The random worlds show whatever can happen")
  func variety() throws {
    var (affected, unaffected, lost, rules, insufficient, apps) = (0, 0, 0, 0, 0, 0)
    var unscheduled = 0
    var ranged = 0
    for seed in UInt64(0)..<60 {
      let (_, impact, _) = try Self.impact(of: ImpactWorld(seed: seed))
      affected += impact.affected.count
      unaffected += impact.unaffected.count
      lost += impact.affected.count { $0.lost.upperBound > 0 }
      ranged += impact.affected.count { $0.firstFailed.earliest != $0.firstFailed.latest }
      rules += impact.rules.count
      insufficient += impact.rulesSuffice ? 0 : 1
      unscheduled += impact.affected.count { !$0.isScheduled && $0.lost.upperBound > 0 }
      for case .app in impact.affected.map(\.item) { apps += 1 }
    }
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

/// Both worlds at both ends of the range, simulated from their texts.
struct BruteForce {
  struct Loss {
    /// When each lost run or opening would have been.
    var times: [Instant]
    var lastGood: Instant?
  }

  let time: Instant
  private let pairs: [(without: Simulation, with: Simulation, until: Instant)]

  init(_ world: ImpactWorld, rules: [String] = []) throws {
    time = Instant(Int64(world.minute) * 60_000)
    pairs = try world.delays.map { delay in
      let without = try #require(world.scenario(delay: delay))
      let text = world.text(delay: delay, making: rules + world.changes)
      let with = try #require(
        world.scenario(delay: delay, making: rules + world.changes), "\(text)")
      return (simulate(without), simulate(with), without.until)
    }
  }

  func losses(of item: Impact.Item) -> [Loss] {
    pairs.map { pair in
      let before = Self.good(item, pair.without)
      let after = Self.good(item, pair.with)
      let lost = before.subtracting(after).map(\.time).sorted()
      let end = lost.first ?? pair.until
      return Loss(times: lost, lastGood: after.map(\.time).filter { $0 < end }.max())
    }
  }

  private struct Use: Hashable {
    var time: Instant
    var line: Int
    var trigger: RunTrigger?
  }

  /// Every use that succeeds, made one by one.
  private static func good(_ item: Impact.Item, _ simulation: Simulation) -> Set<Use> {
    var uses: Set<Use> = []
    for record in simulation.trace.records {
      switch item {
      case .app(let app):
        guard record.kind == .appOpened, record.app == app, record.outcome == .allowed else {
          continue
        }
      case .flow(let flow):
        guard record.kind == .flowRun, record.flow == flow, record.outcome == .succeeded else {
          continue
        }
      }
      uses.insert(Use(time: record.time, line: record.line, trigger: record.run?.trigger))
    }
    return uses
  }
}
