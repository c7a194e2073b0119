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

  /// Files that could not be judged, for the summary.
  public var invalid = 0

  private let style: Style

  /// A report on no file yet.
  public init(style: Style) { self.style = style }

  /// Counts a file's verdicts and puts them into words: a line for the file, and what is needed to
  /// understand each failure.
  ///
  /// - Parameter listingMet: whether expectations that are met get a line as well.
  public mutating func add(
    _ file: String, _ verdicts: [Verdict], listingMet: Bool = false
  ) -> String {
    count(file, verdicts)
    guard !verdicts.isEmpty else {
      return "\(style.paint("demo", .waiting))  \(printable(file)): no expectations\n"
    }
    let met = verdicts.count { $0.isMet }
    let isMet = met == verdicts.count
    let word = isMet ? style.paint("ok", .good) + "  " : style.paint("FAIL", .bad)
    let counts = "\(met) of \(counted(verdicts.count, "expectation")) met"
    return "\(word)  \(printable(file)): \(counts)\n"
      + verdicts.filter { listingMet || !$0.isMet }.map { text($0, in: file) }.joined()
  }

  /// Counts a file's verdicts; only failures get words.
  public mutating func addFailures(_ file: String, _ verdicts: [Verdict]) -> String {
    count(file, verdicts)
    return verdicts.filter { !$0.isMet }.map { text($0, in: file) }.joined()
  }

  private mutating func count(_ file: String, _ verdicts: [Verdict]) {
    files += 1
    if verdicts.isEmpty { demonstrations.append(file) }
    met += verdicts.count { $0.isMet }
    failed += verdicts.count { !$0.isMet }
  }

  /// `3 files: 12 expectations met, 1 failed; 1 demonstration without expectations`.
  public var summary: String {
    var text = "\(counted(files, "file")): \(counted(met, "expectation")) met, \(failed) failed"
    if !demonstrations.isEmpty {
      text += "; \(counted(demonstrations.count, "demonstration")) without expectations"
    }
    if invalid > 0 { text += "; \(counted(invalid, "invalid file"))" }
    return text + "\n"
  }

  private func text(_ verdict: Verdict, in file: String) -> String {
    guard !verdict.isMet else {
      return "  \(style.paint("met", .good)) \(verdict.line): \(printable(verdict.source))\n"
    }
    let place = "\(printable(file)):\(verdict.line):\(verdict.column)"
    if verdict.isAboutCovers {
      return "\(place): \(style.paint(verdict.headline, .bad))\n"
        + verdict.because.map { "  \(printable($0))\n" }.joined()
    }
    let headline = "\(place): \(style.paint("expected", .bad)) \(verdict.expectedInALine)\n"
    return headline + verdict.explanation.map { "  \($0)\n" }.joined()
  }
}
