/// A piece of a form's notation.
///
/// - `word` stands for itself.
/// - `<field:kind>` is a place for something of that kind; `<kind>` alone names the field likewise.
/// - `<field:this|or that>` is a place for one of the words given.
/// - `[…]` may be absent.
/// - `<…>, …` and `(…), …` are one or more, with commas between.
indirect enum Notation: Hashable, Sendable {
  case word(String)
  case slot(Field, SlotKind)
  case choice(Field, [[String]])
  case optional([Notation])
  case list([Notation])
}

/// Reads a form's notation. Whatever it cannot read becomes a word that no scenario contains, which
/// the tests find: every form's example has to be read by that form.
struct NotationReader {
  private var rest: Substring

  init(_ text: String) { rest = Substring(text) }

  /// All that is left up to a closing bracket or the end.
  mutating func items() -> [Notation] {
    var items: [Notation] = []
    while let next = item() {
      if takes(", …") {
        items.append(.list(next))
      } else {
        items += next
      }
    }
    return items
  }

  private mutating func item() -> [Notation]? {
    while rest.first == " " { rest.removeFirst() }
    switch rest.first {
    case nil: return nil
    case "]", ")":
      rest.removeFirst()
      return nil
    case "[":
      rest.removeFirst()
      return [.optional(items())]
    case "(":
      rest.removeFirst()
      return items()
    case "<":
      rest.removeFirst()
      return [Self.place(take(upTo: ">"))]
    default:
      return [.word(takeWord())]
    }
  }

  private mutating func takes(_ text: String) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  private mutating func take(upTo end: Character) -> Substring {
    let taken = rest.prefix { $0 != end }
    rest = rest.dropFirst(taken.count + 1)
    return taken
  }

  private mutating func takeWord() -> String {
    let taken = rest.prefix { !" []()<".contains($0) }
    rest = rest.dropFirst(taken.count)
    return String(taken)
  }

  private static func place(_ text: Substring) -> Notation {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard let name = parts.first, let what = parts.last, let field = Field(rawValue: String(name))
    else { return .word("<\(text)>") }
    if let kind = SlotKind(rawValue: String(what)) { return .slot(field, kind) }
    let options = what.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
    return .choice(field, options)
  }
}
