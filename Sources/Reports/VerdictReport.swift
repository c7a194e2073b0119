import SimulationTrace

/// Says what became of files' expectations, and counts them.
public struct VerdictReport: Sendable {
  /// Files told so far.
  public private(set) var files = 0
  /// Expectations that are met.
  public private(set) var met = 0
  /// Expectations that are not.
  public private(set) var failed = 0
  /// Expectations that are undecided; they count as failed too.
  public private(set) var undecided = 0
  /// Claims to cover a behaviour that are not true, or undecided.
  public private(set) var claims = 0
  /// Files without expectations, in order.
  public private(set) var demonstrations: [String] = []

  /// Files that could not be judged, for the summary.
  public var invalid = 0

  private let style: Style

  /// A report on no file yet.
  public init(style: Style) { self.style = style }

  /// Counts a file's verdicts and puts them into words: a line for the file, the ties that its
  /// outcome rests on, and what is needed to understand each failure.
  ///
  /// - Parameter explored: how far a range of delays was explored; nil where the delay is fixed.
  public mutating func add(
    _ file: String, _ trace: Trace, _ verdicts: [Verdict], explored: String? = nil
  ) -> String {
    count(file, verdicts)
    guard !verdicts.isEmpty else {
      return style.demonstration(file, trace)
    }
    let basis = (explored.map { $0 + ", " } ?? "") + "seed \(trace.seed)"
    let span = verdicts.word
    let word = span.color.map { style.paint(span.text, $0) } ?? span.text
    // A range was judged with both orders of each tie.
    return word + String(repeating: " ", count: max(2, 6 - span.text.count))
      + "\(printable(file)): \(verdicts.countedMet), \(basis)\n"
      + (explored == nil ? remarks(trace) : "")
      + verdicts.filter { !$0.isMet }.map { text($0, in: file) }.joined()
  }

  /// The first few ties; the story has them all.
  private func remarks(_ trace: Trace) -> String {
    let shown = trace.ties.prefix(3).map { tie in
      "  remark: \(trace.timeText(tie.time)), \(trace.sentence(tie) { printable($0.name) })\n"
    }
    let rest = trace.ties.count - shown.count
    return shown.joined() + (rest > 0 ? "  and \(counted(rest, "more tie"))\n" : "")
  }

  /// Counts a file's verdicts; only failures get words.
  public mutating func addFailures(_ file: String, _ verdicts: [Verdict]) -> String {
    count(file, verdicts)
    return verdicts.filter { !$0.isMet }.map { text($0, in: file) }.joined()
  }

  private mutating func count(_ file: String, _ verdicts: [Verdict]) {
    files += 1
    if verdicts.isEmpty { demonstrations.append(file) }
    let expectations = verdicts.onExpectations
    met += expectations.count { $0.isMet }
    failed += expectations.count { !$0.isMet }
    undecided += expectations.count(where: \.isUndecided)
    claims += verdicts.onClaims.count
  }

  /// `3 files: 12 expectations met, 1 failed; 1 demonstration without expectations`.
  public var summary: String {
    var text = "\(counted(files, "file")): \(counted(met, "expectation")) met, \(failed) failed"
    if undecided > 0 { text += " (\(undecided) undecided)" }
    if claims > 0 { text += "; \(counted(claims, "covers claim")) not shown" }
    if !demonstrations.isEmpty {
      text += "; \(counted(demonstrations.count, "demonstration")) without expectations"
    }
    if invalid > 0 { text += "; \(counted(invalid, "invalid file"))" }
    return text + "\n"
  }

  private func text(_ verdict: Verdict, in file: String) -> String {
    let place = "\(printable(file)):\(verdict.line):\(verdict.column)"
    if verdict.isAboutCovers {
      return "\(place): \(style.paint(verdict.headline, .bad))\n"
        + verdict.because.map { "  \(printable($0))\n" }.joined()
    }
    let headline =
      "\(place): \(verdict.scope)\(style.paint("expected", .bad)) \(verdict.expectedInALine)\n"
    return headline + verdict.explanation.map { "  \($0)\n" }.joined()
  }
}

extension Style {
  /// The line for a file that judges nothing.
  func demonstration(_ file: String, _ trace: Trace) -> String {
    "\(paint("demo", .waiting))  \(printable(file)): no expectations to judge, seed \(trace.seed)\n"
  }
}

extension [Verdict] {
  /// `ok`, `depends` or `FAIL`, of which the last goes before the one before.
  var word: Span {
    if allSatisfy(\.isMet) { return Span("ok", .good) }
    return allSatisfy { $0.isMet || $0.isUndecided }
      ? Span("depends", .waiting) : Span("FAIL", .bad)
  }

  /// `5 of 6 expectations met`.
  var countedMet: String {
    let expectations = onExpectations
    return "\(expectations.count { $0.isMet }) of \(counted(expectations.count, "expectation")) met"
  }
}
