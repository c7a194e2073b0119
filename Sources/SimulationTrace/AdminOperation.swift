import DiscreteEvents
import TenantIsolation

/// A name that an administrator's operation is given where it is asked for.
public typealias AdminOperationID = RowID<AdminOperationKind>

/// Marks rows of the names of administrators' operations.
public enum AdminOperationKind {}

/// How far an operation has come.
public enum OperationStatus: UInt8, CaseIterable, Sendable {
  case notStarted, running, succeeded, failed, canceled

  /// The status as scenarios write it.
  public var name: StaticString {
    switch self {
    case .notStarted: "not-started"
    case .running: "running"
    case .succeeded: "succeeded"
    case .failed: "failed"
    case .canceled: "canceled"
    }
  }

  /// The status as REST interfaces write it.
  public var wireName: StaticString {
    switch self {
    case .notStarted: "NotStarted"
    case .running: "Running"
    case .succeeded: "Succeeded"
    case .failed: "Failed"
    case .canceled: "Canceled"
    }
  }

  /// Whether nothing more becomes of it.
  public var isTerminal: Bool { self != .notStarted && self != .running }
}

/// Something that an administrator asked for and that the platform does in its own time: who asks is
/// given an operation to look after.
public struct AdminOperation: Hashable, Sendable {
  /// A row of ``Trace/adminOperations``.
  public typealias Row = RowID<AdminOperation>

  /// What it is to bring about.
  public enum Task: Hashable, Sendable {
    /// An isolation policy in place of another.
    case policyReplacement
    /// A package in an environment.
    case packageInstallation(PackagePlace)
  }

  /// Its name; nil where nobody gave it one.
  @Optionally public var name: AdminOperationID?
  /// What it is to bring about.
  public var task: Task
  /// In which tenant.
  public var tenant: TenantID
  /// Who asked for it.
  @Optionally public var actor: UserID?
  /// Its GUID in lower case.
  public var identifier: String
  /// When it was asked for.
  public var requestedAt: Instant
  /// When work on it begins; nil where that is after the scenario's end.
  public var startedAt: Instant?
  /// When it succeeds, fails or is canceled; nil where that is after the scenario's end.
  public var endedAt: Instant?
  /// How it ends, or would if nobody canceled it.
  public var ending: OperationStatus
  /// The scenario's line behind it.
  public var line: Int

  /// An operation that has just been asked for.
  public init(
    _ task: Task, name: AdminOperationID?, tenant: TenantID, actor: UserID?, identifier: String,
    requestedAt: Instant, ending: OperationStatus, line: Int
  ) {
    self.task = task
    self.tenant = tenant
    self.identifier = identifier
    self.requestedAt = requestedAt
    self.ending = ending
    self.line = line
    self.name = name
    self.actor = actor
  }

  /// How far it has come at an instant, after everything that happens at it.
  public func status(at time: Instant) -> OperationStatus {
    if let endedAt, endedAt <= time { return ending }
    if let startedAt, startedAt <= time { return .running }
    return .notStarted
  }
}

/// What a record says of an operation.
public struct OperationMention: Hashable, Sendable {
  /// The row in ``Trace/adminOperations``.
  public var operation: AdminOperation.Row
  /// How far it has come.
  public var status: OperationStatus

  /// An operation in a record.
  public init(_ operation: AdminOperation.Row, _ status: OperationStatus) {
    self.operation = operation
    self.status = status
  }
}

extension OperationMention {
  func combine(into hash: inout StableHash, _ operations: [AdminOperation]) {
    hash.combine(operation)
    hash.combine(status.name)
    guard operations.indices.contains(operation.row) else { return }
    hash.combine(operations[operation.row].name)
    hash.combine(operations[operation.row].identifier)
  }
}
