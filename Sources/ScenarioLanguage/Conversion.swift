/// The two forms of scenario files.
public enum ScenarioFormat: String, CaseIterable, Sendable {
  /// Sentences, one a line.
  case scenario
  /// The JSON image of the sentences.
  case json
}

/// What came of converting a file.
public struct Converted: Sendable {
  /// The file in the other form; nil where anything is wrong.
  public var bytes: [UInt8]?
  /// What is wrong, by place.
  public var diagnostics: [Diagnostic]
  /// How many more mistakes there are, which are counted only.
  public var omitted: Int
}

/// Writes the statements of a file in another form, each for each, `use` lines included.
///
/// A file that has the form already comes back as it is. Comments and layout are no statements and
/// are left behind. Sentences are read; whether their names and times are right is not asked.
public func converted(_ source: SourceText, to format: ScenarioFormat) -> Converted {
  var (document, findings) = statements(in: source)
  if findings.count == 0 {
    if document.isJSON == (format == .json) {
      return Converted(bytes: source.bytes, diagnostics: [], omitted: 0)
    }
    for diagnostic in document.badNumbers { findings.add(diagnostic) }
  }
  let kept = findings.kept.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  guard findings.count == 0 else {
    return Converted(bytes: nil, diagnostics: kept, omitted: findings.count - kept.count)
  }
  let bytes = format == .json ? JSONWriter.bytes(of: document) : document.plainText
  return Converted(bytes: bytes, diagnostics: [], omitted: 0)
}

/// Reads a file in either form: the one whose first character but blanks is `{` is JSON.
func statements(
  in source: SourceText, grammar: Grammar = .scenarios
) -> (document: Document, findings: Findings) {
  if JSONReader.isJSON(source.bytes) {
    let reader = JSONReader.parse(source, grammar: grammar)
    return (reader.document, reader.findings)
  }
  let parser = Parser.parse(source, grammar: grammar)
  return (parser.document, parser.findings)
}

extension Document {
  /// Numbers that the other form could not spell.
  fileprivate var badNumbers: [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for statement in statements.indices {
      for capture in captures[captures(of: statement)]
      where capture.field == .seed || capture.field == .count {
        let range = range(of: capture)
        guard !source.bytes[range].allSatisfy(\.isDigit) else { continue }
        diagnostics.append(
          Diagnostic(
            .badNumber, in: source, at: range, from: hint(of: statement),
            "\"\(text(range.prefix(40)))\" is no whole number"))
      }
    }
    return diagnostics
  }

  /// The file's sentences in the plainest layout: one a line, a blank line between sections, what is
  /// expected of a statement below it.
  var plainText: [UInt8] {
    var text: [UInt8] = []
    var section: Section?
    for (row, statement) in statements.enumerated() {
      guard let form = statement.form else { continue }
      let (sentence, found) = Grammar.scenarios.meanings[Int(form)]
      if let section, section.chapter != found.chapter { text.append(0x0a) }
      section = found
      if sentence == .expectOutcome || sentence == .expectError { text += "    ".utf8 }
      text += SentenceWriter.bytes(of: row, of: self)
      text.append(0x0a)
    }
    return text
  }
}

extension Section {
  /// Sections that stand among each other are one chapter.
  fileprivate var chapter: Section { self == .expectation ? .timeline : self }
}
