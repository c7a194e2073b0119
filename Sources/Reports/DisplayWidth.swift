/// The number of columns that text takes on a terminal.
///
/// Counted in grapheme clusters, as terminals do: an accent takes none of its own, an ideograph or
/// an emoji takes two.
func displayWidth(_ text: some StringProtocol) -> Int {
  var isPlain = true
  var count = 0
  for unit in text.utf8 {
    count += 1
    if unit >= 0x80 { isPlain = false }
  }
  return isPlain ? count : text.reduce(0) { $0 + $1.columns }
}

extension Character {
  /// 0, 1 or 2 columns.
  var columns: Int {
    guard let first = unicodeScalars.first else { return 0 }
    if first.isASCII { return 1 }
    // Regional indicators pair up to flags; the selector asks for the picture of a sign.
    if first.isWide || unicodeScalars.contains("\u{fe0f}") { return 2 }
    return unicodeScalars.allSatisfy(\.isZeroWidth) ? 0 : 1
  }
}

extension Unicode.Scalar {
  /// Whether East Asian Width calls it wide or full-width, or terminals draw it as an emoji.
  fileprivate var isWide: Bool {
    properties.isEmojiPresentation || Self.wide.contains { $0.contains(value) }
  }

  fileprivate var isZeroWidth: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: true
    default: false
    }
  }

  /// Scripts and forms that take two columns; emoji are known by their property.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115f,  // Hangul's leading consonants
    0x2329...0x232a,  // angle brackets
    0x2e80...0x303e,  // radicals, ideographic punctuation
    0x3041...0x33ff,  // kana, bopomofo, compatibility Jamo, squared words
    0x3400...0x4dbf,  // ideographs, extension A
    0x4e00...0xa4cf,  // ideographs, Yi
    0xa960...0xa97c,  // Hangul Jamo, extended A
    0xac00...0xd7a3,  // Hangul syllables
    0xf900...0xfaff,  // compatibility ideographs
    0xfe10...0xfe19, 0xfe30...0xfe6f,  // vertical and small forms
    0xff01...0xff60, 0xffe0...0xffe6,  // full-width forms
    0x16fe0...0x18cff, 0x1aff0...0x1b2ff,  // Tangut, kana supplement, Nushu
    0x1f1e6...0x1f1ff,  // flags
    0x1f200...0x1f2ff,  // enclosed ideographs
    0x20000...0x3fffd,  // ideographs, extensions B and later
  ]
}

// MARK: - Fitting

/// Text with spaces behind it up to a width.
func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - displayWidth(text)))
}

/// The first characters of a text that fit into a width.
func prefix(of text: some StringProtocol, fitting width: Int) -> String {
  var result = ""
  var rest = width
  for character in text {
    rest -= character.columns
    guard rest >= 0 else { break }
    result.append(character)
  }
  return result
}

extension Style {
  /// A name that is too long loses its middle: both ends tell names apart that were made by
  /// numbering or by prefixing.
  func cut(_ name: String, to width: Int) -> String {
    guard displayWidth(name) > width else { return name }
    let room = max(0, width - displayWidth(ellipsis))
    let tail = String(prefix(of: String(name.reversed()), fitting: room / 2).reversed())
    let head = prefix(of: name, fitting: room - displayWidth(tail))
    return head + ellipsis + tail
  }
}

/// Text as lines no wider than a width, broken at spaces, and within a word that is too wide.
func wrapped(_ text: String, to width: Int) -> [String] {
  var filler = LineFiller(width: max(2, width))
  for word in text.split(separator: " ") { filler.add(word) }
  return filler.lines
}

private struct LineFiller {
  let width: Int
  var lines: [String] = []
  private var used = 0

  init(width: Int) { self.width = width }

  mutating func add(_ word: Substring) {
    let length = displayWidth(word)
    if let last = lines.indices.last, used + 1 + length <= width {
      lines[last] += " " + word
      used += 1 + length
    } else if length <= width {
      lines.append(String(word))
      used = length
    } else {
      breakUp(word)
    }
  }

  /// In one pass: a word may be as long as a file.
  private mutating func breakUp(_ word: Substring) {
    var start = word.startIndex
    used = 0
    for place in word.indices {
      let columns = word[place].columns
      if used + columns > width {
        lines.append(String(word[start..<place]))
        (start, used) = (place, 0)
      }
      used += columns
    }
    lines.append(String(word[start...]))
  }
}
