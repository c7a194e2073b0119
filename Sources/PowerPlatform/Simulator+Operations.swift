import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Operations: asked for, begun some time later, and done or failed some time after that.

extension Simulator {
  /// Whether a statement gives a new operation a name that another one has: such a scenario is wrong.
  mutating func collides(_ name: AdminOperationID?, _ step: Step) -> Bool {
    guard let name, operations.row(named: name, at: clock) != nil else { return false }
    collisions.append(step.row)
    return true
  }

  /// Takes in an operation and has it run its course.
  ///
  /// - Parameter course: nil where it is done with the request.
  mutating func begin(
    _ task: AdminOperation.Task, named name: AdminOperationID?, in tenant: TenantID,
    _ course: OperationCourse?, _ step: Step, _ effect: OperationBook.Effect
  ) -> OperationMention {
    let earlier = operations.rows.reversed().prefix { $0.requestedAt == clock }.count
    var operation = AdminOperation(
      task, name: name, tenant: tenant, actor: step.actor,
      identifier: derivedIdentifier(
        "operation", world.cast.tenants[tenant.row].identifier, "\(clock.milliseconds)",
        "\(earlier)"),
      requestedAt: clock, ending: course?.ending ?? .succeeded, line: step.line)
    let startsAt = clock + (course?.start ?? 0)
    let endsAt = startsAt + (course?.duration ?? 0)
    operation.startedAt = startsAt < scenario.until ? startsAt : nil
    operation.endedAt = endsAt < scenario.until ? endsAt : nil
    let row = operations.add(operation, effect)
    guard course != nil else { return OperationMention(row, .succeeded) }
    queue.schedule(.operationChange(row, .running), at: startsAt, rank: .platform)
    queue.schedule(.operationChange(row, operation.ending), at: endsAt, rank: .platform)
    return OperationMention(row, .notStarted)
  }

  mutating func change(_ row: AdminOperation.Row, to status: OperationStatus) {
    guard operations[row].ending != .canceled else { return }
    var record = record(of: operations[row], OperationMention(row, status))
    if status == .succeeded { record.outcome = .succeeded }
    if status == .failed {
      record.outcome = .failed
      var failure = Failure(.request, .operationFailed)
      failure.tenant = operations[row].tenant
      record.failure = failure
    }
    events.append(record)
    bringAbout(operations.effect(of: row), by: record)
  }

  /// A record about an operation, which the platform makes.
  func record(of operation: AdminOperation, _ mention: OperationMention) -> Record {
    var record = Record(.operationChanged, at: clock, line: operation.line)
    record.tenant = operation.tenant
    record.operation = mention
    if case .packageInstallation(let place) = operation.task {
      record.environment = place.environment
      record.package = mention.status.packageState.map { PackageMention(place, $0) }
    }
    return record
  }

  private mutating func bringAbout(_ effect: OperationBook.Effect, by change: Record) {
    switch effect {
    case .replacePolicy(let request):
      if change.operation?.status == .succeeded { finish(request, change.operation) }
    case .installPackage(let place, _): advance(place, by: change)
    }
  }
}
