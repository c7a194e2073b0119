/// Writes a file's tokens and comments anew, in one pass.
///
/// Line breaks of the source count for three things: which statement a comment belongs to, whether
/// a comment has a line of its own, and where a blank line stands. All else is decided here, from
/// the sentences alone, so that laying out twice changes nothing.
struct Formatter {
  private let document: Document
  private var output: [UInt8] = []
  /// The characters of the line so far.
  private var width = 0

  /// Lists are broken after a comma where lines would be longer.
  private static let limit = 100
  /// How far what belongs to the line above stands in.
  private static let step = 4
  private static let answer = Grammar.scenarios.literals.firstIndex(of: "answer")
  /// The values of header lines stand in one column, after the longest word there is.
  private static let headerWidth = 8

  init(_ document: Document) {
    self.document = document
    output.reserveCapacity(document.source.bytes.count)
  }

  mutating func layOut() -> [UInt8] {
    var end = 0
    for statement in document.statements.indices {
      let rows = document.tokens(of: statement)
      let gap = gap(from: end, before: rows.lowerBound)
      let indent = indent(of: statement)
      write(commentsOf: gap, indent: indent)
      startLine(indent: indent, afterBlank: gap.breaks > 1)
      write(rows, of: statement, indent: indent)
      end = document.tokens[rows.upperBound - 1].end
    }
    write(commentsOf: gap(from: end, before: document.tokens.count), indent: 0)
    output.append(0x0a)
    return output
  }

  private func gap(from end: Int, before row: Int) -> Gap {
    let tokens = document.tokens
    let next = row < tokens.count ? Int(tokens[row].start) : document.source.bytes.count
    return Gap(document.source.bytes, end..<max(end, next))
  }

  private func indent(of statement: Int) -> Int {
    guard let sentence = document.meaning(of: statement)?.sentence else { return 0 }
    let speaksOfLineAbove =
      sentence.speaksOfStatementAbove
      || [.note, .question].contains(sentence) && !hasTime(statement)
    return speaksOfLineAbove ? Self.step : 0
  }

  private func hasTime(_ statement: Int) -> Bool {
    document.captures[document.captures(of: statement)].contains { $0.field == .time }
  }
}

// MARK: - Statements

extension Formatter {
  private mutating func write(_ rows: Range<Int>, of statement: Int, indent: Int) {
    let start = output.count
    let hasColumns = document.meaning(of: statement)?.section == .header
    for row in rows {
      if row > rows.lowerBound { separate(row, in: rows, indent: indent + Self.step) }
      append(document.tokens[row].range)
      if row == rows.lowerBound, hasColumns { pad() }
    }
    // Blanks after commas could make a statement of a megabyte longer than statements may be.
    if output.count - start >= statementLimit - 1 { keep(rows, from: start) }
  }

  /// Fills a header line's first word up to its column.
  private mutating func pad() { append(blanks: Self.headerWidth - width) }

  /// Puts a statement back as it was written.
  private mutating func keep(_ rows: Range<Int>, from start: Int) {
    let tokens = document.tokens[rows]
    guard let first = tokens.first, let last = tokens.last else { return }
    output.removeSubrange(start...)
    output += document.source.bytes[Int(first.start)..<last.end]
  }

  /// Writes what stands between the token in `row` and the one before.
  private mutating func separate(_ row: Int, in rows: Range<Int>, indent: Int) {
    let tokens = document.tokens
    let isAfterComma = tokens[row - 1].kind == .comma
    let gap = gap(from: tokens[row - 1].end, before: row)
    if !gap.comments.isEmpty {
      write(commentsOf: gap, inStatement: indent, isAfterComma: isAfterComma)
    } else if tokens[row].kind == .comma {
      return
    } else if isAfterComma, width + 1 + widthToComma(row..<rows.upperBound) > Self.limit {
      startLine(indent: indent)
    } else {
      append(blanks: 1)
    }
  }

  /// The width of a list's item with its comma: the tokens that stay on one line. What follows a
  /// question's options has no comma to be broken at, however long it is.
  private func widthToComma(_ rows: Range<Int>) -> Int {
    var sum = -1
    for row in rows {
      let token = document.tokens[row]
      if token.kind == .comma { return sum + 1 }
      if token.literal == Self.answer { return sum }
      sum += 1 + characters(document.source.bytes[token.range])
    }
    return sum
  }
}

// MARK: - Comments

extension Formatter {
  /// Writes the comments between two statements: the first may end the line above, the others stand
  /// where the statement below them does.
  private mutating func write(commentsOf gap: Gap, indent: Int) {
    for comment in gap.comments {
      if comment.breaks == 0, !output.isEmpty {
        append(blanks: 2)
      } else {
        startLine(indent: indent, afterBlank: comment.breaks > 1)
      }
      append(comment.range)
    }
  }

  /// Writes the comments inside a statement, which go on in a line of its own. Where no comma says
  /// that it does, each line needs a backslash.
  private mutating func write(commentsOf gap: Gap, inStatement indent: Int, isAfterComma: Bool) {
    for (number, comment) in gap.comments.enumerated() {
      let endsLine = number == 0 && (comment.breaks == 0 || !isAfterComma)
      if !endsLine { startLine(indent: indent) }
      if endsLine { append(blanks: isAfterComma ? 2 : 1) }
      if !isAfterComma { append("\\ ") }
      append(comment.range)
    }
    startLine(indent: indent)
  }
}

// MARK: - Bytes

extension Formatter {
  private mutating func startLine(indent: Int, afterBlank: Bool = false) {
    if !output.isEmpty { output += afterBlank ? [0x0a, 0x0a] : [0x0a] }
    width = 0
    append(blanks: indent)
  }

  private mutating func append(_ range: Range<Int>) {
    let bytes = document.source.bytes[range]
    output += bytes
    width += characters(bytes)
  }

  private mutating func append(blanks count: Int) {
    guard count > 0 else { return }
    output += repeatElement(0x20, count: count)
    width += count
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { output += $0 }
    width += text.utf8CodeUnitCount
  }

  /// Unicode scalars are near enough to what an editor shows, and the same with every Unicode
  /// version.
  private func characters(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.count { $0 & 0xc0 != 0x80 }
  }
}
