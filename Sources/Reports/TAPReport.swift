import SimulationTrace

/// The Test Anything Protocol, flat: a test point an expectation, or a claim to cover a behaviour that
/// is not true, named by `file:line: text`, and a YAML block behind each failure. A remark before a
/// file's points has its seed.
///
/// All of it is version 14, and as nothing in it is new there, version 13 as well, which is what
/// the first line says: most installed readers call a document wrong that claims to be newer.
///
/// A demonstration is a point that is skipped, an invalid file one that fails. Nothing ever bails
/// out: what is wrong with one file says nothing about the next.
extension TestReport {
  func writeTAP(to sink: @escaping ByteBuffer.Sink) throws {
    var buffer = ByteBuffer(sink: sink)
    buffer.append("TAP version 13\n1..")
    buffer.append(decimal: pointCount)
    buffer.append("\n")
    var number = 0
    for file in files {
      buffer.appendPoints(file, &number)
      try buffer.flushIfLong()
    }
    if !hasSubstance {
      buffer.appendPoint(false, &number, Words.nothingJudged)
      buffer.appendBlock { $0.append(yaml: "message", Words.noExpectation) }
    }
    try buffer.flush()
  }

  private var pointCount: Int {
    files.reduce(hasSubstance ? 0 : 1) { $0 + max(1, $1.verdicts.count) }
  }
}

extension ByteBuffer {
  fileprivate mutating func appendPoints(_ report: FileReport, _ number: inout Int) {
    if let seed = report.simulation?.seed { append("# \(printable(report.file)): seed \(seed)\n") }
    switch report.status {
    case .invalid: append(invalid: report, &number)
    case .demonstration:
      appendPoint(true, &number, report.file, directive: " # SKIP \(Words.demonstration)")
    case .passed, .failed:
      for verdict in report.verdicts {
        appendPoint(verdict.isMet, &number, "\(report.file):\(verdict.line): \(verdict.statement)")
        if !verdict.isMet { append(failure: verdict, in: report.file) }
      }
    }
  }

  private mutating func append(invalid report: FileReport, _ number: inout Int) {
    appendPoint(false, &number, "\(report.file): invalid scenario")
    appendBlock { block in
      block.append(yaml: "severity", "error")
      block.append(yaml: "diagnostics", report.problems.map(\.text))
      guard report.omittedProblems > 0 else { return }
      block.append("  omitted: \(report.omittedProblems)\n")
    }
  }

  private mutating func append(failure verdict: Verdict, in file: String) {
    appendBlock { block in
      block.append(yaml: "message", verdict.message ?? verdict.headline)
      block.append(yaml: "severity", verdict.isUndecided ? "undecided" : "fail")
      block.append("  at:\n  ")
      block.append(yaml: "file", file)
      block.append("    line: \(verdict.line)\n    column: \(verdict.column)\n")
      block.append(yaml: "expected", verdict.expected)
      block.append(yaml: "got", verdict.got)
      if let variant = verdict.variant { block.append(yaml: "variant", variant) }
      if !verdict.because.isEmpty { block.append(yaml: "because", verdict.because) }
    }
  }

  fileprivate mutating func appendPoint(
    _ isOK: Bool, _ number: inout Int, _ text: String, directive: String = ""
  ) {
    number += 1
    append("\(isOK ? "ok" : "not ok") \(number) - \(escaped(text))\(directive)\n")
  }

  fileprivate mutating func appendBlock(_ write: (inout ByteBuffer) -> Void) {
    append("  ---\n")
    write(&self)
    append("  ...\n")
  }

  /// A text, quoted as JSON does it, which is YAML as well.
  fileprivate mutating func append(yaml key: StaticString, _ text: String) {
    append("  ")
    append(key)
    append(": ")
    append(json: withoutControls(text))
    append("\n")
  }

  /// A list in one line: over several, prove takes a text such as "a: b" for a key and its value.
  private mutating func append(yaml key: StaticString, _ texts: [String]) {
    append("  ")
    append(key)
    append(": ")
    appendList(texts) { $0.append(json: withoutControls($1)) }
    append("\n")
  }
}

/// A description in which nothing is taken for a directive.
private func escaped(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in printable(text).unicodeScalars {
    if scalar == "#" || scalar == "\\" { result.append("\\") }
    result.append(scalar)
  }
  return String(result)
}

/// Line breaks are kept; of other control characters few readers know the escapes.
private func withoutControls(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false)
    .map { printable(String($0)) }.joined(separator: "\n")
}
