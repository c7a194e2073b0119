import SimulationTrace

extension Verdict {
  /// What is needed to understand a failure, a line each: what was written, expected, got, and why.
  ///
  /// Error texts have several lines; those after the first are set below it.
  var explanation: [String] {
    var lines = [printable(statement)]
    lines += Self.aligned("expected: ", expected)
    lines += Self.aligned("got:      ", got)
    for (row, reason) in because.enumerated() {
      lines += Self.aligned(row == 0 ? "because:  " : Self.indent, reason)
    }
    if let message { lines += Self.aligned("note:     ", message) }
    return lines
  }

  private static let indent = "          "

  private static func aligned(_ label: String, _ text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().map { row, line in
      (row == 0 ? label : indent) + printable(String(line))
    }
  }
}

extension Verdict {
  /// The failure in a line.
  var headline: String {
    guard !isAboutCovers else { return printable(got) }
    return "\(scope)expected \(expectedInALine), got \(Self.firstLine(got))"
  }

  /// `in with-exception: `, where it is about a variant.
  var scope: String { variant.map { "in \(printable($0)): " } ?? "" }

  /// What was expected, of several lines the first.
  var expectedInALine: String { Self.firstLine(expected) }

  private static func firstLine(_ text: String) -> String {
    let lines = text.split(separator: "\n", maxSplits: 1)
    return printable(lines.count > 1 ? "\(lines[0]) …" : text)
  }
}

/// Sentences that several reports have in common.
enum Words {
  static let demonstration = "a demonstration: the file has no expectations"
  static let nothingJudged = "something is judged"
  static let noExpectation = "nothing was judged: no file has expectations"
}

extension SimulationFacts {
  /// The fingerprint as traces write it.
  var fingerprintText: String {
    var buffer = ByteBuffer()
    buffer.append(hex: fingerprint)
    return buffer.text
  }
}
