import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Judges what is expected of the audit log, of alerts about it, and of its feed.
extension Simulation {
  func codeFinding(_ result: StatementResult, _ code: String, _ phrases: Phrases) -> Finding {
    let text = result.failure.map { trace.text(of: $0) }
    return Finding(
      isMet: text?.code == code, expected: "the error \(code)",
      got: text.map { "the error \($0.code): \(phrases.oneLine($0.message))" } ?? "no error")
  }

  func auditFinding(_ claim: AuditClaim, _ phrases: Phrases) -> Finding {
    switch claim {
    case .records(let tenant, let count, let operation, let interval, let by):
      return recordsFinding(tenant, count, operation, interval, by, phrases)
    case .alert(let policy, let isSent, let reader, let subject, let time):
      return alertFinding(policy, isSent, reader, subject, time, phrases)
    case .subscription(let type, let registration, let isEnabled, let time):
      return stateFinding(
        "the subscription to \(type.name) using \(phrases.name(registration))",
        isEnabled.subscriptionState,
        subscription(registration, type, at: time).subscriptionState, time, phrases)
    case .page(let page, let blobs, let hasMore, let time):
      return pageFinding(page, blobs, hasMore, time ?? trace.until, phrases)
    case .pageRecords(let page, let count, let operation, let time):
      return pageRecordsFinding(page, count, operation, time ?? trace.until, phrases)
    }
  }

  private func recordsFinding(
    _ tenant: TenantID, _ count: Int, _ operation: AuditOperation?, _ interval: Range<Instant>,
    _ by: Instant?, _ phrases: Phrases
  ) -> Finding {
    let all = auditRecords(of: tenant, in: interval)
    let found = auditRecords(of: tenant, in: interval, availableAt: by)
    let fitting = found.filter { operation == nil || $0.operation == operation }
    let when = by.map { " available by \(phrases.time($0))" } ?? ""
    return Finding(
      isMet: fitting.count == count,
      expected: "the audit log of \(phrases.name(tenant)) has \(phrases.records(count, operation)) "
        + "from \(phrases.time(interval.lowerBound)) to \(phrases.time(interval.upperBound))\(when)",
      got: phrases.contents(found) + phrases.late(all, by))
  }

  private func alertFinding(
    _ policy: AlertPolicyID, _ isSent: Bool, _ reader: Recipient?, _ subject: AuditSubject?,
    _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    let sent = alerts(of: policy, by: time)
    let fitting = sent.filter { alert in
      let record = trace.audit.records[alert.record]
      return (subject == nil || record.subject == subject)
        && reader.map { isRead(alert, by: $0) } ?? true
    }
    let about = subject.map { " about \(phrases.name($0))" } ?? ""
    let to = reader.map { " to \(phrases.name($0))" } ?? ""
    let all = sent.prefix(5).map {
      "one at \(phrases.time($0.time))\(phrases.readers($0))\(phrases.about($0))"
    }
    return Finding(
      isMet: fitting.isEmpty != isSent,
      expected: "\(isSent ? "an" : "no") alert \(phrases.name(policy))\(to)\(about) "
        + "by \(phrases.time(time))",
      got: sent.isEmpty ? "no alert of this policy by then" : all.joined(separator: ", "))
  }

  private func pageFinding(
    _ name: ContentPageID, _ blobs: Int, _ hasMore: Bool?, _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    let page = contentPage(name, at: time)
    let rest = hasMore.map { $0 ? " and more follow" : " and nothing follows" } ?? ""
    return Finding(
      isMet: page.map { $0.blobs.count == blobs && (hasMore == nil || $0.hasMore == hasMore) }
        ?? false,
      expected: "page \(phrases.name(name)) lists \(counted(blobs, "blob"))\(rest)",
      got: page.map {
        counted($0.blobs.count, "blob")
          + ($0.hasMore ? " and more follow" : " and nothing follows")
      } ?? "no such page by then")
  }

  private func pageRecordsFinding(
    _ name: ContentPageID, _ count: Int, _ operation: AuditOperation?, _ time: Instant,
    _ phrases: Phrases
  ) -> Finding {
    let records = contentPage(name, at: time).map { auditRecords(in: $0) }
    let fitting = records?.filter { operation == nil || $0.operation == operation }
    return Finding(
      isMet: fitting?.count == count,
      expected: "page \(phrases.name(name)) holds \(phrases.records(count, operation))",
      got: records.map { phrases.contents($0) } ?? "no such page by then")
  }

  /// What a failed claim came to, apart from times and numbers.
  func kind(of claim: AuditClaim) -> String {
    let got = auditFinding(claim, Phrases(trace)).got
    return String(got.filter { !$0.isNumber })
  }
}

extension Simulation {
  /// Whether somebody reads an alert: it is sent to them, or to a group that they are in.
  func isRead(_ alert: AuditAlert, by reader: Recipient) -> Bool {
    alert.recipients.contains { recipient in
      if recipient == reader { return true }
      guard case .group(let group) = recipient, case .user(let user) = reader else { return false }
      return members(of: group, at: alert.time).contains(user)
    }
  }
}

extension Bool? {
  /// A subscription's state as scenarios write it.
  fileprivate var subscriptionState: String {
    map { $0 ? "enabled" : "disabled" } ?? "absent"
  }
}

extension AuditClaim {
  /// The latest instant that it looks at, or the end where it names none.
  public func latest(until end: Instant) -> Instant {
    switch self {
    case .records(_, _, _, let interval, let by): by ?? interval.upperBound
    case .alert(_, _, _, _, let time), .subscription(_, _, _, let time): time
    case .page(_, _, _, let time), .pageRecords(_, _, _, let time): time ?? end
    }
  }
}

