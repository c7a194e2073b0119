import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Flows that ask how far an operation has come, until it is over. What they need for it is assumed,
// after what asking by hand needs: connections to ask and to mail with, and an account that may ask.

extension Simulator {
  /// Asks about an operation, and mails its end.
  mutating func poll(
    _ name: AdminOperationID, mailing recipients: [UserID], _ id: FlowID, _ flow: World.Flow
  ) -> WorkResult {
    let row = operations.row(named: name, at: clock)
    if let failed = failure(ofPolling: row, flow.definition) { return .failed(failed) }
    guard let row, operations[row].status(at: clock).isTerminal else { return .goesOn }
    let (operation, title) = (operations[row], world.cast.adminOperations[name.row].name)
    let status = operation.status(at: clock).wireName
    send(
      "\(subject(of: operation)): \(status)", text(of: operation, named: title), to: recipients,
      by: id, flow)
    return .isDone
  }

  private func subject(of operation: AdminOperation) -> String {
    switch operation.task {
    case .policyReplacement:
      return "Isolation policy of \(world.cast.tenants[operation.tenant.row].displayName)"
    case .packageInstallation(let place):
      let environment = world.cast.environments[place.environment.row]
      return "\(world.cast.packages[place.package.row].name) in \(environment.displayName)"
    }
  }

  /// What the poll's answer says, a line a field.
  private func text(of operation: AdminOperation, named name: String) -> String {
    var lines = [
      "Operation \(name) is \(operation.status(at: clock).wireName).",
      "Asked for at \(text(operation.requestedAt)), "
        + "operation id \(operation.identifier).",
    ]
    if let end = operation.endedAt { lines.append("Its end: \(text(end)).") }
    return lines.joined(separator: "\n")
  }

  private func text(_ time: Instant) -> String {
    let civil = scenario.civil(time)
    return "\(civil.dateText) \(civil.clockText)"
  }
}

// MARK: - What it needs

extension Simulator {
  /// Why a flow gets no answer; nil where it gets one.
  private func failure(
    ofPolling row: AdminOperation.Row?, _ flow: FlowDefinition
  ) -> FailedWork? {
    let connections = connections(of: flow)
    guard let step = askingStep(of: flow), let account = connections[step] else {
      return FailedWork(failure: Failure(.run, .noConnectionToAsk))
    }
    guard connections.contains(where: { connector(of: $0)?.canMail ?? false }) else {
      return FailedWork(failure: Failure(.run, .noConnectionToMail))
    }
    let operation = row.map { operations[$0] }
    guard let cause = refusal(of: account, asking: operation) else { return nil }
    var failure = Failure(.run, cause)
    failure.user = account.owner
    failure.signIn = account.signIn
    failure.tenant = operation?.tenant
    failure.connection = scenario[flow.uses].map(\.connection)[step]
    failure.connector = account.connector
    return FailedWork(failure: failure, step: step)
  }

  /// The step with the first connection that can ask administrators' services; nil for none.
  func askingStep(of flow: FlowDefinition) -> Int? {
    connections(of: flow).firstIndex { connector(of: $0)?.canAsk ?? false }
  }

  private func connections(of flow: FlowDefinition) -> [ConnectionDefinition?] {
    scenario[flow.uses].map { use in
      world.connections.current(use.connection.row).flatMap { $0.isPresent ? $0.definition : nil }
    }
  }

  private func connector(of connection: ConnectionDefinition?) -> Connector? {
    connection.map { world.cast.connectors[$0.connector.row] }
  }

  /// Whether an account may ask: in the operation's tenant, whoever may ask for one.
  private func refusal(
    of account: ConnectionDefinition, asking operation: AdminOperation?
  ) -> Cause? {
    guard let operation else { return .operationUnknown }
    let user = world.cast.users[account.owner.row]
    let mayAsk =
      operation.task == .policyReplacement
      ? scenario.settings.edition.administers(user.role) : user.role.isAdministrator
    let isThere = account.signIn == operation.tenant && user.home == operation.tenant
    return isThere && mayAsk ? nil : .pollForbidden
  }
}

extension Connector {
  private static let builtIn = Set(ConnectorCatalogue.builtIn.map(\.name))

  /// Whether a flow can ask administrators' services with it: any custom connector can.
  fileprivate var canAsk: Bool {
    ["http-entra-id", "power-automate-management", "power-platform-admins"].contains(name)
      || !Self.builtIn.contains(name)
  }

  /// Whether a flow can send a mail with it.
  fileprivate var canMail: Bool {
    ["office365-outlook", "outlook-com", "gmail", "sendgrid"].contains(name)
  }
}
