import DiscreteEvents
import TenantIsolation

/// An alert policy's name.
public typealias AlertPolicyID = RowID<AlertPolicyKind>

/// Marks rows of alert policies.
public enum AlertPolicyKind {}

/// A row of one of the tables of ``AuditTrail``; which one, a record's kind says.
public typealias AuditRowID = RowID<AuditTrail>

/// What the audit log records, as the alert policies of the portal and as the log's records name it.
public enum AuditOperation: UInt8, CaseIterable, Sendable {
  case appCreated, appEdited, appLaunched, appDeleted, appPermissionEdited, appPermissionDeleted
  case flowCreated, flowEdited, flowDeleted, flowPermissionEdited, flowPermissionDeleted
  /// Documented as one operation with a connection's edit.
  case connectionCreated
  /// Documented nowhere; recorded only where a setting says so.
  case isolationChanged, connectionBlocked

  /// The operation as scenarios write it.
  public var name: StaticString {
    switch self {
    case .appCreated: "app-created"
    case .appEdited: "app-edited"
    case .appLaunched: "app-launched"
    case .appDeleted: "app-deleted"
    case .appPermissionEdited: "app-permission-edited"
    case .appPermissionDeleted: "app-permission-deleted"
    case .flowCreated: "flow-created"
    case .flowEdited: "flow-edited"
    case .flowDeleted: "flow-deleted"
    case .flowPermissionEdited: "flow-permission-edited"
    case .flowPermissionDeleted: "flow-permission-deleted"
    case .connectionCreated: "connection-created"
    case .isolationChanged: "isolation-changed"
    case .connectionBlocked: "connection-blocked"
    }
  }

  /// What the portal calls it.
  public var friendlyName: StaticString {
    switch self {
    case .appCreated: "Created app"
    case .appEdited: "Edited app"
    case .appLaunched: "Launched app"
    case .appDeleted: "Deleted app"
    case .appPermissionEdited: "Edited app permission"
    case .appPermissionDeleted: "Deleted app permission"
    case .flowCreated: "Created flow"
    case .flowEdited: "Edited flow"
    case .flowDeleted: "Deleted flow"
    case .flowPermissionEdited: "Edited flow permission"
    case .flowPermissionDeleted: "Deleted flow permission"
    case .connectionCreated: "Created connection"
    case .isolationChanged: "Changed tenant isolation (assumed)"
    case .connectionBlocked: "Blocked connection (assumed)"
    }
  }

  /// The `Operation` of its records.
  public var wireName: StaticString {
    switch self {
    case .appCreated: "CreatePowerApp"
    case .appEdited: "UpdatePowerApp"
    case .appLaunched: "LaunchPowerApp"
    case .appDeleted: "DeletePowerApp"
    case .appPermissionEdited: "PowerAppPermissionEdited"
    case .appPermissionDeleted: "PowerAppPermissionDeleted"
    case .flowCreated: "CreateFlow"
    case .flowEdited: "EditFlow"
    case .flowDeleted: "DeleteFlow"
    case .flowPermissionEdited: "PutPermissions"
    case .flowPermissionDeleted: "DeletePermissions"
    case .connectionCreated: "PutConnection"
    case .isolationChanged: "AssumedTenantIsolationChange"
    case .connectionBlocked: "AssumedConnectionBlocked"
    }
  }

  /// The `RecordType` of its records.
  public var recordType: Int {
    switch self {
    case .appCreated, .appEdited, .appLaunched, .appDeleted, .appPermissionEdited,
      .appPermissionDeleted:
      45
    case .flowCreated, .flowEdited, .flowDeleted, .flowPermissionEdited, .flowPermissionDeleted:
      30
    case .connectionCreated, .connectionBlocked: 79
    case .isolationChanged: 256
    }
  }

  /// The `Workload` of its records.
  public var workload: StaticString {
    switch recordType {
    case 30: "MicrosoftFlow"
    case 256: "PowerPlatform"
    default: "PowerApps"
    }
  }

  /// Whether records of it are documented.
  public var basis: Basis {
    self == .isolationChanged || self == .connectionBlocked ? .assumed : .documented
  }
}

