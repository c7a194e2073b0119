/// Writes a statement as a line of a scenario file, from its form and what stands in its places.
struct SentenceWriter {
  private let document: Document
  /// The captures that are still to be written.
  private var captures: Range<Int>
  private(set) var bytes: [UInt8] = []

  /// The sentence that a statement with a form stands for, in its plainest layout.
  static func sentence(_ statement: Int, of document: Document) -> String {
    String(decoding: bytes(of: statement, of: document), as: UTF8.self)
  }

  /// As ``sentence(_:of:)``.
  static func bytes(of statement: Int, of document: Document) -> [UInt8] {
    guard let form = document.statements[statement].form else { return [] }
    return bytes(of: statement, of: document, as: JSONShape.all[Int(form)].notation)
  }

  /// A statement whose form is not among all forms.
  static func sentence(
    _ statement: Int, of document: Document, as notation: [Notation]
  ) -> String {
    String(decoding: bytes(of: statement, of: document, as: notation), as: UTF8.self)
  }

  private static func bytes(
    of statement: Int, of document: Document, as notation: [Notation]
  ) -> [UInt8] {
    var writer = SentenceWriter(document, document.captures(of: statement))
    writer.write(notation)
    return writer.bytes
  }

  private init(_ document: Document, _ captures: Range<Int>) {
    self.document = document
    self.captures = captures
  }

  private mutating func write(_ items: [Notation]) {
    for item in items {
      switch item {
      case .word(let word): write(word: word)
      case .slot: writeSlot()
      case .choice(_, let options): writeChoice(options)
      case .optional(let inside): if next == inside.firstField { write(inside) }
      case .list(let inside): writeList(inside)
      }
    }
  }

  /// The place that the next capture fills.
  private var next: Field? { captures.first.map { document.captures[$0].field } }

  private mutating func take() -> Document.Capture? {
    guard let row = captures.first else { return nil }
    captures.removeFirst()
    return document.captures[row]
  }

  private mutating func writeSlot() {
    guard let capture = take() else { return }
    separate()
    document.appendWords(of: capture, to: &bytes)
  }

  private mutating func writeChoice(_ options: [[String]]) {
    guard let capture = take(), Int(capture.choice) < options.count else { return }
    for word in options[Int(capture.choice)] { write(word: word) }
  }

  private mutating func writeList(_ inside: [Notation]) {
    write(inside)
    while let next, next == inside.firstField {
      bytes.append(.ascii(","))
      write(inside)
    }
  }

  private mutating func write(word: String) {
    if word != "," { separate() }
    bytes += word.utf8
  }

  private mutating func separate() {
    if !bytes.isEmpty { bytes.append(0x20) }
  }
}

extension Document {
  /// Appends what stands in a place, its words with a blank between.
  func appendWords(of capture: Capture, to output: inout [UInt8]) {
    for (number, word) in words(of: capture).enumerated() {
      if number > 0 { output.append(0x20) }
      output += word
    }
  }
}

extension [Notation] {
  /// The first place among them: what is there decides whether the rest is.
  var firstField: Field? {
    for item in self {
      switch item {
      case .word: continue
      case .slot(let field, _), .choice(let field, _): return field
      case .optional(let inside), .list(let inside):
        if let field = inside.firstField { return field }
      }
    }
    return nil
  }
}
