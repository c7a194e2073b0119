import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Turns what happened into lines, and remembers what was said before, so that no reason and no
/// error text is told twice in full.
struct Storyteller {
  private let trace: Trace
  private let style: Style
  private var sentences: Sentences
  /// What each flow's latest runs met.
  private var latestVerdict: [Int?]
  /// When a text was told first.
  private(set) var told: [String: String] = [:]

  init(_ trace: Trace, _ style: Style) {
    self.trace = trace
    self.style = style
    sentences = Sentences(trace) { style.cut($0, to: style.nameWidth) }
    latestVerdict = Array(repeating: nil, count: trace.cast.flows.count)
  }

  mutating func line(_ entry: StoryEntry) -> StoryLine {
    switch entry {
    case .item(let item): line(item)
    case .elided(let count, let example, let last): elided(count, example, last)
    case .rest(let count, let first): rest(count, first)
    }
  }

  private mutating func line(_ item: StoryItem) -> StoryLine {
    switch item.content {
    case .event(let row): line(trace.events[row])
    case .runs(let fold): line(fold)
    case .tie(let tie): line(tie)
    }
  }
}

// MARK: - Events

extension Storyteller {
  private mutating func line(_ record: Record) -> StoryLine {
    let path = record.path.map { trace.cast.words($0, style) } ?? ""
    var line = StoryLine(
      time: trace.timeText(record.time), kind: record.part, mark: record.mark,
      subject: sentences.sentence(record), path: path, verdict: record.verdict)
    why(record.grounds, record.path, record.ways, &line)
    if let failure = record.failure, failure.cause == .noDataAccess {
      line.add(.why, trace.noDataAccess(failure))
    }
    // The connections that a new app leaves out follow, each with its own error.
    if let failure = record.failure, record.kind != .appCreated { error(failure, &line) }
    if let mention = record.report { trace.add(mention, record, to: &line) }
    if let mention = record.share { trace.add(mention, to: &line) }
    trace.add(answerTo: record, to: &line)
    trace.add(undoneBy: record, to: &line)
    if let mail = record.mail { line.add(trace.mails[mail.row]) }
    if record.packageList != nil { trace.addPackages(of: record, to: &line) }
    if record.kind.part == .audit { trace.addAudit(of: record, to: &line) }
    guard record.kind == .policySaved, let row = record.policy else { return line }
    let inForceAt = trace.policies[row].inForceAt
    let isLate = inForceAt < trace.until ? "" : ", after this story's end"
    line.add(.then, "in force for active apps and flows from \(trace.timeText(inForceAt))\(isLate)")
    return line
  }

  private mutating func line(_ fold: RunFold) -> StoryLine {
    let verdict = trace.verdicts[fold.verdict]
    let previous = latestVerdict[fold.flow.row]
    latestVerdict[fold.flow.row] = fold.verdict
    var line = StoryLine(
      time: trace.timeText(fold.first), kind: .run, mark: verdict.outcome.mark,
      subject: words(fold), path: verdict.path.map { trace.cast.words($0, style) } ?? "",
      verdict: verdict.outcome.words + verdict.grounds.enforcement)
    guard previous != fold.verdict else { return line }
    why(verdict.grounds, verdict.path, verdict.ways, &line)
    guard let failure = verdict.failure else { return line }
    error(failure, &line)
    if failure.feed?.error == .timeRange {
      line.add(.why, "a run asks for a whole period, and the Activity API gives 24 hours at once")
    }
    let failedBefore = previous.map { trace.verdicts[$0].failure != nil } ?? false
    if verdict.kind == .flowRun, !failedBefore {
      let lead = "the flow stays on, and its page warns (observed)"
      if let known = told[Cast.flowPageWarning] {
        line.add(.then, "\(lead) \(asBefore(known, line.time))", isRepeated: true)
      } else {
        line.add(.then, "\(lead):")
        line.add(.then, Cast.flowPageWarning)
        told[Cast.flowPageWarning] = line.time
      }
    }
    return line
  }

  /// `4 runs of sync to 08:55`.
  private func words(_ fold: RunFold) -> String {
    let isRun = trace.verdicts[fold.verdict].kind == .flowRun
    let runs = counted(fold.count, isRun ? "run" : "trigger")
    let start = fold.trigger == .manual ? " by hand" : ""
    let end = fold.count > 1 ? " to \(trace.endText(fold.first, fold.last))" : ""
    return "\(runs) of \(trace.cast.flows[fold.flow.row].shortName(style))\(start)\(end)"
  }

