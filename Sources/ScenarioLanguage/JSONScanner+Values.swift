import SimulationTrace

// MARK: - Texts

extension JSONScanner {
  /// Reads a text. One that doesn't end is thrown, with its line as its end.
  mutating func text(row: Int) throws(JSONFault) -> JSONNode {
    let start = position
    let faultsBefore = faultCount
    var spelling = JSONNode.Spelling.plain
    position += 1
    while true {
      let byte = self.byte
      if byte == .ascii("\"") { break }
      if byte == .ascii("\\") {
        spelling = max(spelling, escape())
      } else if byte == 0x0a || isAtEnd {
        throw JSONFault(
          .unclosedText, start..<position, "this text has no closing quote on its line")
      } else {
        if byte < 0x20 || byte == 0x7f { noteControl(UInt32(byte), position..<position + 1) }
        position += 1
      }
    }
    position += 1
    var node = node(faultCount > faultsBefore ? .odd : .text, from: start, row: row)
    node.spelling = spelling
    return node
  }

  private mutating func noteControl(_ value: UInt32, _ range: Range<Int>) {
    note(
      .controlCharacter, range,
      "a control character (U+00\(hexadecimal(value, digits: 2).uppercased())) is not allowed")
  }

  /// Reads a backslash and what belongs to it.
  private mutating func escape() -> JSONNode.Spelling {
    let start = position
    position += 1
    let letter = byte
    if letter >= 0x20 { position += 1 }
    switch letter {
    case .ascii("\""), .ascii("\\"), .ascii("n"): return .escaped
    case .ascii("/"): return .foreign
    case .ascii("u"): return unicodeEscape(from: start)
    default:
      if let control = Self.controls[letter] {
        noteControl(control, start..<position)
      } else {
        note(
          .badEscape, start..<position,
          #"only \", \\, \/, \n and \u with four digits are known; write \\ for a backslash"#)
      }
      return .foreign
    }
  }

  /// JSON's names for control characters.
  private static let controls: [UInt8: UInt32] = [
    .ascii("b"): 8, .ascii("f"): 12, .ascii("r"): 13, .ascii("t"): 9,
  ]

  private mutating func unicodeEscape(from start: Int) -> JSONNode.Spelling {
    guard var value = hexadecimalDigits() else {
      note(.badEscape, start..<position, "four digits of 0 to 9 and a to f follow \\u")
      return .foreign
    }
    if (0xd800..<0xdc00).contains(value), bytes[position...].starts(with: "\\u".utf8) {
      position += 2
      if let low = hexadecimalDigits(), (0xdc00..<0xe000).contains(low) {
        value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
      }
    }
    if (0xd800..<0xe000).contains(value) {
      note(.badEscape, start..<position, "this is half a character: two such escapes make one")
    } else if value != 0x0a, value < 0x20 || value == 0x7f {
      noteControl(value, start..<position)
    }
    return .foreign
  }

  private mutating func hexadecimalDigits() -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}

/// What a text between quotes says; its escapes are known to be right.
func decodedJSON(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var decoded: [UInt8] = []
  var rest = text
  var pending: UInt32 = 0
  while let byte = rest.popFirst() {
    guard byte == .ascii("\\"), let letter = rest.popFirst() else {
      decoded.append(byte)
      continue
    }
    guard letter == .ascii("u") else {
      decoded.append(letter == .ascii("n") ? 0x0a : letter)
      continue
    }
    let digits = String(decoding: rest.prefix(4), as: UTF8.self)
    rest = rest.dropFirst(4)
    let value = UInt32(digits, radix: 16) ?? 0
    if (0xd800..<0xdc00).contains(value) {
      pending = value
      continue
    }
    let isLow = (0xdc00..<0xe000).contains(value)
    let whole = isLow ? 0x10000 + (pending &- 0xd800) << 10 + (value - 0xdc00) : value
    decoded += Array(String(Unicode.Scalar(whole).map(Character.init) ?? "\u{fffd}").utf8)
  }
  return decoded
}

// MARK: - Numbers and words

extension JSONScanner {
  mutating func number(row: Int) -> JSONNode {
    let start = position
    while Self.numeric.contains(byte) { position += 1 }
    let isNumber = isJSONNumber(bytes[start..<position])
    if !isNumber {
      note(
        .badJSON, start..<position,
        "\"\(excerpt(start..<position))\" is no number of JSON: write 0, 7 or 15")
    }
    return node(isNumber ? .number : .odd, from: start, row: row)
  }

  private static let numeric = ByteSet("0123456789+-.eE")

  /// Whether it is a number as JSON writes them.
  private func isJSONNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    func takeDigits() -> Int {
      let digits = rest.prefix { $0.isDigit }.count
      rest = rest.dropFirst(digits)
      return digits
    }
    func take(_ marks: UInt8...) -> Bool {
      guard let first = rest.first, marks.contains(first) else { return false }
      rest = rest.dropFirst()
      return true
    }
    _ = take(.ascii("-"))
    let startsWithZero = rest.first == .ascii("0")
    let digits = takeDigits()
    guard digits == 1 || digits > 1 && !startsWithZero else { return false }
    if take(.ascii(".")), takeDigits() == 0 { return false }
    if take(.ascii("e"), .ascii("E")) {
      _ = take(.ascii("+"), .ascii("-"))
      if takeDigits() == 0 { return false }
    }
    return rest.isEmpty
  }

  /// `true`, `false` or `null`.
  mutating func word(row: Int) throws(JSONFault) -> JSONNode {
    let start = position
    while ByteSet.word.contains(byte) { position += 1 }
    let word = bytes[start..<position]
    if word.elementsEqual("true".utf8) { return node(.yes, from: start, row: row) }
    if word.elementsEqual("false".utf8) { return node(.no, from: start, row: row) }
    if word.elementsEqual("null".utf8) { return node(.null, from: start, row: row) }
    position = start
    throw unexpected("expected a value")
  }

  /// A fault about what stands at the position, where something else is expected.
  func unexpected(_ expected: String) -> JSONFault {
    if isAtEnd {
      return JSONFault(.badJSON, bytes.count..<bytes.count, "\(expected), but the file ends here")
    }
    var end = position
    while end < bytes.count, ByteSet.word.contains(bytes[end]) { end += 1 }
    if end == position { end += scalar(in: bytes, at: position).length }
    let found = excerpt(position..<end)
    let hint =
      "'“”„‟«»".contains(found) ? "; texts stand between straight double quotes" : ""
    return JSONFault(.badJSON, position..<end, "\(expected), not \"\(found)\"" + hint)
  }

  /// The beginning of a stretch, for messages.
  func excerpt(_ range: Range<Int>) -> String {
    String(String(decoding: bytes[range].prefix(160), as: UTF8.self).prefix(40))
  }
}
