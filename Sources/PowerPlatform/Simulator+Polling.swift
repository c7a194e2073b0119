import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Flows that ask how far an operation has come, until it is over.

extension Simulator {
  /// Asks about an operation, and mails its end.
  mutating func poll(
    _ name: AdminOperationID, mailing recipients: [UserID], _ id: FlowID, _ flow: World.Flow
  ) -> WorkResult {
    guard let row = operations.row(named: name, at: clock),
      operations[row].status(at: clock).isTerminal
    else {
      return .goesOn
    }
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
