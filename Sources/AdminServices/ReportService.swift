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

/// What is known of a call once its sender is.
struct ReportCall {
  var tenant: TenantID
  var caller: ServiceCaller
  var version: ApiVersion
  var address: ServiceAddress
  var time: Instant
}

extension AdminServices {
  private static let read = "Governance.CrossTenantConnectionReports.Read"
  private static let write = "Governance.CrossTenantConnectionReports.ReadWrite"

  mutating func answer(
    _ route: ReportRoute, _ method: String, _ call: ReportCall
  ) throws(ServiceError) -> ServiceResponse {
    switch (route, method) {
    case (.all, "POST"): return try create(call)
    case (.all, "GET"): return try list(call)
    case (.one(let id), "GET"): return try get(id, call)
    case (.all, _): throw .notAllowed(method, but: ["GET", "POST"])
    case (.one, _): throw .notAllowed(method, but: ["GET"])
    }
  }

  /// Scope and role are asked for one by one: an administrator's token without the scope was seen
  /// to be refused, and so was a program that calls for itself.
  private mutating func permit(
    _ call: ReportCall, _ scopes: String...
  ) throws(ServiceError) -> Role {
    guard call.caller.principal == .user, scopes.contains(where: call.caller.scopes.contains) else {
      throw .forbidden(
        "The token lacks the scope \(scopes.joined(separator: " or ")).", "ScopeMissing")
    }
    guard let role = administrativeRole(call.caller) else {
      throw refusal(.notReportAdministrator, call)
    }
    return role
  }

  private mutating func create(_ call: ReportCall) throws(ServiceError) -> ServiceResponse {
    let role = try permit(call, Self.write)
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

  private mutating func get(_ id: String, _ call: ReportCall) throws(ServiceError)
    -> ServiceResponse
  {
    _ = try permit(call, Self.read, Self.write)
    let reports = simulation.reports(of: call.tenant, at: call.time)
    guard let report = reports.first(where: { $0.identifier == id }) else {
      throw ServiceError(404, "ReportNotFound", "This tenant has no report \(id).")
    }
    var body = ByteBuffer()
    try append(report, to: &body, call, from: call.firstEntry())
    return ServiceResponse(200, body)
  }

  private mutating func list(_ call: ReportCall) throws(ServiceError) -> ServiceResponse {
    _ = try permit(call, Self.read, Self.write)
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
    _ report: CrossTenantReport, to body: inout ByteBuffer, _ call: ReportCall, from first: Int
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
    next page: Page, of route: ReportRoute, _ call: ReportCall, to body: inout ByteBuffer
  ) {
    guard let next = page.next else { return }
    body.append(
      key: "@odata.nextLink",
      "\(origin)\(route.path)?api-version=\(call.version.name)&$skiptoken=\(next)")
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

extension ReportCall {
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
