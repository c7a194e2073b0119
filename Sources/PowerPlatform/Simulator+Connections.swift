import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Connections: judged once when they are created; what is blocked then never exists.

extension Simulator {
  mutating func create(_ id: ConnectionID, _ definition: ConnectionDefinition, _ step: Step) {
    func describe(_ record: inout Record) {
      record.connection = id
      record.tenant = definition.creator
    }
    guard works(step, in: definition.creator) else { return refuse(step, .notInTenant, describe) }
    guard isMaker(step) else { return refuse(step, .notMaker, describe) }
    if let existing = world.connections.current(id.row), existing.isPresent {
      return collisions.append(step.row)
    }
    if scenario.settings.designTime == .propagated, definition.hasCredentials {
      noteTies(with: world.decidingChanges(of: definition, at: clock), step)
    }
    let judgement = world.judge(
      creating: id, definition, scenario.settings.designTime.view, at: clock)
    let failure = judgement.failure
    reports.note(id, definition, at: clock)
    append(
      World.Connection(definition: definition, isPresent: failure == nil, line: step.line), id)
    var record = record(
      failure == nil ? .connectionCreated : .connectionBlocked, step,
      failure == nil ? .allowed : .blocked)
    describe(&record)
    record.signInTenant = definition.signIn
    record.grounds = judgement.grounds
    record.failure = failure
    conclude(step, with: record)
    if failure == nil { noteState(of: id, after: .connected, line: step.line) }
  }

  mutating func delete(_ id: ConnectionID, _ step: Step) {
    guard var connection = world.connections.current(id.row), connection.isPresent else {
      return refuse(step, .absent) { $0.connection = id }
    }
    let tenant = connection.definition.creator
    guard connection.definition.owner == step.actor else {
      return refuse(step, .notOwner) {
        $0.connection = id
        $0.failure?.connection = id
        $0.tenant = tenant
      }
    }
    connection.isPresent = false
    append(connection, id)
    var record = record(.connectionDeleted, step, .saved)
    record.connection = id
    record.tenant = tenant
    conclude(step, with: record)
  }
}

extension World {
  /// Judges the making of a connection: isolation before the data policies that makers meet.
  ///
  /// - Parameters:
  ///   - id: nil where nobody makes it and one only asks.
  ///   - view: which isolation policy judges makers.
  func judge(
    creating id: ConnectionID?, _ definition: ConnectionDefinition, _ view: PolicyView,
    at time: Instant
  ) -> Judgement {
    var judgement = Judgement()
    guard definition.hasCredentials else {
      judgement.grounds = [.credentials]
      judgement.failure = isolationFailure(.connectionCreation, id, definition, .inbound)
      judgement.failure?.cause = .credentials
      return judgement
    }
    let decision = decide(definition, view, at: time)
    judgement.grounds = decision.grounds
    judgement.failure = decision.blockingSide.map {
      isolationFailure(.connectionCreation, id, definition, $0)
    }
    let blocking = dataPolicy(
      blocking: definition.connector, of: definition.creator, .saved, at: time)
    if let blocking {
      judgement.grounds.append(.dataPolicy)
      judgement.failure = judgement.failure ?? blockedConnector(id, definition, policy: blocking)
    }
    return judgement
  }

  private func blockedConnector(
    _ id: ConnectionID?, _ definition: ConnectionDefinition, policy: Int
  ) -> Failure {
    var failure = Failure(.connectionCreation, .blockedConnector)
    failure.connection = id
    failure.connector = definition.connector
    failure.dataPolicy = dataPolicyChanges[policy].policy
    return failure
  }
}
