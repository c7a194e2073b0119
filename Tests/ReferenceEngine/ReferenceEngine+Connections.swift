import PowerPlatform
import SimulationTrace
import TenantIsolation

extension ReferenceEngine {
  mutating func create(
    _ id: ConnectionID, _ definition: ConnectionDefinition, _ statement: Statement, _ row: Int
  ) {
    func mention(_ record: inout Record) {
      record.connection = id
      record.tenant = definition.creator
    }
    guard works(statement, in: definition.creator) else {
      return refuse(statement, .notInTenant, mention)
    }
    guard user(statement)?.role != .user else { return refuse(statement, .notMaker, mention) }
    guard connections[id]?.isPresent != true else { return collisions.append(row) }
    let decision = decision(
      definition, designPolicies, hasCredentials: definition.hasCredentials)
    var grounds = decision.grounds
    var failure: Failure?
    if !decision.isAllowed {
      failure = isolationFailure(.connectionCreation, id, definition, decision)
      if !definition.hasCredentials { failure?.cause = .credentials }
    }
    let blocking = (savedData[definition.creator] ?? []).first {
      $0.policy.blocked.contains(definition.connector)
    }
    if definition.hasCredentials, let blocking {
      grounds.append(.dataPolicy)
      if failure == nil {
        failure = Failure(.connectionCreation, .blockedConnector)
        failure?.connection = id
        failure?.connector = definition.connector
        failure?.dataPolicy = blocking.id
      }
    }
    if scenario.settings.designTime == .propagated, definition.hasCredentials {
      noteTies(definition, line: statement.line)
    }
    usesOfConnections.append((clock, id, definition))
    connections[id] = Connection(definition: definition, isPresent: failure == nil)
    note(
      failure == nil ? .connectionCreated : .connectionBlocked, statement,
      failure == nil ? .allowed : .blocked
    ) {
      mention(&$0)
      $0.signInTenant = definition.signIn
      $0.grounds = grounds
      $0.failure = failure
    }
    if isDisabled(id) { noteState(id, line: statement.line) }
  }

  mutating func delete(_ id: ConnectionID, _ statement: Statement) {
    guard let connection = connections[id], connection.isPresent else {
      return refuse(statement, .absent) { $0.connection = id }
    }
    func mention(_ record: inout Record) {
      record.connection = id
      record.tenant = connection.definition.creator
    }
    guard connection.definition.owner == statement.actor else {
      return refuse(statement, .notOwner, connection: id, mention)
    }
    connections[id]?.isPresent = false
    note(.connectionDeleted, statement, .saved, mention)
  }
}
