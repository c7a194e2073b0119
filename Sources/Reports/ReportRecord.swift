import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// A cross-tenant connection report in JSON: the keys are those of the public REST interface.
extension ByteBuffer {
  mutating func appendReport(of record: Record, in trace: Trace) {
    guard let mention = record.report else { return }
    let report = trace.reports[mention.row]
    append(key: "report", trace.cast.reports[mention.name.row].name)
    append(key: "reportId", report.identifier)
    append(key: "status", word: mention.status.wireName)
    append(key: "startDate", date: report.startDate)
    append(key: "endDate", date: report.endDate)
    guard mention.status == .completed, record.kind == .reportChanged else { return }
    append(key: "connections")
    append(report.connections, named: report.namesConnections, in: trace.cast)
  }

  /// Appends a report's lines as an array.
  ///
  /// - Parameter named: whether each has the connection's name.
  public mutating func append(
    _ lines: some Sequence<CrossTenantConnection>, named: Bool, in cast: Cast
  ) {
    appendList(lines) { buffer, line in
      buffer.append("{\"tenantId\":")
      buffer.append(json: cast.tenants[line.tenant.row].identifier)
      buffer.append(key: "connectionType", word: line.direction.connectionType)
      if named { buffer.append(key: "connectionId", line.identifier) }
      buffer.append("}")
    }
  }

  /// Appends `,"key":"2025-03-03T00:00:00Z"`.
  public mutating func append(key: StaticString, date: CivilTime) {
    append(key: key)
    append("\"")
    append(date: date)
    append("T00:00:00Z\"")
  }
}
