/// Finds the first place where bytes stop being text: a NUL, or what is not UTF-8.
///
/// The rest of the language may then take every sequence for well-formed.
func firstFault(inText bytes: [UInt8]) -> Int? {
  var position = 0
  while position < bytes.count {
    let byte = bytes[position]
    if byte != 0, byte < 0x80 {
      position += 1
      continue
    }
    guard let length = scalarLength(in: bytes, at: position) else { return position }
    position += length
  }
  return nil
}

/// The length of a well-formed sequence that begins with a byte of 0x80 or above.
private func scalarLength(in bytes: [UInt8], at position: Int) -> Int? {
  let lead = bytes[position]
  let length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  guard lead >= 0xc2, lead <= 0xf4, position + length <= bytes.count else { return nil }
  // The first continuation byte is narrower where a shorter form, a surrogate or a value beyond
  // the last scalar would fit otherwise.
  let second: ClosedRange<UInt8> =
    switch lead {
    case 0xe0: 0xa0...0xbf
    case 0xed: 0x80...0x9f
    case 0xf0: 0x90...0xbf
    case 0xf4: 0x80...0x8f
    default: 0x80...0xbf
    }
  guard second.contains(bytes[position + 1]) else { return nil }
  for byte in bytes[(position + 2)..<max(position + 2, position + length)]
  where byte & 0xc0 != 0x80 { return nil }
  return length
}

/// The scalar that begins at a place of well-formed text, and its length in bytes.
func scalar(in bytes: [UInt8], at position: Int) -> (value: Unicode.Scalar, length: Int) {
  var decoder = UTF8()
  var rest = bytes[position..<min(position + 4, bytes.count)].makeIterator()
  guard case .scalarValue(let value) = decoder.decode(&rest) else { return ("\u{fffd}", 1) }
  return (value, UTF8.width(value))
}

extension [UInt8] {
  /// The length of what stands at a place, where words may contain it.
  ///
  /// - Parameter letters: ``ByteSet/word``, which who looks at many bytes asks for once.
  @inline(__always) func lengthOfLetter(at position: Int, _ letters: ByteSet) -> Int? {
    if letters.contains(self[position]) { return 1 }
    return self[position] < 0x80 ? nil : lengthOfForeignLetter(at: position)
  }

  private func lengthOfForeignLetter(at position: Int) -> Int? {
    let (value, length) = scalar(in: self, at: position)
    return value.isLetter ? length : nil
  }
}

/// A set of ASCII characters, asked for once a byte.
struct ByteSet: Sendable {
  private let low: UInt64
  private let high: UInt64

  init(_ members: StaticString) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    members.withUTF8Buffer {
      for byte in $0 where byte < 128 {
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
      }
    }
    (self.low, self.high) = (low, high)
  }

  @inline(__always) func contains(_ byte: UInt8) -> Bool {
    byte < 128 && ((byte < 64 ? low : high) &>> UInt64(byte & 63)) & 1 == 1
  }

  /// What words and times are made of, non-ASCII letters apart.
  static let word = ByteSet(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@/*:+")

  /// Letters and digits.
  static let letter = ByteSet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
}

extension UInt8 {
  /// The character as a byte, for comparisons that read as text.
  @inline(__always) static func ascii(_ scalar: Unicode.Scalar) -> UInt8 { UInt8(ascii: scalar) }

  /// Whether it is one of `0` to `9`.
  @inline(__always) var isDigit: Bool { self >= 0x30 && self <= 0x39 }
}
