import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// The audit log and its feed in JSON lines.
extension ByteBuffer {
  mutating func appendAudit(of record: Record, in trace: Trace) {
    if let policy = record.alertPolicy {
      append(key: "alertPolicy", trace.cast.alertPolicies[policy.row].name)
    }
    if let registration = record.failure?.registration {
      append(key: "registration", trace.cast.registrations[registration.row].name)
    }
    guard let row = record.auditRow?.row else { return }
    let trail = trace.audit
    switch record.kind {
    case .auditRecorded, .auditAvailable: append(trail.records[row], record.kind, trace)
    case .alertRaised: append(trail.alerts[row], trace)
    default: append(trail.calls[row], trace)
    }
  }

  private mutating func append(_ record: AuditRecord, _ kind: RecordKind, _ trace: Trace) {
    append(key: "auditId", record.identifier)
    append(key: "operation", word: record.operation.wireName)
    append(key: "friendlyName", word: record.operation.friendlyName)
    append(key: "recordType", decimal: record.operation.recordType)
    append(key: "workload", word: record.operation.workload)
    append(key: "userId", trace.cast.account(of: record.actor))
    if let share = record.share { append(key: "recipient", trace.cast.name(of: share.recipient)) }
    append(key: "basis", record.operation.basis.rawValue)
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
    append(key: "operation", word: record.operation.wireName)
    append(key: "friendlyName", word: record.operation.friendlyName)
    append(key: "auditId", record.identifier)
  }

  private mutating func append(_ call: FeedCall, _ trace: Trace) {
    append(key: "registration", trace.cast.registrations[call.registration.row].name)
    if let type = call.contentType { append(key: "contentType", word: type.wireName) }
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
    append(key: "Operation", word: record.operation.wireName)
    append(key: "OrganizationId", cast.tenants[record.tenant.row].identifier)
    append(key: "RecordType", decimal: record.operation.recordType)
    append(key: "ResultStatus", "Success")
    let account = cast.account(of: record.actor)
    append(key: "UserKey", account)
    append(key: "UserType", decimal: cast.users[record.actor.row].auditUserType)
    append(key: "Version", decimal: 1)
    append(key: "Workload", word: record.operation.workload)
    append(key: "UserId", account)
    appendThing(of: record, cast)
    append("}")
  }

  private mutating func appendThing(of record: AuditRecord, _ cast: Cast) {
    if let app = record.app {
      append(key: "ObjectId", cast.apps[app.row].name)
      append(key: "AppName", cast.apps[app.row].displayName)
    } else if let flow = record.flow {
      append(key: "ObjectId", cast.flows[flow.row].name)
      append(
        key: "FlowDetailsUrl", "https://make.powerautomate.com/flows/\(cast.flows[flow.row].name)")
      append(key: "UserUPN", cast.account(of: record.actor))
      append(key: "UserTypeInitiated", decimal: 1)
      if let share = record.share {
        append(key: "SharingPermission", share.role == .runOnly ? "2" : "3")
        append(key: "RecipientUPN", cast.account(of: share.recipient))
      }
    } else if let connection = record.connection {
      append(key: "ObjectId", cast.connections[connection.row].name)
      append(key: "ResourceId", cast.connections[connection.row].name)
    }
  }

  /// A point of the calendar to the second and without a zone, as the log writes it.
  private mutating func append(secondsOf time: CivilTime) {
    var text = ByteBuffer()
    text.append(iso: time)
    append(Array(text.bytes.prefix(19)))
  }
}

extension User {
  /// The `UserType` of their records: 2 for administrators, 0 for others.
  fileprivate var auditUserType: Int {
    role.isAdministrator ? 2 : 0
  }
}

extension Cast {
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
