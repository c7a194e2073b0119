/// A piece of a form's notation.
///
/// - `word` stands for itself, and so does a comma.
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
  /// Bytes and not characters: every process that reads a scenario reads all notations first.
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

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
    while rest.first == .ascii(" ") { rest.removeFirst() }
    guard let first = rest.first else { return nil }
    switch first {
    case .ascii("]"), .ascii(")"):
      rest.removeFirst()
      return nil
    case .ascii("["):
      rest.removeFirst()
      return [.optional(items())]
    case .ascii("("):
      rest.removeFirst()
      return items()
    case .ascii("<"):
      rest.removeFirst()
      let place = take { $0 != .ascii(">") }
      rest = rest.dropFirst()
      return [Self.place(place)]
    default:
      return [.word(String(take { !" []()<".utf8.contains($0) }))]
    }
  }

  private mutating func takes(_ text: String) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  private mutating func take(while isPart: (UInt8) -> Bool) -> Substring {
    let taken = rest.prefix(while: isPart)
    rest = rest[taken.endIndex...]
    return Substring(taken)
  }

  private static func place(_ text: Substring) -> Notation {
    let parts = text.utf8.split(separator: .ascii(":"), maxSplits: 1).map { Substring($0) }
    guard let name = parts.first, let what = parts.last, let field = Field(rawValue: String(name))
    else { return .word("<\(text)>") }
    if let kind = SlotKind(rawValue: String(what)) { return .slot(field, kind) }
    let options = what.utf8.split(separator: .ascii("|")).map { option in
      option.split(separator: .ascii(" ")).map { String(Substring($0)) }
    }
    return .choice(field, options)
  }
}
