import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What somebody meets at an instant: the gateway's grounds, and the error that is seen.
public struct Encounter: Hashable, Sendable {
  /// Each connection's grounds in declared order, each once; data-policy last.
  public var grounds: Grounds
  /// What the person sees; nil where nothing blocks.
  public var failure: Failure?

  /// Whether it is let through.
  public var isAllowed: Bool { failure == nil }

  /// Something met.
  public init(grounds: Grounds, failure: Failure?) {
    self.grounds = grounds
    self.failure = failure
  }
}

// What would be met at any instant, whether or not something is used then. Everything that happens
// at the instant has happened.

extension Simulation {
  /// What a run of a flow as it is at an instant meets; nil where there is no flow yet.
  public func encounter(of flow: FlowID, at time: Instant) -> Encounter? {
    guard let flow = world.flows.value(of: flow.row, at: time) else { return nil }
    let verdict = world.verdict(of: flow, at: time, blockedTrigger: .failedRun)
    return Encounter(grounds: verdict.grounds, failure: verdict.failure)
  }

  /// What the data call of an app meets; nil where there is no app yet.
  public func encounter(of app: AppID, at time: Instant) -> Encounter? {
    guard let app = world.apps.value(of: app.row, at: time) else { return nil }
    let judgement = world.judge(
      app.uses, of: world.tenant(of: app.uses, owner: app.owner, at: time),
      from: .atRunTime(.appData, time))
    return Encounter(grounds: judgement.grounds, failure: judgement.failure)
  }

  /// What whatever uses a connection meets, as far as it lies with the connection.
  public func encounter(of connection: ConnectionID, at time: Instant) -> Encounter {
    let judgement = world.judge(
      CollectionOfOne(Use(connection)), trigger: nil, from: .atRunTime(.appData, time))
    var met = Encounter(grounds: judgement.grounds, failure: judgement.failure)
    guard state(of: connection, at: time) == .disabled else { return met }
    met.grounds.append(.dataPolicy)
    var failure = Failure(.appData, .blockedConnector)
    failure.connection = connection
    met.failure = met.failure ?? failure
    return met
  }

  /// What somebody meets who makes such a connection.
  public func encounter(
    ofCreating definition: ConnectionDefinition, _ designTime: Settings.DesignTime,
    at time: Instant
  ) -> Encounter {
    var request = world.request(definition)
    request.hasCredentials = definition.hasCredentials
    let decision = decisionWhenCreated(request, designTime: designTime, at: time)
    var met = Encounter(grounds: decision.grounds, failure: nil)
    if !decision.isAllowed {
      var failure = world.isolationFailure(
        .connectionCreation, nil, definition, decision.blockingSide ?? .inbound)
      if !definition.hasCredentials { failure.cause = .credentials }
      met.failure = failure
    }
    let rows = world.dataPolicyRows(of: definition.creator, .saved, at: time)
    let blocker = rows.first {
      world.dataPolicies[$0].policy.blocked.contains(definition.connector)
    }
    guard let blocker, definition.hasCredentials else { return met }
    met.grounds.append(.dataPolicy)
    var failure = Failure(.connectionCreation, .blockedConnector)
    failure.connector = definition.connector
    failure.dataPolicy = world.dataPolicies[blocker].id
    met.failure = met.failure ?? failure
    return met
  }

  /// What a maker meets who saves a flow as it is at an instant, or turns it on; nil where there is
  /// no flow yet.
  public func encounter(
    ofSaving flow: FlowID, _ designTime: Settings.DesignTime, at time: Instant
  ) -> Encounter? {
    guard let flow = world.flows.value(of: flow.row, at: time) else { return nil }
    let view = Viewpoint(
      isolation: designTime == .immediate ? .saved : .inForce, dataPolicies: .saved,
      surface: .flowDesign, time: time)
    let judgement = world.judge(
      world[flow.definition.uses], of: world.tenant(of: flow, at: time),
      trigger: flow.definition.trigger.connection, from: view)
    return Encounter(grounds: judgement.grounds, failure: judgement.failure)
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
}

// MARK: - The next change

extension Simulation {
  /// The next instant at which something happens that may change what a flow's runs meet.
  public func nextMark(of flow: FlowID, after time: Instant) -> Instant? {
    let uses = world.flows.value(of: flow.row, at: time).map { world[$0.definition.uses] } ?? []
    return least(
      world.flows.nextChange(of: flow.row, after: time),
      world.nextMark(of: uses, owner: owner(of: flow, at: time), after: time))
  }

  /// The same for an app's data call.
  public func nextMark(of app: AppID, after time: Instant) -> Instant? {
    let uses = world.apps.value(of: app.row, at: time)?.uses ?? []
    return least(
      world.apps.nextChange(of: app.row, after: time),
      world.nextMark(of: uses, owner: owner(of: app, at: time), after: time))
  }

  /// The same for a connection.
  public func nextMark(of connection: ConnectionID, after time: Instant) -> Instant? {
    world.nextMark(of: CollectionOfOne(Use(connection)), owner: nil, after: time)
  }

  /// The next instant at which makers between two tenants may meet another policy.
  public func nextMark(
    between creator: TenantID, and signIn: TenantID, inForce: Bool, after time: Instant
  ) -> Instant? {
    let log = inForce ? world.inForce : world.saved
    return least(
      least(
        log.nextChange(of: creator.row, after: time), log.nextChange(of: signIn.row, after: time)),
      world.dataPoliciesSaved.nextChange(of: creator.row, after: time))
  }
}

extension World {
  fileprivate func nextMark(
    of uses: some Collection<Use>, owner: UserID?, after time: Instant
  ) -> Instant? {
    var next = owner.flatMap {
      dataPoliciesInForce.nextChange(of: cast.users[$0.row].home.row, after: time)
    }
    for use in uses {
      next = least(next, connections.nextChange(of: use.connection.row, after: time))
      guard let definition = connections.value(of: use.connection.row, at: time)?.definition
      else { continue }
      for tenant in [definition.creator, definition.signIn] {
        next = least(next, inForce.nextChange(of: tenant.row, after: time))
      }
      next = least(next, dataPoliciesInForce.nextChange(of: definition.creator.row, after: time))
    }
    return next
  }
}

/// The earlier of two instants that may not come.
private func least(_ left: Instant?, _ right: Instant?) -> Instant? {
  guard let left, let right else { return left ?? right }
  return min(left, right)
}
