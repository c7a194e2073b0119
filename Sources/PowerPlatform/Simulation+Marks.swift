import DiscreteEvents
import SimulationTrace

// Where what would be met may change: a change of a policy counts where it leads isolation to
// another decision about one of the connections, so that the others are passed over at once.

extension Simulation {
  /// The next instant at which something happens that may change what a flow's runs meet.
  public func nextMark(of flow: FlowID, after time: Instant) -> Instant? {
    let definition = world.flows.value(of: flow.row, at: time)?.definition
    let uses = definition.map { world[$0.uses] } ?? []
    return least(
      least(
        world.flows.nextChange(of: flow.row, after: time),
        world.workFailures.nextChange(of: flow.row, after: time)),
      nextMark(of: uses, owner: owner(of: flow, at: time), after: time))
  }

  /// The same for an app's data call.
  public func nextMark(of app: AppID, after time: Instant) -> Instant? {
    let uses = world.apps.value(of: app.row, at: time).map { world[$0.uses] } ?? []
    return least(
      world.apps.nextChange(of: app.row, after: time),
      nextMark(of: uses, owner: owner(of: app, at: time), after: time))
  }

  /// The same for a connection.
  public func nextMark(of connection: ConnectionID, after time: Instant) -> Instant? {
    nextMark(of: CollectionOfOne(Use(connection)), owner: nil, after: time)
  }

  /// The next instant at which somebody who makes such a connection may meet something else; it was
  /// made at or before `time`.
  public func nextMark(
    ofCreating definition: ConnectionDefinition, _ view: PolicyView, after time: Instant
  ) -> Instant? {
    least(
      nextDecision(about: definition, view, after: time),
      world.dataPoliciesSaved.changes.nextChange(of: definition.creator.row, after: time))
  }
}

extension Simulation {
  /// When isolation says something else about connections like an existing one.
  private func nextDecision(
    about definition: ConnectionDefinition, _ view: PolicyView, after time: Instant
  ) -> Instant? {
    // A connector's sign-in is no part of a timeline's key.
    guard world.request(definition).token == .entraID else { return nil }
    let timelines = view == .saved ? savedDecisions : decisionsInForce
    return timelines.value { DecisionTimelines(view, ofAllIn: world) }
      .next(about: definition, after: time)
  }

  private func nextMark(
    of uses: some Collection<Use>, owner: UserID?, after time: Instant
  ) -> Instant? {
    let policies = world.dataPoliciesInForce.changes
    var next = owner.flatMap {
      policies.nextChange(of: world.cast.users[$0.row].home.row, after: time)
    }
    for use in uses {
      next = least(next, world.connections.nextChange(of: use.connection.row, after: time))
      guard let definition = world.connections.value(of: use.connection.row, at: time)?.definition
      else { continue }
      next = least(next, nextDecision(about: definition, .inForce, after: time))
      next = least(next, policies.nextChange(of: definition.creator.row, after: time))
    }
    return next
  }
}
