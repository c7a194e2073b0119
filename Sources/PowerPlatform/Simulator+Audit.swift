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
    guard !audit.tenants.isEmpty, let tenant = auditedTenant(event) else { return }
    for operation in event.auditOperations where isRecorded(operation) {
      let details = details(of: event, tenant)
      guard let row = audit.record(operation, event, tenant, details) else { continue }
      note(.auditRecorded, row)
      queue.schedule(.auditAvailable(row), at: audit.records[row].availableAt, rank: .platform)
    }
  }

  /// The tenant of the app or flow that something is done to, wherever its connections lie; else the
  /// event's own.
  private func auditedTenant(_ event: Record) -> TenantID? {
    if let app = event.app.flatMap({ world.apps.current($0.row) }) {
      return world.tenant(of: world[app.uses], owner: app.owner, at: clock)
    }
    if let flow = event.flow.flatMap({ world.flows.current($0.row) }) {
      return world.tenant(of: flow, at: clock)
    }
    return event.tenant
  }

  /// What else a record says.
  private func details(of event: Record, _ tenant: TenantID) -> AuditBook.Details {
    var details = AuditBook.Details()
    guard let actor = event.actor else { return details }
    details.hasPremiumLicence = scenario.licences.premium.contains(actor)
    let user = world.cast.users[actor.row]
    let mayAdminister = user.home == tenant && user.role.isAdministrator
    if let id = event.app, let app = world.apps.current(id.row) {
      details.isByAdministrator = mayAdminister && app.owner != actor
    }
    if let id = event.flow, let flow = world.flows.current(id.row) {
      details.isByAdministrator = mayAdminister && !event.isCreation && ownFlow != id
      details.connectors = connectors(of: flow)
    }
    return details
  }

  /// The flow that a step is about, if its actor owns it now.
  func ownFlow(_ step: Step) -> FlowID? {
    guard !audit.tenants.isEmpty, let id = step.statement.action.changedFlow,
      let flow = present(id), isOwner(step, id, flow)
    else { return nil }
    return id
  }

  /// The connectors of a flow's connections, each once.
  private func connectors(of flow: World.Flow) -> [ConnectorID] {
    var connectors: [ConnectorID] = []
    for use in world[flow.definition.uses] {
      let connector = world.connections.current(use.connection.row)?.definition.connector
      if let connector, !connectors.contains(connector) { connectors.append(connector) }
    }
    return connectors
  }

  private func isRecorded(_ operation: AuditOperation) -> Bool {
    operation.basis == .documented || scenario.settings.audit.recordsIsolation
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

  private func mayChange(_ policy: AlertPolicy, _ step: Step) -> Bool {
    administers(step, policy.tenant)
  }

  private mutating func refuse(
    _ step: Step, _ cause: Cause, _ id: AlertPolicyID, of tenant: TenantID? = nil
  ) {
    refuse(step, cause) {
      $0.tenant = tenant
      $0.alertPolicy = id
    }
  }

  private mutating func create(_ id: AlertPolicyID, _ policy: AlertPolicy, _ step: Step) {
    let tenant = policy.tenant
    guard mayChange(policy, step) else {
      return refuse(step, .notAuditAdministrator, id, of: tenant)
    }
    guard policy.recipients.allSatisfy({ reaches($0, in: tenant) }) else {
      return refuse(step, .alertReaderElsewhere, id, of: tenant)
    }
    guard audit.policies[id.row] == nil else { return collisions.append(step.row) }
    save(policy, id, of: policy.tenant, step)
  }

  private mutating func delete(_ id: AlertPolicyID, _ step: Step) {
    guard let policy = audit.policies[id.row] else {
      return refuse(step, .absent, id)
    }
    guard mayChange(policy, step) else {
      return refuse(step, .notAuditAdministrator, id, of: policy.tenant)
    }
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

extension Action {
  /// The flow that is there already and that somebody changes or shares; nil for all else.
  fileprivate var changedFlow: FlowID? {
    switch self {
    case .saveFlow(let id, _), .turnFlow(let id, _), .deleteFlow(let id), .moveFlow(let id, _, _),
      .share(.flow(let id), _), .unshare(.flow(let id), _, _):
      id
    default: nil
    }
  }
}

extension Record {
  /// What the audit log calls it; a flow that isolation suspends is a blocked attempt besides.
  fileprivate var auditOperations: [AuditOperation] {
    let isBlocked = kind == .flowSuspended && failure?.cause == .isolation
    return [auditOperation, isBlocked ? .connectionBlocked : nil].compactMap(\.self)
  }

  /// Nil for what the audit log does not record.
  private var auditOperation: AuditOperation? {
    switch kind {
    case .appCreated: .appCreated
    case .appConnectionAdded: .appEdited
    case .appOpened: .appLaunched
    case .appDeleted: .appDeleted
    case .flowSaved, .flowSuspended, .flowOn, .flowOff: isCreation ? .flowCreated : .flowEdited
    case .flowDeleted: .flowDeleted
    case .connectionCreated: .connectionCreated
    case .connectionBlocked, .appConnectionRefused:
      failure?.cause == .isolation ? .connectionBlocked : nil
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
