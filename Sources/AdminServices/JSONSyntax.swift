/// Whether bytes are one JSON object, whatever is in it; nothing of it is kept.
struct JSONSyntax {
  private var rest: ArraySlice<UInt8>
  /// How many more brackets may open: no body needs many, and each costs stack.
  private var depth = 64

  private init(_ bytes: [UInt8]) { rest = bytes[...] }

  static func isObject(_ bytes: [UInt8]) -> Bool {
    var syntax = JSONSyntax(bytes)
    syntax.skipBlanks()
    guard syntax.rest.first == UInt8(ascii: "{"), syntax.takeValue() else { return false }
    syntax.skipBlanks()
    return syntax.rest.isEmpty && String(validating: bytes, as: UTF8.self) != nil
  }

  private mutating func skipBlanks() {
    while let byte = rest.first, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { rest.removeFirst() }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard rest.first == UInt8(ascii: mark) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func takeValue() -> Bool {
    skipBlanks()
    switch rest.first {
    case UInt8(ascii: "{"):
      return takeList("{", "}") { $0.takeText() && $0.take(":") && $0.takeValue() }
    case UInt8(ascii: "["): return takeList("[", "]") { $0.takeValue() }
    case UInt8(ascii: "\""): return takeText()
    default: return takeWord()
    }
  }

  private mutating func takeList(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ member: (inout JSONSyntax) -> Bool
  ) -> Bool {
    guard depth > 0, take(open) else { return false }
    depth -= 1
    defer { depth += 1 }
    if take(close) { return true }
    repeat {
      guard member(&self) else { return false }
    } while take(",")
    return take(close)
  }

  private mutating func takeText() -> Bool {
    guard take("\"") else { return false }
    while let byte = rest.popFirst(), byte >= 0x20 {
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\"), !takeEscape() { return false }
    }
    return false
  }

  private mutating func takeEscape() -> Bool {
    guard let kind = rest.popFirst() else { return false }
    guard kind == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(kind) }
    let digits = rest.prefix(4)
    rest = rest.dropFirst(4)
    return digits.count == 4
      && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }
  }

  /// A number, `true`, `false` or `null`.
  private mutating func takeWord() -> Bool {
    let ends: [UInt8] = Array(",]} \t\r\n".utf8)
    let word = rest.prefix { !ends.contains($0) }
    rest = rest.dropFirst(word.count)
    let text = String(decoding: word, as: UTF8.self)
    return ["true", "false", "null"].contains(text) || isNumber(text)
  }

  private func isNumber(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let isShort =
      !digits.hasPrefix("0") || digits.dropFirst().first.map { ".eE".contains($0) } ?? true
    return digits.first?.isNumber == true && isShort && text.last?.isNumber == true
      && text.allSatisfy { "0123456789+-.eE".contains($0) } && Double(text) != nil
  }
}

extension ServiceRequest {
  /// Refuses a body that is there and no object.
  func checkPayload() throws(ServiceError) {
    guard body.isEmpty || JSONSyntax.isObject(body) else {
      throw .badRequest("The body is no JSON object.", "BodyMalformed")
    }
  }
}
