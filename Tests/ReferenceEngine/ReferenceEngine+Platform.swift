import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// What the platform does by itself.

extension ReferenceEngine {
  mutating func bringIntoForce(_ row: Int) {
    guard let change = pending[row]?.change else { return }
    pending[row] = nil
    switch change {
    case .isolation(let version):
      let policy = trace.policies[version]
      inForce[policy.tenant] = version
      var record = Record(.policyInForce, at: clock, line: policy.line)
      record.tenant = policy.tenant
      record.policy = version
      trace.events.append(record)
    case .dataPolicies(let policies, let tenant, let id, let line):
      bringIntoForce(policies, tenant, id, line)
    case .report(let row, let status): self.change(report: row, to: status)
    case .operation(let row, let status): self.change(operation: row, to: status)
    case .done(let flow): turnOffWhenDone(flow, row)
    case .auditRecord(let row): bringToLight(row)
    }
  }

  mutating func bringIntoForce(
    _ policies: [DataPolicyInstance], _ tenant: TenantID, _ id: DataPolicyID, _ line: Int
  ) {
    let before = Set(connections.keys.filter(isDisabled))
    inForceData[tenant] = policies
    var record = Record(.dataPolicyInForce, at: clock, line: line)
    record.tenant = tenant
    record.dataPolicy = id
    trace.events.append(record)
    for connection in connections.keys.sorted() {
      guard isDisabled(connection) != before.contains(connection) else { continue }
      noteState(connection, line: line)
    }
    for flow in flows.keys.sorted() { reconsider(flow, tenant, line) }
  }

  func isDisabled(_ id: ConnectionID) -> Bool {
    guard let connection = connections[id], connection.isPresent else { return false }
    return (inForceData[connection.definition.creator] ?? []).contains {
      $0.policy.blocked.contains(connection.definition.connector)
    }
  }

  mutating func noteState(_ id: ConnectionID, line: Int) {
    var record = Record(
      isDisabled(id) ? .connectionDisabled : .connectionEnabled, at: clock, line: line)
    record.connection = id
    record.tenant = connections[id]?.definition.creator
    trace.events.append(record)
  }

  mutating func reconsider(_ id: FlowID, _ tenant: TenantID, _ line: Int) {
    guard var flow = flows[id], self.tenant(of: flow.uses, flow.owner) == tenant else { return }
    let violation = violation(
      of: inForceData[tenant] ?? [], by: flow.uses, trigger: flow.trigger, .flowDesign)
    var record: Record
    if flow.state == .on, let violation {
      flow.state = .suspended
      flow.suspendedByDataPolicy = clock
      flow.end = nil
      record = Record(.flowSuspended, at: clock, line: line, outcome: .suspended)
      record.grounds = [.dataPolicy]
      record.failure = violation.failure
      record.connection = violation.failure.connection
    } else if flow.state == .suspended, violation == nil, let since = flow.suspendedByDataPolicy,
      let window = scenario.settings.reactivation, clock - since <= window
    {
      flow.state = .on
      flow.line = line
      start(&flow)
      record = Record(.flowOn, at: clock, line: line, outcome: .saved)
    } else {
      return
    }
    record.flow = id
    record.flowState = flow.state
    record.tenant = home(of: record)
    trace.events.append(record)
    flows[id] = flow
  }

  mutating func turnOffForFailing(_ id: FlowID) {
    flows[id]?.state = .off
    flows[id]?.end = nil
    var record = Record(.flowOff, at: clock, line: flows[id]?.line ?? 0, outcome: .saved)
    record.flow = id
    record.flowState = .off
    record.tenant = home(of: record)
    trace.events.append(record)
  }

  /// A flow that comes on begins its recurrence and its record of failures anew.
  func start(_ flow: inout Flow) {
    flow.failingSince = nil
    flow.end = nil
    flow.suspendedByDataPolicy = nil
    if case .every = flow.trigger { flow.nextRun = clock }
  }
}
