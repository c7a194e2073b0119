import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Finds the lines of a report: every connection between its tenant and another one that somebody
/// created, tried to create or used in its window, since deleted or blocked as it may be.
///
/// Recurring runs are not made for it: that one falls into an interval is arithmetic.
struct ReportLines {
  private let world: World
  private let settings: Settings
  private let report: CrossTenantReport
  private let window: Range<Instant>
  private var lines: [CrossTenantConnection] = []
  private var known: Set<CrossTenantConnection> = []

  /// - Parameter start: where simulated time starts.
  init(_ world: World, _ settings: Settings, _ report: CrossTenantReport, start: CivilTime) {
    self.world = world
    self.settings = settings
    self.report = report
    window =
      Instant(report.startDate.milliseconds - start.milliseconds)..<report.requestedAt + 1
  }

  /// The lines in the order of the connections' declaration.
  mutating func found(among uses: some Sequence<ReportBook.CrossTenantUse>)
    -> [CrossTenantConnection]
  {
    for use in uses where window.contains(use.time) { add(use.connection, use.definition) }
    for flow in world.cast.flows.indices where crosses(FlowID(flow)) { addRuns(of: FlowID(flow)) }
    return lines.sorted { left, right in
      // Created again with another connector, one name stands for two connections.
      func key(_ line: CrossTenantConnection) -> (ConnectionID, UInt32, UInt8, String) {
        (line.connection, line.tenant.index, line.direction.rawValue, line.identifier)
      }
      return key(left) < key(right)
    }
  }

  private mutating func add(_ id: ConnectionID, _ definition: ConnectionDefinition) {
    guard let line = line(id, definition), known.insert(line).inserted else { return }
    lines.append(line)
  }

  /// The line about a connection; nil where it does not cross the tenant's border, or signs in
  /// where isolation does not look.
  private func line(
    _ id: ConnectionID, _ definition: ConnectionDefinition
  ) -> CrossTenantConnection? {
    let connector = world.cast.connectors[definition.connector.row]
    guard definition.creator != definition.signIn, connector.signIn == .entraID else { return nil }
    let name = world.cast.connections[id.row].name
    let identifier = "shared-\(connector.name)-\(derivedIdentifier("connection", name))"
    if definition.creator == report.tenant {
      return CrossTenantConnection(
        id, identifier: identifier, tenant: definition.signIn, direction: .outbound)
    }
    guard definition.signIn == report.tenant else { return nil }
    return CrossTenantConnection(
      id, identifier: identifier, tenant: definition.creator, direction: .inbound)
  }

  // MARK: Recurring runs

  /// Whether a flow ever has a connection that would be a line.
  private func crosses(_ flow: FlowID) -> Bool {
    world.flows.history(of: flow.row).contains { entry in
      world[entry.value.definition.uses].contains { use in
        world.connections.history(of: use.connection.row).contains {
          line(use.connection, $0.value.definition) != nil
        }
      }
    }
  }

  private mutating func addRuns(of flow: FlowID) {
    // Recurring runs come after all statements of their instant, the request among them.
    var derivation = RunDerivation(
      world, settings, from: max(.start, window.lowerBound), until: report.requestedAt)
    derivation.derive(flow)
    for segment in derivation.segments {
      guard let flow = world.flows.value(of: flow.row, at: segment.interval.lowerBound) else {
        continue
      }
      let failedStep = derivation.verdicts.rows[segment.verdict].failedStep
      for use in world[flow.definition.uses].attempted(failedStep) {
        add(use.connection, usedBy: segment)
      }
    }
  }

  /// Adds what a connection was while runs of the segment used it: within a segment it may have
  /// been deleted and created again.
  private mutating func add(_ id: ConnectionID, usedBy segment: RunSegment) {
    let history = world.connections.history(of: id.row)
    for (row, entry) in history.enumerated() where entry.value.isPresent {
      let end = row + 1 < history.count ? history[row + 1].time : window.upperBound
      guard entry.time < end else { continue }
      let used = segment.interval.clamped(to: entry.time..<end)
      if segment.recurrence.count(in: used) > 0 { add(id, entry.value.definition) }
    }
  }
}

extension ReportBook {
  /// A report with its lines; it has none unless it is completed.
  func filled(_ row: Int, from world: World) -> CrossTenantReport {
    var report = rows[row]
    guard report.ending == .completed, report.endedAt != nil else { return report }
    var lines = ReportLines(world, settings, report, start: start)
    report.connections = lines.found(among: uses(before: row))
    return report
  }
}
