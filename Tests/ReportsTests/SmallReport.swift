import Reports
import SimulationTrace

extension TestReport {
  /// One file of each kind, with all that needs escaping.
  static var small: TestReport {
    var report = TestReport()
    report.status = 2
    report.files = [
      FileReport("a & b.scenario", .small, [.met, .failed, .again]),
      FileReport("demo.scenario", .small, []),
      FileReport("bad.scenario", problems: [.typo], omitted: 2),
    ]
    return report
  }

  /// A report on these expectations of one file.
  static func of(_ verdicts: Verdict...) -> TestReport {
    var report = TestReport()
    report.files = [FileReport("x.scenario", .small, verdicts)]
    return report
  }
}

extension Verdict {
  static let met = Verdict(
    isMet: true, source: "expect saved", expected: "saved", got: "saved", line: 3, column: 5)
  static let failed = Verdict(
    isMet: false, source: #"expect error "<a>" # \"#, expected: "an error with \"<a>\"",
    got: "the error \"first\nsecond\"", because: ["isolation is off", "since \u{1b}[1m08:00"],
    message: "100%: look again", line: 4, column: 5)
  static let again = Verdict(
    isMet: true, source: "expect saved", expected: "saved", got: "saved", line: 8, column: 5)
}

extension Problem {
  static let typo = Problem(
    file: "bad.scenario", line: 5, column: 10, endColumn: 14, code: "N001",
    message: "nobody is called \"adda\"", suggestion: "ada", alsoOnLines: [7])
}

/// Text with all that formats escape, or forbid.
enum Awkward {
  static let texts = [
    "", "a & b < c > d \" e ' ]]> f", "tab\tline\nreturn\r\nend",
    "\u{0}\u{8}\u{1b}[31m\u{7f}\u{85}",
    "\u{fffe}\u{ffff}\u{202e}\u{2028}", "é 日本 🏢", "# SKIP not \\# TODO", "%0A::error::x", "--- ...",
  ]
}
