import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// What the audit log records, and what comes of it.
struct AuditSight: Sendable {
  enum Kind: Hashable, Sendable {
    /// Something was done that is recorded, or would be were auditing on.
    case record(AuditOperation, isRecorded: Bool)
    /// A record can be found some time after its making.
    case available
    /// A record is not kept any longer.
    case expired
    case alert
    /// A call of the Activity API that was answered, or failed.
    case call(FeedCall.Kind)
    case failed(FeedError)
    /// Somebody without the role or the licence is refused.
    case refused(Cause)
    /// Content that was there to be made while a subscription was stopped.
    case lost
    /// A record that a page holds twice.
    case duplicate
  }

  let kind: Kind
  var actor: User?
  var call: FeedCall?
  var record: AuditRecord?
  var alert: AuditAlert?
  /// Whether the tenant has E5.
  var hasE5 = false
  /// How long a record was kept, in milliseconds.
  var retention: Milliseconds = 0
  /// Whether a list had a longer window than it took.
  var wasCut = false
  /// Whether nothing is listed because the first content is yet to come.
  var waitsForContent = false
  /// Whether something is listed before what happened earlier.
  var isDisordered = false
  var assertion = Assertion()
}

extension Observer {
  private var trail: AuditTrail { scene.simulation.trace.audit }

  mutating func observe(_ action: AuditAction, _ row: Int) {
    let result = scene.simulation.results[row]
    guard case .feed = action else { return }
    let actor = scene.scenario.timeline[row].actor.map { scene.cast.users[$0.row] }
    let event = scene.simulation.records(ofStatement: row).first
    var kind: AuditSight.Kind?
    if let error = result.failure?.feed?.error {
      kind = .failed(error)
    } else if let cause = result.failure?.cause {
      kind = .refused(cause)
    } else if let call = event?.auditRow.map({ trail.calls[$0.row] }) {
      kind = .call(call.kind)
    }
    guard let kind else { return }
    var sight = AuditSight(kind: kind, actor: actor)
    sight.call = event?.auditRow.map { trail.calls[$0.row] }
    sight.assertion = expected.statement(row)
    if let page = sight.call?.page {
      sight.assertion.outcome = sight.assertion.outcome || isSaid(of: page)
      describe(&sight, row)
      if hasDuplicate(sight.call) { note(duplicate(sight)) }
    }
    note(sight)
  }

  private func describe(_ sight: inout AuditSight, _ row: Int) {
    guard let call = sight.call else { return }
    if case .audit(.feed(_, .list(_, let asked, _))) = scene.scenario.timeline[row].action,
      let window = call.window, let end = asked.end
    {
      sight.wasCut = window.upperBound < end
    }
    let time = scene.scenario.timeline[row].time
    sight.waitsForContent =
      call.blobs.isEmpty && scene.scenario.settings.audit.firstContent > 0
      && trail.records.contains { $0.availableAt <= time }
    let times = call.blobs.flatMap { trail.blobs[$0].records }.map { trail.records[$0].createdAt }
    sight.isDisordered = zip(times, times.dropFirst()).contains { $0 > $1 }
  }

  private func isSaid(of page: ContentPageID) -> Bool {
    expected.ofAudit.contains {
      switch $0 {
      case .page(page, _, _, _), .pageRecords(page, _, _, _): true
      default: false
      }
    }
  }

  private func hasDuplicate(_ call: FeedCall?) -> Bool {
    let records = call?.blobs.flatMap { trail.blobs[$0].records } ?? []
    return Set(records).count < records.count
  }

  private func duplicate(_ page: AuditSight) -> AuditSight {
    var sight = AuditSight(kind: .duplicate)
    sight.assertion = page.assertion
    return sight
  }

  /// Notes everything about records, alerts and content that no statement says.
  mutating func observeAudit() {
    guard !trail.records.isEmpty || !expected.ofAudit.isEmpty else { return }
    for record in trail.records { observe(record) }
    for alert in trail.alerts { observe(alert) }
    observeSilence()
    observeLosses()
  }

  private mutating func observe(_ record: AuditRecord) {
    var sight = AuditSight(kind: .record(record.operation, isRecorded: true), record: record)
    sight.hasE5 = scene.scenario.licences.e5.contains(record.tenant)
    sight.retention = record.keptUntil - record.createdAt
    sight.assertion.outcome = expected.ofAudit.contains { $0.counts(record, isFound: nil) }
    note(sight)
    note(sight.as(.available, expected.ofAudit.contains { $0.counts(record, isFound: true) }))
    guard record.keptUntil <= scene.simulation.trace.until else { return }
    note(sight.as(.expired, expected.ofAudit.contains { $0.misses(record) }))
  }

  private mutating func observe(_ alert: AuditAlert) {
    let record = trail.records[alert.record]
    var sight = AuditSight(kind: .alert, record: record, alert: alert)
    sight.assertion.outcome = expected.ofAudit.contains {
      guard case .alert(alert.policy, isSent: true, _, let subject, let time) = $0 else {
        return false
      }
      return alert.time <= time && (subject == nil || subject == record.subject)
    }
    note(sight)
  }

  /// Notes what was done while auditing was off.
  private mutating func observeSilence() {
    for event in scene.simulation.trace.events where event.kind == .appCreated {
      guard let tenant = event.tenant,
        !trail.records.contains(where: { $0.createdAt == event.time && $0.app == event.app })
      else { continue }
      var sight = AuditSight(kind: .record(.appCreated, isRecorded: false))
      sight.assertion.outcome = expected.ofAudit.contains {
        guard case .records(tenant, count: 0, _, let interval, availableBy: nil) = $0 else {
          return false
        }
        return interval.contains(event.time)
      }
      note(sight)
    }
  }

  /// Notes content that was made while its subscription was stopped.
  private mutating func observeLosses() {
    for blob in trail.blobs {
      guard blob.createdAt < scene.simulation.trace.until,
        scene.simulation.subscription(blob.registration, blob.contentType, at: blob.createdAt)
          == false
      else { continue }
      var sight = AuditSight(kind: .lost)
      sight.assertion.outcome = trail.calls.contains { call in
        guard let page = call.page, let window = call.window else { return false }
        return window.contains(blob.createdAt) && isSaid(of: page)
      }
      note(sight)
    }
  }
}

extension AuditSight {
  /// The same seen as something else.
  fileprivate func `as`(_ kind: Kind, _ isAsserted: Bool) -> AuditSight {
    var sight = AuditSight(kind: kind, record: record, hasE5: hasE5, retention: retention)
    sight.assertion.outcome = isAsserted
    return sight
  }
}

extension AuditClaim {
  /// Whether it counts a record.
  ///
  /// - Parameter isFound: whether it has to be a search; nil for either.
  fileprivate func counts(_ record: AuditRecord, isFound: Bool?) -> Bool {
    guard case .records(record.tenant, let count, let operation, let interval, let by) = self,
      count > 0, interval.contains(record.createdAt),
      operation == nil || operation == record.operation
    else { return false }
    if isFound == true { return by.map { record.isAvailable(at: $0) } ?? false }
    return by.map { record.isAvailable(at: $0) } ?? true
  }

  /// Whether it says that a search does not find a record any more.
  fileprivate func misses(_ record: AuditRecord) -> Bool {
    guard case .records(record.tenant, count: 0, _, let interval, let by?) = self else {
      return false
    }
    return interval.contains(record.createdAt) && record.keptUntil <= by
  }
}
