import SimulationTrace

/// Says what became of files' expectations, and counts them.
public struct VerdictReport: Sendable {
  /// Files told so far.
  public private(set) var files = 0
  /// Expectations that are met.
  public private(set) var met = 0
  /// Expectations that are not.
  public private(set) var failed = 0
  /// Files without expectations, in order.
  public private(set) var demonstrations: [String] = []

  private let style: Style

  /// A report on no file yet.
  public init(style: Style) { self.style = style }

  /// Counts a file's verdicts and puts them into words: a line for the file, and what is needed to
  /// understand each failure.
  public mutating func add(_ file: String, _ verdicts: [Verdict]) -> String {
    files += 1
    guard !verdicts.isEmpty else {
      demonstrations.append(file)
      return "\(style.paint("demo", .waiting))    \(printable(file)): no expectations\n"
    }
    let failures = verdicts.filter { !$0.isMet }
    met += verdicts.count - failures.count
    failed += failures.count
    let word = failures.isEmpty ? style.paint("ok", .good) + "  " : style.paint("FAIL", .bad)
    let counts = "\(verdicts.count - failures.count) of \(verdicts.count) expectations met"
    return "\(word)    \(printable(file)): \(counts)\n"
      + failures.map { failure($0, in: file) }.joined()
  }

  /// The failures alone, for readers who want nothing else.
  public mutating func addQuietly(_ file: String, _ verdicts: [Verdict]) -> String {
    _ = add(file, verdicts)
    return verdicts.filter { !$0.isMet }.map { failure($0, in: file) }.joined()
  }

  /// `3 files: 12 expectations met, 1 failed; 1 demonstration without expectations`.
  public var summary: String {
    var text = "\(counted(files, "file")): \(counted(met, "expectation")) met, \(failed) failed"
    if !demonstrations.isEmpty {
      text += "; \(counted(demonstrations.count, "demonstration")) without expectations"
    }
    return text + "\n"
  }

  private func failure(_ verdict: Verdict, in file: String) -> String {
    let place = "\(printable(file)):\(verdict.line):\(verdict.column)"
    var lines = [
      "\(place): \(style.paint("expected", .bad)) \(printable(verdict.expected))",
      "  \(printable(verdict.source))",
      "  expected: \(printable(verdict.expected))",
      "  got:      \(printable(verdict.got))",
    ]
    for (row, reason) in verdict.because.enumerated() {
      lines.append("  \(row == 0 ? "because:" : "        ")  \(printable(reason))")
    }
    if let message = verdict.message { lines.append("  note:     \(printable(message))") }
    return lines.map { $0 + "\n" }.joined()
  }
}
