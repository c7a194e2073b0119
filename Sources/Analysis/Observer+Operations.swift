import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// A step of an operation that an administrator asked for.
struct OperationSight: Sendable {
  let task: AdminOperation.Task
  let status: OperationStatus
  var assertion = Assertion()
}

extension Observer {
  /// Notes an operation's steps, each with whether it is expected by name.
  mutating func observe(operation row: Int) {
    let trace = scene.simulation.trace
    let operation = trace.adminOperations[row]
    let claims = operation.name.map { expected.claims(on: $0) } ?? []
    for event in trace.events where event.kind == .operationChanged {
      guard let mention = event.operation, mention.operation.row == row else { continue }
      var sight = OperationSight(task: operation.task, status: mention.status)
      sight.assertion.outcome = claims.contains {
        if case .operation(_, mention.status, _) = $0 { true } else { false }
      }
      note(sight)
    }
  }
}
