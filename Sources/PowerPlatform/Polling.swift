import DiscreteEvents
import SimulationTrace
import TenantIsolation

// What a flow needs to ask about an operation and to mail its end: connections to do it with, and an
// owner who may ask. All of it is assumed, after what asking by hand needs.

/// Whom an operation answers.
struct PolledOperation: Sendable {
  var tenant: TenantID
  /// Roles in that tenant.
  var roles: Set<Role>
}

extension World {
  /// Why a run that gets through all its connections can't do the flow's work, and the step that
  /// fails; nil where it can.
  func pollFailure(of flow: Flow, at time: Instant) -> (failure: Failure, step: Int?)? {
    guard case .polling(let name, _) = flow.definition.work.map({ works[$0.row] }) else {
      return nil
    }
    let uses = Array(self[flow.definition.uses])
    guard let step = uses.firstIndex(where: { connects($0, at: time, \.canAsk) }) else {
      return (Failure(.run, .noConnectionToAsk), nil)
    }
    guard uses.contains(where: { connects($0, at: time, \.canMail) }) else {
      return (Failure(.run, .noConnectionToMail), nil)
    }
    guard let cause = refusal(of: name, to: flow.definition.owner, at: time) else { return nil }
    var failure = Failure(.run, cause)
    failure.user = flow.definition.owner
    failure.tenant = polled.value(of: name.row, at: time)?.tenant
    let definition = connections.value(of: uses[step].connection.row, at: time)?.definition
    let isTrigger = uses[step].connection == flow.definition.trigger.connection
    failure.connection = uses[step].connection
    failure.connector = definition?.connector
    failure.operation = operation(of: uses[step], definition, isTrigger: isTrigger)
    return (failure, step)
  }

  /// When what a flow asks about may answer otherwise; nil where nothing is asked, or never.
  func nextAnswer(to flow: FlowDefinition, after time: Instant) -> Instant? {
    guard case .polling(let name, _) = flow.work.map({ works[$0.row] }) else { return nil }
    return polled.nextChange(of: name.row, after: time)
  }

  private func refusal(
    of name: AdminOperationID, to owner: UserID, at time: Instant
  ) -> Cause? {
    guard let operation = polled.value(of: name.row, at: time) else { return .operationUnknown }
    let user = cast.users[owner.row]
    let mayAsk = user.home == operation.tenant && operation.roles.contains(user.role)
    return mayAsk ? nil : .pollForbidden
  }

  private func connects(
    _ use: Use, at time: Instant, _ can: (Connector) -> Bool
  ) -> Bool {
    guard let connection = connections.value(of: use.connection.row, at: time) else { return false }
    return connection.isPresent && can(cast.connectors[connection.definition.connector.row])
  }
}

extension Connector {
  private static let builtIn = Set(ConnectorCatalogue.builtIn.map(\.name))

  /// Whether a flow can ask administrators' services with it: any custom connector can.
  var canAsk: Bool {
    ["http-entra-id", "power-automate-management", "power-platform-admins"].contains(name)
      || !Self.builtIn.contains(name)
  }

  /// Whether a flow can send a mail with it.
  var canMail: Bool { ["office365-outlook", "outlook-com", "gmail", "sendgrid"].contains(name) }
}

extension Cause {
  /// Whether a run fails at what its flow does, and not at a connection.
  public var isAboutWork: Bool {
    switch self {
    case .operationUnknown, .pollForbidden, .noConnectionToAsk, .noConnectionToMail: true
    default: false
    }
  }
}
