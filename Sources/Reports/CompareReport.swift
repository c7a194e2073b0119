import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What `compare` found, for people and for programs.
public struct CompareReport: Sendable {
  private let comparison: Comparison
  private let trace: Trace
  private let other: Trace
  private let names: (a: String, b: String)

  /// The version of the JSON form.
  public static let format = 1

  /// A report on two scenarios by their names and traces; instants are called as in the first.
  public init(
    _ comparison: Comparison, of a: String, _ trace: Trace, and b: String, _ other: Trace
  ) {
    self.comparison = comparison
    (self.trace, self.other) = (trace, other)
    names = (a, b)
  }
}

// MARK: - For people

extension CompareReport {
  /// The first difference, then all of them.
  public func text(_ style: Style) -> String {
    var page = Page(style)
    page.text(names.a, label: Span("A  ", .strong))
    page.text(names.b, label: Span("B  ", .strong))
    if trace.basis == other.basis {
      page.text(trace.basis, .faint)
    } else {
      page.text("A: \(trace.basis); B: \(other.basis)", .faint)
    }
    guard comparison.differs else {
      page.text("nothing differs: \(counted(comparison.countsOfA.records, "record")) in each")
      return page.text
    }
    writeFirst(on: &page)
    writeRuns(on: &page)
    write(comparison.onlyInA, "Only in A", on: &page)
    write(comparison.onlyInB, "Only in B", on: &page)
    page.heading("Counts")
    page.text(words(comparison.countsOfA), label: Span("A  "), indent: 2)
    page.text(words(comparison.countsOfB), label: Span("B  "), indent: 2)
    page.text(
      "\(counted(comparison.runCount, "run")) and "
        + "\(counted(comparison.otherDifferences, "other record")) differ", indent: 2)
    return page.text
  }

  private func writeFirst(on page: inout Page) {
    guard let first = comparison.first else { return }
    page.heading("First difference, at \(trace.timeText(first.time))")
    page.text(first.a ?? "nothing", label: Span("A  "), indent: 2)
    page.text(first.b ?? "nothing", label: Span("B  "), indent: 2)
  }

  private func writeRuns(on page: inout Page) {
    guard !comparison.runs.isEmpty else { return }
    page.heading("Runs that differ")
    for runs in comparison.runs {
      let times = [runs.first, runs.last].map { trace.timeText($0) }
      let when = runs.count == 1 ? "at \(times[0])" : "from \(times[0]) to \(times[1])"
      page.text("\(runs.flow), \(counted(runs.count, "run")) \(when)", indent: 2)
      page.text(words(runs.a, beside: runs.b), label: Span("A  "), indent: 4)
      page.text(words(runs.b, beside: runs.a), label: Span("B  "), indent: 4)
    }
  }

  /// Errors are only told where they alone make the difference.
  private func words(_ met: Comparison.Met?, beside other: Comparison.Met?) -> String {
    guard let met else { return "no such run" }
    let isToldApart = met.outcome != other?.outcome || met.grounds != other?.grounds
    let kind = met.kind == .flowTriggerFailed ? " at the trigger" : ""
    let error = isToldApart ? nil : met.error?.split(separator: "\n").joined(separator: "; ")
    return met.outcome.words + kind + met.grounds.inBrackets + (error.map { ": \($0)" } ?? "")
  }

  private func write(_ only: Comparison.Names, _ heading: String, on page: inout Page) {
    page.list(
      heading,
      only.flows.map { "flow \($0)" } + only.connections.map { "connection \($0)" }
        + only.apps.map { "app \($0)" })
  }

  private func words(_ counts: Counts) -> String {
    "\(counted(counts.runsSucceeded, "run")) succeeded, \(counts.runsFailed) failed, "
      + "\(counts.triggersFailed) not triggered; \(counts.blocked) blocked, "
      + "\(counts.suspended) suspended, \(counts.refused) refused"
  }
}

// MARK: - For programs

extension CompareReport {
  /// The comparison as one JSON object in a line.
  public var json: String {
    var buffer = ByteBuffer()
    buffer.append("{\"format\":\(Self.format)")
    buffer.append(key: "seed", decimal: trace.seed)
    buffer.append(key: "propagation")
    buffer.appendList([trace, other]) { $0.append(json: $1.propagation) }
    buffer.append(key: "a", names.a)
    buffer.append(key: "b", names.b)
    buffer.append(key: "differs", comparison.differs)
    buffer.append(key: "first")
    append(comparison.first, to: &buffer)
    buffer.append(key: "runs")
    buffer.appendList(comparison.runs) { append($1, to: &$0) }
    buffer.append(key: "onlyInA")
    append(comparison.onlyInA, to: &buffer)
    buffer.append(key: "onlyInB")
    append(comparison.onlyInB, to: &buffer)
    buffer.append(",\"counts\":{\"differingRuns\":\(comparison.runCount)")
    buffer.append(key: "otherDifferences", decimal: comparison.otherDifferences)
    buffer.append(key: "a")
    append(comparison.countsOfA, to: &buffer)
    buffer.append(key: "b")
    append(comparison.countsOfB, to: &buffer)
    buffer.append("}}\n")
    return buffer.text
  }

  private func append(_ first: Comparison.First?, to buffer: inout ByteBuffer) {
    guard let first else { return buffer.append("null") }
    buffer.append("{\"time\":\"")
    buffer.append(iso: trace.start + first.time.milliseconds)
    buffer.append("\"")
    buffer.append(key: "a")
    if let text = first.a { buffer.append(json: text) } else { buffer.append("null") }
    buffer.append(key: "b")
    if let text = first.b { buffer.append(json: text) } else { buffer.append("null") }
    buffer.append("}")
  }

  private func append(_ runs: Comparison.Runs, to buffer: inout ByteBuffer) {
    buffer.append("{\"flow\":")
    buffer.append(json: runs.flow)
    buffer.append(key: "from", time: runs.first, in: trace)
    buffer.append(key: "to", time: runs.last, in: trace)
    buffer.append(key: "count", decimal: runs.count)
    buffer.append(key: "a")
    append(runs.a, to: &buffer)
    buffer.append(key: "b")
    append(runs.b, to: &buffer)
    buffer.append("}")
  }

  private func append(_ met: Comparison.Met?, to buffer: inout ByteBuffer) {
    guard let met else { return buffer.append("null") }
    buffer.append("{\"kind\":\"\(met.kind.name)\"")
    buffer.append(key: "outcome", word: met.outcome.name)
    buffer.append(grounds: met.grounds)
    buffer.append("}")
  }

  private func append(_ names: Comparison.Names, to buffer: inout ByteBuffer) {
    buffer.append("{\"flows\":")
    buffer.appendList(names.flows) { $0.append(json: $1) }
    buffer.append(key: "connections", names.connections)
    buffer.append(key: "apps", names.apps)
    buffer.append("}")
  }

  private func append(_ counts: Counts, to buffer: inout ByteBuffer) {
    buffer.append("{\"records\":\(counts.records)")
    buffer.append(key: "runsSucceeded", decimal: counts.runsSucceeded)
    buffer.append(key: "runsFailed", decimal: counts.runsFailed)
    buffer.append(key: "triggersFailed", decimal: counts.triggersFailed)
    buffer.append(key: "blocked", decimal: counts.blocked)
    buffer.append(key: "suspended", decimal: counts.suspended)
    buffer.append(key: "refused", decimal: counts.refused)
    buffer.append("}")
  }
}
