import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Judges what is expected of cross-tenant connection reports.
extension Simulation {
  func returnedFinding(_ row: Int, _ name: ReportID, _ phrases: Phrases) -> Finding {
    let result = results[row]
    let wanted = statementTime(row).flatMap { report(named: name, at: $0) }
    let text = result.failure.map { " \"\(phrases.oneLine(trace.text(of: $0).message))\"" } ?? ""
    return Finding(
      isMet: result.report != nil && result.report == wanted,
      expected: "the report \(phrases.name(name)) returned",
      got: result.report.map { phrases.origin(of: report($0)) }
        ?? result.outcome.map { $0.words + text } ?? "no report")
  }

  /// When a statement that gave a report back was worked on.
  private func statementTime(_ row: Int) -> Instant? {
    records(ofStatement: row).first { $0.kind == .reportRequested }?.time
  }

  func statusFinding(
    _ name: ReportID, _ status: ReportStatus, _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    let got = report(named: name, at: time).map { "\(report($0).status(at: time).name)" }
    return stateFinding(
      "report \(phrases.name(name))", "\(status.name)", got ?? "not there", time, phrases)
  }

  func listingFinding(
    _ name: ReportID, _ listing: ReportListing, _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    let expected = "report \(phrases.name(name)) \(phrases.words(listing))"
    guard let report = report(named: name, at: time).map({ report($0) }) else {
      return Finding(
        isMet: false, expected: expected, got: "no such report by then", firstDifference: time)
    }
    let status = report.status(at: time)
    return Finding(
      isMet: status == .completed && report.fits(listing), expected: expected,
      got: status == .completed
        ? phrases.contents(of: report) : "a report that is \(status.name) at \(phrases.time(time))",
      firstDifference: time)
  }
}

extension CrossTenantReport {
  /// Whether it lists what is said. One that names no connections lists none by its name, and
  /// nothing can be said of what it leaves out.
  fileprivate func fits(_ listing: ReportListing) -> Bool {
    switch listing {
    case .count(let count): connections.count == count
    case .way(let direction, let tenant, let isListed):
      isListed == connections.contains { $0.direction == direction && $0.tenant == tenant }
    case .connection(let id, let isListed):
      namesConnections && isListed == connections.contains { $0.connection == id }
    }
  }
}

extension Phrases {
  /// Where a report comes from: `the report may-report, asked for at 10:00`.
  func origin(of report: CrossTenantReport) -> String {
    "the report \(name(report.name)), asked for at \(time(report.requestedAt))"
  }

  fileprivate func words(_ listing: ReportListing) -> String {
    switch listing {
    case .count(let count): "lists \(counted(count, "connection"))"
    case .way(let direction, let tenant, let isListed):
      "\(isListed ? "lists" : "does not list") \(word(direction)) \(name(tenant))"
    case .connection(let id, let isListed):
      "\(isListed ? "lists" : "does not list") connection \(name(id))"
    }
  }

  private func word(_ direction: Direction) -> String {
    direction == .inbound ? "inbound" : "outbound"
  }

  /// `2 connections: fab-mail outbound fabrikam, g inbound northwind`; the names of connections are
  /// left out where the report does not give them.
  func contents(of report: CrossTenantReport) -> String {
    let lines = report.connections.prefix(20).map { line in
      (report.namesConnections ? "\(name(line.connection)) " : "")
        + "\(word(line.direction)) \(name(line.tenant))"
    }
    let rest = report.connections.count - lines.count
    return counted(report.connections.count, "connection")
      + (lines.isEmpty ? "" : ": " + lines.joined(separator: ", "))
      + (rest > 0 ? " and \(rest) more" : "")
      + (report.namesConnections ? "" : " (the edition of 2023 names no connections)")
  }
}

extension Explanation {
  /// What a name stood for, how far that came, and which days it speaks of.
  func why(report name: ReportID, at time: Instant) -> [Reason] {
    guard let report = simulation.report(named: name, at: time).map({ simulation.report($0) })
    else { return [] }
    let end = report.endedAt.map { ", \(report.ending.name) at \(phrases.time($0))" } ?? ""
    return [
      Reason(
        "line \(report.line): \(phrases.origin(of: report))\(end); it speaks of "
          + "\(report.startDate.dateText) to \(report.endDate.dateText)", line: report.line)
    ]
  }
}
