import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Cross-tenant connection reports in a story.

extension ReportStatus {
  var mark: Mark {
    switch self {
    case .received: .saved
    case .inProgress: .plain
    case .completed: .good
    case .failed: .bad
    }
  }
}

extension Trace {
  /// Adds what there is to say about a report beneath a line.
  func add(_ mention: ReportMention, _ record: Record, to line: inout StoryLine) {
    let report = reports[mention.row]
    if record.kind == .reportRequested {
      line.add(.then, record.isCreation ? span(of: report) : origin(of: report, mention))
    } else if mention.status == .completed {
      for text in contents(of: report) { line.add(.then, text) }
    }
  }

  private func span(of report: CrossTenantReport) -> String {
    "it speaks of \(report.startDate.dateText) to \(report.endDate.dateText), up to now"
  }

  private func origin(of report: CrossTenantReport, _ mention: ReportMention) -> String {
    "the day's report is that of \(timeText(report.requestedAt)), "
      + "\(printable(cast.reports[report.name.row].name)); it is \(mention.status.name)"
  }

  /// The most ways that a story tells of a report.
  private static let mostWays = 8

  /// `2 outbound to fabrikam: fab-mail, fab-drive`, a line each way; without the connections' names
  /// where the report does not give them.
  private func contents(of report: CrossTenantReport) -> [String] {
    var ways: [(direction: Direction, tenant: TenantID, names: [String])] = []
    for line in report.connections {
      let name = printable(cast.connections[line.connection.row].name)
      let known = ways.firstIndex { ($0.direction, $0.tenant) == (line.direction, line.tenant) }
      if let row = known {
        ways[row].names.append(name)
      } else {
        ways.append((line.direction, line.tenant, [name]))
      }
    }
    var texts = ways.prefix(Self.mostWays).map { way in
      let side = way.direction == .outbound ? "outbound to" : "inbound from"
      let tenant = printable(cast.tenants[way.tenant.row].name)
      let few = way.names.prefix(4).joined(separator: ", ") + (way.names.count > 4 ? ", …" : "")
      return "\(way.names.count) \(side) \(tenant)" + (report.namesConnections ? ": \(few)" : "")
    }
    let more = ways.count - Self.mostWays
    if more > 0 { texts.append("and \(counted(more, "more way"))") }
    return ["it lists \(counted(report.connections.count, "connection"))"] + texts
  }
}
