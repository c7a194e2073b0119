import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Tells a trace to people: a line an event, consecutive equal runs in one.
///
/// The text is for reading and may change; programs read what ``TraceWriter`` writes.
public struct Narration {
  private let trace: Trace
  private let style: Style
  private var sentences: Sentences
  private var buffer: ByteBuffer
  /// What each flow's latest runs met, so that an error is told once and not with every fold.
  private var latestVerdict: [Int?]
  private let timeWidth: Int

  /// Writes a trace's story into a sink.
  public static func write(
    _ trace: Trace, style: Style, to sink: @escaping ByteBuffer.Sink
  ) throws {
    var narration = Narration(trace, style, ByteBuffer(sink: sink))
    try narration.write()
  }

  private init(_ trace: Trace, _ style: Style, _ buffer: consuming ByteBuffer) {
    self.trace = trace
    self.style = style
    self.buffer = buffer
    sentences = Sentences(trace)
    latestVerdict = Array(repeating: nil, count: trace.cast.flows.count)
    let end = trace.timeText(max(.start, trace.until + -1))
    timeWidth = end.hasPrefix("day") ? 17 : 11
  }

  private mutating func write() throws {
    writeHeader()
    for item in trace.story {
      switch item.content {
      case .event(let row): write(trace.events[row])
      case .runs(let fold): write(fold)
      case .tie(let tie): write(tie)
      }
      try buffer.flushIfLong()
    }
    try FlowPages(trace, style).write(to: &buffer)
    writeFooter()
    try buffer.flush()
  }

  private mutating func writeHeader() {
    let end = trace.start + trace.until.milliseconds
    let isSameDay = end.midnight == trace.start.midnight
    buffer.append(style.paint(printable(trace.title), .strong) + "\n")
    buffer.append("\(trace.start.dateText) \(trace.start.clockText) to ")
    buffer.append(isSameDay ? end.clockText : "\(end.dateText) \(end.clockText)")
    buffer.append(" UTC, propagation \(trace.propagation), seed \(trace.seed)\n\n")
  }

  private mutating func writeFooter() {
    buffer.append(heading: "Settings relied on", trace.settings, style)
    buffer.append(heading: "Assumed, for want of a source", trace.assumptions, style)
    buffer.append("\n\(Counts(trace).words)\n")
  }
}

// MARK: - Lines

extension Narration {
  private mutating func write(_ record: Record) {
    let outcome = record.outcome.map { ": " + style.paint($0.words, $0.mark.color) } ?? ""
    line(
      trace.timeText(record.time), record.mark,
      "\(sentences.sentence(record))\(outcome)\(record.grounds.inBrackets)")
    why(record.grounds, record.path, record.failure)
    // The connections that a new app leaves out follow, each with its own error.
    if let failure = record.failure, record.kind != .appCreated { error(failure) }
    guard record.kind == .policySaved, let row = record.policy else { return }
    let inForceAt = trace.policies[row].inForceAt
    let isLate = inForceAt < trace.until ? "" : ", after this story's end"
    detail("in force for active apps and flows from \(trace.timeText(inForceAt))\(isLate)")
  }

  private mutating func write(_ fold: RunFold) {
    let verdict = trace.verdicts[fold.verdict]
    let previous = latestVerdict[fold.flow.row]
    latestVerdict[fold.flow.row] = fold.verdict
    let path = verdict.path
    let outcome = style.paint(verdict.outcome.words, verdict.outcome.mark.color)
    line(
      trace.rangeText(fold.first, fold.last), verdict.outcome.mark,
      "\(trace.words(fold)) \(outcome)\(path.map { ", \(trace.cast.words($0))" } ?? "")"
        + verdict.grounds.inBrackets)
    guard previous != fold.verdict else { return }
    why(verdict.grounds, path, verdict.failure)
    guard let failure = verdict.failure else { return }
    error(failure)
    let failedBefore = previous.map { trace.verdicts[$0].failure != nil } ?? false
    if verdict.kind == .flowRun, !failedBefore {
      detail("the flow stays on; its page warns (observed):")
      detail("  \(Cast.flowPageWarning)")
    }
  }

