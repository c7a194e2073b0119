import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Writes a trace as JSON Lines: a header, a line a record, a summary.
///
/// Memory does not grow with the number of runs. Keys stand in a fixed order, and a key is left out
/// where it does not apply; `grounds` stands on every decision, empty or not.
public struct TraceWriter {
  private let trace: Trace
  private var buffer: ByteBuffer
  /// All of a run's line that follows its time, for the kind of run each flow had last.
  private var tails: [RunTail?]

  private struct RunTail {
    var verdict: Int
    var trigger: RunTrigger
    var line: Int
    var bytes: [UInt8]
  }

  /// The version of this form.
  public static let format = 1

  /// Writes a trace into a sink.
  public static func write(_ trace: Trace, to sink: @escaping ByteBuffer.Sink) throws {
    var writer = TraceWriter(trace, ByteBuffer(sink: sink))
    try writer.write()
  }

  private init(_ trace: Trace, _ buffer: consuming ByteBuffer) {
    self.trace = trace
    self.buffer = buffer
    tails = Array(repeating: nil, count: trace.cast.flows.count)
  }

  private mutating func write() throws {
    buffer.appendHeader(of: trace)
    var sequence = 0
    for record in trace.records {
      sequence += 1
      write(record, sequence)
      try buffer.flushIfLong()
    }
    buffer.appendSummary(of: trace)
    try buffer.flush()
  }

  private mutating func write(_ record: Record, _ sequence: Int) {
    buffer.append("{\"sequence\":")
    buffer.append(decimal: sequence)
    buffer.append(",\"time\":\"")
    buffer.append(iso: trace.start + record.time.milliseconds)
    buffer.append("\"")
    if let run = record.run, let flow = record.flow, record.actor == nil {
      buffer.append(tail(of: record, verdict: run.verdict, trigger: run.trigger, flow: flow))
    } else {
      buffer.appendRest(of: record, in: trace)
    }
  }

  private mutating func tail(
    of record: Record, verdict: Int, trigger: RunTrigger, flow: FlowID
  ) -> [UInt8] {
    if let tail = tails[flow.row], tail.verdict == verdict, tail.trigger == trigger,
      tail.line == record.line
    {
      return tail.bytes
    }
    var rest = ByteBuffer()
    rest.appendRest(of: record, in: trace)
    tails[flow.row] = RunTail(
      verdict: verdict, trigger: trigger, line: record.line, bytes: rest.bytes)
    return rest.bytes
  }
}

// MARK: - First and last line

extension ByteBuffer {
  fileprivate mutating func appendHeader(of trace: Trace) {
    append("{\"kind\":\"scenario\"")
    append(key: "format", decimal: TraceWriter.format)
    append(key: "title", trace.title)
    append(key: "seed", decimal: trace.seed)
    append(key: "start", time: .start, in: trace)
    append(key: "until", time: trace.until, in: trace)
    append(key: "propagation", trace.propagation)
    append("}\n")
  }

  /// A tie: which policy came into force just before what.
  private mutating func append(_ tie: Tie, in trace: Trace) {
    let policy = trace.policies[tie.policy]
    append("{\"time\":\"")
    append(iso: trace.start + tie.time.milliseconds)
    append("\"")
    append(key: "tenant", trace.cast.tenants[policy.tenant.row].name)
    append(key: "policyLine", decimal: policy.line)
    if let flow = tie.flow { append(key: "flow", trace.cast.flows[flow.row].name) }
    append(key: "line", decimal: tie.line)
    append("}")
  }

  fileprivate mutating func appendSummary(of trace: Trace) {
    let counts = Counts(trace)
    append("{\"kind\":\"summary\"")
    append(key: "records", decimal: counts.records)
    append(key: "runsSucceeded", decimal: counts.runsSucceeded)
    append(key: "runsFailed", decimal: counts.runsFailed)
    append(key: "triggersFailed", decimal: counts.triggersFailed)
    append(key: "blocked", decimal: counts.blocked)
    append(key: "suspended", decimal: counts.suspended)
    append(key: "refused", decimal: counts.refused)
    append(",\"fingerprint\":\"")
    append(hex: trace.fingerprint)
    append("\"")
    append(key: "ties")
    appendList(trace.ties) { $0.append($1, in: trace) }
    append(key: "settings", trace.settings)
    append(key: "assumptions", trace.assumptions)
    append("}\n")
  }
}
