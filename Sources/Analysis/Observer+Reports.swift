import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// What comes of asking for a cross-tenant connection report.
struct ReportSight: Sendable {
  enum Kind: Hashable, Sendable {
    /// Somebody asks.
    case request
    /// A report comes to a status.
    case status(ReportStatus)
    /// A completed report lists a connection.
    case line(Direction)
    /// A completed report leaves out a connection that was only used before its days.
    case leftOut
  }

  let kind: Kind
  let edition: Settings.Edition
  /// Who asks, what comes of it, and whether the report is a new one.
  var actor: User?
  var result: StatementResult?
  var isNew = false
  /// Whether the tenant had a report of another day before.
  var hasEarlier = false
  /// Whether isolation blocked the connection that is listed when it was made.
  var isBlockedAttempt = false
  /// Whether the connection that is listed had been deleted by then.
  var isDeleted = false
  /// Whether the connection that is listed was there before and only used by then.
  var isUse = false
  /// Whether the report names the connection that is listed, and an expectation does.
  var isNamed = false
  var assertion = Assertion()

  func isRefused(for cause: Cause) -> Bool {
    result?.outcome == .refused && result?.failure?.cause == cause
  }
}

extension Observer {
  private var edition: Settings.Edition { scene.scenario.settings.edition }

  mutating func observe(request row: Int) {
    let statement = scene.scenario.timeline[row]
    var sight = ReportSight(kind: .request, edition: edition)
    sight.actor = statement.actor.map { scene.cast.users[$0.row] }
    sight.result = scene.simulation.results[row]
    let record = scene.simulation.records(ofStatement: row).first {
      $0.kind == .reportRequested
    }
    sight.isNew = record?.isCreation ?? false
    if let report = sight.result?.report.map({ scene.simulation.report($0) }) {
      sight.hasEarlier = scene.simulation.reports(of: report.tenant, at: statement.time).contains {
        $0.endDate < report.endDate
      }
    }
    sight.assertion = expected.statement(row)
    note(sight)
  }

  mutating func observe(report row: Int) {
    let report = scene.simulation.report(row)
    let claims = claims(about: row)
    for event in scene.simulation.trace.events where event.report?.row == row {
      guard let status = event.report?.status, event.isCreation || event.kind == .reportChanged
      else { continue }
      var sight = ReportSight(kind: .status(status), edition: edition)
      sight.assertion.outcome = claims.contains {
        if case .report(_, status, _) = $0 { true } else { false }
      }
      note(sight)
    }
    guard report.ending == .completed, report.endedAt != nil else { return }
    for line in report.connections { observe(line, of: report, claims) }
    observeLeftOut(of: report, claims)
  }

  /// The claims that speak of the report in a row, whatever name they give it.
  private func claims(about row: Int) -> [Claim] {
    let simulation = scene.simulation
    return expected.ofReports.filter { claim in
      switch claim {
      case .report(let name, _, let time): simulation.report(named: name, at: time) == row
      case .reportLists(let name, _, let time):
        simulation.report(named: name, at: time ?? simulation.trace.until) == row
      default: false
      }
    }
  }

  private mutating func observe(
    _ line: CrossTenantConnection, of report: CrossTenantReport, _ claims: [Claim]
  ) {
    let trace = scene.simulation.trace
    let made = trace.events.filter {
      $0.connection == line.connection && $0.time <= report.requestedAt
        && ($0.kind == .connectionCreated || $0.kind == .connectionBlocked)
    }
    var sight = ReportSight(kind: .line(line.direction), edition: edition)
    sight.isBlockedAttempt = made.contains { $0.isBlockedByIsolation }
    sight.isUse = made.isEmpty
    sight.isDeleted =
      !sight.isBlockedAttempt
      && scene.simulation.state(of: line.connection, at: report.requestedAt) == .absent
    for claim in claims {
      guard case .reportLists(_, let listing, _) = claim else { continue }
      switch listing {
      case .way(line.direction, line.tenant, isListed: true): sight.assertion.outcome = true
      case .connection(line.connection, isListed: true):
        sight.assertion.outcome = true
        sight.isNamed = true
      default: break
      }
    }
    note(sight)
  }

  /// Notes connections that were made across tenants before the report's days, and not used in them.
  private mutating func observeLeftOut(of report: CrossTenantReport, _ claims: [Claim]) {
    let trace = scene.simulation.trace
    let first = Instant(report.startDate.milliseconds - trace.start.milliseconds)
    for event in trace.events where event.kind == .connectionCreated && event.time < first {
      guard let id = event.connection, let creator = event.tenant, let signIn = event.signInTenant,
        creator != signIn, creator == report.tenant || signIn == report.tenant,
        !report.connections.contains(where: { $0.connection == id })
      else { continue }
      let isOutbound = creator == report.tenant
      let other = isOutbound ? signIn : creator
      var sight = ReportSight(kind: .leftOut, edition: edition)
      sight.assertion.outcome = claims.contains { claim in
        switch claim {
        case .reportLists(_, .way(isOutbound ? .outbound : .inbound, other, isListed: false), _),
          .reportLists(_, .connection(id, isListed: false), _):
          true
        default: false
        }
      }
      note(sight)
    }
  }
}
