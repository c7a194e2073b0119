/// Turns the JSON image of a scenario file into a ``Document``, so that whatever holds for the
/// sentences holds for their image.
///
/// Tokens are stretches of the file as they are in the text form: what a text says without escapes,
/// or with those of scenario files, is taken from where it stands.
struct JSONReader {
  var document: Document
  private(set) var findings = Findings()
  /// The statement that is read, as a tree.
  var nodes: [JSONNode] = []
  /// The words of a text in it.
  var words: [Token] = []
  /// Where it begins.
  private(set) var mark: LineHint
  /// The row in ``Grammar/literals`` of each form's first word.
  let firstWords: [Int]
  private var scanner: JSONScanner
  /// Whether the end was reached while looking for the next statement: brackets that are missing then
  /// are nothing new.
  private var isLost = false
  private let fileStart: LineHint

  /// Whether a file is meant to be JSON: no sentence begins with a brace.
  static func isJSON(_ bytes: [UInt8]) -> Bool {
    let text = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
    return text.first { ![0x20, 0x09, 0x0d, 0x0a].contains($0) } == .ascii("{")
  }

  /// Reads a whole file.
  static func parse(_ source: SourceText) -> JSONReader {
    var reader = JSONReader(source)
    if let diagnostic = Diagnostic(notText: source) {
      reader.findings.add(diagnostic)
    } else {
      reader.readFile()
    }
    return reader
  }

  private init(_ source: SourceText) {
    document = Document(source, isJSON: true)
    scanner = JSONScanner(source.bytes)
    fileStart = LineHint(line: 1, byte: scanner.position, column: 1)
    mark = fileStart
    firstWords = JSONShape.all.map { shape in
      let word = shape.notation.lazy.compactMap { item in
        if case .word(let word) = item { word } else { nil }
      }.first
      return word.flatMap { Grammar.scenarios.literals.firstIndex(of: $0) } ?? 0
    }
  }

  mutating func report(
    _ code: DiagnosticCode, _ range: Range<Int>, _ message: String,
    suggestion: String? = nil
  ) {
    guard findings.hasRoom else { return findings.omit() }
    var diagnostic = Diagnostic(code, in: document.source, at: range, from: mark, message)
    diagnostic.suggestion = suggestion
    findings.add(diagnostic)
  }

  /// The candidate that somebody probably meant; looked for as long as mistakes are described.
  func nearest<Candidates: Sequence<String>>(
    to word: String, among candidates: @autoclosure () -> Candidates
  ) -> String? {
    findings.hasRoom ? ScenarioLanguage.nearest(to: word, among: candidates()) : nil
  }

  private mutating func reportFaults() {
    for fault in scanner.takeFaults() { report(fault) }
  }

  private mutating func report(_ fault: JSONFault) {
    report(fault.code, fault.range, fault.message)
  }
}

// MARK: - The file

extension JSONReader {
  private mutating func readFile() {
    do {
      let keys = try readMembers()
      for key in ["format", "statements"] where !keys.contains(key) {
        mark = fileStart
        report(.missingKey, fileStart.byte..<fileStart.byte, "the file needs the key \"\(key)\"")
      }
      if findings.count == 0, document.statements.isEmpty {
        report(.emptyFile, 0..<0, "the file says nothing: no statement is in it")
      }
    } catch {
      reportFaults()
      if !isLost { report(error) }
    }
    reportFaults()
  }

  /// Reads the file's object, and says which keys it has.
  private mutating func readMembers() throws(JSONFault) -> [String] {
    var keys: [String] = []
    guard scanner.takes(.ascii("{")) else { return keys }
    var isFirst = true
    while !scanner.takes(.ascii("}")) {
      if !isFirst, try scanner.separator(before: .ascii("}")) { break }
      isFirst = false
      nodes.removeAll(keepingCapacity: true)
      try scanner.key(into: &nodes)
      let key = text(of: nodes[0])
      if keys.contains(key) { reportRepeated(nodes[0], key) }
      if keys.count < 100 { keys.append(key) }
      try readMember(key)
    }
    scanner.skipBlanks()
    guard scanner.isAtEnd else { throw scanner.unexpected("expected the end of the file") }
    return keys
  }

  private mutating func readMember(_ key: String) throws(JSONFault) {
    scanner.skipBlanks()
    if key == "statements", scanner.byte == .ascii("[") { return try readStatements() }
    scanner.limit = scanner.position + JSONScanner.longest
    try scanner.value(into: &nodes)
    reportFaults()
    let (name, value) = (nodes[0], nodes[1])
    switch key {
    case "format":
      if value.kind != .number || !document.source.bytes[value.range].elementsEqual("1".utf8) {
        report(.unknownFormat, value.range, "expected 1, the one format there is")
      }
    case "statements": report(.wrongKind, value.range, "expected an array of statements")
    case "$schema": break  // What editors look for.
    default:
      report(
        .unknownKey, name.range, "a file has the keys \"format\" and \"statements\" alone",
        suggestion: nearest(to: key, among: ["format", "statements"]))
    }
  }

  mutating func reportRepeated(_ key: JSONNode, _ name: String) {
    report(.repeatedMember, key.range, "the key \"\(name)\" stands in this object already")
  }
}

// MARK: - Statements

extension JSONReader {
  private mutating func readStatements() throws(JSONFault) {
    _ = scanner.takes(.ascii("["))
    var needsComma = false
    while !scanner.takes(.ascii("]")) {
      if needsComma, try separatesNoMore() { break }
      reportFaults()
      scanner.skipBlanks()
      guard !scanner.isAtEnd else { throw scanner.unexpected("expected a statement or \"]\"") }
      needsComma = readStatement()
    }
    reportFaults()
  }

  /// Steps over the comma between two statements, or whatever stands in its place. Whether the end
  /// follows.
  private mutating func separatesNoMore() throws(JSONFault) -> Bool {
    do {
      return try scanner.separator(before: .ascii("]"))
    } catch {
      guard !scanner.isAtEnd else { throw error }
      report(error)
      if scanner.byte != .ascii("{") { recover(from: scanner.position, line: scanner.line) }
      return false
    }
  }

  /// Goes on with the next statement.
  private mutating func recover(from start: Int, line: Int) {
    scanner.recover(from: start, line: line)
    _ = scanner.takes(.ascii(","))
    isLost = scanner.isAtEnd
  }

  /// Reads one statement. Whether a comma has to follow it: nobody knows after a fault.
  private mutating func readStatement() -> Bool {
    markStatement()
    let (start, line) = (scanner.position, scanner.line)
    scanner.limit = start + JSONScanner.longest
    nodes.removeAll(keepingCapacity: true)
    do {
      try scanner.value(into: &nodes)
      try scanner.checkLength()
      reportFaults()
      interpret()
      return true
    } catch {
      reportFaults()
      report(error)
      append(nil, captures: document.captures.count)
      recover(from: start, line: line)
      return false
    }
  }

  /// Notes where a statement begins. All may stand on one line, so columns are counted from the
  /// statement before.
  private mutating func markStatement() {
    let start = scanner.position
    var (from, column) = (mark.byte, mark.column)
    if mark.line != scanner.line {
      let lineBreak = document.source.bytes[mark.byte..<start].lastIndex(of: 0x0a)
      (from, column) = (lineBreak.map { $0 + 1 } ?? from, 1)
    }
    let before = document.source.bytes[from..<start]
    let isPlain = before.allSatisfy { $0 < 0x80 }
    column += isPlain ? before.count : String(decoding: before, as: UTF8.self).count
    mark = LineHint(line: scanner.line, byte: start, column: column)
  }
}
