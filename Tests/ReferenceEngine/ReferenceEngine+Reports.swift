import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// Cross-tenant connection reports: every use of a connection is kept, and a report is what is left of
// them once all that is none of its business is taken away.

extension ReferenceEngine {
  mutating func request(_ name: ReportID, of tenant: TenantID, _ statement: Statement) {
    guard administersIsolation(statement, tenant) else {
      return refuse(statement, .notReportAdministrator) { $0.tenant = tenant }
    }
    let today = (scenario.start + clock.milliseconds).midnight
    var row = trace.reports.firstIndex { $0.tenant == tenant && $0.endDate == today }
    let isNew = row == nil
    if !isNew, scenario.settings.reports.again == .refused {
      return refuse(statement, .reportRepeated) { $0.tenant = tenant }
    }
    if isNew {
      row = trace.reports.count
      receive(name, of: tenant, today, line: statement.line)
    }
    let mention = ReportMention(
      row: row ?? 0, name: name,
      status: isNew ? .received : trace.reports[row ?? 0].status(at: clock))
    note(.reportRequested, statement, .succeeded) {
      $0.tenant = tenant
      $0.isCreation = isNew
      $0.report = mention
    }
  }

  private mutating func receive(
    _ name: ReportID, of tenant: TenantID, _ today: CivilTime, line: Int
  ) {
    let settings = scenario.settings.reports
    var report = CrossTenantReport(
      name: name, tenant: tenant,
      identifier: derivedIdentifier(
        "report", scenario.cast.tenants[tenant.row].identifier, today.dateText),
      requestedAt: clock, startDate: today + -settings.window, endDate: today,
      ending: settings.ending, namesConnections: scenario.settings.edition == .of2025, line: line)
    let times = [clock + settings.start, clock + settings.start + settings.duration]
    if times[0] < scenario.until { report.startedAt = times[0] }
    if times[1] < scenario.until { report.endedAt = times[1] }
    let row = trace.reports.count
    trace.reports.append(report)
    usesBeforeReports.append(usesOfConnections.count)
    pending.append((times[0], .report(row, .inProgress)))
    pending.append((times[1], .report(row, settings.ending)))
  }

  mutating func change(report row: Int, to status: ReportStatus) {
    let report = trace.reports[row]
    var record = Record(.reportChanged, at: clock, line: report.line)
    record.tenant = report.tenant
    record.report = ReportMention(row: row, name: report.name, status: status)
    trace.events.append(record)
  }

  // MARK: Lines

  mutating func noteUses(_ uses: some Sequence<Use>) {
    for use in uses {
      guard let connection = connections[use.connection], connection.isPresent else { continue }
      usesOfConnections.append((clock, use.connection, connection.definition))
    }
  }

  mutating func fillReports() {
    for row in trace.reports.indices where trace.reports[row].endedAt != nil {
      if trace.reports[row].ending == .completed {
        trace.reports[row].connections = lines(
          of: trace.reports[row], usesOfConnections.prefix(usesBeforeReports[row]))
      }
    }
  }

  private func lines(
    of report: CrossTenantReport,
    _ uses: some Sequence<(time: Instant, id: ConnectionID, definition: ConnectionDefinition)>
  ) -> [CrossTenantConnection] {
    var lines: [CrossTenantConnection] = []
    for (time, id, definition) in uses {
      let connector = scenario.cast.connectors[definition.connector.row]
      let (creator, signIn) = (definition.creator, definition.signIn)
      guard scenario.start + time.milliseconds >= report.startDate,
        connector.signIn == .entraID, creator != signIn,
        creator == report.tenant || signIn == report.tenant
      else { continue }
      let name = derivedIdentifier("connection", scenario.cast.connections[id.row].name)
      let line = CrossTenantConnection(
        id, identifier: "shared-\(connector.name)-\(name)",
        tenant: creator == report.tenant ? signIn : creator,
        direction: creator == report.tenant ? .outbound : .inbound)
      if !lines.contains(line) { lines.append(line) }
    }
    return lines.sorted { left, right in
      (left.connection, left.tenant.index, left.direction.rawValue, left.identifier)
        < (right.connection, right.tenant.index, right.direction.rawValue, right.identifier)
    }
  }
}
