import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Data policies: makers meet them as saved, what exists one delay later.

extension Simulator {
  mutating func create(
    _ id: DataPolicyID, _ policy: DataPolicy, for tenant: TenantID, _ step: Step
  ) {
    guard administers(step, tenant) else { return refuse(id, step, .notAdministrator, tenant) }
    guard savedDataPolicies[id] == nil else { return collisions.append(step.row) }
    let row = world.dataPolicyChanges.count
    savedDataPolicies[id] = row
    world.dataPoliciesSaved.insert(row, into: tenant.row, at: clock)
    save(id, of: tenant, as: policy, createdBy: row, step)
  }

  mutating func delete(_ id: DataPolicyID, _ step: Step) {
    guard let row = savedDataPolicies[id] else { return refuse(id, step, .absent, nil) }
    let tenant = world.dataPolicyChanges[row].tenant
    guard administers(step, tenant) else { return refuse(id, step, .notAdministrator, tenant) }
    savedDataPolicies[id] = nil
    world.dataPoliciesSaved.remove(row, from: tenant.row, at: clock)
    save(id, of: tenant, as: nil, createdBy: row, step)
  }

  private mutating func refuse(
    _ id: DataPolicyID, _ step: Step, _ cause: Cause, _ tenant: TenantID?
  ) {
    refuse(step, cause) {
      $0.dataPolicy = id
      $0.tenant = tenant
    }
  }

  /// Saves a change of a data policy, its deletion where it is nil.
  private mutating func save(
    _ id: DataPolicyID, of tenant: TenantID, as policy: DataPolicy?, createdBy creation: Int,
    _ step: Step
  ) {
    let change = DataPolicyChange(
      id, of: tenant, to: policy, savedAt: clock,
      inForceAt: clock + scenario.settings.dataPolicyPropagation, line: step.line)
    queue.schedule(
      .dataPolicyInForce(world.dataPolicyChanges.count, createdBy: creation), at: change.inForceAt,
      rank: .platform)
    world.dataPolicyChanges.append(change)
    var record = record(.dataPolicySaved, step, .saved)
    record.tenant = tenant
    record.dataPolicy = id
    conclude(step, with: record)
  }

  mutating func bringIntoForce(_ row: Int, createdBy creation: Int) {
    let change = world.dataPolicyChanges[row]
    let policy = world.dataPolicyChanges[creation].content ?? DataPolicy()
    let before = connectionStates(in: change.tenant, using: policy.blocked)
    if change.content == nil {
      world.dataPoliciesInForce.remove(creation, from: change.tenant.row, at: clock)
      dataPoliciesInForce[change.tenant]?.remove(creation, policy)
    } else {
      world.dataPoliciesInForce.insert(creation, into: change.tenant.row, at: clock)
      dataPoliciesInForce[change.tenant, default: .init()].insert(creation, policy)
    }
    var record = Record(.dataPolicyInForce, at: clock, line: change.line)
    record.tenant = change.tenant
    record.dataPolicy = change.policy
    events.append(record)
    for (id, state) in before { noteState(of: id, after: state, line: change.line) }
    for flow in dependents.flows(of: change.tenant) {
      rescan(flow, of: change.tenant, line: change.line)
    }
  }

  private mutating func connectionStates(
    in tenant: TenantID, using connectors: [ConnectorID]
  ) -> [(ConnectionID, ConnectionState)] {
    dependents.connections(of: tenant).compactMap { id in
      guard let connection = world.connections.current(id.row), connection.isPresent,
        connection.definition.creator == tenant,
        connectors.contains(connection.definition.connector)
      else { return nil }
      return (id, world.connectionState(id, at: clock))
    }
  }

  /// Records that a connection was disabled or enabled, where it was.
  mutating func noteState(of id: ConnectionID, after state: ConnectionState, line: Int) {
    let now = world.connectionState(id, at: clock)
    guard now != state, let connection = world.connections.current(id.row) else { return }
    var record = Record(
      now == .disabled ? .connectionDisabled : .connectionEnabled, at: clock, line: line)
    record.connection = id
    record.tenant = connection.definition.creator
    events.append(record)
  }

  /// Suspends an active flow that violates the data policies in force, or wakes one that such a
  /// suspension put to sleep and that complies again.
  private mutating func rescan(_ id: FlowID, of tenant: TenantID, line: Int) {
    guard let flow = world.flows.current(id.row),
      flow.state == .on || suspendedByPolicy[id] != nil,
      world.tenant(of: flow, at: clock) == tenant
    else { return }
    let failure = dataPolicyFailure(of: flow)
    if flow.state == .on, let failure {
      set(.suspended, id, failure: failure, line: flow.line)
      suspendedByPolicy[id] = clock
      note(.flowSuspended, .suspended, id, line: line, failure)
    } else if flow.state == .suspended, failure == nil, mayReactivate(id) {
      set(.on, id, line: line)
      note(.flowOn, .saved, id, line: line)
    }
  }

  private func mayReactivate(_ id: FlowID) -> Bool {
    guard let window = scenario.settings.reactivation, let since = suspendedByPolicy[id] else {
      return false
    }
    return clock - since <= window
  }

  /// What the data policies in force say against a flow; nil where it complies.
  private func dataPolicyFailure(of flow: World.Flow) -> Failure? {
    guard let policies = dataPoliciesInForce[world.tenant(of: flow, at: clock)] else { return nil }
    let members = world.members(
      of: world[flow.definition.uses], trigger: flow.definition.trigger.connection, at: clock)
    return world.violation(of: policies, by: members, on: .flowDesign)?.failure
  }
}
