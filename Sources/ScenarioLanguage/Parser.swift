import SimulationTrace

/// Turns a file into a ``Document``, and says of each line that has no form what it lacks.
struct Parser {
  private(set) var document: Document
  private(set) var findings = Findings()
  private var matcher: Matcher
  private let grammar: Grammar
  private let isForLayout: Bool

  /// Reads a whole file; with all its tokens where its layout is looked at.
  static func parse(
    _ source: SourceText, grammar: Grammar = .scenarios, forLayout: Bool = false
  ) -> Parser {
    var parser = Parser(source, grammar: grammar, forLayout: forLayout)
    if let diagnostic = Diagnostic(notText: source) {
      parser.findings.add(diagnostic)
    } else {
      parser.parse()
    }
    return parser
  }

  private init(_ source: SourceText, grammar: Grammar, forLayout: Bool) {
    isForLayout = forLayout
    document = Document(source)
    matcher = Matcher(bytes: source.bytes, grammar: grammar)
    self.grammar = grammar
  }

  private mutating func parse() {
    var tokenizer = Tokenizer(document.source.bytes, words: grammar.words)
    while let found = tokenizer.next(into: &matcher.tokens) {
      var form = matcher.match()
      if let fault = found.fault {
        report(fault, from: hint(found))
      } else if form == nil {
        form = explainAndRepair(found)
      }
      append(form, line: found.line)
    }
    if let fault = tokenizer.fault { report(fault, from: LineHint()) }
    if document.statements.isEmpty, findings.count == 0 {
      report(.emptyFile, 0..<0, from: LineHint(), "the file says nothing: no statement is in it")
    }
  }

  private mutating func append(_ form: Int?, line: Int) {
    // Enough wrong lines are remembered to know the names they may have meant to introduce.
    if form == nil, !findings.hasRoom { return }
    document.statements.append(
      Document.Statement(
        form: form.map { UInt8(truncatingIfNeeded: $0) }, line: UInt32(truncatingIfNeeded: line),
        start: matcher.tokens.first?.start ?? 0,
        firstToken: UInt32(truncatingIfNeeded: document.tokens.count),
        firstCapture: UInt32(truncatingIfNeeded: document.captures.count)))
    if form == nil || isForLayout { document.tokens += matcher.tokens }
    if form == nil { matcher.captureLeadingTime() }
    document.captures += matcher.captures
  }

  private func hint(_ found: Tokenizer.Found) -> LineHint {
    LineHint(line: found.line, byte: Int(matcher.tokens.first?.start ?? 0))
  }

  private mutating func report(
    _ code: DiagnosticCode, _ range: Range<Int>, from hint: LineHint, _ message: String,
    suggestion: String? = nil
  ) {
    findings.add(
      {
        var diagnostic = Diagnostic(code, in: document.source, at: range, from: hint, message)
        diagnostic.suggestion = suggestion
        return diagnostic
      }())
  }
}

// MARK: - Lines without a form

extension Parser {
  /// Says what a line lacks. Where two words in each other's place or one misspelt word explain it,
  /// the line is read as if they were right, so that the names it introduces are known.
  private mutating func explainAndRepair(_ found: Tokenizer.Found) -> Int? {
    guard findings.hasRoom else {
      findings.omit()
      return nil
    }
    let (place, expected) = matcher.explain()
    if let form = matchExchanged(place) {
      let words = matcher.tokens[place...place + 1].reversed().map { document.text($0.range) }
      describe(place, expected, words.joined(separator: " "), from: hint(found))
      return form
    }
    let suggestion = suggestion(at: place, expected)
    describe(place, expected, suggestion, from: hint(found))
    guard let suggestion, let word = grammar.literals.firstIndex(of: suggestion) else { return nil }
    matcher.tokens[place].literal = word
    return matcher.match()
  }

  /// The form of the line with a token and the one after it in each other's place.
  private mutating func matchExchanged(_ place: Int) -> Int? {
    guard place + 1 < matcher.tokens.count else { return nil }
    matcher.tokens.swapAt(place, place + 1)
    defer { matcher.tokens.swapAt(place, place + 1) }
    return matcher.match()
  }

