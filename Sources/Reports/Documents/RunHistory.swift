import DiscreteEvents
import SimulationTrace

/// Every run of a trace as a table for spreadsheets: a header, quotes where needed, lines that end in
/// CR LF.
///
/// What a flow's run history lists, and why, which it does not say. Starts that a blocked trigger
/// prevented are no runs where a setting says so, and then stand in no history.
public struct RunHistory {
  private static let header = [
    "flow", "name", "start", "durationMs", "status", "trigger", "grounds", "failedAction",
    "errorCode",
    "errorMessage", "line", "seed",
  ]

  /// Writes the runs in order of time; memory does not grow with their number.
  public static func write(_ trace: Trace, to sink: @escaping ByteBuffer.Sink) throws {
    var buffer = ByteBuffer(sink: sink)
    buffer.append(row: header)
    for record in trace.records where record.kind == .flowRun {
      guard let run = record.run, let flow = record.flow else { continue }
      let verdict = trace.verdicts[run.verdict]
      let title = trace.cast.flows[flow.row]
      let error = verdict.failure.map { trace.text(of: $0) }
      let failed = verdict.failedStep.flatMap { verdict.steps[checked: $0] }
      var start = ByteBuffer()
      start.append(iso: trace.start + record.time.milliseconds)
      buffer.append(row: [
        title.name, title.displayName, start.text, "\(verdict.duration)",
        verdict.failure == nil ? "Succeeded" : "Failed", "\(run.trigger.name)",
        verdict.grounds.map { "\($0.name)" }.joined(separator: " "),
        failed.map { trace.cast.operations[$0.row] } ?? "", error?.code ?? "",
        error?.message ?? "", "\(record.line)", "\(trace.seed)",
      ])
      try buffer.flushIfLong()
    }
    try buffer.flush()
  }
}

extension ByteBuffer {
  fileprivate mutating func append(row: [String]) {
    append(row.map(inCSV).joined(separator: ","))
    append("\r\n")
  }
}
