import SimulationTrace

extension Diagnostic {
  /// `file:line:column: error[CODE]: message`.
  public var short: String {
    "\(printable(file)):\(line):\(column): error[\(code.rawValue)]: \(printable(message))"
  }

  /// As ``short``, then the line with a mark under the mistake, and what was perhaps meant.
  ///
  /// - Parameter inColor: whether to use the colour codes of terminals.
  public func human(inColor: Bool = false) -> String {
    let red = inColor ? "\u{1b}[1;31m" : ""
    let plain = inColor ? "\u{1b}[0m" : ""
    var lines = [short]
    if !sourceLine.isEmpty {
      let indent = sourceLine.prefix(sourceColumn - 1).map { $0 == "\t" ? "\t" : " " }.joined()
      let room = sourceLine.count - sourceColumn + 1
      let mark = String(repeating: "^", count: max(1, min(endColumn - column, room)))
      lines += ["  " + withTabs(sourceLine), "  \(indent)\(red)\(mark)\(plain)"]
    }
    if let related { lines.append("  see \(printable(related.file)):\(related.line)") }
    if !alsoOnLines.isEmpty {
      let lineNumbers = alsoOnLines.map(String.init).joined(separator: ", ")
      lines.append("  the same on line\(alsoOnLines.count == 1 ? "" : "s") \(lineNumbers)")
    }
    if let suggestion { lines.append("  did you mean \"\(printable(suggestion))\"?") }
    return lines.joined(separator: "\n")
  }

  /// One JSON object without a line break.
  public var json: String {
    let suggestion = suggestion.map(quoted) ?? "null"
    return "{\"file\":\(quoted(file)),\"line\":\(line),\"column\":\(column)"
      + ",\"endColumn\":\(endColumn),\"severity\":\"error\",\"code\":\"\(code.rawValue)\""
      + ",\"message\":\(quoted(message)),\"suggestion\":\(suggestion)"
      + ",\"alsoOnLines\":[\(alsoOnLines.map(String.init).joined(separator: ","))]}"
  }
}

/// A printable text in which tabs are kept, so that marks below it stand where they should.
private func withTabs(_ text: String) -> String {
  text.split(separator: "\t", omittingEmptySubsequences: false).map { printable(String($0)) }
    .joined(separator: "\t")
}

/// A text as JSON writes it.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20: result += "\\u" + hexadecimal(scalar.value, digits: 4)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
