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
    let (grounds, failure) = judge(id, definition, step)
    append(World.Connection(definition: definition, isPresent: failure == nil), id)
    var record = record(
      failure == nil ? .connectionCreated : .connectionBlocked, step,
      failure == nil ? .allowed : .blocked)
    describe(&record)
    record.signInTenant = definition.signIn
    record.grounds = grounds
    record.failure = failure
    conclude(step, with: record)
    if failure == nil { noteState(of: id, after: .connected, line: step.line) }
  }

  private func judge(
    _ id: ConnectionID, _ definition: ConnectionDefinition, _ step: Step
  ) -> (Grounds, Failure?) {
    guard definition.hasCredentials else {
      var failure = world.isolationFailure(.connectionCreation, id, definition, .inbound)
      failure.cause = .credentials
      return ([.credentials], failure)
    }
    let view = designTime(.connectionCreation)
    let decision = world.decide(definition, view.isolation, at: clock)
    var grounds = decision.grounds
    var failure = decision.blockingSide.map {
      world.isolationFailure(.connectionCreation, id, definition, $0)
    }
    let policies = world.dataPolicyRows(of: definition.creator, .saved, at: clock)
    let blocking = policies.first {
      world.dataPolicies[$0].policy.blocked.contains(definition.connector)
    }
    if let blocking {
      grounds.append(.dataPolicy)
      failure = failure ?? world.blockedConnector(id, definition, policy: blocking)
    }
    return (grounds, failure)
  }

  mutating func delete(_ id: ConnectionID, _ step: Step) {
    guard var connection = world.connections.current(id.row), connection.isPresent else {
      return refuse(step, .absent) { $0.connection = id }
    }
    let tenant = connection.definition.creator
    guard connection.definition.owner == step.actor else {
      return refuse(step, .notOwner) {
        $0.connection = id
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
  fileprivate func blockedConnector(
    _ id: ConnectionID, _ definition: ConnectionDefinition, policy: Int
  ) -> Failure {
    var failure = Failure(.connectionCreation, .blockedConnector)
    failure.connection = id
    failure.connector = definition.connector
    failure.dataPolicy = dataPolicies[policy].id
    return failure
  }
}
