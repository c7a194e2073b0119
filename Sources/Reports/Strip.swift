/// A line of a picture: one sign a column, each in its colour.
struct Strip {
  /// What a column shows; an ideograph's second column shows nothing.
  private var signs: [String]
  private var colors: [Style.Color?]

  init(_ columns: Int, _ sign: Character = " ", _ color: Style.Color? = nil) {
    signs = Array(repeating: String(sign), count: columns)
    colors = Array(repeating: color, count: columns)
  }

  /// Fills columns; what lies beside the strip is left out.
  mutating func fill(_ range: Range<Int>, _ sign: Character, _ color: Style.Color?) {
    for column in range.clamped(to: 0..<signs.count) {
      signs[column] = String(sign)
      colors[column] = color
    }
  }

  /// Writes over the columns from one on; the caller knows that there is room.
  mutating func write(_ text: String, at column: Int, _ color: Style.Color?) {
    var column = column
    for character in text where signs.indices.contains(column) {
      signs[column] = String(character)
      colors[column] = color
      for extra in 1..<max(1, character.columns) where signs.indices.contains(column + extra) {
        signs[column + extra] = ""
        colors[column + extra] = color
      }
      column += max(1, character.columns)
    }
  }

  /// The line, equal colours together, without the blanks at its end.
  var spans: [Span] {
    var spans: [Span] = []
    let end = signs.lastIndex { $0 != " " } ?? -1
    for (sign, color) in zip(signs, colors).prefix(end + 1) {
      if let last = spans.indices.last, spans[last].color == color {
        spans[last].text += sign
      } else {
        spans.append(Span(sign, color))
      }
    }
    return spans
  }
}