  private func suggestion(at place: Int, _ expected: [Matcher.Expected]) -> String? {
    guard place < matcher.tokens.count, matcher.tokens[place].kind == .word else { return nil }
    let words = expected.compactMap { expected in
      if case .word(let row) = expected { grammar.literals[row] } else { nil }
    }.filter { $0 != "," }
    return nearest(to: document.text(matcher.tokens[place].range), among: words)
  }

  private mutating func describe(
    _ place: Int, _ expected: [Matcher.Expected], _ suggestion: String?, from hint: LineHint
  ) {
    let last = matcher.tokens[matcher.tokens.count - 1].range
    guard place < matcher.tokens.count else {
      let end = last.upperBound..<last.upperBound
      report(.incomplete, end, from: hint, "the statement is not complete: \(list(expected))")
      return
    }
    let range = matcher.tokens[place].range
    let found = describe(matcher.tokens[place])
    if place == 0 {
      report(
        .unknownStatement, range, from: hint, "no statement begins with \(found)",
        suggestion: suggestion)
    } else if expected.contains(.end), suggestion == nil {
      report(
        .trailing, range, from: hint, "the statement could end before \(found): \(list(expected))")
    } else {
      report(
        .unexpected, range, from: hint, "\(list(expected)), not \(found)", suggestion: suggestion)
    }
  }

  private func describe(_ token: Token) -> String {
    let text = String(document.text(token.range).prefix(40))
    return switch token.kind {
    case .comma: "a comma"
    case .text: "the quoted text \(text)"
    case .time: "\"\(text)\" (only times have a colon or a plus)"
    case .word, .odd: "\"\(text)\""
    }
  }

  /// "expected this, that or another", each once and not too many.
  private func list(_ expected: [Matcher.Expected]) -> String {
    var names: [String] = []
    for name in expected.map(describe) where !names.contains(name) { names.append(name) }
    if names.count > 10 { names = names.prefix(9) + ["something else"] }
    guard let last = names.popLast() else { return "nothing more is expected here" }
    return "expected " + (names.isEmpty ? last : names.joined(separator: ", ") + " or " + last)
  }

  private func describe(_ expected: Matcher.Expected) -> String {
    switch expected {
    case .word(let row) where grammar.literals[row] == ",": "a comma"
    case .word(let row): "\"\(grammar.literals[row])\""
    case .slot(let kind): kind.description
    case .comma: "a comma"
    case .end: "the end of the line"
    }
  }
}

// MARK: - Characters

extension Parser {
  private mutating func report(_ fault: LexicalFault, from hint: LineHint) {
    // An odd blank may stand before the first token.
    let hint = fault.range.lowerBound < hint.byte ? LineHint() : hint
    switch fault.kind {
    case .tooLong:
      report(.statementTooLong, fault.range, from: hint, "a statement longer than 1 MiB")
    case .unclosed:
      report(.unclosedText, fault.range, from: hint, "this text has no closing quote on its line")
    case .escape:
      report(
        .unknownEscape, fault.range, from: hint,
        #"only \", \\ and \n are known in a quoted text; write \\ for a backslash"#)
    case .control(let byte):
      report(
        .controlCharacter, fault.range, from: hint,
        "a control character (U+00\(hexadecimal(byte, digits: 2).uppercased())) is not allowed")
    case .character(let scalar):
      report(.oddCharacter, fault.range, from: hint, describe(scalar))
    }
  }

  private func describe(_ scalar: Unicode.Scalar) -> String {
    let code = "U+" + hexadecimal(scalar.value, digits: 4).uppercased()
    return switch scalar {
    case "“", "”", "„", "‟", "«", "»", "‘", "’":
      "a typographic quote \(scalar) (\(code)); texts stand between straight quotes: \"…\""
    case "\u{a0}", "\u{202f}": "a no-break space (\(code)); words are separated by plain spaces"
    case "–", "—", "−": "a dash \(scalar) (\(code)); names and dates have a plain hyphen: -"
    case "\\": "a backslash continues a statement only at the very end of a line"
    case ";": "a semicolon separates nothing; each statement has its own line"
    case _ where scalar.properties.isWhitespace: "a blank of another kind (\(code)); use a space"
    case _ where scalar.isInvisible: "an invisible character (\(code)); delete it"
    default: "the character \(scalar) (\(code)) belongs in no statement; a text needs quotes"
    }
  }
}
