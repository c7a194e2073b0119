/// What a JSON text says: read strictly, whatever the bytes are.
enum JSONValue: Hashable, Sendable {
  case null
  case truth(Bool)
  /// A number as it is written: nothing here counts with one.
  case number(String)
  case text(String)
  case array([JSONValue])
  /// Members in the order of the text, each key once.
  case object([Member])

  /// A member of an object.
  struct Member: Hashable, Sendable {
    var key: String
    var value: JSONValue
  }

  /// The value that a text in UTF-8 is; nil where it is no JSON, or nested deeper than anybody needs.
  init?(_ bytes: [UInt8]) {
    var reader = JSONValueReader(bytes)
    guard let value = reader.text() else { return nil }
    self = value
  }

  /// The member with a key, whose letters' case does not matter; nil where there is none, or no
  /// object.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.lowercased() == key.lowercased() }?.value
  }
}

/// Reads a JSON text from its first byte to its last.
private struct JSONValueReader {
  private let bytes: [UInt8]
  private var position = 0

  /// Arrays and objects within each other.
  private static let mostLevels = 64

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func text() -> JSONValue? {
    guard let value = value(level: 0) else { return nil }
    skipBlanks()
    return position == bytes.count ? value : nil
  }

  private mutating func value(level: Int) -> JSONValue? {
    skipBlanks()
    switch current {
    case UInt8(ascii: "{"): return level < Self.mostLevels ? object(level: level + 1) : nil
    case UInt8(ascii: "["): return level < Self.mostLevels ? array(level: level + 1) : nil
    case UInt8(ascii: "\""): return string().map { .text($0) }
    case UInt8(ascii: "t"): return takes("true") ? .truth(true) : nil
    case UInt8(ascii: "f"): return takes("false") ? .truth(false) : nil
    case UInt8(ascii: "n"): return takes("null") ? .null : nil
    default: return number().map { .number($0) }
    }
  }

  // MARK: Bytes

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = current, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
  }

  private mutating func takes(_ text: StaticString) -> Bool {
    let isThere = text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    if isThere { position += text.utf8CodeUnitCount }
    return isThere
  }

  // MARK: Arrays and objects

  private mutating func array(level: Int) -> JSONValue? {
    position += 1
    skipBlanks()
    if takes("]") { return .array([]) }
    var elements: [JSONValue] = []
    repeat {
      guard let element = value(level: level) else { return nil }
      elements.append(element)
      skipBlanks()
    } while takes(",")
    return takes("]") ? .array(elements) : nil
  }

  private mutating func object(level: Int) -> JSONValue? {
    position += 1
    skipBlanks()
    if takes("}") { return .object([]) }
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    repeat {
      guard let member = member(level: level), keys.insert(member.key.lowercased()).inserted
      else { return nil }
      members.append(member)
      skipBlanks()
    } while takes(",")
    return takes("}") ? .object(members) : nil
  }

  private mutating func member(level: Int) -> JSONValue.Member? {
    skipBlanks()
    guard let key = string() else { return nil }
    skipBlanks()
    guard takes(":"), let value = value(level: level) else { return nil }
    return JSONValue.Member(key: key, value: value)
  }
}

// MARK: - Numbers and texts

extension JSONValueReader {
  private mutating func number() -> String? {
    let start = position
    _ = takes("-")
    guard takes("0") || digits() else { return nil }
    if takes("."), !digits() { return nil }
    if takes("e") || takes("E") {
      _ = takes("+") || takes("-")
      guard digits() else { return nil }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() -> Bool {
    let start = position
    while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      position += 1
    }
    return position > start
  }

  private mutating func string() -> String? {
    guard takes("\"") else { return nil }
    var text: [UInt8] = []
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        text += Array(String(Character(scalar)).utf8)
      case 0..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let byte = current else { return nil }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return unicode()
    default: return nil
    }
  }

  /// What follows `\u`: four digits, or twice four for a letter in two halves.
  private mutating func unicode() -> Unicode.Scalar? {
    guard let first = fourDigits() else { return nil }
    guard (0xd800..<0xdc00).contains(first) else { return Unicode.Scalar(first) }
    guard takes("\\u"), let second = fourDigits(), (0xdc00..<0xe000).contains(second) else {
      return nil
    }
    return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + second - 0xdc00)
  }

  private mutating func fourDigits() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = bytes[position..<position + 4]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    position += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
