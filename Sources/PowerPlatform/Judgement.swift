import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What the gateway says to a list of uses at one instant.
struct Judgement {
  /// Each use's grounds in order, each once; data-policy last.
  var grounds = Grounds()
  /// Whose they are, where there are several uses.
  var ways: [GroundWay] = []
  /// The first blocked use's error: absence and isolation before data policies.
  var failure: Failure?
  /// That use's place in the list.
  var failedStep: Int?

  fileprivate mutating func block(_ failure: Failure, step: Int) {
    guard self.failure == nil else { return }
    self.failure = failure
    failedStep = step
  }
}

/// By which policies, where and when somebody is judged.
struct Viewpoint {
  var isolation: PolicyView
  var dataPolicies: PolicyView
  var surface: Surface
  var time: Instant

  /// Isolation and data policies alike as saved, or in force.
  static func using(_ view: PolicyView, _ surface: Surface, _ time: Instant) -> Viewpoint {
    Viewpoint(isolation: view, dataPolicies: view, surface: surface, time: time)
  }
}

extension World {
  /// Judges the connections that an app or a flow uses by isolation alone.
  ///
  /// - Parameter trigger: the connection whose signals start the flow, where there is one.
  func judge(
    _ uses: some RandomAccessCollection<Use>, trigger: ConnectionID?, from view: Viewpoint
  ) -> Judgement {
    var judgement = Judgement()
    var trigger = trigger
    for (step, use) in uses.enumerated() {
      let isTrigger = use.connection == trigger
      if isTrigger { trigger = nil }
      let isOneOfMany = uses.count > 1
      judge(use, isTrigger, isOneOfMany, step: step, from: view, into: &judgement)
    }
    return judgement
  }

  /// Judges as above, and by the data policies of the app's or flow's tenant after all else.
  func judge(
    _ uses: some RandomAccessCollection<Use>, of tenant: TenantID, trigger: ConnectionID? = nil,
    from view: Viewpoint
  ) -> Judgement {
    var judgement = judge(uses, trigger: trigger, from: view)
    let policies = dataPolicyRows(of: tenant, view.dataPolicies, at: view.time)
    guard !policies.isEmpty else { return judgement }
    let members = members(of: uses, trigger: trigger, at: view.time)
    if let violation = violation(of: policies, by: members, on: view.surface) {
      judgement.grounds.append(.dataPolicy)
      judgement.block(violation.failure, step: violation.step)
    }
    return judgement
  }

  private func judge(
    _ use: Use, _ isTrigger: Bool, _ isOneOfMany: Bool, step: Int, from view: Viewpoint,
    into judgement: inout Judgement
  ) {
    let connection = connections.value(of: use.connection.row, at: view.time)
    guard let connection, connection.isPresent else {
      judgement.grounds.append(.connectionAbsent)
      var failure = Failure(view.surface, .connectionAbsent)
      failure.connection = use.connection
      if view.surface == .run {
        failure.operation = operation(of: use, connection?.definition, isTrigger: isTrigger)
      }
      return judgement.block(failure, step: step)
    }
    let definition = connection.definition
    let decision = decide(definition, view.isolation, at: view.time)
    judgement.grounds.append(contentsOf: decision.grounds)
    if isOneOfMany {
      judgement.ways.append(
        decision.grounds, creator: definition.creator, signIn: definition.signIn)
    }
    if let side = decision.blockingSide {
      var failure = isolationFailure(view.surface, use.connection, definition, side)
      if view.surface == .run {
        failure.operation = operation(of: use, definition, isTrigger: isTrigger)
      }
      judgement.block(failure, step: step)
    }
  }

  /// Decides about an existing connection under the two tenants' policies at an instant.
  func decide(
    _ definition: ConnectionDefinition, _ view: PolicyView, at time: Instant
  ) -> Decision {
    TenantIsolation.decide(
      request(definition),
      creatorPolicy: policy(of: definition.creator, view, at: time),
      signInPolicy: policy(of: definition.signIn, view, at: time))
  }

  /// What an existing connection asks of the gateway; credentials are only a question when it is
  /// created.
  func request(_ definition: ConnectionDefinition) -> ConnectionRequest {
    ConnectionRequest(
      creator: definition.creator, signIn: definition.signIn,
      token: cast.connectors[definition.connector.row].signIn,
      isGuest: cast.users[definition.owner.row].home != definition.creator)
  }

  func isolationFailure(
    _ surface: Surface, _ connection: ConnectionID?, _ definition: ConnectionDefinition,
    _ side: Direction
  ) -> Failure {
    var failure = Failure(surface, .isolation)
    failure.tenant = side == .outbound ? definition.creator : definition.signIn
    failure.creator = definition.creator
    failure.signIn = definition.signIn
    failure.connection = connection
    failure.connector = definition.connector
    failure.user = definition.owner
    return failure
  }

  /// What a judgement of an app's or a flow's uses is about.
  func subject(
    of uses: some Collection<Use>, _ failure: Failure? = nil, owner: UserID, at time: Instant
  ) -> Subject {
    let crossing = uses.first { use in
      let definition = connections.value(of: use.connection.row, at: time)?.definition
      return definition?.creator != definition?.signIn
    }
    return subject(
      failure?.connection ?? (crossing ?? uses.first)?.connection, owner: owner, at: time)
  }

  /// A connection and its way, as it was last defined; where that is unknown, the owner's home.
  func subject(_ id: ConnectionID?, owner: UserID, at time: Instant) -> Subject {
    let definition = id.flatMap { connections.value(of: $0.row, at: time) }?.definition
    return Subject(
      id, creator: definition?.creator ?? cast.users[owner.row].home, signIn: definition?.signIn)
  }

  /// The operation of a use: as the scenario names it, else the connector's usual one.
  func operation(
    of use: Use, _ definition: ConnectionDefinition?, isTrigger: Bool
  ) -> OperationID {
    if let named = use.operation { return named }
    guard let connector = definition?.connector else { return operations.ofUnknownConnector }
    return isTrigger ? operations.trigger(of: connector) : operations.action(of: connector)
  }
}
