/// A word, a sign or a text of a script, and what encloses it.
struct ScriptToken {
  enum Kind { case word, number, text, sign }
  /// What a brace or bracket holds.
  enum Enclosure { case top, round, square, object, block, type, template }

  let kind: Kind
  let text: String
  let enclosure: Enclosure
  /// How many braces and brackets are open around it.
  let depth: Int
}

/// The tokens of a script that is `compact`: no comment is left in it.
func scriptTokens(_ script: String) -> [ScriptToken] {
  var lexer = ScriptLexer(bytes: Array(script.utf8))
  while lexer.next() {}
  return lexer.tokens
}

private struct ScriptLexer {
  let bytes: [UInt8]
  private(set) var tokens: [ScriptToken] = []
  private var at = 0
  private var open: [ScriptToken.Enclosure] = []
  /// Whether the next brace opens the body of a class.
  private var isBeforeClass = false

  init(bytes: [UInt8]) { self.bytes = bytes }

  private var enclosure: ScriptToken.Enclosure { open.last ?? .top }

  mutating func next() -> Bool {
    guard at < bytes.count else { return false }
    let byte = bytes[at]
    if Self.isWord(byte) {
      let isNumber = (48...57).contains(byte)
      take(isNumber ? .number : .word, while: Self.isWord)
      if tokens.last?.text == "class" { isBeforeClass = true }
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      takeQuoted(byte)
    } else if byte == UInt8(ascii: "`") {
      takeTemplate(from: at + 1)
    } else if byte == UInt8(ascii: "/"), isBeforeValue {
      takeExpression()
    } else {
      takeSign(byte)
    }
    return true
  }

  private mutating func add(_ kind: ScriptToken.Kind, to end: Int) {
    let text = String(decoding: bytes[at..<min(end, bytes.count)], as: UTF8.self)
    tokens.append(ScriptToken(kind: kind, text: text, enclosure: enclosure, depth: open.count))
    at = end
  }

  private mutating func take(_ kind: ScriptToken.Kind, while holds: (UInt8) -> Bool) {
    add(kind, to: bytes[at...].firstIndex { !holds($0) } ?? bytes.count)
  }

  private mutating func takeQuoted(_ quote: UInt8) {
    var end = at + 1
    while end < bytes.count, bytes[end] != quote { end += bytes[end] == Self.escape ? 2 : 1 }
    add(.text, to: end + 1)
  }

  /// A regular expression; a slash within its sets does not end it.
  private mutating func takeExpression() {
    var (end, isInSet) = (at + 1, false)
    while end < bytes.count, isInSet || bytes[end] != UInt8(ascii: "/") {
      if bytes[end] == UInt8(ascii: "[") { isInSet = true }
      if bytes[end] == UInt8(ascii: "]") { isInSet = false }
      end += bytes[end] == Self.escape ? 2 : 1
    }
    add(
      .text, to: bytes[min(end + 1, bytes.count)...].firstIndex { !Self.isWord($0) } ?? bytes.count)
  }

  /// A template's text up to its end or to the expression within it.
  private mutating func takeTemplate(from start: Int) {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "`") {
      if bytes[end] == UInt8(ascii: "$"), end + 1 < bytes.count, bytes[end + 1] == UInt8(ascii: "{")
      {
        add(.text, to: end + 2)
        open.append(.template)
        return
      }
      end += bytes[end] == Self.escape ? 2 : 1
    }
    add(.text, to: end + 1)
  }

  private mutating func takeSign(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "("): enter(.round)
    case UInt8(ascii: "["): enter(.square)
    case UInt8(ascii: "{"):
      let brace: ScriptToken.Enclosure = isBeforeClass ? .type : isBeforeValue ? .object : .block
      isBeforeClass = false
      enter(brace)
    case UInt8(ascii: "}") where enclosure == .template:
      open.removeLast()
      takeTemplate(from: at + 1)
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      _ = open.popLast()
      add(.sign, to: at + 1)
    default:
      let long = ["...", "===", "!==", "==", "!=", "<=", ">=", "=>", "?."].first {
        bytes[at...].starts(with: $0.utf8)
      }
      add(.sign, to: at + (long?.utf8.count ?? 1))
    }
  }

  private mutating func enter(_ kind: ScriptToken.Enclosure) {
    add(.sign, to: at + 1)
    open.append(kind)
  }

  /// Whether a value begins here: a brace is then an object, and a slash a regular expression.
  private var isBeforeValue: Bool {
    guard let last = tokens.last(where: { $0.text != " " }) else { return false }
    switch last.kind {
    case .word: return ["return", "const", "let", "of", "in", "case", "typeof"].contains(last.text)
    case .number: return false
    case .text: return last.text.hasSuffix("${")
    case .sign: return ![")", "]", "}", ";", "=>", "\n"].contains(last.text) && !isAfterBlock(last)
    }
  }

  private func isAfterBlock(_ last: ScriptToken) -> Bool {
    last.text == "{" && enclosure != .object
  }

  private static let escape = UInt8(ascii: "\\")

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 128...:
      true
    default: false
    }
  }
}
