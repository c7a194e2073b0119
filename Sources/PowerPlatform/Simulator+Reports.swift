import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Cross-tenant connection reports: one a tenant and calendar day, made some time after the request.

extension Simulator {
  mutating func request(_ name: ReportID, of tenant: TenantID, _ step: Step) {
    guard administersIsolation(step, of: tenant) else {
      return refuse(step, .notReportAdministrator) { $0.tenant = tenant }
    }
    let existing = reports.row(of: tenant, on: scenario.civil(clock).midnight)
    if existing != nil, scenario.settings.reports.again == .refused {
      return refuse(step, .reportRepeated) { $0.tenant = tenant }
    }
    let row = existing ?? receive(name, of: tenant, line: step.line)
    reports.call(row, name, at: clock)
    var record = record(.reportRequested, step, .succeeded)
    record.tenant = tenant
    record.isCreation = existing == nil
    record.report = ReportMention(
      row: row, name: name,
      status: existing == nil ? .received : reports.rows[row].status(at: clock))
    conclude(step, with: record)
  }

  /// Takes in a new report and returns its row.
  private mutating func receive(_ name: ReportID, of tenant: TenantID, line: Int) -> Int {
    let settings = scenario.settings
    let day = scenario.civil(clock).midnight
    let startsAt = clock + settings.reports.start
    let endsAt = startsAt + settings.reports.duration
    var report = CrossTenantReport(
      name: name, tenant: tenant,
      identifier: derivedIdentifier(
        "report", world.cast.tenants[tenant.row].identifier, day.dateText),
      requestedAt: clock, startDate: day + -settings.reports.window, endDate: day,
      ending: settings.reports.ending, namesConnections: settings.edition == .of2025, line: line)
    report.startedAt = startsAt < scenario.until ? startsAt : nil
    report.endedAt = endsAt < scenario.until ? endsAt : nil
    let row = reports.add(report)
    queue.schedule(.reportChange(row, .inProgress), at: startsAt, rank: .platform)
    queue.schedule(.reportChange(row, report.ending), at: endsAt, rank: .platform)
    return row
  }

  mutating func change(report row: Int, to status: ReportStatus) {
    let report = reports.rows[row]
    var record = Record(.reportChanged, at: clock, line: report.line)
    record.tenant = report.tenant
    record.report = ReportMention(row: row, name: report.name, status: status)
    events.append(record)
  }
}
