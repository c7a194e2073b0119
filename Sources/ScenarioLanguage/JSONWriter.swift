/// Writes a file's statements as their JSON image: one a line, keys in the order of the form.
struct JSONWriter {
  private let document: Document
  /// The captures of the statement that are still to be written.
  private var captures = 0..<0
  private var bytes: [UInt8] = []

  /// The image of a document without mistakes.
  static func bytes(of document: Document) -> [UInt8] {
    var writer = JSONWriter(document: document)
    writer.write("{\n  \"format\": 1,\n  \"statements\": [")
    for row in document.statements.indices {
      writer.write(row == 0 ? "\n    " : ",\n    ")
      writer.writeStatement(row)
    }
    writer.write("\n  ]\n}\n")
    return writer.bytes
  }

  private init(document: Document) {
    self.document = document
  }

  private mutating func write(_ text: String) { bytes += text.utf8 }

  private mutating func writeStatement(_ row: Int) {
    guard let form = document.statements[row].form else { return write("null") }
    captures = document.captures(of: row)
    let shape = JSONShape.all[Int(form)]
    write("{\"form\": \"\(shape.sentence.rawValue)\"")
    writeMembers(shape.places, isFirst: false)
    write("}")
  }

  /// The place that the next capture fills.
  private var next: Field? { captures.first.map { document.captures[$0].field } }

  private mutating func writeMembers(_ places: [JSONShape.Place], isFirst: Bool) {
    var isFirst = isFirst
    for place in places where next == place.field {
      write(isFirst ? "\"" : ", \"")
      bytes += place.keyBytes
      write("\": ")
      isFirst = false
      if place.isList { writeList(place) } else { write(place.content) }
    }
  }

  private mutating func writeList(_ place: JSONShape.Place) {
    write("[")
    write(place.content)
    while next == place.field {
      write(", ")
      write(place.content)
    }
    write("]")
  }

  private mutating func write(_ content: JSONShape.Content) {
    if case .group(let inner) = content {
      write("{")
      writeMembers(inner, isFirst: true)
      return write("}")
    }
    guard let row = captures.popFirst() else { return }
    let capture = document.captures[row]
    switch content {
    case .slot(.text), .slot(.path): document.appendWords(of: capture, to: &bytes)
    case .slot(.number):
      // JSON's numbers have no zeros in front.
      let digits = document.source.bytes[capture.range]
      bytes += digits.dropLast().drop { $0 == .ascii("0") } + digits.suffix(1)
    case .slot:
      write("\"")
      document.appendWords(of: capture, to: &bytes)
      write("\"")
    case .choice(let options):
      write("\"")
      bytes += options[Int(capture.choice)]
      write("\"")
    case .flag: write("true")
    case .group: break
    }
  }
}
