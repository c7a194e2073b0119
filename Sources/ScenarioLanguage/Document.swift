/// A file as its statements, before names mean anything.
///
/// Flat arrays: a file of 13 MB has hundreds of thousands of statements and millions of words, of
/// which it keeps what stands in the places of forms.
struct Document: Sendable {
  /// A statement and the form it has.
  struct Statement: Sendable {
    /// The row in ``Grammar/forms``; nil where the statement is wrong.
    var form: UInt8?
    /// The line on which it begins.
    var line: UInt32
    /// Its first byte.
    var start: UInt32
    /// The first row in ``Document/tokens``.
    var firstToken: UInt32
    /// The first row in ``Document/captures``.
    var firstCapture: UInt32
  }

  /// What stands in one place of a statement.
  struct Capture: Sendable {
    private let start: UInt32
    private let length: UInt32
    /// Which place.
    let field: Field
    /// Which of the wordings, where the place is a choice.
    let choice: UInt8

    init(_ field: Field, _ range: Range<Int>, choice: Int = 0) {
      start = UInt32(truncatingIfNeeded: range.lowerBound)
      length = UInt32(truncatingIfNeeded: range.count)
      self.field = field
      self.choice = UInt8(truncatingIfNeeded: choice)
    }

    /// Its bytes.
    var range: Range<Int> { Int(start)..<Int(start) + Int(length) }
  }

  /// The file; behind its bytes those of texts that JSON spells in a way of its own.
  var source: SourceText
  /// Whether it is the JSON image of its statements.
  let isJSON: Bool
  /// Where the bytes behind the file's end stand in the file.
  private var respelt: [(start: Int, origin: Range<Int>)] = []
  /// The tokens of statements without a form, which may be names that they were to introduce; of all
  /// statements where the layout is looked at.
  var tokens: [Token] = []
  var captures: [Capture] = []
  var statements: [Statement] = []
  /// The columns in which the statements of a JSON image begin, which may all stand on one line;
  /// elsewhere only blanks stand before them.
  var columns: [UInt32] = []

  init(_ source: SourceText, isJSON: Bool = false) {
    self.source = source
    self.isJSON = isJSON
    // Growing tables double and move; room that stays empty costs nothing.
    statements.reserveCapacity(source.bytes.count / 32)
    captures.reserveCapacity(source.bytes.count / 8)
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

  /// Which sentence a statement is, and where such stand; nil where it is wrong.
  func meaning(of statement: Int) -> (sentence: Sentence, section: Section)? {
    statements[statement].form.map { Grammar.scenarios.meanings[Int($0)] }
  }

  /// Where a statement begins.
  func hint(of statement: Int) -> LineHint {
    let column = isJSON ? Int(columns[statement]) : 0
    let statement = statements[statement]
    return LineHint(line: Int(statement.line), byte: Int(statement.start), column: column)
  }

  /// Where a statement's first word stands.
  func opening(of statement: Int) -> Range<Int> {
    if let token = tokens(of: statement).first { return tokens[token].range }
    let start = Int(statements[statement].start)
    let length = source.bytes[start...].prefix { ByteSet.word.contains($0) }.count
    return start..<start + length
  }

  /// The rows of a statement's tokens; none where they were not kept.
  func tokens(of statement: Int) -> Range<Int> {
    let first = Int(statements[statement].firstToken)
    let next = statement + 1
    return first..<(next < statements.count ? Int(statements[next].firstToken) : tokens.count)
  }

  /// Where a line may be added below a statement whose tokens were kept: the end of its last line,
  /// or before a backslash that would join the next line to it.
  func lineEnd(of statement: Int) -> Int {
    let rest = source.bytes[(tokens(of: statement).last.map { tokens[$0].end } ?? 0)...]
    let next = rest.first { $0 != 0x20 && $0 != 0x09 }
    if next == .ascii("\\") { return rest.startIndex }
    return rest.firstIndex(of: 0x0a) ?? rest.endIndex
  }

  /// The rows of a statement's captures.
  func captures(of statement: Int) -> Range<Int> {
    let first = Int(statements[statement].firstCapture)
    let next = statement + 1
    return first..<(next < statements.count ? Int(statements[next].firstCapture) : captures.count)
  }

  /// The words of a place, one by one: a time may have several.
  func words(of capture: Capture) -> [ArraySlice<UInt8>] {
    let bytes = source.bytes[capture.range]
    guard bytes.first != .ascii("\""), bytes.contains(where: { $0 <= 0x20 }) else { return [bytes] }
    var tokenizer = Tokenizer(Array(bytes), words: WordTable([]))
    var tokens: [Token] = []
    _ = tokenizer.next(into: &tokens)
    let start = bytes.startIndex
    return tokens.map { bytes[start + Int($0.start)..<start + $0.end] }
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
    var tokenizer = Tokenizer(
      source.bytes, words: Grammar.scenarios.words, from: Int(statements[statement].start))
    var tokens: [Token] = []
    guard tokenizer.next(into: &tokens) != nil, let first = tokens.first, let last = tokens.last
    else { return "" }
    let range = Int(first.start)..<last.end
    guard source.bytes[range].contains(0x0a) else { return text(range) }
    var parts: [String] = []
    var end = range.lowerBound
    for token in tokens {
      if source.bytes[end..<max(end, Int(token.start))].contains(0x0a) {
        parts.append(" " + text(token.range))
      } else {
        parts.append(text(end..<token.end))
      }
      end = token.end
    }
    return parts.joined()
  }
}
