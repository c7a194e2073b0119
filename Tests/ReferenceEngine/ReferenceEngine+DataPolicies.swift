import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// Data policies: created, deleted, violated.

extension ReferenceEngine {
  mutating func create(
    _ id: DataPolicyID, _ policy: DataPolicy, _ tenant: TenantID, _ statement: Statement,
    _ row: Int
  ) {
    guard administers(statement, tenant) else {
      return refuse(statement, .notAdministrator) {
        $0.dataPolicy = id
        $0.tenant = tenant
      }
    }
    guard !savedData.values.joined().contains(where: { $0.id == id }) else {
      return collisions.append(row)
    }
    let instance = DataPolicyInstance(row: dataPoliciesCreated, id: id, policy: policy)
    dataPoliciesCreated += 1
    save((savedData[tenant] ?? []) + [instance], tenant, id, statement)
  }

  mutating func delete(_ id: DataPolicyID, _ statement: Statement) {
    let owner = savedData.first { $0.value.contains { $0.id == id } }
    guard let (tenant, policies) = owner else {
      return refuse(statement, .absent) { $0.dataPolicy = id }
    }
    guard administers(statement, tenant) else {
      return refuse(statement, .notAdministrator) {
        $0.dataPolicy = id
        $0.tenant = tenant
      }
    }
    save(policies.filter { $0.id != id }, tenant, id, statement)
  }

  mutating func save(
    _ policies: [DataPolicyInstance], _ tenant: TenantID, _ id: DataPolicyID,
    _ statement: Statement
  ) {
    savedData[tenant] = policies
    pending.append(
      (
        clock + scenario.settings.dataPolicyPropagation,
        .dataPolicies(policies, tenant, id, line: statement.line)
      ))
    note(.dataPolicySaved, statement, .saved) {
      $0.tenant = tenant
      $0.dataPolicy = id
    }
  }

  /// The first use that is forbidden by itself, else the first two that must not meet.
  func violation(
    of policies: [DataPolicyInstance], by uses: [Use], trigger: FlowTrigger, _ surface: Surface
  ) -> (failure: Failure, step: Int)? {
    let operations = operations(of: uses, trigger)
    let steps = uses.indices.filter { connections[uses[$0].connection]?.isPresent == true }
    func connector(_ step: Int) -> ConnectorID {
      connections[uses[step].connection]?.definition.connector ?? ConnectorID(0)
    }
    func failure(_ cause: Cause, _ step: Int, _ policy: DataPolicyInstance) -> Failure {
      var failure = Failure(surface, cause)
      failure.connection = uses[step].connection
      failure.connector = connector(step)
      failure.dataPolicy = policy.id
      if surface == .run || cause == .blockedAction { failure.operation = operations[step] }
      return failure
    }
    for step in steps {
      for policy in policies {
        if policy.policy.blocked.contains(connector(step)) {
          return (failure(.blockedConnector, step, policy), step)
        }
        let action = DataPolicy.BlockedAction(
          connector: connector(step), operation: operations[step])
        if policy.policy.blockedActions.contains(action) {
          return (failure(.blockedAction, step, policy), step)
        }
      }
    }
    for policy in policies {
      guard let business = policy.policy.business, let first = steps.first else { continue }
      for step in steps
      where business.contains(connector(step)) != business.contains(connector(first)) {
        var failure = failure(.connectorMix, step, policy)
        failure.otherConnector = connector(first)
        return (failure, step)
      }
    }
    return nil
  }
}
