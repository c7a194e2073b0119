/// The two forms of scenario files.
public enum ScenarioFormat: String, CaseIterable, Sendable {
  /// Sentences, one a line.
  case scenario
  /// The JSON image of the sentences.
  case json
}

/// The statements of a file in another form, each for each, `use` lines included.
///
/// A file that has the form already comes back as it is. Comments and layout are no statements and
/// are left behind. Sentences are read; whether their names and times are right is not asked.
public func converted(
  _ bytes: [UInt8], path: String, to format: ScenarioFormat
) -> Result<[UInt8], SyntaxProblems> {
  var (document, findings) = statements(in: SourceText(path: path, bytes: bytes))
  if findings.count == 0, document.isJSON == (format == .json) { return .success(bytes) }
  if findings.count == 0 {
    for diagnostic in document.badNumbers { findings.add(diagnostic) }
  }
  guard findings.count == 0 else { return .failure(SyntaxProblems(findings)) }
  if format == .json { return .success(JSONWriter.bytes(of: document)) }
  return formatted(document.plainText, path: path)
}

/// Reads a file in either form: the one whose first character but blanks is `{` is JSON.
func statements(in source: SourceText) -> (document: Document, findings: Findings) {
  if JSONReader.isJSON(source.bytes) {
    let reader = JSONReader.parse(source)
    return (reader.document, reader.findings)
  }
  let parser = Parser.parse(source)
  return (parser.document, parser.findings)
}

extension Document {
  /// Numbers that the other form could not spell.
  fileprivate var badNumbers: [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for statement in statements.indices {
      for capture in captures[captures(of: statement)]
      where JSONShape.numbers.contains(capture.field) {
        let range = capture.range
        guard !source.bytes[range].allSatisfy(\.isDigit) else { continue }
        diagnostics.append(
          Diagnostic(
            .badNumber, in: source, at: range, from: hint(of: statement),
            "\"\(text(range.prefix(40)))\" is no whole number"))
      }
    }
    return diagnostics
  }

  /// The file's sentences in the plainest layout: one a line, a blank line between sections and
  /// before a chapter, what is expected of a statement below it.
  var plainText: [UInt8] {
    var text: [UInt8] = []
    var part: Section?
    for row in statements.indices {
      guard let (sentence, section) = meaning(of: row) else { continue }
      let next = section.part(of: sentence)
      if let part, part != next || sentence == .chapter { text.append(0x0a) }
      part = next
      text += SentenceWriter.bytes(of: row, of: self)
      text.append(0x0a)
    }
    return text
  }
}

extension Section {
  /// Sections that stand among each other are one part of the file.
  func part(of sentence: Sentence) -> Section {
    switch self {
    case .header, .world: self
    case .timeline, .expectation: .timeline
    case .script: sentence == .variant ? .world : .timeline
    }
  }
}
