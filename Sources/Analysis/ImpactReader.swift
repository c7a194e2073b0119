import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Reads an impact from worlds with and without the changes, one pair a combination of delays.
struct ImpactReader {
  private let scenario: Scenario
  private let worlds: [ChangedWorld]
  private let instants: [ImpactInstants]

  init(_ scenario: Scenario, _ worlds: [ChangedWorld]) {
    self.scenario = scenario
    self.worlds = worlds
    instants = worlds.map { ImpactInstants($0) }
  }

  func impact(
    of changes: [PolicyChange], at time: Instant, _ delays: Impact.Delays
  ) -> Impact {
    let inForce = worlds.map(\.inForce)
    let earliest = inForce.min() ?? time
    var impact = Impact(inForce: earliest...max(earliest, inForce.max() ?? time), delays: delays)
    impact.affected = affected
    let broken = Set(impact.affected.map(\.item))
    impact.healed = items.compactMap { healed($0, isBroken: broken.contains($0)) }
    let told = broken.union(impact.healed.map(\.item))
    let reasons = UnaffectedReasons(worlds, changes.map(\.tenant))
    impact.unaffected = items.filter { !told.contains($0) }.compactMap { item in
      reasons.reason(item, at: instants.first?.of(item) ?? []).map {
        Impact.Unaffected(item: item, because: $0)
      }
    }
    impact.rules = neededRules(impact.affected)
    impact.rulesSuffice = areEnough(impact.rules)
    if impact.rulesSuffice, policiesChangeLater { dropSpare(&impact.rules) }
    addWhatElsePasses(&impact.rules, besides: impact.affected)
    return impact
  }

  private var items: [Impact.Item] {
    scenario.cast.apps.indices.map { .app(AppID($0)) }
      + scenario.cast.flows.indices.map { .flow(FlowID($0)) }
  }
}

// MARK: - What breaks

extension ImpactReader {
  private var affected: [Impact.Affected] { items.compactMap(affected) }

  /// What becomes of an app or a flow; nil where nothing does.
  private func affected(_ item: Impact.Item) -> Impact.Affected? {
    let losses = worlds.map { $0.lostUses(of: item) }
    let views = lookingAt(item)
    let saved = views.newlyBlocked(item, .saved)
    var sides = (saved + views.newlyBlocked(item, .inForce)).unique
    guard !sides.isEmpty || losses.contains(where: { $0.count > 0 }) else { return nil }
    if sides.isEmpty {
      // It depends on something that was blocked while it was not there itself.
      sides = views.flatMap { $0.world.blocked(item, at: $0.instants) }.unique
    }
    return Impact.Affected(
      item: item, isScheduled: views.contains { $0.world.isScheduled(item, at: $0.instants) },
      sides: sides, lastSucceeded: losses.lastGood,
      firstFailed: Impact.Moments(losses.map(\.firstFailed)),
      ifUsed: Impact.Outlook(views) { !$0.newlyBlocked(item, $1, at: $2).isEmpty },
      lost: losses.counts, suspended: Impact.Moments(worlds.map { $0.suspension(of: item) }),
      isBlockedWhenSaved: !saved.isEmpty)
  }

  /// What works again; nil where nothing does.
  private func healed(_ item: Impact.Item, isBroken: Bool) -> Impact.Healed? {
    let gains = worlds.map { $0.gainedUses(of: item) }
    // What breaks and is turned on again runs at other times: these are no gain.
    let isGain = gains.contains { $0.firstFailed != nil || !isBroken && $0.count > 0 }
    let views = lookingAt(item)
    let heals = views.contains { world, instants in
      instants.contains { world.heals(item, .saved, at: $0) || world.heals(item, .inForce, at: $0) }
    }
    guard isGain || heals else { return nil }
    return Impact.Healed(
      item: item, firstSucceeded: Impact.Moments(gains.map(\.first)),
      ifUsed: Impact.Outlook(views) { $0.heals(item, $1, at: $2) }, gained: gains.counts)
  }

  /// The worlds, each with the instants at which an answer about an item may change.
  private func lookingAt(_ item: Impact.Item) -> [(world: ChangedWorld, instants: [Instant])] {
    zip(worlds, instants).map { ($0, $1.of(item)) }
  }
}

extension [(world: ChangedWorld, instants: [Instant])] {
  /// What blocks an item by a view of the policies, and nothing without the changes.
  fileprivate func newlyBlocked(_ item: Impact.Item, _ view: PolicyView) -> [Impact.Side] {
    flatMap { world, instants in
      instants.flatMap { world.newlyBlocked(item, view, at: $0) }
    }
    .unique
  }
}

extension [LostUses] {
  /// The fewest and the most.
  fileprivate var counts: ClosedRange<Int> {
    let least = map(\.count).min() ?? 0
    return least...(map(\.count).max() ?? least)
  }

  /// The last good use before the earliest loss.
  fileprivate var lastGood: Instant? {
    let earliest = compactMap(\.first).min()
    return filter { $0.first == earliest }.compactMap(\.lastGood).max()
  }
}

extension Impact.Moments {
  /// Of an instant for each combination of delays; nil where it does not come.
  fileprivate init(_ instants: [Instant?]) {
    let known = instants.compactMap { $0 }
    self.init(
      earliest: known.min(), latest: known.count == instants.count ? known.max() : nil)
  }
}

