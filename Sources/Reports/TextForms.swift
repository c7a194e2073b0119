import SimulationTrace

/// A field of a table for spreadsheets, in quotes where RFC 4180 wants them. What a spreadsheet
/// would take for a formula gets an apostrophe in front, as OWASP advises; what turns the direction
/// of writing is replaced, for a cell has no other bounds.
func inCSV(_ text: String) -> String {
  let text = withoutDirections(text)
  let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
  let field = isFormula ? "'" + text : text
  guard field.unicodeScalars.contains(where: ",\"\r\n".unicodeScalars.contains) else {
    return field
  }
  // By scalars: a combining mark behind a quote makes another character of it.
  var quoted = String.UnicodeScalarView("\"".unicodeScalars)
  for scalar in field.unicodeScalars { quoted += scalar == "\"" ? [scalar, scalar] : [scalar] }
  return String(quoted) + "\""
}

/// Text for Markdown in which nothing is markup and no cell ends; its own lines stay apart.
func inMarkdown(_ text: String) -> String {
  lines(of: text).map(markdownLine).joined(separator: "<br>")
}

private func markdownLine(_ text: String) -> String {
  let markup = Set("\\`*_{}[]<>#|~&".unicodeScalars)
  // Four blanks would make code of it.
  let text = text.unicodeScalars.drop { $0 == " " }
  let number = text.prefix { ("0"..."9").contains($0) }
  var result = String.UnicodeScalarView()
  for (place, scalar) in zip(text.indices, text) {
    // A list, or a line below a heading.
    let isStart =
      place == number.endIndex && (number.isEmpty ? "+-=" : ".)").unicodeScalars.contains(scalar)
    if isStart || markup.contains(scalar) { result.append("\\") }
    result.append(scalar)
  }
  return String(result)
}

/// The lines that an author wrote, without what steers a reader's screen.
private func lines(of text: String) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { printable(String($0)) }
}

/// Text for HTML, in elements and attributes: without markup, and without characters that turn the
/// direction of writing round.
func inHTML(_ text: String) -> String {
  var buffer = ByteBuffer()
  buffer.append(xml: lines(of: text).joined(separator: "\n"))
  return buffer.text
}

/// Text for a message of a Mermaid diagram: signs that mean something there become numbers, and so
/// does the word that would end a block.
func inMermaid(_ text: String) -> String {
  let words = printable(text).split(separator: " ", omittingEmptySubsequences: false)
  return words.map { word in
    let isEnd = word.lowercased().trimmingEnds(".,:()\"'") == "end"
    return isEnd ? word.mermaidNumbers { _ in true } : word.mermaidNumbers(\.isMermaidMarkup)
  }.joined(separator: " ")
}

/// The same in as many lines as it takes to be read at a glance.
func inMermaidLines(_ text: String, width: Int = 56) -> String {
  lines(of: text).flatMap { wrapped($0, to: width) }.map(inMermaid).joined(separator: "<br/>")
}

extension String {
  fileprivate func trimmingEnds(_ signs: String) -> Substring {
    var text = self[...]
    while let first = text.first, signs.contains(first) { text.removeFirst() }
    while let last = text.last, signs.contains(last) { text.removeLast() }
    return text
  }
}

extension Substring {
  fileprivate func mermaidNumbers(_ isNumber: (Unicode.Scalar) -> Bool) -> String {
    var result = ""
    for scalar in unicodeScalars {
      if isNumber(scalar) {
        result += "#\(scalar.value);"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  fileprivate var isMermaidMarkup: Bool { "#;<>%{}[]\\\"&`|~".unicodeScalars.contains(self) }
}
