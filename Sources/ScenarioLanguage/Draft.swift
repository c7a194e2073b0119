import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// A scenario file to which sentences are added while somebody steps through it.
public struct Draft: Sendable {
  /// A sentence that was added.
  public struct Addition: Sendable {
    /// Its line.
    public var line: Int
    /// The variant that it belongs to.
    public var variant: String?
    /// When it happens; nil for what is expected or declared.
    public var time: Instant?
    /// Whether it says what is expected.
    public var isExpectation: Bool
  }

  /// The file's text with all that was added.
  public private(set) var bytes: [UInt8]
  /// The lines that were added, in the order in which they were.
  public private(set) var addedLines: [Int] = []

  /// Begins with a file in either form that was read without a mistake.
  public init(_ bytes: [UInt8], path: String) {
    self.bytes = (try? converted(bytes, path: path, to: .scenario).get()) ?? bytes
  }

  /// The sentence that was added last.
  public var lastAdded: String? { addedLines.last.flatMap { sentence(onLine: $0) } }

  /// Whether the file says when it ends.
  public var saysEnd: Bool { document.contains(.until) }

  /// The sentence that begins on a line, in one line.
  public func sentence(onLine line: Int) -> String? {
    let document = document
    return document.statements.firstIndex { $0.line == line }.map { document.source(of: $0) }
  }

  private var document: Document {
    Parser.parse(SourceText(path: "", bytes: bytes), forLayout: true).document
  }

  /// The draft with one more sentence, where it belongs: something that happens comes after all that
  /// happens until then, an expectation after all that happens until the time it speaks of, a
  /// declaration before the timeline. Whether its names and times are right is not asked.
  ///
  /// - Parameters:
  ///   - text: the sentence; where it lacks a time, it is about the present.
  ///   - now: the present.
  ///   - recent: when the sentence before happens, for an outcome that is expected of it.
  ///   - scenario: what the draft means so far.
  public func adding(
    _ text: String, at now: Instant, recent: Instant? = nil, in scenario: Scenario
  ) -> Result<(draft: Draft, addition: Addition), SyntaxProblems> {
    TypedSentence.read(text, at: scenario.clockText(now)).map { typed in
      let time = typed.time(from: scenario)
      let moment =
        typed.isOutcome ? recent ?? now : max(now, typed.latestTime(from: scenario) ?? now)
      let place =
        typed.section == .header || typed.section == .world
        ? endOfWorld : end(ofStatementsUntil: time ?? moment, scenario)
      var draft = self
      let line = draft.insert(typed.text, at: place)
      let addition = Addition(
        line: line, variant: typed.variant, time: time,
        isExpectation: typed.section == .expectation)
      return (draft, addition)
    }
  }

  private mutating func insert(_ text: String, at place: Int) -> Int {
    let line = bytes[..<place].count { $0 == 0x0a } + (place == 0 ? 1 : 2)
    bytes.insert(contentsOf: Array((place == 0 ? text + "\n" : "\n" + text).utf8), at: place)
    addedLines = addedLines.map { $0 < line ? $0 : $0 + 1 } + [line]
    return line
  }

  // MARK: Places

  private func end(ofStatementsUntil time: Instant, _ scenario: Scenario) -> Int {
    let document = document
    let later = document.firstStatement { row, section in
      section == .timeline && document.time(of: row, from: scenario).map { $0 > time } ?? false
    }
    return document.end(before: document.opening(above: later, after: time, scenario))
  }

  private var endOfWorld: Int {
    let document = document
    return document.end(before: document.firstStatement { $1 == .timeline || $1 == .expectation })
  }
}

extension Scenario {
  /// An instant as the scenario would write it.
  fileprivate func clockText(_ instant: Instant) -> String {
    var trace = Trace()
    trace.start = start
    return trace.timeText(instant)
  }
}

extension Document {
  fileprivate func contains(_ sentence: Sentence) -> Bool {
    statements.indices.contains { meaning(of: $0)?.sentence == sentence }
  }

  /// The first statement that fits; one behind the last where none does.
  fileprivate func firstStatement(_ fits: (Int, Section) -> Bool) -> Int {
    statements.indices.first { row in
      meaning(of: row).map { fits(row, $0.section) } ?? false
    } ?? statements.count
  }

  /// The first of the chapters right above a statement that open with it, or later than `time`:
  /// what happens before them stands above them. The statement where there is none.
  fileprivate func opening(above row: Int, after time: Instant, _ scenario: Scenario) -> Int {
    var place = row
    for above in statements.indices[..<row].reversed() {
      guard let (sentence, section) = meaning(of: above) else { continue }
      guard section == .script || section == .expectation else { break }
      guard sentence == .chapter else { continue }
      if let opens = self.time(of: above, from: scenario), opens <= time { break }
      place = above
    }
    return place
  }

  /// The end of the line on which the statement before `row` ends.
  fileprivate func end(before row: Int) -> Int {
    row > 0 ? lineEnd(of: row - 1) : 0
  }

  /// The times that a statement names.
  fileprivate func times(of row: Int, from scenario: Scenario) -> [Instant] {
    captures[captures(of: row)].filter { [.time, .from, .to].contains($0.field) }
      .compactMap { capture in
        let civil = try? TimeReader.time(words(of: capture)).resolved(from: scenario.start)
        return civil.map { Instant($0.milliseconds - scenario.start.milliseconds) }
      }
  }

  fileprivate func time(of row: Int, from scenario: Scenario) -> Instant? {
    times(of: row, from: scenario).first
  }
}

/// One sentence that somebody typed.
private struct TypedSentence {
  private let document: Document
  let section: Section
  /// Whether it speaks of the statement above.
  let isOutcome: Bool
  /// The sentence without comment and without what would join it to another line.
  let text: String

  /// Reads a sentence. What begins like none but those with a time gets the present; an expectation
  /// that makes no sense without a time gets it as well.
  static func read(_ text: String, at now: String) -> Result<TypedSentence, SyntaxProblems> {
    let first = text.split { $0 == " " || $0 == "\t" }.first.map(String.init) ?? ""
    let spelling = firstWords.contains(first) ? text : "at \(now) \(text)"
    let parser = parse(spelling)
    if let sentence = TypedSentence(parser) { return .success(sentence) }
    if first == "expect", let sentence = TypedSentence(parse("\(text) at \(now)")) {
      return .success(sentence)
    }
    var findings = parser.findings
    if findings.count == 0 {
      findings.add(Diagnostic(.incomplete, file: "typed", "one sentence is expected"))
    }
    return .failure(SyntaxProblems(findings))
  }

  private static func parse(_ text: String) -> Parser {
    Parser.parse(SourceText(path: "typed", bytes: Array(text.utf8)))
  }

  private init?(_ parser: Parser) {
    guard parser.findings.count == 0, parser.document.statements.count == 1,
      let (sentence, section) = parser.document.meaning(of: 0)
    else { return nil }
    document = parser.document
    self.section = section
    isOutcome = sentence.speaksOfStatementAbove
    text = document.source(of: 0)
  }

  func time(from scenario: Scenario) -> Instant? {
    section == .timeline ? document.time(of: 0, from: scenario) : nil
  }

  /// The variant that it begins with.
  var variant: String? { document.variant(of: 0) }

  func latestTime(from scenario: Scenario) -> Instant? {
    document.times(of: 0, from: scenario).max()
  }

  /// The words with which sentences begin.
  private static let firstWords = Set(
    FormTable.all.flatMap { form -> [String] in
      switch form.items.first {
      case .word(let word): [word]
      case .choice(_, let options): options.compactMap(\.first)
      default: []
      }
    } + ["in"])
}
