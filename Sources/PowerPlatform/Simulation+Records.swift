import DiscreteEvents
import SimulationTrace

/// What happened to each flow, app and connection: rows of the trace's events. Runs are left out,
/// what they do, and what the audit log records.
struct RecordIndex: Sendable {
  private(set) var flows: ChangeLog<Int>
  /// Openings are left out too.
  private(set) var apps: ChangeLog<Int>
  private(set) var connections: ChangeLog<Int>

  init(_ trace: Trace) {
    flows = ChangeLog(subjects: trace.cast.flows.count)
    apps = ChangeLog(subjects: trace.cast.apps.count)
    connections = ChangeLog(subjects: trace.cast.connections.count)
    for (row, record) in trace.events.enumerated() where record.isAboutThings {
      if let flow = record.flow, record.approval == nil {
        flows.append(row, of: flow.row, at: record.time)
      }
      if let app = record.app, record.kind != .appOpened {
        apps.append(row, of: app.row, at: record.time)
      }
      if let id = record.connection { connections.append(row, of: id.row, at: record.time) }
    }
  }
}

extension Record {
  fileprivate var isAboutThings: Bool { !kind.isRun && mail == nil && auditRow == nil }
}

// The last thing that happened to something up to an instant, runs and openings left out.

extension Simulation {
  private var recordIndex: RecordIndex { records.value { RecordIndex(trace) } }

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
