/// Cuts text into statements and statements into tokens, one statement a call.
struct Tokenizer {
  /// What the last call of ``next(into:)`` found.
  struct Found {
    /// The line on which the statement begins, from 1.
    var line: Int
    /// What is wrong with its characters; the first such thing only.
    var fault: LexicalFault?
  }

  private let bytes: [UInt8]
  private let words: WordTable
  private let letters = ByteSet.word
  /// The row of `see`, behind which a word may have a `#`: pages and their sections.
  private let see: Int
  /// The row of the comma.
  private let comma: Int
  private var position = 0
  private var line = 1
  /// What is wrong with the characters of the last statement, or of what follows it at the end.
  private(set) var fault: LexicalFault?
  private var isTooLong = false

  /// Cuts what begins at a byte.
  init(_ bytes: [UInt8], words: WordTable, from start: Int = 0) {
    self.bytes = bytes
    self.words = words
    see = words.find(Array("see".utf8)[...])
    comma = words.find(Array(",".utf8)[...])
    position = start == 0 && bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : start
  }

  /// Replaces `tokens` by the next statement's; nil at the end of the file.
  mutating func next(into tokens: inout [Token]) -> Found? {
    var found = Found(line: line)
    tokens.removeAll(keepingCapacity: true)
    var continues = false
    (fault, isTooLong) = (nil, false)
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x0a {
        position += 1
        line += 1
        let goesOn = continues || tokens.last?.kind == .comma
        if !tokens.isEmpty, !goesOn { break }
        continues = false
      } else if byte == .ascii("\\"), isRestOfLineBlank(after: position + 1) {
        continues = !tokens.isEmpty
        position += 1
      } else if let token = readToken(byte, after: tokens.last?.literal ?? 0) {
        if tokens.isEmpty { found.line = line }
        append(token, to: &tokens)
      }
    }
    guard !tokens.isEmpty else { return nil }
    found.fault = fault
    return found
  }

  /// Keeps the last token of a statement that is too long instead of all, so that memory stays
  /// bounded while its end is looked for.
  private mutating func append(_ token: Token, to tokens: inout [Token]) {
    let first = tokens.first ?? token
    if isTooLong {
      tokens.removeLast()
    } else if token.end - Int(first.start) >= statementLimit - 1 {
      isTooLong = true
      fault = LexicalFault(.tooLong, Int(first.start)..<Int(first.start) + 1)
    }
    tokens.append(token)
  }

  /// Reads one token, or steps over blanks and comments.
  ///
  /// - Parameter word: the word of the language that stands before it; 0 where none does.
  private mutating func readToken(_ byte: UInt8, after word: Int) -> Token? {
    switch byte {
    case 0x20, 0x09:
      position += 1
      return nil
    case .ascii("#"):
      skipLine()
      return nil
    case .ascii(","):
      position += 1
      return Token(.comma, start: position - 1, end: position, literal: comma)
    case .ascii("\""): return readText()
    case 0x0d where position + 1 < bytes.count && bytes[position + 1] == 0x0a:
      position += 1
      return nil
    default: return readWord(isSection: see > 0 && word == see) ?? readOddity()
    }
  }

  private mutating func skipLine() {
    while position < bytes.count, bytes[position] != 0x0a { position += 1 }
  }

  /// Whether a line break or a comment is all that follows.
  private func isRestOfLineBlank(after place: Int) -> Bool {
    let rest = bytes[place...].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }
    return rest == nil || rest == 0x0a || rest == .ascii("#")
  }
}

// MARK: - Words

extension Tokenizer {
  /// Reads a word; nil where none stands here.
  private mutating func readWord(isSection: Bool) -> Token? {
    let (bytes, start) = (bytes, position)
    var end = start
    var hash = WordTable.emptyHash
    var hasColon = false
    while end < bytes.count {
      let byte = bytes[end]
      let length =
        letters.contains(byte) ? 1 : lengthOfOtherLetter(at: end, isSection && end > start)
      if length == 0 { break }
      hash = WordTable.hash(hash, byte)
      hasColon = hasColon || byte == .ascii(":") || byte == .ascii("+")
      end += length
    }
    position = end
    if end == start { return nil }
    if hasColon { return Token(.time, start: start, end: end) }
    let literal = words.find(start..<end, of: bytes, hash: hash)
    return Token(.word, start: start, end: end, literal: literal)
  }

