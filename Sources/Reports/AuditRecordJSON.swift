import SimulationTrace

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

extension Cast {
  /// What stands as `PublisherIdentifier`; nil where nothing does.
  func identifier(of publisher: FeedPublisher) -> String? {
    switch publisher {
    case .none: nil
    case .tenant(let tenant): tenants[tenant.row].identifier
    case .application(let registration): registrationIdentifier(registration)
    }
  }
}
