import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What an expectation says of the audit log and what comes of it.
public enum AuditClaim: Hashable, Sendable {
  /// Exactly `count` records of an interval are in a tenant's log: so many that a search finds at
  /// an instant, or, without one, that were ever made.
  case records(TenantID, count: Int, AuditOperation?, in: Range<Instant>, availableBy: Instant?)
  /// Whether an alert was sent by an instant.
  case alert(AlertPolicyID, isSent: Bool, to: Recipient?, about: AuditSubject?, by: Instant)
  /// Whether a subscription is enabled; nil for one that was never started.
  case subscription(ContentType, RegistrationID, isEnabled: Bool?, at: Instant)
  /// How many pieces of content a page lists, and whether more follow; at the scenario's end where
  /// no instant is given.
  case page(ContentPageID, blobs: Int, hasMore: Bool?, at: Instant?)
  /// How many records the content of a page holds.
  case pageRecords(ContentPageID, count: Int, AuditOperation?, at: Instant?)
}

/// What an audit record can be about.
public enum AuditSubject: Hashable, Sendable {
  case app(AppID)
  case flow(FlowID)
  case connection(ConnectionID)
}

extension AuditRecord {
  /// What it is about.
  public var subject: AuditSubject? {
    app.map { .app($0) } ?? flow.map { .flow($0) } ?? connection.map { .connection($0) }
  }
}

extension Simulation {
  /// The records of a tenant's log that were made in an interval: those that a search finds at an
  /// instant, or all.
  public func auditRecords(
    of tenant: TenantID, in interval: Range<Instant>, availableAt time: Instant? = nil
  ) -> [AuditRecord] {
    let records = trace.audit.records
    let first = records.partitionPoint { $0.createdAt >= interval.lowerBound }
    return records[first...].prefix { $0.createdAt < interval.upperBound }.filter { record in
      record.tenant == tenant && time.map { record.isAvailable(at: $0) } ?? true
    }
  }

  /// Alerts that a policy had sent by an instant.
  public func alerts(of policy: AlertPolicyID, by time: Instant) -> [AuditAlert] {
    trace.audit.alerts.filter { $0.policy == policy && $0.time <= time }
  }

  /// Whether a subscription is enabled at an instant; nil where it was never started.
  public func subscription(
    _ registration: RegistrationID, _ type: ContentType, at time: Instant
  ) -> Bool? {
    audit.feed.state(FeedBook.Key(registration: registration, type: type), at: time)
  }

  /// The list of content that a page's name stands for at an instant.
  public func contentPage(_ page: ContentPageID, at time: Instant) -> FeedCall? {
    audit.feed.page(page, at: time)
  }

  /// The audit records that the content of a list holds, one that came twice twice.
  public func auditRecords(in call: FeedCall) -> [AuditRecord] {
    call.blobs.flatMap { trace.audit.blobs[$0].records }.map { trace.audit.records[$0] }
  }

  // MARK: The feed, read

  /// A page of a subscription's content: so many pieces of a window, or of the last 24 hours, behind
  /// the first `offset`.
  public func content(
    _ registration: RegistrationID, _ type: ContentType, _ window: FeedWindow,
    from offset: Int = 0, at time: Instant
  ) -> Result<FeedCall, FeedFault> {
    let key = FeedBook.Key(registration: registration, type: type)
    guard audit.feed.isEnabled(key, at: time) else { return .failure(FeedFault(.noSubscription)) }
    return audit.feed.window(window, at: time).map {
      audit.feed.listing(key, $0, at: time).page(from: offset)
    }
  }

  /// A piece of content by its id.
  public func blob(
    _ identifier: String, of registration: RegistrationID, at time: Instant
  ) -> Result<ContentBlob, FeedFault> {
    guard let row = audit.feed.blob(identifier, of: registration, at: time) else {
      return .failure(FeedFault(.contentMissing))
    }
    let blob = audit.feed.blobs[row]
    return blob.expiresAt <= time
      ? .failure(FeedFault(.contentExpired, content: .row(Int32(clamping: row)))) : .success(blob)
  }
}
