import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// The audit log and its feed in JSON lines.
extension ByteBuffer {
  mutating func appendAudit(of record: Record, in trace: Trace) {
    if let policy = record.alertPolicy {
      append(key: "alertPolicy", trace.cast.alertPolicies[policy.row].name)
    }
    guard let row = record.auditRow?.row, record.kind != .operationRefused else {
      guard let registration = record.failure?.registration else { return }
      return append(key: "registration", trace.cast.registrations[registration.row].name)
    }
    let trail = trace.audit
    switch record.kind {
    case .auditRecorded, .auditAvailable: append(trail.records[row], record.kind, trace)
    case .alertRaised: append(trail.alerts[row], trace)
    default: append(trail.calls[row], trace)
    }
  }

  private mutating func append(_ record: AuditRecord, _ kind: RecordKind, _ trace: Trace) {
    append(key: "auditId", record.identifier)
    append(key: "operation", word: record.wireName)
    append(key: "friendlyName", word: record.operation.friendlyName)
    append(key: "recordType", decimal: record.operation.recordType)
    append(key: "workload", word: record.operation.workload)
    append(key: "userId", trace.cast.account(of: record.actor))
    if let share = record.share { append(key: "recipient", trace.cast.name(of: share.recipient)) }
    append(key: "basis", record.basis.rawValue)
    if kind == .auditRecorded {
      append(key: "availableAt", time: record.availableAt, in: trace)
    } else {
      append(key: "recordedAt", time: record.createdAt, in: trace)
      append(key: "keptUntil", time: record.keptUntil, in: trace)
    }
  }

  private mutating func append(_ alert: AuditAlert, _ trace: Trace) {
    append(key: "to", alert.recipients.map { trace.cast.name(of: $0) })
    let record = trace.audit.records[alert.record]
    append(key: "operation", word: record.wireName)
    append(key: "friendlyName", word: record.operation.friendlyName)
    append(key: "auditId", record.identifier)
  }

  private mutating func append(_ call: FeedCall, _ trace: Trace) {
    appendUse(in: call, trace.cast)
    switch call.kind {
    case .start:
      append(key: "status", "enabled")
      if let publisher = trace.cast.identifier(of: call.publisher) {
        append(key: "publisherIdentifier", publisher)
      }
    case .stop: append(key: "status", "disabled")
    case .listSubscriptions:
      append(key: "contentTypes", call.subscriptions.map { "\($0.wireName)" })
    case .listContent, .fetchContent: appendContent(of: call, trace)
    }
  }

  /// Whose permissions a call uses, and for which type of content.
  mutating func appendUse(in call: FeedCall, _ cast: Cast) {
    append(key: "registration", cast.registrations[call.registration.row].name)
    if let type = call.contentType { append(key: "contentType", word: type.wireName) }
  }

  private mutating func appendContent(of call: FeedCall, _ trace: Trace) {
    if let page = call.page { append(key: "page", trace.cast.contentPages[page.row].name) }
    if let window = call.window {
      append(key: "startTime", time: window.lowerBound, in: trace)
      append(key: "endTime", time: window.upperBound, in: trace)
      append(key: "hasMore", call.hasMore)
    }
    append(key: "content")
    appendList(call.blobs) { buffer, row in
      let blob = trace.audit.blobs[row]
      buffer.append("{\"contentId\":")
      buffer.append(json: blob.identifier)
      buffer.append(key: "contentCreated", time: blob.createdAt, in: trace)
      buffer.append(key: "auditIds", blob.records.map { trace.audit.records[$0].identifier })
      buffer.append("}")
    }
  }
}

// MARK: - As the Activity API hands them out

