/// Swift source that holds pages as raw string literals, which the compiler takes fastest.
func swiftSource(_ pages: [(name: String, template: Template)]) -> String {
  var source = "// Written by page-embedder from the files beside PlayerPage.swift.\n\n"
  source += "extension PlayerPage {\n"
  for (name, template) in pages {
    source += "static let \(name)Pieces: [Piece] = [\n"
    for piece in template.pieces {
      switch piece {
      case .text(let text): source += ".text(\n\(literal(text))),\n"
      case .slot(let slot): source += ".slot(.\(slot)),\n"
      }
    }
    source += "]\n"
  }
  return source + "}\n"
}

/// A raw string literal: with one more `#` than stand together anywhere in the text, nothing in it
/// can end it or mean something else.
func literal(_ text: String) -> String {
  var (run, longest) = (0, 0)
  for byte in text.utf8 {
    run = byte == UInt8(ascii: "#") ? run + 1 : 0
    longest = max(longest, run)
  }
  let marks = String(repeating: "#", count: longest + 1)
  return "\(marks)\"\"\"\n\(text)\n\"\"\"\(marks)"
}
