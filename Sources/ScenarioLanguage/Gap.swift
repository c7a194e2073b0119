/// What stands between two tokens, or at an end of the file: line breaks and comments.
struct Gap {
  /// A comment, and how many line breaks precede it in its gap.
  struct Comment {
    var range: Range<Int>
    var breaks: Int
  }

  private(set) var comments: [Comment] = []
  /// The line breaks after the last comment.
  private(set) var breaks = 0

  /// Reads the gap that spans `range`. In a file without faults the rest of it is blanks,
  /// backslashes that continue a statement, and the byte order mark: all of them layout.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    var position = range.lowerBound
    while position < range.upperBound {
      if bytes[position] == 0x0a { breaks += 1 }
      if bytes[position] == .ascii("#") {
        let end = bytes[position..<range.upperBound].firstIndex(of: 0x0a) ?? range.upperBound
        comments.append(Comment(range: Self.trimmed(position..<end, bytes), breaks: breaks))
        breaks = 0
        position = end
      } else {
        position += 1
      }
    }
  }

  /// A comment without the blanks at its end, which nobody sees.
  private static func trimmed(_ range: Range<Int>, _ bytes: [UInt8]) -> Range<Int> {
    let last = bytes[range].lastIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }
    return range.lowerBound..<(last ?? range.lowerBound) + 1
  }
}
