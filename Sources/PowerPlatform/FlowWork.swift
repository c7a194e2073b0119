import DiscreteEvents
import SimulationTrace

/// What a flow does with the administrators' systems when one of its runs succeeds, besides using
/// its connections.
public enum FlowWork: Hashable, Sendable {
  /// Asks how far an operation has come; once that is its end, mails it and is done.
  case polling(AdminOperationID, mailing: [UserID])
  /// Reads what the Activity API has new, and mails it.
  case digesting(FeedDigest, mailing: [UserID])
  /// Reads what the Activity API has new, and asks whether wide shares of apps that are not
  /// registered may stay.
  case guarding(RegistrationID, asking: [UserID])
}

/// What a digest has of the content that it reads.
public struct FeedDigest: Hashable, Sendable {
  /// Whose permissions it uses.
  public var registration: RegistrationID
  /// The operations that it tells of.
  public var operations: [AuditOperation]
  /// Whether it reads what has no room in the first page.
  public var followsPages: Bool
  /// Whether it tells what it told before.
  public var keepsDuplicates: Bool

  /// What is told where a digest names nothing.
  public static let standard: [AuditOperation] = [
    .appPermissionEdited, .appPermissionDeleted, .flowPermissionEdited, .flowPermissionDeleted,
  ]

  /// A digest.
  public init(
    _ registration: RegistrationID, of operations: [AuditOperation], followsPages: Bool,
    keepsDuplicates: Bool
  ) {
    self.registration = registration
    self.operations = operations
    self.followsPages = followsPages
    self.keepsDuplicates = keepsDuplicates
  }
}

/// What fails a run whose connections are all let through: an answer to its flow's work.
struct FailedWork: Hashable, Sendable {
  /// What was answered.
  var failure: Failure
  /// The step that gets the answer; nil where the flow has no connection for it.
  var step: Int?
}

/// A row of ``Scenario/works``.
public typealias WorkID = RowID<FlowWork>

extension FlowWork {
  /// The people it sends mails to.
  public var recipients: [UserID] {
    switch self {
    case .polling(_, let recipients), .digesting(_, let recipients), .guarding(_, let recipients):
      recipients
    }
  }

  /// Whether it reads the Activity API, and so depends on all that the audit log records.
  public var readsFeed: Bool {
    if case .polling = self { false } else { true }
  }

  /// Whether it may take shares away.
  public var isGuard: Bool {
    if case .guarding = self { true } else { false }
  }
}
