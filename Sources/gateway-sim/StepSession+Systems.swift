import DiscreteEvents
import PowerPlatform
import Reports
import SimulationTrace
import TenantIsolation

// What is known now of the administrators' systems.

extension StepSession {
  /// What is known of environments, operations and reports with a name.
  func systemFacts(about name: String) -> [FactSheet] {
    let cast = scenario.cast
    return cast.environments.rows(named: name, \.name).map { facts(EnvironmentID($0)) }
      + cast.adminOperations.rows(named: name, \.name).map { facts(AdminOperationID($0)) }
      + cast.reports.rows(named: name, \.name).map { facts(ReportID($0)) }
  }

  /// The names of environments, operations and reports.
  var systemNames: [String] {
    let cast = scenario.cast
    return cast.environments.map(\.name) + (cast.adminOperations + cast.reports).map(\.name)
  }

  /// Adds what there is of them now, where the scenario has any.
  func addSystems(to sheet: inout FactSheet) {
    let cast = scenario.cast
    if !cast.environments.isEmpty { sheet.add("environments", cast.environments.map(\.name)) }
    let operations = cast.adminOperations.indices.filter {
      simulation.operation(named: AdminOperationID($0), at: now) != nil
    }
    if !operations.isEmpty {
      sheet.add("operations", operations.map { cast.adminOperations[$0].name })
    }
    let reports = cast.reports.indices.filter {
      simulation.report(named: ReportID($0), at: now) != nil
    }
    if !reports.isEmpty { sheet.add("reports", reports.map { cast.reports[$0].name }) }
  }

  /// What a name stands for that is none of a flow, a connection and an app: `operation op-1`.
  func otherThing(named name: String) -> String? {
    guard let heading = try? facts(about: name).first?.heading else { return nil }
    return String(heading.dropLast(" at \(clock)".count))
  }

  private func facts(_ id: EnvironmentID) -> FactSheet {
    let cast = scenario.cast
    let environment = cast.environments[id.row]
    var sheet = sheet("environment", environment.name, environment.displayName)
    sheet.add("tenant", cast.tenants[environment.tenant.row].name)
    sheet.add("id", environment.identifier)
    sheet.add("Dataverse", environment.hasDataverse ? "yes" : "no")
    let states = cast.packages.indices.compactMap { row -> String? in
      let state = simulation.state(of: PackagePlace(PackageID(row), in: id), at: now)
      return state == .none ? nil : "\(cast.packages[row].name) is \(state.name)"
    }
    sheet.add("packages", states)
    return sheet
  }

  private func facts(_ id: AdminOperationID) -> FactSheet {
    let cast = scenario.cast
    var sheet = sheet("operation", cast.adminOperations[id.row].name)
    guard let operation = simulation.operation(named: id, at: now) else {
      sheet.add("state", "there is none: nobody took it in yet")
      return sheet
    }
    sheet.add("state", "\(operation.status(at: now).name)")
    switch operation.task {
    case .policyReplacement:
      sheet.add("replaces", "the isolation policy of \(cast.tenants[operation.tenant.row].name)")
    case .packageInstallation(let place):
      sheet.add(
        "installs",
        "\(cast.packages[place.package.row].name) in \(cast.environments[place.environment.row].name)"
      )
    }
    let who = operation.actor.map { " by \(cast.users[$0.row].name)" } ?? ""
    sheet.add("asked for", "at \(text(operation.requestedAt))\(who), line \(operation.line)")
    sheet.add("id", operation.identifier)
    for (label, time) in [("began", operation.startedAt), ("ended", operation.endedAt)] {
      if let time, time <= now { sheet.add(label, "at \(text(time))") }
    }
    return sheet
  }

  private func facts(_ id: ReportID) -> FactSheet {
    let cast = scenario.cast
    var sheet = sheet("report", cast.reports[id.row].name)
    guard let row = simulation.report(named: id, at: now) else {
      sheet.add("state", "there is none: nobody was given it yet")
      return sheet
    }
    let report = simulation.report(row)
    let status = report.status(at: now)
    sheet.add("state", "\(status.name)")
    sheet.add("tenant", cast.tenants[report.tenant.row].name)
    sheet.add("asked for", "at \(text(report.requestedAt)), line \(report.line)")
    sheet.add("speaks of", "\(report.startDate.dateText) to \(report.endDate.dateText)")
    sheet.add("id", report.identifier)
    guard status == .completed else { return sheet }
    let lines = report.connections.map { line in
      let way = line.direction == .outbound ? "outbound" : "inbound"
      let name = report.namesConnections ? "\(cast.connections[line.connection.row].name) " : ""
      return "\(name)\(way) \(cast.tenants[line.tenant.row].name)"
    }
    sheet.add("lists", lines)
    return sheet
  }
}
