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
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  /// All that is left up to a closing bracket or the end.
  mutating func items() -> [Notation] {
    var items: [Notation] = []
    while let next = item() {
      if takes(Self.listMark) {
        items.append(.list(next))
      } else {
        items += next
      }
    }
    return items
  }

  private static let listMark = Array(", …".utf8)

  private mutating func item() -> [Notation]? {
    while position < bytes.count, bytes[position] == .ascii(" ") { position += 1 }
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case .ascii("]"), .ascii(")"):
      position += 1
      return nil
    case .ascii("["):
      position += 1
      return [.optional(items())]
    case .ascii("("):
      position += 1
      return items()
    case .ascii("<"):
      position += 1
      let place = take { $0 != .ascii(">") }
      position += 1
      return [self.place(place)]
    default:
      return [.word(text(take { !Self.endsWord($0) }))]
    }
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case .ascii(" "), .ascii("["), .ascii("]"), .ascii("("), .ascii(")"), .ascii("<"), .ascii(">"):
      true
    default: false
    }
  }

  private mutating func takes(_ mark: [UInt8]) -> Bool {
    guard bytes[min(position, bytes.count)...].starts(with: mark) else { return false }
    position += mark.count
    return true
  }

  private mutating func take(while isPart: (UInt8) -> Bool) -> Range<Int> {
    let start = position
    while position < bytes.count, isPart(bytes[position]) { position += 1 }
    return start..<position
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func place(_ range: Range<Int>) -> Notation {
    let colon = bytes[range].firstIndex(of: .ascii(":"))
    let name = range.lowerBound..<(colon ?? range.upperBound)
    let what = (colon.map { $0 + 1 } ?? range.lowerBound)..<range.upperBound
    guard let field = Self.fields[text(name)] else { return .word("<\(text(range))>") }
    if let kind = Self.kinds[text(what)] { return .slot(field, kind) }
    let options = bytes[what].split(separator: .ascii("|")).map { option in
      option.split(separator: .ascii(" ")).map { String(decoding: $0, as: UTF8.self) }
    }
    return .choice(field, options)
  }

  // Looked up hundreds of times: a raw value is found by comparing it with one case after the other.
  private static let fields = Dictionary(
    uniqueKeysWithValues: Field.allCases.map { ($0.rawValue, $0) })
  private static let kinds = Dictionary(
    uniqueKeysWithValues: SlotKind.allCases.map { ($0.rawValue, $0) })
}
