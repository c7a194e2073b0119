/// A file as its statements, before names mean anything.
///
/// Flat arrays: a file of 13 MB has hundreds of thousands of statements and millions of tokens.
struct Document: Sendable {
  /// A statement and the form it has.
  struct Statement: Sendable {
    /// The row in ``Grammar/forms``; nil where the statement is wrong.
    var form: UInt8?
    /// The line on which it begins.
    var line: UInt32
    /// The first row in ``Document/tokens``.
    var firstToken: UInt32
    /// The first row in ``Document/captures``.
    var firstCapture: UInt32
  }

  /// What stands in one place of a statement.
  struct Capture: Sendable {
    /// The first of its tokens.
    var token: UInt32
    /// Its number of tokens.
    var count: UInt8
    /// Which place.
    var field: Field
    /// Which of the wordings, where the place is a choice.
    var choice: UInt8
  }

  /// The file.
  var source: SourceText
  var tokens: [Token] = []
  var captures: [Capture] = []
  var statements: [Statement] = []

  init(_ source: SourceText) {
    self.source = source
    tokens.reserveCapacity(source.bytes.count / 6)
  }

  /// The rows of a statement's tokens.
  func tokens(of statement: Int) -> Range<Int> {
    let first = Int(statements[statement].firstToken)
    let next = statement + 1
    return first..<(next < statements.count ? Int(statements[next].firstToken) : tokens.count)
  }

  /// The rows of a statement's captures.
  func captures(of statement: Int) -> Range<Int> {
    let first = Int(statements[statement].firstCapture)
    let next = statement + 1
    return first..<(next < statements.count ? Int(statements[next].firstCapture) : captures.count)
  }

  /// The bytes that a capture spans.
  func range(of capture: Capture) -> Range<Int> {
    let first = tokens[Int(capture.token)].range.lowerBound
    let last = tokens[Int(capture.token) + max(1, Int(capture.count)) - 1].range.upperBound
    return first..<max(first, last)
  }

  /// A stretch of the file as text.
  func text(_ range: Range<Int>) -> String {
    String(decoding: source.bytes[range], as: UTF8.self)
  }

  /// What a quoted text says.
  func unquoted(_ range: Range<Int>) -> String {
    let inner = source.bytes[range].dropFirst().dropLast()
    guard inner.contains(.ascii("\\")) else { return String(decoding: inner, as: UTF8.self) }
    var plain: [UInt8] = []
    var isEscaped = false
    for byte in inner {
      if !isEscaped, byte == .ascii("\\") {
        isEscaped = true
        continue
      }
      plain.append(isEscaped && byte == .ascii("n") ? 0x0a : byte)
      isEscaped = false
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// A statement as written: without indentation and comment, continued lines joined by a blank.
  func source(of statement: Int) -> String {
    let rows = tokens(of: statement)
    guard let first = rows.first, let last = rows.last else { return "" }
    let range = tokens[first].range.lowerBound..<tokens[last].range.upperBound
    guard source.bytes[range].contains(0x0a) else { return text(range) }
    var parts: [String] = []
    var end = range.lowerBound
    for row in rows {
      let token = tokens[row].range
      if source.bytes[end..<max(end, token.lowerBound)].contains(0x0a) {
        parts.append(" " + text(token))
      } else {
        parts.append(text(end..<token.upperBound))
      }
      end = token.upperBound
    }
    return parts.joined()
  }
}
