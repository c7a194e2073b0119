import DiscreteEvents
import SimulationTrace
import TenantIsolation

// What can be asked of a simulation afterwards. A state at an instant is read after everything that
// happens at it.

extension Simulation {
  /// A flow's state.
  public func state(of flow: FlowID, at time: Instant) -> FlowState {
    world.flows.value(of: flow.row, at: time)?.state ?? .absent
  }

  /// A connection's state.
  public func state(of connection: ConnectionID, at time: Instant) -> ConnectionState {
    world.connectionState(connection, at: time)
  }

  /// What a connection was last defined as, whether or not it exists; nil before its first creation
  /// and where that was refused.
  public func definition(
    of connection: ConnectionID, at time: Instant
  ) -> ConnectionDefinition? {
    world.connections.value(of: connection.row, at: time)?.definition
  }

  /// The scenario's line that made a connection what it is; nil where nothing is known of it.
  public func line(of connection: ConnectionID, at time: Instant) -> Int? {
    world.connections.value(of: connection.row, at: time)?.line
  }

  /// Whether an app has a connection; false for an app that does not exist.
  public func does(_ app: AppID, use connection: ConnectionID, at time: Instant) -> Bool {
    guard let app = world.apps.value(of: app.row, at: time), app.isPresent else { return false }
    return world[app.uses].contains { $0.connection == connection }
  }

  /// The connections of a flow in the order it uses them.
  public func connections(of flow: FlowID, at time: Instant) -> [ConnectionID] {
    guard let flow = world.flows.value(of: flow.row, at: time) else { return [] }
    return world[flow.definition.uses].map(\.connection)
  }

  /// The connections of an app in the order they were added.
  public func connections(of app: AppID, at time: Instant) -> [ConnectionID] {
    world.apps.value(of: app.row, at: time).map { world[$0.uses].map(\.connection) } ?? []
  }

  /// A tenant's policy as its administrators see it.
  public func savedPolicy(of tenant: TenantID, at time: Instant) -> PolicyVersion {
    policy(of: tenant, .saved, at: time)
  }

  /// The policy in force after all that happens at an instant. What is last at its instant is among
  /// that, and judges nothing that happens then: see ``policy(of:_:at:)``.
  public func policyInForce(of tenant: TenantID, at time: Instant) -> PolicyVersion {
    // What comes into force behind all else of an instant is logged one millisecond later, where
    // what really comes into force then may stand above it.
    var version = world.policyVersion(of: tenant, .inForce, at: time)
    world.inForce.forEachBackwards(tenant.row, from: time + 1) { row in
      guard world.policies[row.value].inForceAt > time else {
        version = row.value
        return false
      }
      return row.time > time
    }
    return world.policies[version]
  }

  /// The policy of a tenant by which decisions of an instant are made: what comes into force behind
  /// all else of the instant has no part in them.
  public func policy(of tenant: TenantID, _ view: PolicyView, at time: Instant) -> PolicyVersion {
    world.policies[world.policyVersion(of: tenant, view, at: time)]
  }

  /// Saved versions of a tenant's policy that no decision of an instant is made by yet, in the order
  /// of saving.
  public func pendingPolicies(of tenant: TenantID, at time: Instant) -> [PolicyVersion] {
    var pending: [PolicyVersion] = []
    world.saved.forEachBackwards(tenant.row, from: time) { row in
      let version = world.policies[row.value]
      guard version.savedAt != nil, version.feltFrom > time else { return false }
      pending.append(version)
      return true
    }
    return pending.reversed()
  }

  /// What isolation says to an existing connection.
  public func decision(
    _ connection: ConnectionDefinition, _ view: PolicyView, at time: Instant
  ) -> Decision {
    world.decide(connection, view, at: time)
  }

  /// What isolation says to a request of whatever kind.
  public func decision(
    _ request: ConnectionRequest, _ view: PolicyView, at time: Instant
  ) -> Decision {
    decide(
      request, creatorPolicy: world.policy(of: request.creator, view, at: time),
      signInPolicy: world.policy(of: request.signIn, view, at: time))
  }

  /// What starts a flow as it was last defined; nil before its first creation.
  public func trigger(of flow: FlowID, at time: Instant) -> FlowTrigger? {
    world.flows.value(of: flow.row, at: time)?.definition.trigger
  }

  /// The tenants whose data policies a flow or an app of these connections is judged by.
  public func tenant(ofUses connections: [ConnectionID], owner: UserID?, at time: Instant)
    -> TenantID?
  {
    let first = connections.first.flatMap { world.connections.value(of: $0.row, at: time) }
    return first?.definition.creator ?? owner.map { world.cast.users[$0.row].home }
  }

  /// Who owns a flow or an app; nil before it exists.
  public func owner(of flow: FlowID, at time: Instant) -> UserID? {
    world.flows.value(of: flow.row, at: time)?.definition.owner
  }

  /// Who owns an app; nil before it exists.
  public func owner(of app: AppID, at time: Instant) -> UserID? {
    world.apps.value(of: app.row, at: time)?.owner
  }

  /// Whether an app exists.
  public func exists(_ app: AppID, at time: Instant) -> Bool {
    world.apps.value(of: app.row, at: time)?.isPresent ?? false
  }

  /// What a flow's page says besides its state: its warning while the latest run failed, or what its
  /// maker was told when it was suspended.
  public func pageTexts(of flow: FlowID, at time: Instant) -> [String] {
    guard let status = world.flows.value(of: flow.row, at: time) else { return [] }
    switch status.state {
    case .suspended:
      return status.failure.map { [trace.text(of: world.failures[$0.row]).message] } ?? []
    case .on: return latestRunFailed(flow, at: time) ? [Cast.flowPageWarning] : []
    case .off, .absent: return []
    }
  }

  private func latestRunFailed(_ flow: FlowID, at time: Instant) -> Bool {
    lastRun(of: flow, before: time + 1).map { trace.verdicts[$0.verdict].failure != nil } ?? false
  }
}
