import DiscreteEvents
import SimulationTrace

/// What became of each flow, app and connection, and what each statement led to: rows of the trace's
/// events.
struct RecordIndex: Sendable {
  /// What left a flow in a state.
  private(set) var flows: ChangeLog<Int>
  /// What made an app, gave it a connection or not, or deleted it.
  private(set) var apps: ChangeLog<Int>
  /// Whatever names a connection: what apps and flows met over it too.
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
      if let flow = record.flow, record.flowState != nil {
        flows.append(row, of: flow.row, at: record.time)
      }
      if let app = record.app, record.kind.changesApps {
        apps.append(row, of: app.row, at: record.time)
      }
      if let id = record.connection, !record.kind.isRun {
        connections.append(row, of: id.row, at: record.time)
      }
    }
  }
}

extension RecordKind {
  fileprivate var changesApps: Bool {
    switch self {
    case .appCreated, .appConnectionAdded, .appConnectionRefused, .appDeleted: true
    default: false
    }
  }

  /// Whether a connection is there, or works, since then; or is not, for want of a right.
  fileprivate var changesConnections: Bool {
    switch self {
    case .connectionCreated, .connectionBlocked, .connectionDeleted, .connectionDisabled,
      .connectionEnabled, .operationRefused:
      true
    default: false
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

// What happened last up to an instant.

extension Simulation {
  /// The record that left a flow in its state and with its connections.
  public func lastChange(of flow: FlowID, at time: Instant) -> Record? {
    recordIndex.flows.value(of: flow.row, at: time).map { trace.events[$0] }
  }

  /// The record that left an app with its connections.
  public func lastChange(of app: AppID, at time: Instant) -> Record? {
    recordIndex.apps.value(of: app.row, at: time).map { trace.events[$0] }
  }

  /// The record that left a connection in its state, or by which nobody made or deleted it.
  public func lastChange(of connection: ConnectionID, at time: Instant) -> Record? {
    lastRecord(about: connection, at: time) { $0.kind.changesConnections }
  }

  /// The last record about an app and one of its connections; openings count.
  public func lastRecord(
    of app: AppID, about connection: ConnectionID, at time: Instant
  ) -> Record? {
    lastRecord(about: connection, at: time) { $0.app == app }
  }

  private func lastRecord(
    about connection: ConnectionID, at time: Instant, where isMeant: (Record) -> Bool
  ) -> Record? {
    var last: Record?
    recordIndex.connections.forEachBackwards(connection.row, from: time) {
      if isMeant(trace.events[$0.value]) { last = trace.events[$0.value] }
      return last == nil
    }
    return last
  }
}
