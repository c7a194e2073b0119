import DiscreteEvents

/// A flow asks people whether a share of an app may stay; nothing happens before one of them answers.
public struct Approval: Hashable, Sendable {
  /// How far it has come.
  public enum State: UInt8, CaseIterable, Sendable {
    case pending, approved, rejected

    /// The state as scenarios write it.
    public var name: StaticString {
      switch self {
      case .pending: "pending"
      case .approved: "approved"
      case .rejected: "rejected"
      }
    }
  }

  /// What somebody said to it.
  public struct Answer: Hashable, Sendable {
    /// Whether the share is to go.
    public var isApproved: Bool
    /// Who said so.
    public var user: UserID
    /// When.
    public var time: Instant

    /// An answer.
    public init(isApproved: Bool, by user: UserID, at time: Instant) {
      self.isApproved = isApproved
      self.user = user
      self.time = time
    }
  }

  /// How long a run waits for an answer, in milliseconds; documented as the longest that a run lasts.
  public static let patience: Milliseconds = 30 * CivilTime.day

  /// The flow that asks.
  public var flow: FlowID
  /// The app that is shared.
  public var app: AppID
  /// Whom it is shared with.
  public var recipient: Recipient
  /// The audit record that told of it, a row of ``AuditTrail/records``.
  public var record: Int
  /// When the flow asked.
  public var askedAt: Instant
  /// Whom it asked, in the order in which the scenario names them.
  public var approvers: [UserID]
  /// What was answered first; nil while nobody has.
  public var answer: Answer?
  /// When its flow or its app was deleted; nil while both are there.
  public var closedAt: Instant?

  /// A question to which nobody has an answer yet.
  public init(
    by flow: FlowID, about app: AppID, sharedWith recipient: Recipient, record: Int,
    at time: Instant, asking approvers: [UserID]
  ) {
    self.flow = flow
    self.app = app
    self.recipient = recipient
    self.record = record
    self.askedAt = time
    self.approvers = approvers
  }

  /// How far it has come at an instant; nil before it was asked, and where its flow or its app went
  /// without an answer.
  public func state(at time: Instant) -> State? {
    guard askedAt <= time else { return nil }
    guard let answer, answer.time <= time else {
      return closedAt.map { $0 <= time } ?? false ? nil : .pending
    }
    return answer.isApproved ? .approved : .rejected
  }

  /// When it last came as far as it has at an instant.
  public func changedAt(by time: Instant) -> Instant {
    answer.flatMap { $0.time <= time ? $0.time : nil } ?? askedAt
  }

  /// Whether somebody can still answer it at an instant.
  public func isOpen(at time: Instant) -> Bool {
    state(at: time) == .pending && time < askedAt + Self.patience
  }
}

/// A row of ``Trace/approvals``.
public typealias ApprovalID = RowID<Approval>

// MARK: - Fingerprint

extension Approval {
  func combine(into hash: inout StableHash) {
    hash.combine(flow)
    hash.combine(app)
    recipient.combine(into: &hash)
    hash.combine(record)
    hash.combine(askedAt.milliseconds)
    for approver in approvers { hash.combine(approver) }
    guard let answer else { return }
    hash.combine(answer.isApproved)
    hash.combine(answer.user)
    hash.combine(answer.time.milliseconds)
  }
}
