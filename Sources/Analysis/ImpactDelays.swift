import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// The delays an impact is looked at with: the shortest and the longest of each change that matters,
/// whoever makes it, in all combinations. Above a limit some changes share one delay.
struct ImpactDelays {
  /// How many changes have a delay of their own; each doubles what is simulated.
  private static let limit = 5

  private let scenario: Scenario
  /// Rows of the timeline that share a delay.
  private let others: [[Int]]
  /// Numbers of the changes that share a delay.
  private let own: [[Int]]
  /// What is said of it.
  let extent: Impact.Delays

  init(_ scenario: Scenario, _ changes: [PolicyChange], at time: Instant) {
    self.scenario = scenario
    guard scenario.isRanged else {
      (others, own, extent) = ([], [], Impact.Delays(changes: 0, combinations: 1))
      return
    }
    let rows = scenario.openChanges(beside: Set(changes.map(\.tenant)), at: time)
    // The scenario's own changes leave room for two of those that are asked about.
    own = changes.indices.grouped(most: max(2, Self.limit - rows.count))
    others = rows.grouped(most: Self.limit - own.count)
    extent = Impact.Delays(
      changes: rows.count + changes.count, combinations: 1 << (own.count + others.count))
  }

  /// A world a combination, that with the shortest delay for every change first, and that with the
  /// longest last.
  func worlds(_ changes: [PolicyChange], at time: Instant) -> [ChangedWorld] {
    Self.combinations(others, range).flatMap { delays in
      let fixed = scenario.fixed(
        FixedPropagation(propagation: range.lowerBound, delays: delays))
      let without = simulate(fixed)
      return Self.combinations(own, range).map { delays in
        let delayed = changes.enumerated().map { number, change in
          ChangedWorld.Change(change: change, delay: delays[number] ?? Delay(range.lowerBound))
        }
        return ChangedWorld(fixed, without, delayed, at: time)
      }
    }
  }

  private var range: ClosedRange<Milliseconds> { scenario.settings.propagation }

  /// Every way to give each group the shortest or the longest delay.
  private static func combinations(
    _ groups: [[Int]], _ range: ClosedRange<Milliseconds>
  ) -> [[Int: Delay]] {
    groups.reduce([[:]]) { known, group in
      known.flatMap { delays in
        [range.lowerBound, range.upperBound].map { length in
          delays.merging(group.map { ($0, Delay(length)) }) { $1 }
        }
      }
    }
  }
}

extension Collection where Element == Int {
  /// Each alone, as long as there are groups; the last one takes the rest.
  fileprivate func grouped(most: Int) -> [[Int]] {
    let alone = count > most ? most - 1 : count
    return prefix(alone).map { [$0] } + (count > alone ? [Array(dropFirst(alone))] : [])
  }
}

// MARK: - Changes that matter

extension Scenario {
  /// The scenario's own changes whose delays are open and may make a difference to what changes of
  /// some tenants do, those that are felt before the changes are made last.
  fileprivate func openChanges(beside changed: Set<TenantID>, at time: Instant) -> [Int] {
    let shortest = settings.propagation.lowerBound
    let usual = simulate(fixed(FixedPropagation(propagation: shortest, delays: [:])))
    let open = openChanges(usual)
    guard !open.isEmpty else { return [] }
    let tenants = JudgedTenants(self).sharing(with: changed)
    let rows = open.filter { tenants.contains($0.tenant) }
    let isPast: (OpenChange) -> Bool = { $0.savedAt + settings.propagation.upperBound < time }
    return (rows.filter { !isPast($0) } + rows.filter(isPast)).map(\.row)
  }
}

/// The tenants whose isolation policies ever judge an app or a flow.
private struct JudgedTenants {
  private var tenants: [ConnectionID: Set<TenantID>] = [:]
  private var connections: [Impact.Item: Set<ConnectionID>] = [:]

  init(_ scenario: Scenario) {
    for declaration in scenario.declarations {
      switch declaration.item {
      case .connection(let id, let definition): note(id, definition)
      case .app(let app, let definition): note(.app(app), scenario[definition.uses])
      case .flow(let flow, let definition): note(.flow(flow), scenario[definition.uses])
      case .share, .dataAccess: break
      }
    }
    for statement in scenario.timeline {
      switch statement.action {
      case .createConnection(let id, let definition): note(id, definition)
      case .createApp(let app, let definition): note(.app(app), scenario[definition.uses])
      case .addConnection(let use, let app): note(.app(app), [use])
      case .createFlow(let flow, let definition): note(.flow(flow), scenario[definition.uses])
      case .saveFlow(let flow, let uses?), .moveFlow(let flow, _, let uses?):
        note(.flow(flow), scenario[uses])
      default: break
      }
    }
  }

  private mutating func note(_ id: ConnectionID, _ definition: ConnectionDefinition) {
    guard definition.creator != definition.signIn else { return }
    tenants[id, default: []].formUnion([definition.creator, definition.signIn])
  }

  private mutating func note(_ item: Impact.Item, _ uses: ArraySlice<Use>) {
    connections[item, default: []].formUnion(uses.map(\.connection))
  }

  /// Some tenants, and those that judge what one of them judges.
  func sharing(with some: Set<TenantID>) -> Set<TenantID> {
    connections.values.reduce(into: some) { all, connections in
      let judges = connections.reduce(into: Set()) { $0.formUnion(tenants[$1] ?? []) }
      if !judges.isDisjoint(with: some) { all.formUnion(judges) }
    }
  }
}