/// One record of the audit log.
public struct AuditRecord: Hashable, Sendable {
  /// Its `Id`: a GUID.
  public var identifier: String
  /// Whose log it is in.
  public var tenant: TenantID
  /// What was done.
  public var operation: AuditOperation
  /// Who did it.
  public var actor: UserID
  /// When it was done; the record exists from then on.
  public var createdAt: Instant
  /// From when on searches, alerts and content find it.
  public var availableAt: Instant
  /// From when on nobody finds it any more.
  public var keptUntil: Instant
  /// The app that was done to.
  @Optionally public var app: AppID?
  /// The flow that was done to.
  @Optionally public var flow: FlowID?
  /// The connection that was done to.
  @Optionally public var connection: ConnectionID?
  /// What was given or taken away, with permissions.
  public var share: Share?
  /// Whether it is an administrator's doing to what is somebody else's.
  public var isByAdministrator = false
  /// The connectors of a flow's connections.
  public var connectors: [ConnectorID] = []
  /// Whether who did it has a premium licence.
  public var hasPremiumLicence = false
  /// Whether such a record is documented.
  public var basis: Basis
  /// The scenario's line behind it.
  public var line: Int

  /// A record about nothing yet.
  public init(
    identifier: String, tenant: TenantID, operation: AuditOperation, actor: UserID,
    createdAt: Instant, availableAt: Instant, keptUntil: Instant, line: Int
  ) {
    self.identifier = identifier
    self.tenant = tenant
    self.operation = operation
    self.actor = actor
    self.createdAt = createdAt
    self.availableAt = availableAt
    self.keptUntil = keptUntil
    self.line = line
    basis = operation.basis
  }

  /// Its `Operation`: administrators who change the shares of others' apps have one of their own.
  public var wireName: StaticString {
    let isAppShare = operation == .appPermissionEdited || operation == .appPermissionDeleted
    return isByAdministrator && isAppShare ? "AdminModifyAppPermissions" : operation.wireName
  }

  /// Whether a search finds it at an instant, after everything that happens at it.
  public func isAvailable(at time: Instant) -> Bool { availableAt <= time && time < keptUntil }
}

/// An alert that was sent about an audit record.
public struct AuditAlert: Hashable, Sendable {
  /// The policy that asks for it.
  public var policy: AlertPolicyID
  /// The record it is about, a row of ``AuditTrail/records``.
  public var record: Int
  /// When it was sent.
  public var time: Instant
  /// Whom it was sent to, in the policy's order.
  public var recipients: [Recipient]

  /// An alert.
  public init(
    policy: AlertPolicyID, record: Int, time: Instant, recipients: [Recipient]
  ) {
    self.policy = policy
    self.record = record
    self.time = time
    self.recipients = recipients
  }
}

/// What the audit log recorded, and what came of it.
public struct AuditTrail: Sendable {
  /// Records in the order in which they were created.
  public var records: [AuditRecord] = []
  /// Alerts in the order in which they were sent.
  public var alerts: [AuditAlert] = []
  /// What the Activity API answered, in order.
  public var calls: [FeedCall] = []
  /// The content that subscriptions were given.
  public var blobs: [ContentBlob] = []

  /// A log of nothing.
  public init() {}
}

// MARK: - Fingerprint

extension AuditTrail {
  /// Combines what a record only points to; for records of other kinds nothing.
  func combine(_ event: Record, into hash: inout StableHash) {
    hash.combine(event.alertPolicy)
    guard let row = event.auditRow?.row else { return }
    hash.combine(row)
    switch event.kind {
    case .auditRecorded, .auditAvailable:
      guard records.indices.contains(row) else { return }
      records[row].combine(into: &hash)
    case .alertRaised:
      guard alerts.indices.contains(row) else { return }
      hash.combine(alerts[row].policy)
      hash.combine(alerts[row].record)
      for recipient in alerts[row].recipients { recipient.combine(into: &hash) }
    default:
      guard calls.indices.contains(row) else { return }
      calls[row].combine(into: &hash)
      for row in calls[row].blobs where blobs.indices.contains(row) {
        hash.combine(blobs[row].identifier)
        hash.combine(blobs[row].createdAt.milliseconds)
        for record in blobs[row].records { hash.combine(record) }
      }
    }
  }
}

extension AuditRecord {
  func combine(into hash: inout StableHash) {
    hash.combine(identifier)
    hash.combine(operation.name)
    hash.combine(actor)
    hash.combine(createdAt.milliseconds)
    hash.combine(availableAt.milliseconds)
    hash.combine(keptUntil.milliseconds)
    hash.combine(app)
    hash.combine(flow)
    hash.combine(connection)
    share?.combine(into: &hash)
    hash.combine(isByAdministrator)
    for connector in connectors { hash.combine(connector) }
    hash.combine(hasPremiumLicence)
    hash.combine(basis.rawValue)
  }
}
