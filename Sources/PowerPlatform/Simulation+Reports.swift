import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What an expectation says that a report lists.
public enum ReportListing: Hashable, Sendable {
  /// So many connections.
  case count(Int)
  /// Some connection in a direction with another tenant, or none.
  case way(Direction, TenantID, isListed: Bool)
  /// A connection by its name, or that it is not among those named.
  case connection(ConnectionID, isListed: Bool)
}

extension Simulation {
  /// The report that a name stands for, a row of ``Trace/reports``; nil before it is first given to
  /// one.
  public func report(named name: ReportID, at time: Instant) -> Int? {
    reports.row(named: name, at: time)
  }

  /// A report with its lines.
  public func report(_ row: Int) -> CrossTenantReport {
    trace.reports.indices.contains(row)
      ? trace.reports[row] : reports.filled(row, from: world)
  }

  /// A tenant's reports that were asked for until an instant, in that order.
  public func reports(of tenant: TenantID, at time: Instant) -> [CrossTenantReport] {
    reports.rows.indices.filter {
      reports.rows[$0].tenant == tenant && reports.rows[$0].requestedAt <= time
    }.map { report($0) }
  }
}
