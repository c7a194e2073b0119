/// The words of the language by their bytes, so that matching compares small numbers.
///
/// Open addressing over a power of two at least four times the number of words.
struct WordTable: Sendable {
  private var slots: [UInt16]
  private var words: [[UInt8]]

  /// A table in which each word's number is its row; row 0 is no word.
  init(_ list: [String]) {
    words = list.map { Array($0.utf8) }
    var size = 64
    while size < list.count * 4 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    for (row, word) in words.enumerated().dropFirst() {
      let hash = word.reduce(Self.emptyHash, Self.hash)
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt16(row)
    }
  }

  /// The row of a word whose hash is known; 0 where it is none of the language.
  func find(_ bytes: ArraySlice<UInt8>, hash: UInt32) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let row = Int(slots[slot])
      if words[row].count == bytes.count, words[row].elementsEqual(bytes) { return row }
      slot = (slot + 1) & (slots.count - 1)
    }
    return 0
  }

  /// The hash of no byte.
  static let emptyHash: UInt32 = 0x811c_9dc5

  /// The hash with one byte more (FNV-1a).
  @inline(__always) static func hash(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
    (hash ^ UInt32(byte)) &* 0x0100_0193
  }
}
