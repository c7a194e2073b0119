import DiscreteEvents
import TenantIsolation

/// A name that reports are asked for under; in the course of time it may stand for several.
public typealias ReportID = RowID<ReportKind>

/// Marks rows of reports' names.
public enum ReportKind {}

/// How far a report has come.
public enum ReportStatus: UInt8, CaseIterable, Sendable {
  case received, inProgress, completed, failed

  /// The status as scenarios write it.
  public var name: StaticString {
    switch self {
    case .received: "received"
    case .inProgress: "in-progress"
    case .completed: "completed"
    case .failed: "failed"
    }
  }

  /// The status as the REST interface writes it.
  public var wireName: StaticString {
    switch self {
    case .received: "Received"
    case .inProgress: "InProgress"
    case .completed: "Completed"
    case .failed: "Failed"
    }
  }
}

/// A tenant's report about the connections that cross its border.
public struct CrossTenantReport: Hashable, Sendable {
  /// The name under which it was asked for first.
  public var name: ReportID
  /// Whose report.
  public var tenant: TenantID
  /// Its GUID in lower case.
  public var identifier: String
  /// When it was asked for; what happened until then, that instant included, belongs to it.
  public var requestedAt: Instant
  /// Midnight, in UTC, of the day on which it was asked for: the last day that it speaks of.
  public var endDate: CivilTime
  /// Midnight of the first day that it speaks of.
  public var startDate: CivilTime
  /// When work on it begins; nil where that is after the scenario's end.
  public var startedAt: Instant?
  /// When it is completed or fails; nil where that is after the scenario's end.
  public var endedAt: Instant?
  /// How it ends.
  public var ending: ReportStatus
  /// Whether it names the connections: the edition of 2025 does.
  public var namesConnections: Bool
  /// What it lists once it is completed, in the order of the connections' declaration.
  public var connections: [CrossTenantConnection] = []
  /// The scenario's line behind it.
  public var line: Int

  /// A report that has just been asked for.
  public init(
    name: ReportID, tenant: TenantID, identifier: String, requestedAt: Instant,
    startDate: CivilTime, endDate: CivilTime, ending: ReportStatus, namesConnections: Bool,
    line: Int
  ) {
    self.name = name
    self.tenant = tenant
    self.identifier = identifier
    self.requestedAt = requestedAt
    self.startDate = startDate
    self.endDate = endDate
    self.ending = ending
    self.namesConnections = namesConnections
    self.line = line
  }

  /// How far it has come at an instant, after everything that happens at it.
  public func status(at time: Instant) -> ReportStatus {
    if let endedAt, endedAt <= time { return ending }
    if let startedAt, startedAt <= time { return .inProgress }
    return .received
  }
}

/// One line of a report: a connection between its tenant and another one.
public struct CrossTenantConnection: Hashable, Sendable {
  /// The connection.
  public var connection: ConnectionID
  /// The connection's name in the REST interface.
  public var identifier: String
  /// The other tenant.
  public var tenant: TenantID
  /// Outbound where the connection lives in the report's tenant, inbound where it signs in there.
  public var direction: Direction

  /// A line of a report.
  public init(
    _ connection: ConnectionID, identifier: String, tenant: TenantID, direction: Direction
  ) {
    self.connection = connection
    self.identifier = identifier
    self.tenant = tenant
    self.direction = direction
  }
}

/// What a record says of a report.
public struct ReportMention: Hashable, Sendable {
  /// The row in ``Trace/reports``.
  public var row: Int
  /// The name under which it is asked for here.
  public var name: ReportID
  /// How far it has come.
  public var status: ReportStatus

  /// A report in a record.
  public init(row: Int, name: ReportID, status: ReportStatus) {
    self.row = row
    self.name = name
    self.status = status
  }
}

extension Direction {
  /// The direction as the REST interface writes it.
  public var connectionType: StaticString { self == .inbound ? "Inbound" : "Outbound" }
}

// MARK: - Fingerprint

extension ReportMention {
  func combine(into hash: inout StableHash, _ reports: [CrossTenantReport]) {
    hash.combine(row)
    hash.combine(name)
    hash.combine(status.name)
    guard status == .completed, reports.indices.contains(row) else { return }
    for connection in reports[row].connections {
      hash.combine(connection.connection)
      hash.combine(connection.identifier)
      hash.combine(connection.tenant)
      hash.combine(connection.direction == .inbound)
    }
  }
}
