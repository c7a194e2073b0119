/// A piece of a statement, packed into eight bytes: hundreds of thousands of lines are kept as
/// their tokens until they are checked.
struct Token: Sendable {
  enum Kind: UInt32 {
    /// A name, a word of the language, a number, a duration, a date.
    case word
    /// A word with a `:` or `+`: only times have one.
    case time
    case text
    case comma
    /// Something that was complained about already.
    case odd
  }

  /// Its first byte in the file.
  let start: UInt32
  private var bits: UInt32

  init(_ kind: Kind, start: Int, end: Int, literal: Int = 0) {
    self.start = UInt32(truncatingIfNeeded: start)
    let length = UInt32(truncatingIfNeeded: min(end - start, Self.longest))
    bits = kind.rawValue | UInt32(truncatingIfNeeded: literal & 511) << 3 | length << 12
  }

  /// Statements are not longer, so neither are tokens.
  private static let longest = statementLimit - 1

  var kind: Kind { Kind(rawValue: bits & 7) ?? .odd }

  /// The word of the language it is, a row of ``Grammar/literals``; 0 for any other word.
  var literal: Int {
    get { Int((bits >> 3) & 511) }
    set { bits = bits & ~(511 << 3) | UInt32(truncatingIfNeeded: newValue & 511) << 3 }
  }

  /// Its bytes in the file, the quotes of a text included.
  var range: Range<Int> { Int(start)..<end }

  /// The byte after its last.
  var end: Int { Int(start) + Int(bits >> 12) }
}
