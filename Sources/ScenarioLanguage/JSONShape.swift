/// A form as the JSON image has it: an object with a key a place.
///
/// Made from the form's notation, so that both readers take the same sentences. Keys are the names
/// of the places, in the notation's order.
struct JSONShape: Sendable {
  /// A key of an object and what it holds.
  struct Place: Sendable {
    /// The key, and its bytes.
    var key: String
    var keyBytes: [UInt8]
    /// The place of the form that it is.
    var field: Field
    var content: Content
    /// Whether the sentence can do without it.
    var isOptional: Bool
    /// Whether it holds an array.
    var isList: Bool
  }

  /// What a key holds.
  indirect enum Content: Sendable {
    /// A text with one or more words, or a quoted text of the language.
    case slot(SlotKind)
    /// One of these texts.
    case choice([[UInt8]])
    /// `true`, for words that stand or don't.
    case flag
    /// An object of its own.
    case group([Place])
  }

  /// The row in ``Grammar/forms``.
  let form: Int
  let sentence: Sentence
  let places: [Place]
  /// The form's words and places, for whoever writes the sentence.
  let notation: [Notation]

  init(_ form: Form, row: Int) {
    self.form = row
    sentence = form.sentence
    notation = form.itemsInVariant
    places = Self.places(in: notation)
  }

  /// The shapes of all forms, in the table's order.
  static let all = FormTable.all.enumerated().map { JSONShape($1, row: $0) }

  /// The shapes of a sentence, in the table's order.
  static let bySentence: [Sentence: [JSONShape]] = Dictionary(grouping: all) { $0.sentence }

  /// The places that hold numbers.
  static let numbers: [Field] = Field.allCases.filter { field in
    all.flatMap(\.places).contains {
      if case .slot(.number) = $0.content { $0.field == field } else { false }
    }
  }

  /// The sentences' words with their rows in `Sentence.allCases`, from 1.
  static let words = WordTable([""] + Sentence.allCases.map(\.rawValue))

  private static func places(in items: [Notation], isOptional: Bool = false) -> [Place] {
    items.flatMap { item -> [Place] in
      switch item {
      case .word: []
      case .slot(let field, let kind): [Place(field, .slot(kind), isOptional)]
      case .choice(let field, let options) where options.count == 1:
        [Place(field, .flag, isOptional)]
      case .choice(let field, let options):
        [Place(field, .choice(options.map { Array($0.joined(separator: " ").utf8) }), isOptional)]
      case .optional(let inside): places(in: inside, isOptional: true)
      case .list(let inside): list(of: inside, isOptional)
      }
    }
  }

  /// An array of what stands in the one place of a list, or of objects where it has several.
  private static func list(of items: [Notation], _ isOptional: Bool) -> [Place] {
    let inside = places(in: items)
    guard let first = inside.first else { return [] }
    let content = inside.count == 1 ? first.content : .group(members(of: items))
    return [Place(first.field, content, isOptional, isList: true)]
  }

  /// The places of a list's element. The list bears the first one's name, so that one is called by
  /// its kind; another one by the word before it.
  private static func members(of items: [Notation], isOptional: Bool = false) -> [Place] {
    var members: [Place] = []
    var word: String?
    for item in items {
      switch item {
      case .word(let before): word = before
      case .optional(let inside): members += self.members(of: inside, isOptional: true)
      case .slot(let field, let kind):
        members.append(Place(field, .slot(kind), isOptional, key: word ?? kind.key))
      case .choice, .list: members += places(in: [item], isOptional: isOptional)
      }
    }
    return members
  }
}

extension SlotKind {
  /// What a place of this kind is called in a list's element.
  fileprivate var key: String { self == .ruleTenant ? "tenant" : rawValue }
}

extension JSONShape.Place {
  init(
    _ field: Field, _ content: JSONShape.Content, _ isOptional: Bool, isList: Bool = false,
    key: String? = nil
  ) {
    self.key = key ?? field.rawValue
    keyBytes = Array(self.key.utf8)
    self.field = field
    self.content = content
    self.isOptional = isOptional
    self.isList = isList
  }
}
