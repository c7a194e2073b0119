import DiscreteEvents
import SimulationTrace

/// What happened to each flow, app and connection, and what each statement led to: rows of the trace's
/// events.
///
/// Of things, what changes nothing about them is left out: runs, starts that came to nothing, and what
/// the audit log and its alerts have of them; and what runs do.
struct RecordIndex: Sendable {
  private(set) var flows: ChangeLog<Int>
  /// Openings are left out too.
  private(set) var apps: ChangeLog<Int>
  private(set) var connections: ChangeLog<Int>

  /// Runs that it started are among them.
  private(set) var statements: ChangeLog<Int>

  init(_ trace: Trace, statements count: Int) {
    flows = ChangeLog(subjects: trace.cast.flows.count)
    apps = ChangeLog(subjects: trace.cast.apps.count)
    connections = ChangeLog(subjects: trace.cast.connections.count)
    statements = ChangeLog(subjects: count)
    for (row, record) in trace.events.enumerated() {
      if let statement = record.statement { statements.append(row, of: statement, at: record.time) }
      guard record.kind.changesThings else { continue }
      if let flow = record.flow { flows.append(row, of: flow.row, at: record.time) }
      if let app = record.app, record.kind != .appOpened {
        apps.append(row, of: app.row, at: record.time)
      }
      if let id = record.connection { connections.append(row, of: id.row, at: record.time) }
    }
  }
}

extension RecordKind {
  fileprivate var changesThings: Bool {
    switch self {
    case .flowNotStarted, .auditRecorded, .auditAvailable, .alertRaised, .mailSent,
      .contentListed, .contentFetched, .approvalRequested:
      false
    default: !isRun
    }
  }
}

extension Simulation {
  private var recordIndex: RecordIndex {
    records.value { RecordIndex(trace, statements: results.count) }
  }

  /// What a statement led to, the earliest first.
  public func records(ofStatement row: Int) -> [Record] {
    rows(ofStatement: row).map { trace.events[$0] }
  }

  /// The rows of the trace's events that a statement led to, the earliest first.
  public func rows(ofStatement row: Int) -> [Int] {
    recordIndex.statements.history(of: row).map(\.value)
  }
}

// The last thing that happened to something up to an instant.

extension Simulation {
  /// The last record about a flow.
  public func lastRecord(of flow: FlowID, at time: Instant) -> Record? {
    recordIndex.flows.value(of: flow.row, at: time).map { trace.events[$0] }
  }

  /// The last record about an app.
  public func lastRecord(of app: AppID, at time: Instant) -> Record? {
    recordIndex.apps.value(of: app.row, at: time).map { trace.events[$0] }
  }

  /// The last record about a connection; openings of apps that are about it count.
  public func lastRecord(of connection: ConnectionID, at time: Instant) -> Record? {
    recordIndex.connections.value(of: connection.row, at: time).map { trace.events[$0] }
  }

  /// The last record about an app and one of its connections; openings count.
  public func lastRecord(
    of app: AppID, about connection: ConnectionID, at time: Instant
  ) -> Record? {
    var last: Record?
    recordIndex.connections.forEachBackwards(connection.row, from: time) {
      if trace.events[$0.value].app == app { last = trace.events[$0.value] }
      return last == nil
    }
    return last
  }
}