  private mutating func write(_ tie: Tie) {
    let version = trace.policies[tie.policy]
    let other =
      tie.flow.map { "a run of \(trace.cast.flows[$0.row].name)" } ?? "the statement"
    line(
      trace.timeText(tie.time), .remark,
      "\(trace.cast.displayName(version.tenant))'s policy came into force at this very instant, "
        + "before \(other) of line \(tie.line): a moment earlier the answer was another")
  }

  private mutating func line(_ time: String, _ mark: Mark, _ text: String) {
    buffer.append("\(padded(time, timeWidth))  \(style.paint(mark.rawValue, mark.color)) \(text)\n")
  }

  private mutating func why(_ grounds: Grounds, _ path: Path?, _ failure: Failure?) {
    for sentence in trace.cast.sentences(grounds, on: path, failure) { detail(sentence) }
  }

  private mutating func error(_ failure: Failure) {
    let text = trace.text(of: failure)
    detail("\(failure.surface.reader) (\(text.basis.rawValue)):")
    for line in text.message.split(separator: "\n") { detail("  \(printable(String(line)))") }
  }

  private mutating func detail(_ text: String) {
    buffer.append(padded("", timeWidth + 4) + text + "\n")
  }
}

// MARK: - Words

extension Record {
  fileprivate var mark: Mark {
    switch kind {
    case .policySaved, .dataPolicySaved: .saved
    case .policyInForce, .dataPolicyInForce: .inForce
    case .flowNotStarted, .connectionDisabled: .paused
    case .connectionDeleted, .appDeleted, .flowDeleted, .flowOff: .plain
    default: outcome?.mark ?? .good
    }
  }
}

extension Grounds {
  /// ` (outbound-rule, inbound-rule)`; nothing for an empty list.
  var inBrackets: String {
    isEmpty ? "" : " (\(map { "\($0.name)" }.joined(separator: ", ")))"
  }
}

extension Surface {
  /// Where a person reads an error.
  fileprivate var reader: String {
    switch self {
    case .connectionCreation: "the connection card says"
    case .appDesign: "Power Apps says"
    case .flowDesign: "Power Automate says"
    case .run: "the run's details say"
    case .appData: "the app's data call says"
    case .request: "the answer"
    }
  }
}

extension Trace {
  fileprivate func words(_ fold: RunFold) -> String {
    let isRun = verdicts[fold.verdict].kind == .flowRun
    let start = fold.trigger == .manual ? " started by hand" : ""
    return
      "\(counted(fold.count, isRun ? "run" : "trigger")) of \(cast.flows[fold.flow.row].name)\(start)"
  }

  /// `08:05`, `08:05–09:50` or, over a day's end, `08:05–day 2 09:50`.
  func rangeText(_ first: Instant, _ last: Instant) -> String {
    guard first != last else { return timeText(first) }
    let (start, end) = (self.start + first.milliseconds, self.start + last.milliseconds)
    return timeText(first) + "–"
      + (start.midnight == end.midnight ? end.clockText : timeText(last))
  }
}

/// Text with spaces behind it up to a width.
func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

extension Counts {
  fileprivate var words: String {
    var parts = ["\(runsSucceeded) runs succeeded", "\(runsFailed) failed"]
    if triggersFailed > 0 { parts.append("\(counted(triggersFailed, "trigger")) failed") }
    if blocked > 0 { parts.append("\(blocked) blocked") }
    if suspended > 0 { parts.append("\(counted(suspended, "flow")) suspended") }
    if refused > 0 { parts.append("\(counted(refused, "request")) refused") }
    return parts.joined(separator: ", ") + "; \(counted(records, "record"))"
  }
}

extension ByteBuffer {
  /// Appends a heading and a list; nothing for an empty list.
  mutating func append(heading: String, _ lines: [String], _ style: Style) {
    guard !lines.isEmpty else { return }
    append("\n\(style.paint(heading, .strong))\n")
    for line in lines { append("  \(printable(line))\n") }
  }
}
