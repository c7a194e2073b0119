import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// The audit log: whatever somebody does is looked at once more, and kept where their tenant's auditing
// is on.

extension ReferenceEngine {
  mutating func perform(_ action: AuditAction, _ statement: Statement, _ row: Int) {
    switch action {
    case .turnAuditing(let isOn, let tenant):
      guard administers(statement, tenant) else {
        return refuse(statement, .notAuditAdministrator) { $0.tenant = tenant }
      }
      audited.removeAll { $0 == tenant }
      if isOn { audited.append(tenant) }
      note(isOn ? .auditingOn : .auditingOff, statement, .saved) { $0.tenant = tenant }
    case .createAlertPolicy(let id, let policy): create(id, policy, statement, row)
    case .deleteAlertPolicy(let id):
      guard let policy = alertPolicies[id] else {
        return refuse(statement, .absent) { $0.alertPolicy = id }
      }
      guard administers(statement, policy.tenant) else {
        return refuse(statement, .notAuditAdministrator, id, policy)
      }
      alertPolicies[id] = nil
      noteChange(of: id, policy, isCreation: false, statement)
    case .feed(let registration, let request): call(request, registration, statement)
    }
  }

  private mutating func create(
    _ id: AlertPolicyID, _ policy: AlertPolicy, _ statement: Statement, _ row: Int
  ) {
    guard administers(statement, policy.tenant) else {
      return refuse(statement, .notAuditAdministrator, id, policy)
    }
    for recipient in policy.recipients where !isThere(recipient, policy.tenant) {
      return refuse(statement, .alertReaderElsewhere, id, policy)
    }
    guard alertPolicies[id] == nil else { return collisions.append(row) }
    alertPolicies[id] = policy
    noteChange(of: id, policy, isCreation: true, statement)
  }

  private mutating func refuse(
    _ statement: Statement, _ cause: Cause, _ id: AlertPolicyID, _ policy: AlertPolicy
  ) {
    refuse(statement, cause) {
      $0.tenant = policy.tenant
      $0.alertPolicy = id
    }
  }

  private mutating func noteChange(
    of id: AlertPolicyID, _ policy: AlertPolicy, isCreation: Bool, _ statement: Statement
  ) {
    note(.alertPolicySaved, statement, .saved) {
      $0.tenant = policy.tenant
      $0.alertPolicy = id
      $0.isCreation = isCreation
    }
  }

  // MARK: Records

  /// Keeps what somebody does in the log of the tenant where they do it: that of the app or flow, if
  /// it is done to one.
  mutating func log(_ deed: Record) {
    guard let actor = deed.actor, let tenant = home(of: deed) ?? deed.tenant,
      audited.contains(tenant)
    else { return }
    for operation in operations(of: deed) {
      let isUndocumented = operation == .isolationChanged || operation == .connectionBlocked
      if isUndocumented && !scenario.settings.audit.recordsIsolation { continue }
      let number = trace.audit.records.count
      var record = AuditRecord(
        identifier: derivedIdentifier("audit", "\(tenant.index)", "\(number)"), tenant: tenant,
        operation: operation, actor: actor, createdAt: clock,
        availableAt: clock + auditDelays.draw(scenario.settings.audit.delay),
        keptUntil: clock + retention(tenant), line: deed.line)
      record.app = deed.app
      record.flow = deed.flow
      if deed.app == nil && deed.flow == nil { record.connection = deed.connection }
      if let share = deed.share, let role = share.role {
        record.share = Share(share.recipient, role)
      }
      record.isByAdministrator = isByAdministrator(deed, actor, tenant)
      record.hasPremiumLicence = scenario.licences.premium.contains(actor)
      for use in deed.flow.flatMap({ flows[$0] })?.uses ?? [] {
        let connector = connections[use.connection]?.definition.connector
        if let connector, !record.connectors.contains(connector) {
          record.connectors.append(connector)
        }
      }
      let isSwitch = deed.kind == .flowOn || deed.kind == .flowOff || deed.isTurningOn
      if isSwitch { record.basis = .assumed }
      trace.audit.records.append(record)
      pending.append((record.availableAt, .auditRecord(number)))
      noteAuditRecord(number, .auditRecorded)
    }
  }