extension ChangedWorld {
  /// What blocks an item in the changed world at an instant at which nothing else does.
  fileprivate func newlyBlocked(
    _ item: Impact.Item, _ view: PolicyView, at time: Instant
  ) -> [Impact.Side] {
    guard exists(item, at: time) else { return [] }
    let sides = blockedSides(of: item, view, at: time)
    return sides.isEmpty || fails(item, view, at: time) ? [] : sides
  }

  /// What ever blocks the connections of an item in the changed world.
  fileprivate func blocked(_ item: Impact.Item, at instants: [Instant]) -> [Impact.Side] {
    let connections = instants.flatMap { self.connections(of: item, at: $0) }.unique
    return instants.flatMap { blockedSides(of: connections, .saved, at: $0) }
  }

  private func blockedSides(
    of item: Impact.Item, _ view: PolicyView, at time: Instant
  ) -> [Impact.Side] {
    blockedSides(of: connections(of: item, at: time), view, at: time)
  }

  /// The closed directions that connections of the unchanged world meet in the changed one.
  func blockedSides(
    of connections: [ConnectionID], _ view: PolicyView, at time: Instant
  ) -> [Impact.Side] {
    connections.flatMap { id -> [Impact.Side] in
      guard let definition = without.definition(of: id, at: time) else { return [] }
      let decision = with.decision(definition, view, at: time)
      return Impact.Side.blocking(decision, id, definition)
    }
  }
}

extension Impact.Side {
  /// The sides that block a connection.
  static func blocking(
    _ decision: Decision, _ id: ConnectionID, _ definition: ConnectionDefinition
  ) -> [Impact.Side] {
    var sides: [Impact.Side] = []
    let (creator, signIn) = (definition.creator, definition.signIn)
    if decision.grounds.contains(.outboundBlocked) {
      sides.append(.init(connection: id, tenant: creator, direction: .outbound, other: signIn))
    }
    if decision.grounds.contains(.inboundBlocked) {
      sides.append(.init(connection: id, tenant: signIn, direction: .inbound, other: creator))
    }
    return sides
  }
}

// MARK: - Rules

extension ImpactReader {
  /// Exactly the directions that block something, so that none can be left out.
  private func neededRules(_ affected: [Impact.Affected]) -> [Impact.NeededRule] {
    var rules: [Impact.NeededRule] = []
    for side in affected.flatMap(\.sides) {
      let directions: Directions = side.direction == .outbound ? .outbound : .inbound
      if let row = rules.firstIndex(where: { $0.tenant == side.tenant && $0.other == side.other }) {
        rules[row].directions.formUnion(directions)
      } else {
        rules.append(
          .init(tenant: side.tenant, other: side.other, directions: directions, alsoAllows: []))
      }
    }
    return rules.sorted { ($0.tenant, $0.other) < ($1.tenant, $1.other) }
  }

  /// Whether the scenario itself changes policies after the changes.
  private var policiesChangeLater: Bool {
    worlds.contains { world in
      world.without.trace.policies.contains { ($0.savedAt ?? .start) >= world.time }
        || world.with.trace.policies.contains { ($0.savedAt ?? .start) > world.time }
    }
  }

  /// Takes away directions that a later change of the scenario allows as well, now that there is a
  /// rule for it to change.
  private func dropSpare(_ rules: inout [Impact.NeededRule]) {
    for row in rules.indices {
      for direction in [Directions.inbound, .outbound]
      where rules[row].directions.isSuperset(of: direction) {
        var fewer = rules
        fewer[row].directions.subtract(direction)
        if areEnough(fewer) { rules = fewer }
      }
    }
    rules.removeAll { $0.directions.isEmpty }
  }

  /// Notes the connections that nobody asked for and that the rules would let through.
  private func addWhatElsePasses(
    _ rules: inout [Impact.NeededRule], besides affected: [Impact.Affected]
  ) {
    let known = Set(affected.flatMap(\.sides).map(\.connection))
    guard let world = worlds.first, let times = instants.first?.of() else { return }
    for row in scenario.cast.connections.indices where !known.contains(ConnectionID(row)) {
      let id = ConnectionID(row)
      let present = times.filter { world.without.state(of: id, at: $0) != .absent }
      let sides = present.lazy.map { world.blockedSides(of: [id], .saved, at: $0) }
        .first { !$0.isEmpty }
      guard let sides, sides.allSatisfy({ rules.allow($0) }) else { continue }
      for rule in rules.indices where sides.contains(where: { rules[rule].allows($0) }) {
        rules[rule].alsoAllows.append(id)
      }
    }
  }

  /// Whether nothing is affected once the rules are saved just before the changes.
  private func areEnough(_ rules: [Impact.NeededRule]) -> Bool {
    let needed = rules.filter { !$0.directions.isEmpty }
    guard !needed.isEmpty else { return affected.isEmpty }
    let reader = ImpactReader(scenario, worlds.map { $0.saving(needed.map(\.change)) })
    return reader.worlds.allSatisfy { $0.refused == nil } && reader.affected.isEmpty
  }
}

extension Impact.NeededRule {
  /// The change that adds it.
  var change: PolicyChange { .allow(.tenant(other), directions, tenant: tenant) }

  fileprivate func allows(_ side: Impact.Side) -> Bool {
    tenant == side.tenant && other == side.other && directions.contains(side.direction)
  }
}

extension [Impact.NeededRule] {
  fileprivate func allow(_ side: Impact.Side) -> Bool { contains { $0.allows(side) } }
}
