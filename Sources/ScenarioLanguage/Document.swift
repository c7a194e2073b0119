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
    /// The column in which it begins; 0 where that takes looking, as only blanks stand before it.
    var column: UInt32 = 0
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

  /// The file; behind its bytes those of texts that JSON spells in a way of its own.
  var source: SourceText
  /// Whether it is the JSON image of its statements.
  let isJSON: Bool
  /// Where the bytes behind the file's end stand in the file.
  private var respelt: [(start: Int, origin: Range<Int>)] = []
  var tokens: [Token] = []
  var captures: [Capture] = []
  var statements: [Statement] = []

  init(_ source: SourceText, isJSON: Bool = false) {
    self.source = source
    self.isJSON = isJSON
    tokens.reserveCapacity(source.bytes.count / (isJSON ? 16 : 6))
  }

  /// Adds the plain spelling of what stands at `origin` in the file, and says where it is.
  mutating func respell(_ origin: Range<Int>, as bytes: some Sequence<UInt8>) -> Range<Int> {
    // The file's last line ends there for whoever shows it.
    if respelt.isEmpty { source.bytes.append(0x0a) }
    let start = source.bytes.count
    source.bytes += bytes
    respelt.append((start, origin))
    return start..<source.bytes.count
  }

  /// Where a stretch that a capture spans stands in the file.
  func origin(of range: Range<Int>) -> Range<Int> {
    guard let first = respelt.first, range.lowerBound >= first.start else { return range }
    return respelt.last { $0.start <= range.lowerBound }?.origin ?? range
  }

  /// Where a statement begins.
  func hint(of statement: Int) -> LineHint {
    let statement = statements[statement]
    return LineHint(
      line: Int(statement.line), byte: Int(tokens[Int(statement.firstToken)].start),
      column: Int(statement.column))
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

  /// A text between the quotes that scenarios have.
  static func quoted(_ text: some Sequence<UInt8>) -> [UInt8] {
    var quoted: [UInt8] = [.ascii("\"")]
    for byte in text {
      if byte == .ascii("\"") || byte == .ascii("\\") || byte == 0x0a {
        quoted.append(.ascii("\\"))
      }
      quoted.append(byte == 0x0a ? .ascii("n") : byte)
    }
    return quoted + [.ascii("\"")]
  }

  /// A statement as written: without indentation and comment, continued lines joined by a blank.
  /// Of the JSON image, the sentence that it stands for.
  func source(of statement: Int) -> String {
    if isJSON { return SentenceWriter.sentence(statement, of: self) }
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
