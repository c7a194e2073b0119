/// A stream of pseudo-random numbers that depends on its seed and its name alone (SplitMix64).
///
/// Each purpose draws from a stream of its own name, so that a new purpose never shifts what an old
/// one draws. The standard library's `random(in:using:)` is avoided with it: how that turns
/// words into numbers may change between toolchains.
public struct SeededGenerator: Sendable {
  private var state: UInt64

  /// The stream called `stream` under `seed`.
  public init(seed: UInt64, stream: StaticString) {
    var hash = StableHash()
    hash.combine(stream)
    state = seed ^ hash.value
    // Nearby seeds give nearby states; one step tells them apart.
    state = next()
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return StableHash.mix(state)
  }

  /// A number in a closed range, each equally likely.
  public mutating func next(in range: ClosedRange<Int64>) -> Int64 {
    let width = UInt64(bitPattern: range.upperBound &- range.lowerBound)
    guard width < .max else { return Int64(bitPattern: next()) }
    let bound = width + 1
    // Rejecting the first few words makes the rest a whole multiple of the bound.
    let unfair = (0 &- bound) % bound
    while true {
      let (high, low) = bound.multipliedFullWidth(by: next())
      if low >= unfair { return range.lowerBound &+ Int64(bitPattern: high) }
    }
  }
}

/// A 64-bit hash that is the same in every process and on every machine (FNV-1a).
public struct StableHash: Sendable {
  /// The hash of what was combined so far.
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The hash of nothing.
  public init() {}

  /// Takes in one byte.
  public mutating func combine(byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  /// Takes in a whole number.
  public mutating func combine(_ number: some FixedWidthInteger) {
    let wide = UInt64(truncatingIfNeeded: number)
    for shift in stride(from: 0, to: 64, by: 8) {
      combine(byte: UInt8(truncatingIfNeeded: wide >> UInt64(shift)))
    }
  }

  /// Takes in a yes or a no.
  public mutating func combine(_ flag: Bool) { combine(byte: flag ? 1 : 0) }

  /// Takes in a text and its end, so that "ab", "c" differs from "a", "bc".
  public mutating func combine(_ text: some StringProtocol) {
    for byte in text.utf8 { combine(byte: byte) }
    combine(byte: 0xff)
  }

  /// Takes in a text and its end.
  public mutating func combine(_ text: StaticString) {
    text.withUTF8Buffer { for byte in $0 { combine(byte: byte) } }
    combine(byte: 0xff)
  }

  /// Spreads the bits of a word (SplitMix64's finish).
  public static func mix(_ word: UInt64) -> UInt64 {
    var bits = word
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }
}
