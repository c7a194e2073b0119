import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Data policies: makers meet them as saved, what exists one delay later.

extension Simulator {
  mutating func create(
    _ id: DataPolicyID, _ policy: DataPolicy, for tenant: TenantID, _ step: Step
  ) {
    guard administers(step, tenant) else { return refuse(id, step, .notAdministrator, tenant) }
    guard savedRow(of: id) == nil else { return collisions.append(step.row) }
    let row = world.dataPolicies.count
    world.dataPolicies.append(.init(id: id, tenant: tenant, policy: policy))
    let rows = world.dataPolicyRows(of: tenant, .saved, at: clock)
    save(rows + [row], change(of: id, to: policy, for: tenant, step), step)
  }

  mutating func delete(_ id: DataPolicyID, _ step: Step) {
    guard let row = savedRow(of: id) else { return refuse(id, step, .absent, nil) }
    let tenant = world.dataPolicies[row].tenant
    guard administers(step, tenant) else { return refuse(id, step, .notAdministrator, tenant) }
    let rows = world.dataPolicyRows(of: tenant, .saved, at: clock).filter { $0 != row }
    save(rows, change(of: id, to: nil, for: tenant, step), step)
  }

  private mutating func refuse(
    _ id: DataPolicyID, _ step: Step, _ cause: Cause, _ tenant: TenantID?
  ) {
    refuse(step, cause) {
      $0.dataPolicy = id
      $0.tenant = tenant
    }
  }

  /// The saved version of a data policy; nil where there is none of this name.
  private func savedRow(of id: DataPolicyID) -> Int? {
    let latest = world.dataPolicies.lastIndex { $0.id == id }
    return latest.flatMap { row in
      let tenant = world.dataPolicies[row].tenant
      return world.dataPolicyRows(of: tenant, .saved, at: clock).contains(row) ? row : nil
    }
  }

  private func change(
    of id: DataPolicyID, to policy: DataPolicy?, for tenant: TenantID, _ step: Step
  ) -> DataPolicyChange {
    DataPolicyChange(
      tenant: tenant, policy: id, content: policy, savedAt: clock,
      inForceAt: clock + scenario.settings.dataPolicyPropagation, line: step.line)
  }

  private mutating func save(_ rows: [Int], _ change: DataPolicyChange, _ step: Step) {
    world.dataPolicyChanges.append(change)
    world.dataPoliciesSaved.append(rows, of: change.tenant.row, at: clock)
    queue.schedule(
      .dataPoliciesInForce(rows, change: change), at: change.inForceAt, rank: .platform)
    var record = record(.dataPolicySaved, step, .saved)
    record.tenant = change.tenant
    record.dataPolicy = change.policy
    conclude(step, with: record)
  }

  mutating func bringIntoForce(_ rows: [Int], _ change: DataPolicyChange) {
    let before = connectionStates(in: change.tenant)
    world.dataPoliciesInForce.append(rows, of: change.tenant.row, at: clock)
    var record = Record(.dataPolicyInForce, at: clock, line: change.line)
    record.tenant = change.tenant
    record.dataPolicy = change.policy
    events.append(record)
    for (id, state) in before { noteState(of: id, after: state, line: change.line) }
    for flow in dependents.flows(of: change.tenant) { rescan(flow, change) }
  }

  private mutating func connectionStates(
    in tenant: TenantID
  ) -> [(ConnectionID, ConnectionState)] {
    dependents.connections(of: tenant).compactMap { id in
      guard let connection = world.connections.current(id.row), connection.isPresent,
        connection.definition.creator == tenant
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
  private mutating func rescan(_ id: FlowID, _ change: DataPolicyChange) {
    guard let flow = world.flows.current(id.row),
      flow.state == .on || suspendedByPolicy[id] != nil,
      world.tenant(of: flow, at: clock) == change.tenant
    else { return }
    let failure = dataPolicyFailure(of: flow)
    if flow.state == .on, let failure {
      set(.suspended, id, failure: failure, line: flow.line)
      suspendedByPolicy[id] = clock
      note(.flowSuspended, .suspended, id, line: change.line, failure)
    } else if flow.state == .suspended, failure == nil, mayReactivate(id) {
      set(.on, id, line: change.line)
      note(.flowOn, .saved, id, line: change.line)
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
    let tenant = world.tenant(of: flow, at: clock)
    let rows = world.dataPolicyRows(of: tenant, .inForce, at: clock)
    let members = world.members(
      of: world[flow.definition.uses], trigger: flow.definition.trigger.connection, at: clock)
    return world.violation(of: rows, by: members, on: .flowDesign)?.failure
  }
}
