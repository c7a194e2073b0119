import Foundation
import Testing

@testable import page_embedder

/// How a page's files become one document.
@Suite struct TemplateTests {
  private static let files = [
    "a.css": "a { }\n", "b.css": "b { }", "a.js": "let a = 1", "b.js": "let b = 2",
    "end.js": "let s = '</SCRIPT>'",
  ]

  private func template(_ source: String) throws -> Template {
    try Template(source) { name in
      guard let text = Self.files[name] else { throw TemplateError(description: name) }
      return text
    }
  }

  @Test func `Styles and scripts are joined where the first stands`() throws {
    let template = try template(
      """
      <head>
      <link rel="stylesheet" href="a.css">
      <link rel="stylesheet" href="b.css">
      </head>
        <script src="a.js"></script>
        <script src="b.js"></script>
      """)
    #expect(
      template.pieces == [
        .text(
          "<head>\n<style>a{}\nb{}</style>\n</head>\n<script>let a=1\nlet b=2</script>\n")
      ])
  }

  @Test func `Slots part the page`() throws {
    let template = try template("<title><!--title--></title>\n<!--data-->")
    #expect(
      template.pieces == [
        .text("<title>"), .slot("title"), .text("</title>\n"), .slot("data"), .text("\n"),
      ])
  }

  @Test func `The policy has the hash of what stands in the element`() throws {
    let template = try template("<!--csp-->\n<script src=\"a.js\"></script>")
    guard case .text(let text) = template.pieces[0] else { return }
    let hash = Data(SHA256.digest(of: Array("let a=1".utf8))).base64EncodedString()
    #expect(text.contains("script-src 'sha256-\(hash)'; style-src 'none';"))
  }

  @Test(arguments: ["end.js", "missing.js"])
  func `What would break the page is refused`(name: String) {
    #expect(throws: TemplateError.self) { try template("<script src=\"\(name)\"></script>") }
  }

  @Test(arguments: ["plain", "\"\"\"", "\"\"\"#", "a ## b \\#(c) \"\"\"##", ""])
  func `A literal holds any text`(text: String) {
    let literal = literal(text)
    let marks = String(literal.prefix { $0 == "#" })
    #expect(literal == "\(marks)\"\"\"\n\(text)\n\"\"\"\(marks)")
    #expect(!text.contains(marks))
  }
}