  private func operations(of deed: Record) -> [AuditOperation] {
    let isBlocked = deed.failure?.cause == .isolation
    switch deed.kind {
    case .appCreated: return [.appCreated]
    case .appConnectionAdded: return [.appEdited]
    case .appOpened: return [.appLaunched]
    case .appDeleted: return [.appDeleted]
    case .flowSaved, .flowOn, .flowOff, .flowCopied:
      return [deed.isCreation ? .flowCreated : .flowEdited]
    case .flowSuspended:
      let saved: AuditOperation = deed.isCreation ? .flowCreated : .flowEdited
      return isBlocked ? [saved, .connectionBlocked] : [saved]
    case .flowDeleted: return [.flowDeleted]
    case .connectionCreated: return [.connectionCreated]
    case .connectionBlocked, .appConnectionRefused: return isBlocked ? [.connectionBlocked] : []
    case .policySaved: return [.isolationChanged]
    case .shareChanged where deed.app != nil:
      return [deed.share?.change == .added ? .appPermissionEdited : .appPermissionDeleted]
    case .shareChanged:
      return [deed.share?.change == .added ? .flowPermissionEdited : .flowPermissionDeleted]
    default: return []
    }
  }

  /// Whether an administrator does something to what neither was nor has become theirs.
  private func isByAdministrator(_ deed: Record, _ actor: UserID, _ tenant: TenantID) -> Bool {
    let user = scenario.cast.users[actor.row]
    guard user.home == tenant && user.role.isAdministrator else { return false }
    if let app = deed.app { return apps[app]?.owner != actor }
    guard let flow = deed.flow, !deed.isCreation else { return false }
    return !(ownedBefore[actor]?.contains(flow) ?? false)
  }

  private func retention(_ tenant: TenantID) -> Milliseconds {
    if scenario.licences.e5.contains(tenant) { return 365 * CivilTime.day }
    let change = CivilTime(year: 2023, month: 10, day: 17)
    return (scenario.start + clock.milliseconds < change ? 90 : 180) * CivilTime.day
  }

  private mutating func noteAuditRecord(_ row: Int, _ kind: RecordKind) {
    var record = Record(kind, at: clock, line: trace.audit.records[row].line)
    record.isAbout(trace.audit.records[row])
    record.auditRow = AuditRowID(row)
    trace.events.append(record)
  }

  /// From now on a record is found: by alert policies that are there now, and as content.
  mutating func bringToLight(_ row: Int) {
    noteAuditRecord(row, .auditAvailable)
    let audited = trace.audit.records[row]
    for (id, policy) in alertPolicies.sorted(by: { $0.key < $1.key }) {
      guard policy.tenant == audited.tenant, policy.operations.contains(audited.operation) else {
        continue
      }
      var record = Record(.alertRaised, at: clock, line: audited.line)
      record.isAbout(audited)
      record.alertPolicy = id
      record.auditRow = AuditRowID(trace.audit.alerts.count)
      trace.audit.alerts.append(
        AuditAlert(policy: id, record: row, time: clock, recipients: policy.recipients))
      trace.events.append(record)
    }
    makeContent(of: row)
  }
}

extension Record {
  fileprivate mutating func isAbout(_ audited: AuditRecord) {
    tenant = audited.tenant
    app = audited.app
    flow = audited.flow
    connection = audited.connection
  }
}

extension SeededGenerator {
  /// A delay of a range, in whole seconds if it has any; only where there is something to choose.
  mutating func draw(_ range: ClosedRange<Milliseconds>) -> Milliseconds {
    if range.lowerBound == range.upperBound { return range.lowerBound }
    let (first, last) = ((range.lowerBound + 999) / 1000, range.upperBound / 1000)
    return first <= last ? next(in: first...last) * 1000 : next(in: range)
  }
}