  /// The length of a letter that is not ASCII, or of a `#` in the middle of a section's name; 0 where
  /// something else stands.
  private func lengthOfOtherLetter(at place: Int, _ isInSection: Bool) -> Int {
    if bytes[place] >= 0x80 { return bytes.lengthOfLetter(at: place, letters) ?? 0 }
    return isInSection && bytes[...].isSectionMark(at: place) ? 1 : 0
  }
}

// MARK: - Quoted text

extension Tokenizer {
  private mutating func readText() -> Token {
    let start = position
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case .ascii("\""):
        position += 1
        return Token(.text, start: start, end: position)
      case 0x0a: return unclosed(from: start)
      case 0x0d where position + 1 < bytes.count && bytes[position + 1] == 0x0a:
        return unclosed(from: start)
      case .ascii("\\"): readEscape()
      case 0..<0x20, 0x7f:
        note(.control(byte), position..<position + 1)
        position += 1
      default: position += 1
      }
    }
    return unclosed(from: start)
  }

  private mutating func readEscape() {
    let known: [UInt8] = [.ascii("\""), .ascii("\\"), .ascii("n")]
    let next = position + 1 < bytes.count ? bytes[position + 1] : 0x0a
    if known.contains(next) {
      position += 2
      return
    }
    if next >= 0x20 { note(.escape, position..<position + 2) }
    position += 1
  }

  private mutating func unclosed(from start: Int) -> Token {
    note(.unclosed, start..<position)
    return Token(.odd, start: start, end: position)
  }

  private mutating func note(_ kind: LexicalFault.Kind, _ range: Range<Int>) {
    if fault == nil { fault = LexicalFault(kind, range) }
  }
}

// MARK: - What belongs nowhere

extension Tokenizer {
  private mutating func readOddity() -> Token? {
    let (value, length) = scalar(in: bytes, at: position)
    let range = position..<position + length
    position += length
    if value.value < 0x20 || value.value == 0x7f || (0x80..<0xa0).contains(value.value) {
      note(.control(UInt8(truncatingIfNeeded: value.value)), range)
    } else {
      note(.character(value), range)
    }
    // A blank of another kind separates words like a blank, so that the line can still be read.
    return value.properties.isWhitespace || value.isInvisible
      ? Token?.none : readForeignText(value, from: range.lowerBound)
  }

  /// Takes a text between typographic quotes for a text, so that one mistake stays one.
  private mutating func readForeignText(_ opening: Unicode.Scalar, from start: Int) -> Token {
    guard "“„«‟”".unicodeScalars.contains(opening) else {
      return Token(.odd, start: start, end: position)
    }
    while position < bytes.count, bytes[position] != 0x0a {
      let (value, length) = scalar(in: bytes, at: position)
      position += length
      if "”“»\"".unicodeScalars.contains(value) { break }
    }
    return Token(.text, start: start, end: position)
  }
}

extension ArraySlice<UInt8> {
  /// Whether a `#` stands at a place in the middle of a section's name, with a letter behind it:
  /// elsewhere it begins a comment.
  func isSectionMark(at place: Int) -> Bool {
    self[place] == .ascii("#") && place + 1 < endIndex && ByteSet.word.contains(self[place + 1])
  }
}

extension Unicode.Scalar {
  /// Whether words may contain it: letters, their marks and digits of all scripts.
  var isLetter: Bool {
    if value < 0x80 { return ByteSet.letter.contains(UInt8(value)) }
    return switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber:
      true
    default: false
    }
  }

  /// Whether an editor shows nothing for it.
  var isInvisible: Bool { properties.generalCategory == .format }
}

/// What is wrong with a statement's characters.
struct LexicalFault {
  enum Kind {
    case tooLong
    case unclosed
    case escape
    case control(UInt8)
    case character(Unicode.Scalar)
  }

  var kind: Kind
  var range: Range<Int>

  init(_ kind: Kind, _ range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}
