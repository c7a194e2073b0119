import DiscreteEvents
import PowerPlatform
import Reports
import SimulationTrace
import TenantIsolation

// Cross-tenant connection reports: create or get, list, and get one.

/// Where the reports are.
enum ReportRoute: Hashable {
  case all
  /// The report with an id, in lower case.
  case one(String)

  init?(_ address: ServiceAddress) {
    let parts = address.parts.map { $0.lowercased() }
    guard parts.starts(with: Self.place) else { return nil }
    switch parts.count - Self.place.count {
    case 0: self = .all
    case 1:
      guard let id = Self.identifier(parts[parts.count - 1]) else { return nil }
      self = .one(id)
    default: return nil
    }
  }

  private static let place = ["governance", "crosstenantconnectionreports"]

  /// The address of this route, behind the origin.
  var path: String {
    switch self {
    case .all: "/governance/crossTenantConnectionReports"
    case .one(let id): "/governance/crossTenantConnectionReports/\(id)"
    }
  }

  /// A GUID. One in braces is right too: `{$reportId}` in a PowerShell text leaves them there.
  private static func identifier(_ text: String) -> String? {
    let isBraced = text.hasPrefix("{") && text.hasSuffix("}") && text.utf8.count > 1
    let id = isBraced ? String(text.dropFirst().dropLast()) : text
    return isGUID(id) ? id : nil
  }
}

extension AdminServices {
  mutating func answer(
    _ route: ReportRoute, _ call: ServiceCall
  ) throws(ServiceError) -> ServiceResponse {
    switch (route, call.request.method) {
    case (.all, "POST"): return try create(call)
    case (.all, "GET"): return try list(call)
    case (.one(let id), "GET"): return try get(id, call)
    case (.all, let method): throw .notAllowed(method, but: ["GET", "POST"])
    case (.one, let method): throw .notAllowed(method, but: ["GET"])
    }
  }

  private mutating func permit(
    _ call: ServiceCall, _ scopes: Scope...
  ) throws(ServiceError) -> Role {
    let edition = scenario.settings.edition
    return try permit(call, scopes, as: edition.administers, or: .notReportAdministrator)
  }

  private mutating func create(_ call: ServiceCall) throws(ServiceError) -> ServiceResponse {
    let role = try permit(call, .writeReports)
    let before = simulation.reports(of: call.tenant, at: call.time).map(\.identifier)
    let result = perform(
      .requestReport(reportName(), tenant: call.tenant),
      by: person(call.caller, of: call.tenant, as: role), at: call.time)
    try result.check(simulation)
    guard let row = result.report else { throw .internalError }
    let report = simulation.report(row)
    var body = ByteBuffer()
    try append(report, to: &body, call, from: 0)
    return ServiceResponse(before.contains(report.identifier) ? 200 : 202, body)
  }

  private mutating func get(_ id: String, _ call: ServiceCall) throws(ServiceError)
    -> ServiceResponse
  {
    _ = try permit(call, .readReports, .writeReports)
    let reports = simulation.reports(of: call.tenant, at: call.time)
    guard let report = reports.first(where: { $0.identifier == id }) else {
      throw ServiceError(404, "ReportNotFound", "This tenant has no report \(id).")
    }
    var body = ByteBuffer()
    try append(report, to: &body, call, from: call.firstEntry())
    return ServiceResponse(200, body)
  }

  private mutating func list(_ call: ServiceCall) throws(ServiceError) -> ServiceResponse {
    _ = try permit(call, .readReports, .writeReports)
    let reports = simulation.reports(of: call.tenant, at: call.time)
    let page = try Page(of: reports.count, from: call.firstEntry(), size: pageSize)
    var body = ByteBuffer()
    body.append("{\"value\":[")
    for row in page.range {
      if row > page.range.lowerBound { body.append(",") }
      try append(reports[row], to: &body, call, from: 0)
    }
    body.append("]")
    append(next: page, of: .all, call, to: &body)
    body.append("}")
    return ServiceResponse(200, body)
  }
}

// MARK: - The form of a report

extension AdminServices {
  /// Appends a report as it stands at the instant of the call, from one of its lines on.
  private func append(
    _ report: CrossTenantReport, to body: inout ByteBuffer, _ call: ServiceCall, from first: Int
  ) throws(ServiceError) {
    let status = report.status(at: call.time)
    body.append("{\"tenantId\":")
    body.append(json: scenario.cast.tenants[report.tenant.row].identifier)
    body.append(key: "reportId", report.identifier)
    // The only one ever shown gives the day here, and no time.
    body.append(key: "requestDate", date: report.endDate)
    body.append(key: "startDate", date: report.startDate)
    body.append(key: "endDate", date: report.endDate)
    body.append(key: "status", word: status.wireName)
    let lines = status == .completed ? report.connections : []
    let page = try Page(of: lines.count, from: first, size: pageSize)
    if status == .completed {
      body.append(key: "connections")
      body.append(lines[page.range], named: report.namesConnections, in: scenario.cast)
    }
    append(next: page, of: .one(report.identifier), call, to: &body)
    body.append("}")
  }

  private func append(
    next page: Page, of route: ReportRoute, _ call: ServiceCall, to body: inout ByteBuffer
  ) {
    guard let next = page.next else { return }
    body.append(
      key: "@odata.nextLink",
      "\(origin)\(route.path)?api-version=\(call.address["api-version"] ?? "")&$skiptoken=\(next)")
  }
}

/// Some entries of a list that is handed out piece by piece.
private struct Page {
  let range: Range<Int>
  /// Where the next page begins; nil behind the last.
  let next: Int?

  init(of count: Int, from first: Int, size: Int) throws(ServiceError) {
    guard first <= count else { throw .unknownPage }
    range = first..<min(count, first + min(size, count))
    next = range.upperBound < count ? range.upperBound : nil
  }
}

extension ServiceCall {
  /// The entry with which the page begins that the call asks for. Clients have no business with
  /// what a token looks like; here it is a number.
  fileprivate func firstEntry() throws(ServiceError) -> Int {
    guard let token = address["$skiptoken"] else { return 0 }
    guard let first = Int(token), first >= 0 else { throw .unknownPage }
    return first
  }
}

extension ServiceError {
  fileprivate static let unknownPage = badRequest(
    "The page's token is none that was handed out.", "SkipTokenInvalid")
}
