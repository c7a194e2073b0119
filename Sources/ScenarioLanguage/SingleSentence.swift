/// One sentence, taken apart for whoever rewrites it.
struct SingleSentence {
  /// What stands in one of its places.
  struct Capture {
    var field: Field
    /// What may stand there; nil for a choice of words.
    var kind: SlotKind?
    /// As it is written, its words with a blank between.
    var text: String
  }

  private let document: Document
  private let form: Int?

  init(_ text: String) {
    document = Parser.parse(SourceText(path: "", bytes: Array(text.utf8))).document
    form = document.statements.first?.form.map { Int($0) }
  }

  /// Which sentence it is; nil where it is none.
  var sentence: Sentence? { form.map { FormTable.all[$0].sentence } }

  /// In its plainest layout.
  var plain: String { form == nil ? "" : SentenceWriter.sentence(0, of: document) }

  var captures: [Capture] {
    guard let form else { return [] }
    return document.captures.map { capture in
      var bytes: [UInt8] = []
      document.appendWords(of: capture, to: &bytes)
      return Capture(
        field: capture.field, kind: Self.kinds[form][capture.field],
        text: String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The sentence with another text in one of its places.
  func replacing(_ row: Int, by text: String) -> String {
    let range = document.captures[row].range
    let bytes = document.source.bytes
    return String(
      decoding: bytes[..<range.lowerBound] + Array(text.utf8) + bytes[range.upperBound...],
      as: UTF8.self)
  }

  /// The sentence without one of the clauses it can do without, the longest clause first.
  var withoutClause: [String] {
    guard let form else { return [] }
    var finder = ClauseFinder(document)
    finder.walk(JSONShape.all[form].notation)
    let clauses = finder.clauses.sorted { ($1.count, $0.lowerBound) < ($0.count, $1.lowerBound) }
    return clauses.map { clause in
      var shorter = document
      shorter.captures.removeSubrange(clause)
      return SentenceWriter.sentence(0, of: shorter)
    }
  }

  /// The sentence about the scenario itself; nil where it is not about a variant.
  var withoutVariant: String? {
    guard captures.first?.field == .variant else { return nil }
    var plain = document
    plain.captures.removeFirst()
    return SentenceWriter.sentence(0, of: plain)
  }

  /// The sentence with either end of a range instead of the range.
  var withoutRange: [String] {
    guard let row = captures.firstIndex(where: { $0.kind == .range }) else { return [] }
    let ends = captures[row].text.split(separator: ".").map(String.init)
    return ends.count == 2 ? ends.map { replacing(row, by: $0) } : []
  }

  /// What may stand in each form's places.
  private static let kinds: [[Field: SlotKind]] = JSONShape.all.map { shape in
    var kinds: [Field: SlotKind] = [:]
    collect(shape.notation, &kinds)
    return kinds
  }

  private static func collect(_ items: [Notation], _ kinds: inout [Field: SlotKind]) {
    for item in items {
      switch item {
      case .word, .choice: break
      case .slot(let field, let kind): kinds[field] = kind
      case .optional(let inside), .list(let inside): collect(inside, &kinds)
      }
    }
  }
}

/// Finds what a sentence can do without: optional clauses and items of lists.
private struct ClauseFinder {
  private let document: Document
  private var rest: Range<Int>
  private(set) var clauses: [Range<Int>] = []

  init(_ document: Document) {
    self.document = document
    rest = document.captures.indices
  }

  private func isNext(_ items: [Notation]) -> Bool {
    rest.first.map { document.captures[$0].field == items.firstField } ?? false
  }

  mutating func walk(_ items: [Notation]) {
    for item in items {
      switch item {
      case .word: break
      case .slot, .choice: rest = rest.dropFirst()
      case .optional(let inside): if isNext(inside) { clauses.append(pass(inside)) }
      case .list(let inside):
        var members = [pass(inside)]
        while isNext(inside) { members.append(pass(inside)) }
        if members.count > 1 { clauses += members }
      }
    }
  }

  private mutating func pass(_ items: [Notation]) -> Range<Int> {
    let start = rest.lowerBound
    walk(items)
    return start..<rest.lowerBound
  }
}
