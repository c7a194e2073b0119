import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// The audit logs of all tenants, the alert policies that watch them, and their feed.
struct AuditBook: Sendable {
  /// The tenants whose auditing is on. Nothing is looked at while there is none.
  private(set) var tenants: Set<TenantID> = []
  /// Records in the order in which they were created.
  private(set) var records: [AuditRecord] = []
  private(set) var alerts: [AuditAlert] = []
  /// The alert policies that are there, by name.
  private(set) var policies: [AlertPolicy?]
  var feed: FeedBook
  private var delays: SeededGenerator
  private let settings: AuditSettings
  private let licences: Licences
  private let start: CivilTime

  init(_ scenario: Scenario, seed: UInt64) {
    policies = Array(repeating: nil, count: scenario.cast.alertPolicies.count)
    feed = FeedBook(scenario, seed: seed)
    delays = SeededGenerator(seed: seed, stream: "audit-delay")
    settings = scenario.settings.audit
    licences = scenario.licences
    start = scenario.start
  }

  /// Switches a tenant's auditing.
  mutating func turn(on isOn: Bool, _ tenant: TenantID) {
    if isOn { tenants.insert(tenant) } else { tenants.remove(tenant) }
  }

  /// Makes an alert policy, or takes it away.
  mutating func set(_ policy: AlertPolicy?, _ id: AlertPolicyID) { policies[id.row] = policy }

  /// What a record says of who did it and of what it is about.
  struct Details {
    /// Whether an administrator did it to what is somebody else's.
    var isByAdministrator = false
    var hasPremiumLicence = false
    /// The connectors of a flow.
    var connectors: [ConnectorID] = []
  }

  /// Keeps a new record of somebody's doing; where auditing is off, nothing.
  ///
  /// - Returns: the record's row.
  mutating func record(
    _ operation: AuditOperation, _ event: Record, _ tenant: TenantID, _ details: Details
  ) -> Int? {
    guard tenants.contains(tenant), let actor = event.actor else { return nil }
    let created = event.time
    let kept = AuditSettings.retention(
      of: start + created.milliseconds, hasE5: licences.e5.contains(tenant))
    var record = AuditRecord(
      identifier: derivedIdentifier("audit", "\(tenant.index)", "\(records.count)"),
      tenant: tenant, operation: operation, actor: actor, createdAt: created,
      availableAt: created + delays.nextDelay(in: settings.delay), keptUntil: created + kept,
      line: event.line)
    record.app = event.app
    record.flow = event.flow
    if let share = event.share, let role = share.role {
      record.share = Share(share.recipient, role)
    }
    if event.app == nil, event.flow == nil { record.connection = event.connection }
    record.isByAdministrator = details.isByAdministrator
    record.hasPremiumLicence = details.hasPremiumLicence
    record.connectors = details.connectors
    // That turning a flow on or off is recorded as an edit is written nowhere.
    if event.kind == .flowOn || event.kind == .flowOff || event.isTurningOn {
      record.basis = .assumed
    }
    records.append(record)
    return records.count - 1
  }

  /// The alert policies that want to know of a record.
  func policies(about record: AuditRecord) -> [AlertPolicyID] {
    policies.indices.filter {
      guard let policy = policies[$0], policy.tenant == record.tenant else { return false }
      return policy.operations.contains(record.operation)
    }.map { AlertPolicyID($0) }
  }

  /// Keeps an alert, and returns its row.
  mutating func add(_ alert: AuditAlert) -> Int {
    alerts.append(alert)
    return alerts.count - 1
  }
}

extension AuditBook {
  /// All of it, for whoever reads the trace.
  var trail: AuditTrail {
    var trail = AuditTrail()
    trail.records = records
    trail.alerts = alerts
    trail.calls = feed.calls
    trail.blobs = feed.blobs
    return trail
  }
}