extension ByteBuffer {
  /// Appends an audit record with the fields of the Office 365 Management Activity API schema. What
  /// a simulation has no notion of, such as an address, is left out.
  public mutating func append(_ record: AuditRecord, in trace: Trace) {
    let cast = trace.cast
    append("{\"CreationTime\":\"")
    append(secondsOf: trace.start + record.createdAt.milliseconds)
    append("\"")
    append(key: "Id", record.identifier)
    append(key: "Operation", word: record.wireName)
    append(key: "OrganizationId", cast.tenants[record.tenant.row].identifier)
    append(key: "RecordType", decimal: record.operation.recordType)
    append(key: "ResultStatus", "Success")
    let account = cast.account(of: record.actor)
    append(key: "UserKey", account)
    append(key: "UserType", decimal: cast.users[record.actor.row].auditUserType(in: record.tenant))
    append(key: "Version", decimal: 1)
    append(key: "Workload", word: record.operation.workload)
    append(key: "UserId", account)
    if let app = record.app {
      append(app: cast.apps[app.row], record, cast)
    } else if let flow = record.flow {
      append(flow: cast.flows[flow.row], record, cast)
    } else if let connection = record.connection {
      append(connection: cast.connections[connection.row], record, cast)
    }
    append("}")
  }

  /// Where a record about an app has whom it was shared with is assumed.
  private mutating func append(app: Title, _ record: AuditRecord, _ cast: Cast) {
    append(key: "ObjectId", app.name)
    append(key: "AppName", app.displayName)
    append(key: "AdditionalInfo")
    append("{\"environmentName\":")
    append(json: cast.defaultEnvironment(of: record.tenant))
    if let share = record.share {
      append(key: "recipientUPN", cast.account(of: share.recipient))
    }
    append("}")
  }

  /// How several connectors are written, and the licences' names, are assumed.
  private mutating func append(flow: Title, _ record: AuditRecord, _ cast: Cast) {
    append(key: "ObjectId", flow.name)
    append(key: "FlowDetailsUrl", "https://make.powerautomate.com/flows/\(flow.name)")
    append(
      key: "FlowConnectorNames",
      record.connectors.map { cast.connectors[$0.row].displayName }.joined(separator: ", "))
    append(
      key: "LicenseDisplayName",
      record.hasPremiumLicence ? "Power Automate Premium" : "Power Automate for Office 365")
    append(key: "UserUPN", cast.account(of: record.actor))
    append(key: "UserTypeInitiated", decimal: record.isByAdministrator ? 2 : 1)
    if let share = record.share {
      append(key: "SharingPermission", share.role == .runOnly ? "2" : "3")
      append(key: "RecipientUPN", cast.account(of: share.recipient))
    }
  }

  private mutating func append(connection: Title, _ record: AuditRecord, _ cast: Cast) {
    append(key: "ObjectId", connection.name)
    append(key: "ResourceId", connection.name)
    append(key: "AdditionalInfo")
    append("{\"EnvironmentName\":")
    append(json: cast.defaultEnvironment(of: record.tenant))
    append(key: "ActionName", word: record.wireName)
    append("}")
  }

  /// A point of the calendar to the second and without a zone, as the log writes it.
  private mutating func append(secondsOf time: CivilTime) {
    var text = ByteBuffer()
    text.append(iso: time)
    append(Array(text.bytes.prefix(19)))
  }
}

extension User {
  /// The `UserType` of their records: 10 for guests, 2 for administrators, 0 for others.
  fileprivate func auditUserType(in tenant: TenantID) -> Int {
    if home != tenant { return 10 }
    return role.isAdministrator ? 2 : 0
  }
}

extension Cast {
  /// Where scenarios say nothing of environments, all is in a tenant's default one.
  fileprivate func defaultEnvironment(of tenant: TenantID) -> String {
    "Default-\(tenants[tenant.row].identifier)"
  }

  /// Accounts are no part of scenarios: the user's name at the home tenant's first domain.
  func account(of user: UserID) -> String {
    let person = users[user.row]
    return "\(person.name)@\(tenants[person.home.row].domains.first ?? "unknown")"
  }

  func account(of recipient: Recipient) -> String {
    if case .user(let user) = recipient { return account(of: user) }
    return name(of: recipient)
  }

  /// What stands as `PublisherIdentifier`; nil where nothing does.
  func identifier(of publisher: FeedPublisher) -> String? {
    switch publisher {
    case .none: nil
    case .tenant(let tenant): tenants[tenant.row].identifier
    case .application(let registration): registrationIdentifier(registration)
    }
  }
}