extension Simulation {
  /// What bears out what is said of the audit log: the latest such event up to an instant.
  func witness(of claim: AuditClaim) -> Int? {
    let end = claim.latest(until: trace.until)
    return trace.events.lastIndex { $0.time <= end && isWitness($0, of: claim) }
  }

  private func isWitness(_ event: Record, of claim: AuditClaim) -> Bool {
    let row = event.auditRow?.row
    switch (claim, event.kind) {
    case (.records(let tenant, _, let operation, let interval, let by), let kind):
      guard kind == (by == nil ? .auditRecorded : .auditAvailable), let row else { return false }
      let record = trace.audit.records[row]
      return record.tenant == tenant && interval.contains(record.createdAt)
        && (operation == nil || operation == record.operation)
    case (.alert(let policy, _, _, _, _), .alertRaised),
      (.alert(let policy, _, _, _, _), .alertPolicySaved):
      return event.alertPolicy == policy
    case (.subscription(let type, let registration, _, _), .subscriptionChanged):
      guard let call = row.map({ trace.audit.calls[$0] }) else { return false }
      return call.registration == registration && call.contentType == type
    case (.page(let page, _, _, _), .contentListed),
      (.pageRecords(let page, _, _, _), .contentListed):
      return row.map { trace.audit.calls[$0].page == page } ?? false
    default: return false
    }
  }

  /// Whether the tenant's auditing is on at an instant, and the event behind it.
  fileprivate func auditing(of tenant: TenantID, at time: Instant) -> (isOn: Bool, event: Record?) {
    let event = trace.events.last { $0.time <= time && $0.switchesAuditing(of: tenant) }
    return (event?.kind == .auditingOn, event)
  }
}

extension Record {
  fileprivate func switchesAuditing(of tenant: TenantID) -> Bool {
    (kind == .auditingOn || kind == .auditingOff) && self.tenant == tenant
  }
}

extension Phrases {
  fileprivate func records(_ number: Int, _ operation: AuditOperation?) -> String {
    (number == 0 ? "no records" : counted(number, "record"))
      + (operation.map { " \($0.name)" } ?? "")
  }

  /// `2 records: app-created at 09:00, app-permission-edited at 09:05`.
  fileprivate func contents(_ records: [AuditRecord]) -> String {
    guard !records.isEmpty else { return "no records" }
    let some = records.prefix(8).map { "\($0.operation.name) at \(time($0.createdAt))" }
    let rest = records.count > 8 ? " and \(records.count - 8) more" : ""
    return counted(records.count, "record") + ": " + some.joined(separator: ", ") + rest
  }

  /// How many records can't be found yet or any more.
  fileprivate func late(_ records: [AuditRecord], _ by: Instant?) -> String {
    guard let by else { return "" }
    let later = records.filter { $0.availableAt > by }
    let gone = records.count { $0.keptUntil <= by }
    let first = later.first.map { ", the first of them from \(time($0.availableAt)) on" } ?? ""
    return (later.isEmpty ? "" : "; \(later.count) can't be found yet\(first)")
      + (gone == 0 ? "" : "; \(gone) not kept so long")
  }

  fileprivate func name(_ subject: AuditSubject) -> String {
    switch subject {
    case .app(let id): name(id)
    case .flow(let id): name(id)
    case .connection(let id): name(id)
    }
  }

  fileprivate func readers(_ alert: AuditAlert) -> String {
    " to " + alert.recipients.map { name($0) }.joined(separator: ", ")
  }

  fileprivate func about(_ alert: AuditAlert) -> String {
    record(alert.record).subject.map { " about \(name($0))" } ?? ""
  }
}

extension Explanation {
  /// Whether auditing was on when it mattered, and what bears the claim out.
  func why(_ claim: AuditClaim) -> [Reason] {
    let auditing: [Reason]
    switch claim {
    case .records(let tenant, _, let operation, let interval, _):
      auditing =
        self.auditing(of: tenant, during: interval) + (operation.map { unrecorded($0) } ?? [])
    case .alert(let policy, _, _, _, let time):
      let tenant = simulation.trace.events.first { $0.alertPolicy == policy && $0.tenant != nil }
      auditing = tenant?.tenant.map { self.auditing(of: $0, during: time..<time + 1) } ?? []
    case .subscription, .page, .pageRecords: auditing = []
    }
    return auditing + said(simulation.witness(of: claim).map { simulation.trace.events[$0] })
  }

  /// That there are no records of an operation for want of a setting.
  func unrecorded(_ operation: AuditOperation) -> [Reason] {
    operation.basis == .assumed && !scenario.settings.audit.recordsIsolation
      ? [Reason("\(operation.name) is only recorded with \"set audit-isolation on\"")] : []
  }

  /// A tenant's auditing at an interval's beginning, and its changes up to its end.
  private func auditing(of tenant: TenantID, during interval: Range<Instant>) -> [Reason] {
    let name = phrases.name(tenant)
    let time = interval.lowerBound
    let (isOn, event) = simulation.auditing(of: tenant, at: time)
    let line = event.map { "line \($0.line): " } ?? ""
    let since = event.map { ", since \(phrases.time($0.time))" } ?? ": nobody turned it on before"
    let first = Reason(
      "\(line)auditing of \(name) is \(isOn ? "on" : "off") at \(phrases.time(time))\(since)",
      line: event?.line)
    let changes = simulation.trace.events.filter {
      $0.time > time && $0.time < interval.upperBound && $0.switchesAuditing(of: tenant)
    }
    return [first]
      + changes.prefix(4).map {
        Reason(
          "line \($0.line): it is turned \($0.kind == .auditingOn ? "on" : "off") at "
            + phrases.time($0.time), line: $0.line)
      }
  }
}
