import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Writes a trace as JSON Lines: a header, a line a record, a summary.
///
/// Memory does not grow with the number of runs. Keys stand in a fixed order, and a key is left out
/// where it does not apply; `grounds` stands on every decision, empty or not.
public struct TraceWriter {
  private let trace: Trace
  private let runs: RunTelling
  private var buffer: ByteBuffer
  private var sequence = 0
  /// The latest time and how it is written: many runs share it.
  private var time: Instant?
  private var timeText: [UInt8] = []
  /// By flow, all of a run's line that follows its time, for the segment at hand.
  private var tails: [RunTail?]

  private struct RunTail {
    var segment: Int
    var bytes: [UInt8]
  }

  /// The version of this form.
  public static let format = 1

  /// The most records that are written one by one: beyond it, runs are to be folded or left out.
  public static let limit = 1_000_000_000

  /// Writes a trace into a sink.
  ///
  /// - Throws: ``TooManyRuns`` before anything is written; later on what the sink throws.
  public static func write(
    _ trace: Trace, runs: RunTelling = .each, to sink: @escaping ByteBuffer.Sink
  ) throws {
    try check(trace, runs: runs)
    var writer = TraceWriter(trace, runs, ByteBuffer(sink: sink))
    try writer.write()
  }

  /// Refuses what would never end.
  ///
  /// - Throws: ``TooManyRuns``.
  public static func check(_ trace: Trace, runs: RunTelling) throws(TooManyRuns) {
    guard runs == .each, trace.recordCount > limit else { return }
    throw TooManyRuns(records: trace.recordCount)
  }

  private init(_ trace: Trace, _ runs: RunTelling, _ buffer: consuming ByteBuffer) {
    self.trace = trace
    self.runs = runs
    self.buffer = buffer
    tails = Array(repeating: nil, count: trace.cast.flows.count)
  }

  private mutating func write() throws {
    buffer.appendHeader(of: trace, runs)
    for occurrence in trace.occurrences(runs) {
      switch occurrence {
      case .event(let row):
        appendStart(trace.events[row].time)
        buffer.appendRest(of: trace.events[row], in: trace)
      case .run(let segment, let time):
        appendStart(time)
        runs == .folded ? appendFold(of: segment, at: time) : appendRun(of: segment, at: time)
      }
      try buffer.flushIfLong()
    }
    buffer.appendSummary(of: trace)
    try buffer.flush()
  }

  private mutating func appendStart(_ time: Instant) {
    sequence += 1
    buffer.append("{\"sequence\":")
    buffer.append(decimal: sequence)
    if time != self.time {
      var text = ByteBuffer()
      text.append(key: "time", time: time, in: trace)
      (self.time, timeText) = (time, text.bytes)
    }
    buffer.append(timeText)
  }

  private mutating func appendFold(of row: Int, at time: Instant) {
    let segment = trace.segments[row]
    buffer.appendRest(of: trace.run(of: row, at: time), in: trace) {
      $0.append(key: "count", decimal: segment.count)
      $0.append(key: "periodMs", decimal: segment.recurrence.period)
      $0.append(
        key: "last", time: segment.recurrence.last(in: segment.interval) ?? time, in: trace)
    }
  }

  private mutating func appendRun(of segment: Int, at time: Instant) {
    let flow = trace.segments[segment].flow.row
    if tails[flow]?.segment != segment {
      var rest = ByteBuffer()
      rest.appendRest(of: trace.run(of: segment, at: time), in: trace)
      tails[flow] = RunTail(segment: segment, bytes: rest.bytes)
    }
    if let tail = tails[flow] { buffer.append(tail.bytes) }
  }
}

/// A trace that would tell more runs one by one than ``TraceWriter/limit``.
public struct TooManyRuns: Error, Hashable {
  /// How many records it would have.
  public var records: Int
}

// MARK: - First and last line

extension ByteBuffer {
  fileprivate mutating func appendHeader(of trace: Trace, _ runs: RunTelling) {
    append("{\"kind\":\"scenario\"")
    append(key: "format", decimal: TraceWriter.format)
    append(key: "title", trace.title)
    append(key: "seed", decimal: trace.seed)
    append(key: "start", time: .start, in: trace)
    append(key: "until", time: trace.until, in: trace)
    append(key: "propagation", trace.propagation)
    if runs != .each { append(key: "runs", runs.rawValue) }
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

  /// How often things came out in each way, behind another key: in a trace's summary and on its page.
  mutating func appendOutcomes(_ counts: Counts) {
    append(key: "runsSucceeded", decimal: counts.runsSucceeded)
    append(key: "runsFailed", decimal: counts.runsFailed)
    append(key: "triggersFailed", decimal: counts.triggersFailed)
    append(key: "blocked", decimal: counts.blocked)
    append(key: "suspended", decimal: counts.suspended)
    append(key: "refused", decimal: counts.refused)
  }

  fileprivate mutating func appendSummary(of trace: Trace) {
    let counts = Counts(trace)
    append("{\"kind\":\"summary\"")
    append(key: "records", decimal: counts.records)
    appendOutcomes(counts)
    append(",\"fingerprint\":\"")
    append(hex: trace.fingerprint)
    append("\"")
    append(key: "ties")
    appendList(trace.ties) { $0.append($1, in: trace) }
    if !trace.widelyShared.isEmpty { append(key: "widelyShared", trace.widelySharedNames) }
    append(key: "settings", trace.settings)
    append(key: "assumptions", trace.assumptions)
    append("}\n")
  }
}
