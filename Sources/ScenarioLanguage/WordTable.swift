/// The words of the language by their bytes, so that matching compares small numbers.
///
/// Open addressing over a power of two at least four times the number of words.
struct WordTable: Sendable {
  private var slots: [UInt16]
  /// The words one after the other, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// A table in which each word's number is its row; row 0 is no word.
  init(_ list: [String]) {
    var size = 64
    while size < list.count * 4 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    for (row, word) in list.enumerated() {
      let start = bytes.count
      bytes += word.utf8
      ends.append(bytes.count)
      guard row > 0 else { continue }
      var slot = Int(truncatingIfNeeded: Self.hash(start..<bytes.count, of: bytes)) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt16(row)
    }
  }

  /// The row of a word; 0 where it is none of the language.
  func find(_ word: ArraySlice<UInt8>) -> Int {
    let word = Array(word)
    return find(word.indices, of: word, hash: Self.hash(word.indices, of: word))
  }

  /// The row of the word that stands in a stretch, whose hash is known; 0 where it is none of the
  /// language.
  func find(_ range: Range<Int>, of text: [UInt8], hash: UInt32) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let row = Int(slots[slot])
      let word = (row == 0 ? 0 : ends[row - 1])..<ends[row]
      if text.isEqual(in: range, to: word, of: bytes) { return row }
      slot = (slot + 1) & (slots.count - 1)
    }
    return 0
  }

  /// The hash of no byte.
  static var emptyHash: UInt32 { 0x811c_9dc5 }

  /// The hash with one byte more (FNV-1a).
  @inline(__always) static func hash(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
    (hash ^ UInt32(byte)) &* 0x0100_0193
  }

  /// The hash of a stretch.
  @inline(__always) static func hash(_ range: Range<Int>, of bytes: [UInt8]) -> UInt32 {
    var hash = emptyHash
    for position in range { hash = Self.hash(hash, bytes[position]) }
    return hash
  }
}

extension [UInt8] {
  /// Whether a stretch has the same bytes as one of another text.
  @inline(__always) func isEqual(
    in range: Range<Int>, to other: Range<Int>, of text: [UInt8]
  ) -> Bool {
    guard range.count == other.count else { return false }
    for offset in 0..<range.count
    where self[range.lowerBound + offset] != text[other.lowerBound + offset] { return false }
    return true
  }
}
