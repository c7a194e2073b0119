import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// Judging: each use by isolation, then all of them by data policies.

extension ReferenceEngine {
  struct Judgement {
    var grounds: Grounds = []
    var ways: [GroundWay] = []
    var failure: Failure?
    var step: Int?
  }

  func tenant(of uses: [Use], _ owner: UserID) -> TenantID {
    let first = uses.first.flatMap { connections[$0.connection] }
    return first?.definition.creator ?? scenario.cast.users[owner.row].home
  }

  func decision(
    _ definition: ConnectionDefinition, _ policies: [TenantID: Int], hasCredentials: Bool = true
  ) -> Decision {
    func policy(_ tenant: TenantID) -> IsolationPolicy {
      policies[tenant].map { trace.policies[$0].policy } ?? IsolationPolicy()
    }
    return decide(
      ConnectionRequest(
        creator: definition.creator, signIn: definition.signIn,
        token: scenario.cast.connectors[definition.connector.row].signIn,
        isGuest: scenario.cast.users[definition.owner.row].home != definition.creator,
        hasCredentials: hasCredentials),
      creatorPolicy: policy(definition.creator), signInPolicy: policy(definition.signIn))
  }

  /// Each use by isolation in order, then all of them by the tenant's data policies.
  func judge(
    _ uses: [Use], trigger: FlowTrigger, _ tenant: TenantID, _ policies: [TenantID: Int],
    _ dataPolicies: [TenantID: [DataPolicyInstance]], _ surface: Surface
  ) -> Judgement {
    var judgement = Judgement()
    let operations = operations(of: uses, trigger)
    for (step, use) in uses.enumerated() {
      let (grounds, failure) = judge(use, operations[step], policies, surface)
      judgement.grounds.append(contentsOf: grounds)
      judgement.ways += ways(grounds, use, among: uses).filter { !judgement.ways.contains($0) }
      if judgement.failure == nil, let failure {
        judgement.failure = failure
        judgement.step = step
      }
    }
    let violation = violation(
      of: dataPolicies[tenant] ?? [], by: uses, trigger: trigger, surface)
    if let violation {
      judgement.grounds.append(.dataPolicy)
      if judgement.failure == nil {
        judgement.failure = violation.failure
        judgement.step = violation.step
      }
    }
    return judgement
  }

  /// What both tenants say about one of several connections.
  func ways(_ grounds: Grounds, _ use: Use, among uses: [Use]) -> [GroundWay] {
    guard uses.count > 1, let way = connections[use.connection]?.definition else { return [] }
    let ofTenants = grounds.filter { "\($0.name)".contains("bound-") }
    return ofTenants.map { GroundWay($0, creator: way.creator, signIn: way.signIn) }
  }

  /// One use by isolation alone. Only runs name the operation that fails.
  func judge(
    _ use: Use, _ operation: OperationID, _ policies: [TenantID: Int], _ surface: Surface
  ) -> (Grounds, Failure?) {
    var failure: Failure
    let grounds: Grounds
    if let connection = connections[use.connection], connection.isPresent {
      let decision = decision(connection.definition, policies)
      grounds = decision.grounds
      failure = isolationFailure(surface, use.connection, connection.definition, decision)
      if decision.isAllowed { return (grounds, nil) }
    } else {
      grounds = [.connectionAbsent]
      failure = Failure(surface, .connectionAbsent)
      failure.connection = use.connection
    }
    if surface == .run { failure.operation = operation }
    return (grounds, failure)
  }

  func isolationFailure(
    _ surface: Surface, _ id: ConnectionID, _ definition: ConnectionDefinition,
    _ decision: Decision
  ) -> Failure {
    var failure = Failure(surface, .isolation)
    failure.tenant =
      decision.grounds.contains(.outboundBlocked) ? definition.creator : definition.signIn
    failure.creator = definition.creator
    failure.signIn = definition.signIn
    failure.connection = id
    failure.connector = definition.connector
    failure.user = definition.owner
    return failure
  }

  /// What each use does: what it names, else its connector's trigger the first time a signal's
  /// connection appears, else its connector's action.
  func operations(of uses: [Use], _ trigger: FlowTrigger) -> [OperationID] {
    var signal: ConnectionID?
    if case .signal(let connection) = trigger { signal = connection }
    return uses.map { use in
      let isTrigger = use.connection == signal
      if isTrigger { signal = nil }
      if let operation = use.operation { return operation }
      guard let connection = connections[use.connection] else { return operation("Action") }
      let connector = scenario.cast.connectors[connection.definition.connector.row]
      return operation(isTrigger ? connector.trigger : connector.action)
    }
  }

  func operation(_ name: String) -> OperationID {
    OperationID(scenario.cast.operations.firstIndex(of: name) ?? -1)
  }
}
