import SimulationTrace

/// JUnit's XML, as build servers read it: a `testsuite` a file, a `testcase` an expectation, or a claim
/// to cover a behaviour that is not true.
///
/// - An invalid file is one case with an `error`, whose body lists all problems.
/// - A demonstration is one `skipped` case: viewers list these apart from passes and with their
///   reason, whereas they hide properties.
/// - `time` is 0 throughout. Viewers read it as what the test cost, which is different in each run
///   and nothing anyway; simulated hours would be misread as that. `timestamp` and `hostname` are
///   left out for the same reason.
extension TestReport {
  func writeJUnit(to sink: @escaping ByteBuffer.Sink) throws {
    let suites = files.map(JUnitSuite.init) + (hasSubstance ? [] : [JUnitSuite.nothingJudged])
    var buffer = ByteBuffer(sink: sink)
    buffer.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites")
    buffer.append(attribute: "name", "gateway-sim")
    buffer.append(counts: suites.flatMap(\.cases))
    buffer.append(">\n")
    for suite in suites {
      buffer.append(suite)
      try buffer.flushIfLong()
    }
    buffer.append("</testsuites>\n")
    try buffer.flush()
  }
}

private struct JUnitSuite {
  var file: String
  var properties: [(name: String, value: String)] = []
  var cases: [JUnitCase]
}

private struct JUnitCase {
  enum Outcome { case passed, failure, error, skipped }

  var name: String
  var outcome = Outcome.passed
  var line = 1
  /// A line for lists, and what kind of failure it is.
  var message = ""
  var type = ""
  var body: [String] = []
}

// MARK: - What is told

extension JUnitSuite {
  init(_ report: FileReport) {
    file = report.file
    if let facts = report.simulation {
      properties = [
        ("title", facts.title), ("seed", String(facts.seed)),
        ("fingerprint", facts.fingerprintText),
      ]
    }
    switch report.status {
    case .invalid: cases = [JUnitCase(invalid: report)]
    case .demonstration:
      cases = [
        JUnitCase(name: "demonstration", outcome: .skipped, message: Words.demonstration)
      ]
    case .passed, .failed: cases = Self.cases(report)
    }
  }

  static let nothingJudged = JUnitSuite(
    file: "gateway-sim",
    cases: [
      JUnitCase(
        name: Words.nothingJudged, outcome: .error, message: Words.noExpectation, type: "empty")
    ])

  /// Viewers take cases of one name for one case, so those that repeat one get their line.
  private static func cases(_ report: FileReport) -> [JUnitCase] {
    let uses = Dictionary(report.verdicts.map { ($0.statement, 1) }, uniquingKeysWith: +)
    return report.verdicts.map { verdict in
      var test = JUnitCase(verdict, in: report.file)
      if uses[verdict.statement, default: 1] > 1 { test.name += " (line \(verdict.line))" }
      return test
    }
  }
}

extension JUnitCase {
  init(_ verdict: Verdict, in file: String) {
    name = verdict.statement
    line = verdict.line
    guard !verdict.isMet else { return }
    outcome = .failure
    type = verdict.isUndecided ? "undecided" : verdict.isAboutCovers ? "covers" : "expectation"
    message = verdict.headline
    body = ["\(printable(file)):\(verdict.line):\(verdict.column)"] + verdict.explanation
  }

  init(invalid report: FileReport) {
    name = "invalid scenario"
    outcome = .error
    body = report.problems.map(\.text)
    if report.omittedProblems > 0 { body.append(counted(report.omittedProblems, "more problem")) }
    guard let first = report.problems.first else { return }
    line = first.file == report.file ? first.line : 1
    message = first.fullMessage
    type = first.code
  }
}

// MARK: - Elements

extension ByteBuffer {
  fileprivate mutating func append(counts cases: [JUnitCase]) {
    append(attribute: "tests", cases.count)
    append(attribute: "failures", cases.count { $0.outcome == .failure })
    append(attribute: "errors", cases.count { $0.outcome == .error })
    append(attribute: "skipped", cases.count { $0.outcome == .skipped })
    append(attribute: "time", 0)
  }

  fileprivate mutating func append(_ suite: JUnitSuite) {
    append("  <testsuite")
    append(attribute: "name", suite.file)
    append(counts: suite.cases)
    append(attribute: "file", suite.file)
    append(">\n")
    append(properties: suite.properties)
    for test in suite.cases { append(test, in: suite.file) }
    append("  </testsuite>\n")
  }

  private mutating func append(properties: [(name: String, value: String)]) {
    guard !properties.isEmpty else { return }
    append("    <properties>\n")
    for property in properties {
      append("      <property")
      append(attribute: "name", property.name)
      append(attribute: "value", property.value)
      append("/>\n")
    }
    append("    </properties>\n")
  }

  private mutating func append(_ test: JUnitCase, in file: String) {
    append("    <testcase")
    append(attribute: "name", test.name)
    append(attribute: "classname", file)
    append(attribute: "file", file)
    append(attribute: "line", test.line)
    append(attribute: "time", 0)
    guard let element = test.outcome.element else { return append("/>\n") }
    append(">\n      <")
    append(element)
    append(attribute: "message", test.message)
    if !test.type.isEmpty { append(attribute: "type", test.type) }
    append(">")
    append(xml: test.body.joined(separator: "\n"))
    append("</")
    append(element)
    append(">\n    </testcase>\n")
  }
}

extension JUnitCase.Outcome {
  fileprivate var element: StaticString? {
    switch self {
    case .passed: nil
    case .failure: "failure"
    case .error: "error"
    case .skipped: "skipped"
    }
  }
}
