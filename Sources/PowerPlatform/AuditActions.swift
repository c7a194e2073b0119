import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What a statement does to the audit log, its alerts and its feed.
public enum AuditAction: Hashable, Sendable {
  case turnAuditing(on: Bool, tenant: TenantID)
  case createAlertPolicy(AlertPolicyID, AlertPolicy)
  case deleteAlertPolicy(AlertPolicyID)
  /// A call of the Activity API.
  case feed(RegistrationID, FeedRequest)
}

/// Who is told when the log records something.
public struct AlertPolicy: Hashable, Sendable {
  /// Whose log.
  public var tenant: TenantID
  /// What is told.
  public var operations: [AuditOperation]
  /// Who is told.
  public var recipients: [Recipient]

  /// An alert policy.
  public init(tenant: TenantID, operations: [AuditOperation], recipients: [Recipient]) {
    self.tenant = tenant
    self.operations = operations
    self.recipients = recipients
  }
}

/// What is asked of the Activity API.
public enum FeedRequest: Hashable, Sendable {
  case start(ContentType, publisher: FeedPublisher)
  case stop(ContentType)
  case listSubscriptions
  /// The content that was created in a window.
  case list(ContentType, FeedWindow, as: ContentPageID)
  /// The page behind another one.
  case listNext(after: ContentPageID, as: ContentPageID)
  /// All content of a page.
  case fetchPage(ContentPageID)
  /// One piece of content, counted from 1 on its page.
  case fetchBlob(Int, of: ContentPageID)
}

/// The creation times of content that somebody asks for, whatever is wrong with them; the 24 hours
/// before where neither end is given.
public struct FeedWindow: Hashable, Sendable {
  /// The first of them.
  public var start: Instant?
  /// The first behind them.
  public var end: Instant?

  /// A window.
  public init(from start: Instant? = nil, to end: Instant? = nil) {
    self.start = start
    self.end = end
  }
}

/// What tenants and people have that the audit log and its feed ask for.
public struct Licences: Hashable, Sendable {
  /// Tenants whose people have E5, in file order.
  public var e5: [TenantID] = []
  /// People with a premium licence, in file order.
  public var premium: [UserID] = []

  /// No licences but the standard ones.
  public init() {}
}
