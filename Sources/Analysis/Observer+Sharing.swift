import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// What a scenario shows about sharing.
struct ShareSight: Sendable {
  enum Kind: Hashable, Sendable {
    /// Something is shared with everyone, or with many people one by one.
    case wideByEveryone, wideByMany
    /// Somebody sees an app because everyone does, or because a group does.
    case seenByEveryone, seenByGroup
    /// Somebody is refused an app that is shared, and not with them.
    case closed
    /// Somebody who leaves a group no longer sees what it was shared with, or still does by themselves.
    case leaverDropsOut, leaverStays
    /// Who has no access to an app's data opens it.
    case noData
    /// A co-owner saves, switches or shares a flow.
    case coOwnerEdits, coOwnerSwitches, coOwnerShares
    /// A co-owner saves a flow that goes on with another owner's connection, and is refused to use
    /// that connection in a flow of their own.
    case connectionKept, connectionElsewhere
    case runOnlyRuns, runOnlyEditsNothing
    case copied, copyUnconnected, copyConnected
    case moved
  }

  let kind: Kind
  var assertion = Assertion()
}

extension Observer {
  mutating func observeSharing(_ row: Int) {
    let statement = scene.scenario.timeline[row]
    switch statement.action {
    case .share(let thing, let share): observe(share, of: thing, row)
    case .openApp(let app): observe(opening: app, row)
    case .changeGroup(let group, let user, isMember: false): observe(leaver: user, of: group, row)
    case .saveFlow(let flow, _): observe(saving: flow, row)
    case .turnFlow(let flow, _):
      if isRefused(row, .copyUnconnected) { note(.copyUnconnected, row) }
      if isCoOwner(flow, row) { note(.coOwnerSwitches, row, unlessRefused: true) }
    case .createFlow(_, let definition): observe(creating: definition, row)
    case .runFlow(let flow):
      if has(flow, .runOnly, row) { note(.runOnlyRuns, row, unlessRefused: true) }
    case .sendCopy: note(.copied, row, unlessRefused: true)
    case .moveFlow(_, _, .some): note(.moved, row, unlessRefused: true)
    default: break
    }
  }

  // MARK: Apps

  private mutating func observe(_ share: Share, of thing: Shareable, _ row: Int) {
    let time = scene.scenario.timeline[row].time
    if case .flow(let flow) = thing, isCoOwner(flow, row) {
      note(.coOwnerShares, row, unlessRefused: true)
    }
    guard scene.simulation.results[row].outcome == .saved,
      scene.simulation.isWidelyShared(thing, at: time)
    else { return }
    let said = expected.ofSharing.contains {
      guard case .widelyShared(thing, isListed: true, let instant) = $0 else { return false }
      return instant >= time
    }
    note(
      ShareSight(
        kind: share.recipient == .everyone ? .wideByEveryone : .wideByMany,
        assertion: Assertion(outcome: said)))
  }

  private mutating func observe(opening app: AppID, _ row: Int) {
    let statement = scene.scenario.timeline[row]
    if isRefused(row, .notSharedWithActor) { return note(.closed, row) }
    if scene.simulation.results[row].failure?.cause == .noDataAccess { return note(.noData, row) }
    guard let actor = statement.actor, scene.simulation.results[row].outcome == .allowed,
      let share = way(of: actor, to: .app(app), at: statement.time)
    else { return }
    switch share.recipient {
    case .everyone: note(.seenByEveryone, row)
    case .group: note(.seenByGroup, row)
    case .user: break
    }
  }

  /// The share by which somebody has a part in something that is not theirs.
  private func way(of user: UserID, to thing: Shareable, at time: Instant) -> Share? {
    (scene.simulation.shares(of: thing, at: time) ?? []).first {
      scene.simulation.isMeant(user, by: $0.recipient, at: time)
    }
  }

  private mutating func observe(leaver user: UserID, of group: GroupID, _ row: Int) {
    guard scene.simulation.results[row].outcome == .saved else { return }
    let time = scene.scenario.timeline[row].time
    for app in scene.cast.apps.indices.map({ AppID($0) }) {
      let shares = scene.simulation.shares(of: .app(app), at: time) ?? []
      let isVisible = scene.simulation.isVisible(app, to: user, at: time)
      let kind: ShareSight.Kind
      if shares.contains(where: { $0.recipient == .user(user) }) {
        kind = .leaverStays
      } else if shares.contains(where: { $0.recipient == .group(group) }), !isVisible {
        kind = .leaverDropsOut
      } else {
        continue
      }
      let said = expected.ofSharing.contains {
        guard case .visible(app, isVisible, user, let instant) = $0 else { return false }
        return instant >= time
      }
      note(ShareSight(kind: kind, assertion: Assertion(outcome: said)))
    }
  }

  // MARK: Flows

  private mutating func observe(saving flow: FlowID, _ row: Int) {
    let statement = scene.scenario.timeline[row]
    if isRefused(row, .copyUnconnected) { return note(.copyUnconnected, row) }
    if isRefused(row, .notOwner), has(flow, .runOnly, row) { note(.runOnlyEditsNothing, row) }
    guard scene.simulation.results[row].outcome != .refused else { return }
    if scene.simulation.isCopy(flow, at: statement.time + -1) { note(.copyConnected, row) }
    guard isCoOwner(flow, row) else { return }
    note(.coOwnerEdits, row)
    let connections = scene.simulation.connections(of: flow, at: statement.time)
    let isKept = defined(connections, at: statement.time).contains { $1.owner != statement.actor }
    if isKept { note(.connectionKept, row) }
  }

  /// A flow with a connection of a flow that is shared with its maker.
  private mutating func observe(creating definition: FlowDefinition, _ row: Int) {
    let time = scene.scenario.timeline[row].time
    guard isRefused(row, .notOwner) else { return }
    let uses = Set(scene.scenario[definition.uses].map(\.connection))
    let isShared = scene.cast.flows.indices.map({ FlowID($0) }).contains { flow in
      isCoOwner(flow, row)
        && !uses.isDisjoint(with: scene.simulation.connections(of: flow, at: time))
    }
    if isShared { note(.connectionElsewhere, row) }
  }

  private func isCoOwner(_ flow: FlowID, _ row: Int) -> Bool { has(flow, .coOwner, row) }

  /// Whether a statement's actor has a part in a flow that is not theirs.
  private func has(_ flow: FlowID, _ role: ShareRole, _ row: Int) -> Bool {
    let statement = scene.scenario.timeline[row]
    guard let actor = statement.actor,
      scene.simulation.owner(of: flow, at: statement.time) != actor
    else { return false }
    return (scene.simulation.shares(of: .flow(flow), at: statement.time) ?? []).contains {
      $0.role == role && scene.simulation.isMeant(actor, by: $0.recipient, at: statement.time)
    }
  }

  // MARK: Notes

  private func isRefused(_ row: Int, _ cause: Cause) -> Bool {
    let result = scene.simulation.results[row]
    return result.outcome == .refused && result.failure?.cause == cause
  }

  private mutating func note(_ kind: ShareSight.Kind, _ row: Int, unlessRefused: Bool = false) {
    if unlessRefused, scene.simulation.results[row].outcome == .refused { return }
    note(ShareSight(kind: kind, assertion: expected.statement(row)))
  }
}
