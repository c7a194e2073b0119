extension SlotKind {
  /// The number of tokens at a position that look like something of this kind, 0 for none; whether
  /// they are right is seen when they are given a meaning.
  func length(in tokens: [Token], at position: Int, of bytes: [UInt8]) -> Int {
    guard position < tokens.endIndex else { return 0 }
    let token = tokens[position]
    switch self {
    case .text, .path: return token.kind == .text ? 1 : 0
    case .delay: return Self.lengthOfDelay(in: tokens, at: position, of: bytes)
    case .time: return Self.lengthOfTime(in: tokens, at: position, of: bytes)
    case .duration, .range, .number, .date:
      return token.startsNumber(in: bytes) ? 1 : 0
    default: return token.kind == .word ? 1 : 0
    }
  }

  private static func lengthOfDelay(
    in tokens: [Token], at position: Int, of bytes: [UInt8]
  ) -> Int {
    guard tokens[position].startsNumber(in: bytes) else { return 0 }
    let next = position + 1
    return next < tokens.endIndex && tokens[next].isLast(in: bytes) ? 2 : 1
  }

  private static func lengthOfTime(in tokens: [Token], at position: Int, of bytes: [UInt8]) -> Int {
    let token = tokens[position]
    if token.kind == .time { return 1 }
    guard token.kind == .word, position + 1 < tokens.endIndex else { return 0 }
    if token.isDate(in: bytes), tokens[position + 1].kind == .time { return 2 }
    guard position + 2 < tokens.endIndex, token.isDay(in: bytes),
      tokens[position + 1].startsNumber(in: bytes), tokens[position + 2].kind == .time
    else { return 0 }
    return 3
  }
}

extension Token {
  fileprivate func isDay(in bytes: [UInt8]) -> Bool { bytes[range].elementsEqual("day".utf8) }

  /// Behind a delay.
  fileprivate func isLast(in bytes: [UInt8]) -> Bool {
    kind == .word && bytes[range].elementsEqual("last".utf8)
  }

  fileprivate func startsNumber(in bytes: [UInt8]) -> Bool {
    guard kind == .word else { return false }
    let text = bytes[range]
    return text.first?.isDigit == true
      || text.first == .ascii("-") && text.dropFirst().first?.isDigit == true
  }

  fileprivate func isDate(in bytes: [UInt8]) -> Bool {
    bytes[range].first?.isDigit == true && bytes[range].contains(.ascii("-"))
  }
}
