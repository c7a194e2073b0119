/// A value of a JSON text, in a flat list: what it contains follows it, keys before their values.
struct JSONNode: Sendable {
  enum Kind: UInt8, Sendable {
    case object, array, text, number, yes, no, null
    /// Something that was complained about already.
    case odd
  }

  /// How a text is spelt.
  enum Spelling: UInt8, Comparable, Sendable {
    /// Without escapes.
    case plain
    /// With those of scenario files alone: a backslash before a quote, a backslash or `n`.
    case escaped
    /// With others.
    case foreign

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  var kind: Kind
  var spelling = Spelling.plain
  /// Its bytes, the quotes of a text included.
  var start: UInt32
  var end: UInt32
  /// The row after all that it contains.
  var next: UInt32 = 0

  var range: Range<Int> { Int(start)..<Int(end) }
}

/// Why something is no JSON.
struct JSONFault: Error {
  var code: DiagnosticCode
  var range: Range<Int>
  var message: String

  init(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String) {
    self.code = code
    self.range = range
    self.message = message
  }
}

/// Cuts JSON into values. What can be read in spite of a fault is, and the fault noted; any other
/// is thrown.
struct JSONScanner {
  let bytes: [UInt8]
  var position = 0
  private(set) var line = 1
  /// What was wrong and is stepped over: the first of it since somebody asked, and how much in all.
  private var faults: [JSONFault] = []
  private(set) var faultCount = 0
  /// The byte beyond which the statement that is read is too long.
  var limit = Int.max

  /// The longest statement: the image of a sentence has at most eleven times its letters, an object
  /// with a connection's name for a comma and a letter.
  static let longest = 16 * statementLimit

  /// Statements need three levels.
  private static let deepest = 32

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
  }

  /// The byte at the position; 0, which no text contains, at the end.
  @inline(__always) var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

  var isAtEnd: Bool { position >= bytes.count }

  mutating func note(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String) {
    faultCount += 1
    if faults.count <= Findings.limit { faults.append(JSONFault(code, range, message)) }
  }

  /// The faults noted since the last call.
  mutating func takeFaults() -> [JSONFault] {
    defer { faults.removeAll() }
    return faults
  }

  /// Steps over blanks, line breaks and, noting it, comments.
  mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0d: position += 1
      case 0x0a:
        position += 1
        line += 1
      case .ascii("#"), .ascii("/"):
        note(.badJSON, position..<position + 1, "there are no comments in JSON")
        skipComment()
      default: return
      }
    }
  }

  /// Steps over a comment as other languages have it.
  private mutating func skipComment() {
    let isBlock = bytes[position...].starts(with: "/*".utf8)
    while position < bytes.count, isBlock || bytes[position] != 0x0a {
      if isBlock, bytes[position...].starts(with: "*/".utf8) {
        position += 2
        return
      }
      if bytes[position] == 0x0a { line += 1 }
      position += 1
    }
  }

  /// Steps over a punctuation mark and the blanks before it.
  mutating func takes(_ mark: UInt8) -> Bool {
    skipBlanks()
    guard byte == mark else { return false }
    position += 1
    return true
  }

  /// Throws where the statement that is read has become too long.
  func checkLength() throws(JSONFault) {
    guard position > limit else { return }
    let start = limit - Self.longest
    throw JSONFault(.statementTooLong, start..<start + 1, "a statement longer than 16 MiB")
  }

  /// Reads a value and all that it contains.
  mutating func value(into nodes: inout [JSONNode], depth: Int = 0) throws(JSONFault) {
    skipBlanks()
    try checkLength()
    switch byte {
    case .ascii("{"), .ascii("["): try collection(into: &nodes, depth: depth)
    case .ascii("\""): nodes.append(try text(row: nodes.count))
    case .ascii("-"), .ascii("+"), .ascii("."), .ascii("0")...(.ascii("9")):
      nodes.append(number(row: nodes.count))
    default: nodes.append(try word(row: nodes.count))
    }
  }

  private mutating func collection(
    into nodes: inout [JSONNode], depth: Int
  ) throws(JSONFault) {
    guard depth < Self.deepest else {
      throw JSONFault(.nestedTooDeeply, position..<position + 1, "this is nested too deeply")
    }
    let row = nodes.count
    let isObject = byte == .ascii("{")
    let end: UInt8 = isObject ? .ascii("}") : .ascii("]")
    nodes.append(node(isObject ? .object : .array, from: position, row: row))
    position += 1
    var isFirst = true
    while !takes(end) {
      if !isFirst, try separator(before: end) { break }
      isFirst = false
      if isObject { try key(into: &nodes) }
      try value(into: &nodes, depth: depth + 1)
    }
    nodes[row].end = UInt32(truncatingIfNeeded: position)
    nodes[row].next = UInt32(truncatingIfNeeded: nodes.count)
  }

  /// Steps over the comma before another member; whether the end follows nevertheless.
  mutating func separator(before end: UInt8) throws(JSONFault) -> Bool {
    let comma = position
    guard takes(.ascii(",")) else {
      throw unexpected("expected a comma or \"\(Unicode.Scalar(end))\"")
    }
    guard takes(end) else { return false }
    note(.badJSON, comma..<comma + 1, "no comma stands after the last one")
    return true
  }

  /// Reads a key and its colon.
  mutating func key(into nodes: inout [JSONNode]) throws(JSONFault) {
    skipBlanks()
    guard byte == .ascii("\"") else { throw unexpected("expected a key in quotes") }
    nodes.append(try text(row: nodes.count))
    guard takes(.ascii(":")) else { throw unexpected("expected a colon after the key") }
  }

  func node(_ kind: JSONNode.Kind, from start: Int, row: Int) -> JSONNode {
    JSONNode(
      kind: kind, start: UInt32(truncatingIfNeeded: start),
      end: UInt32(truncatingIfNeeded: position), next: UInt32(truncatingIfNeeded: row + 1))
  }
}

// MARK: - After a fault

extension JSONScanner {
  /// Goes to where the statement that begins at `start` ends, or the next one begins, or all do.
  ///
  /// Brackets may be missing, so a statement whose first key is `form` ends the one before.
  mutating func recover(from start: Int, line: Int) {
    (position, self.line) = (start, line)
    let isArray = byte == .ascii("[")
    var depth = 0
    while !isAtEnd {
      switch byte {
      case .ascii("\""): skipText()
      case .ascii("{") where position > start && beginsStatement: return
      case .ascii("]") where depth <= (isArray ? 0 : 1): return
      case .ascii(",") where depth == 0: return
      case .ascii("{"), .ascii("["):
        depth += 1
        position += 1
      case .ascii("}"), .ascii("]"):
        depth -= 1
        position += 1
        if depth <= 0 { return }
      case .ascii("#"): skipComment()
      case .ascii("/")
      where position + 1 < bytes.count && [0x2a, 0x2f].contains(bytes[position + 1]):
        skipComment()
      default:
        if byte == 0x0a { self.line += 1 }
        position += 1
      }
    }
  }

  private mutating func skipText() {
    position += 1
    while !isAtEnd, byte != .ascii("\""), byte != 0x0a {
      let isEscape = byte == .ascii("\\") && position + 1 < bytes.count
      position += isEscape && bytes[position + 1] != 0x0a ? 2 : 1
    }
    if byte == .ascii("\"") { position += 1 }
  }

  private var beginsStatement: Bool {
    let rest = bytes[(position + 1)...].drop { [0x20, 0x09, 0x0d, 0x0a].contains($0) }
    return rest.starts(with: "\"form\"".utf8)
  }
}
