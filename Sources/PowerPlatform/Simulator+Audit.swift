import DiscreteEvents
import SimulationTrace
import TenantIsolation

// The audit log: what people do is recorded at once, and available some time later.

extension Simulator {
  mutating func perform(_ action: AuditAction, _ step: Step) {
    switch action {
    case .turnAuditing(let isOn, let tenant): turnAuditing(on: isOn, tenant, step)
    case .createAlertPolicy(let id, let policy): create(id, policy, step)
    case .deleteAlertPolicy(let id): delete(id, step)
    case .feed(let registration, let request): call(request, using: registration, step)
    }
  }

  private mutating func turnAuditing(on isOn: Bool, _ tenant: TenantID, _ step: Step) {
    guard administers(step, tenant) else {
      return refuse(step, .notAuditAdministrator) { $0.tenant = tenant }
    }
    audit.turn(on: isOn, tenant)
    var record = record(isOn ? .auditingOn : .auditingOff, step, .saved)
    record.tenant = tenant
    conclude(step, with: record)
  }

  // MARK: Records

  /// Records somebody's doing in its tenant's log.
  mutating func audit(_ event: Record) {
    guard !audit.tenants.isEmpty, let operation = operation(of: event), let tenant = event.tenant,
      let row = audit.record(operation, event, tenant)
    else { return }
    note(.auditRecorded, row)
    queue.schedule(.auditAvailable(row), at: audit.records[row].availableAt, rank: .platform)
  }

  private func operation(of event: Record) -> AuditOperation? {
    guard let operation = event.auditOperation else { return nil }
    return operation.basis == .documented || scenario.settings.audit.recordsIsolation
      ? operation : nil
  }

  /// A record can be found from now on: it goes to whoever watches the log, and into the feed.
  mutating func bringToLight(_ row: Int) {
    note(.auditAvailable, row)
    let auditRecord = audit.records[row]
    for id in audit.policies(about: auditRecord) {
      guard let policy = audit.policies[id.row] else { continue }
      let alert = audit.add(
        AuditAlert(policy: id, record: row, time: clock, recipients: policy.recipients))
      var record = auditEvent(.alertRaised, alert, about: auditRecord)
      record.alertPolicy = id
      events.append(record)
    }
    audit.feed.add(row, of: auditRecord.tenant, at: clock)
  }

  private mutating func note(_ kind: RecordKind, _ row: Int) {
    events.append(auditEvent(kind, row, about: audit.records[row]))
  }

  /// What the platform does about an audit record.
  private func auditEvent(_ kind: RecordKind, _ row: Int, about audited: AuditRecord) -> Record {
    var record = Record(kind, at: clock, line: audited.line)
    record.tenant = audited.tenant
    record.app = audited.app
    record.flow = audited.flow
    record.connection = audited.connection
    record.auditRow = AuditRowID(row)
    return record
  }

  // MARK: Alert policies

  /// Whether the actor administers the policy's tenant; refuses the step where not.
  private mutating func mayChange(_ policy: AlertPolicy, _ step: Step) -> Bool {
    if administers(step, policy.tenant) { return true }
    refuse(step, .notAuditAdministrator) { $0.tenant = policy.tenant }
    return false
  }

  private mutating func create(_ id: AlertPolicyID, _ policy: AlertPolicy, _ step: Step) {
    guard mayChange(policy, step) else { return }
    guard audit.policies[id.row] == nil else { return collisions.append(step.row) }
    save(policy, id, of: policy.tenant, step)
  }

  private mutating func delete(_ id: AlertPolicyID, _ step: Step) {
    guard let policy = audit.policies[id.row] else {
      return refuse(step, .absent) { $0.alertPolicy = id }
    }
    guard mayChange(policy, step) else { return }
    save(nil, id, of: policy.tenant, step)
  }

  private mutating func save(
    _ policy: AlertPolicy?, _ id: AlertPolicyID, of tenant: TenantID, _ step: Step
  ) {
    audit.set(policy, id)
    var record = record(.alertPolicySaved, step, .saved)
    record.tenant = tenant
    record.alertPolicy = id
    record.isCreation = policy != nil
    conclude(step, with: record)
  }
}

extension Record {
  /// What the audit log calls it; nil for what it does not record.
  fileprivate var auditOperation: AuditOperation? {
    switch kind {
    case .appCreated: .appCreated
    case .appConnectionAdded: .appEdited
    case .appOpened: .appLaunched
    case .appDeleted: .appDeleted
    case .flowSaved, .flowSuspended, .flowOn, .flowOff: isCreation ? .flowCreated : .flowEdited
    case .flowDeleted: .flowDeleted
    case .connectionCreated: .connectionCreated
    case .connectionBlocked: .connectionBlocked
    case .policySaved: .isolationChanged
    case .flowCopied: .flowCreated
    case .shareChanged: sharingOperation
    default: nil
    }
  }

  private var sharingOperation: AuditOperation? {
    switch share?.change {
    case .added: app == nil ? .flowPermissionEdited : .appPermissionEdited
    case .removed: app == nil ? .flowPermissionDeleted : .appPermissionDeleted
    default: nil
    }
  }
}