  private func line(_ tie: Tie) -> StoryLine {
    StoryLine(
      time: trace.timeText(tie.time), kind: .note, mark: .remark,
      subject: trace.sentence(tie) { $0.shortName(style) })
  }
}

extension Trace {
  /// What a tie means for whoever relies on the outcome.
  func sentence(_ tie: Tie, _ name: (Title) -> String) -> String {
    let tenant = cast.displayName(policies[tie.policy].tenant)
    let other = tie.flow.map { "a run of \(name(cast.flows[$0.row]))" } ?? "the statement"
    return "a tie: \(tenant)'s policy came into force at this very instant, before \(other) of "
      + "line \(tie.line); a moment earlier the answer was another"
  }
}

// MARK: - What is left out

extension Storyteller {
  private mutating func elided(_ count: Int, _ example: StoryItem, _ last: Instant) -> StoryLine {
    let end = last > example.time ? " to \(trace.endText(example.time, last))" : ""
    var line = StoryLine(
      time: trace.timeText(example.time), kind: .more, mark: .plain,
      subject: "and \(counted(count, "more line")) like these\(end)")
    switch example.content {
    case .event(let row):
      line.verdict = trace.events[row].verdict
      line.path = trace.events[row].path.map { trace.cast.words($0, style) } ?? ""
    case .runs(let fold):
      let verdict = trace.verdicts[fold.verdict]
      line.verdict = verdict.outcome.words + verdict.grounds.enforcement
      line.path = verdict.path.map { trace.cast.words($0, style) } ?? ""
    case .tie: line.subject = "and \(counted(count, "more tie"))\(end)"
    }
    return line
  }

  private func rest(_ count: Int, _ first: Instant) -> StoryLine {
    StoryLine(
      time: trace.timeText(first), kind: .more, mark: .plain,
      subject: "and \(counted(count, "more line")); the trace has every record")
  }
}

// MARK: - Details

extension Storyteller {
  private mutating func why(
    _ grounds: Grounds, _ path: Path?, _ ways: [GroundWay], _ line: inout StoryLine
  ) {
    let reasons = zip(grounds, trace.cast.sentences(grounds, on: path, ways))
      .map { "\($1) (\($0.name))" }
    guard !reasons.isEmpty else { return }
    let known = told.updateValue(told[reasons.joined()] ?? line.time, forKey: reasons.joined())
    if let known { return line.add(.why, asBefore(known, line.time), isRepeated: true) }
    for reason in reasons { line.add(.why, reason) }
  }

  private mutating func error(_ failure: Failure, _ line: inout StoryLine) {
    let text = trace.text(of: failure)
    let code =
      failure.feed == nil
      ? "" : "; \(text.code), status \(text.httpStatus): \(text.codeBasis.rawValue)"
    let lead = "\(failure.surface.reader) (\(text.basis.rawValue)\(code))"
    if let known = told[text.message] {
      line.add(.sees, "\(lead) \(asBefore(known, line.time))", isRepeated: true)
    } else {
      line.add(.sees, "\(lead):")
      line.add(.sees, text.message)
      told[text.message] = line.time
    }
  }

  private func asBefore(_ known: String, _ now: String) -> String {
    known == now ? "the same as above" : "the same as at \(known)"
  }
}

extension StoryLine {
  mutating func add(
    _ label: Detail.Label, _ text: String, isRepeated: Bool = false
  ) {
    details.append(Detail(label: label, text: text, isRepeated: isRepeated))
  }
}

extension Trace {
  /// A range's end: the day is named only where it is another than the start's.
  func endText(_ first: Instant, _ last: Instant) -> String {
    let (start, end) = (self.start + first.milliseconds, self.start + last.milliseconds)
    return start.midnight == end.midnight ? end.clockText : timeText(last)
  }

  /// `08:05`, `08:05-09:50` or, over a day's end, `08:05-day 2 09:50`.
  func rangeText(_ first: Instant, _ last: Instant, _ style: Style) -> String {
    first == last ? timeText(first) : timeText(first) + style.dash + endText(first, last)
  }
}
