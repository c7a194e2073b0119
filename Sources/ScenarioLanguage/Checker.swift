import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Gives a file's statements their meaning: names become rows, times become instants.
///
/// One pass in file order. Whatever is wrong is reported and stepped over; a name that a wrong
/// statement introduces counts as known, so that one mistake stays one diagnostic.
struct Checker {
  /// A file that takes part.
  struct File {
    var document: Document
    var findings: Findings
    /// How many files use it, one through the other: 0 for the file that was asked for. Of two that
    /// set the same, the one with less counts.
    var depth = 0
    /// Where each thing that can be said once was said.
    var said: [Saying: UInt32] = [:]
    /// The line of the first `at`.
    var firstAt: UInt32?
  }

  /// What can be said once in a file.
  enum Saying: Hashable {
    case sentence(Sentence)
    case isolation(tenant: Int)
    case dataAccess(connection: Int)
    case licence(tenant: Int)
  }

  /// A name that nothing of its kind has.
  struct UnknownName: Hashable {
    var file: Int
    var name: Int
  }

  /// What an outcome expectation speaks of.
  enum Subject {
    case nothing
    /// A statement that was complained about: so much for what is expected of it.
    case wrong
    /// Something that happens.
    case statement(StatementPlace)
  }

  let read: (String) -> Result<[UInt8], ReadProblem>
  /// The ids that `covers` may name; nil where they are not checked.
  let behaviours: [String]?
  /// Where declared apps and flows live; filled in where something is shared.
  var declaredHomes = DeclaredHomes()
  var scenario = Scenario()
  var names = Names()
  var files: [File] = []

  /// The file and the statement that are looked at.
  var file = 0
  var row = 0
  /// The line in the file that was asked for which stands for everything in used files.
  var useLine: UInt32?
  /// The files that are open, the first one outermost; and all that were ever opened.
  var path: [String] = []
  var taken: Set<String> = []

  /// The depth at which each setting was set: the file nearest to the user wins.
  var settingDepth: [Sentence: Int] = [:]
  /// Tenants by domain and id, in lower case.
  var tenantKeys: [String: Int] = [:]
  /// Tenants by the numbers of names that are domains and ids as somebody spelt them.
  var tenantSpellings: [Int: Int] = [:]
  /// Tenants that are known by an id in a rule only.
  var implicitTenants: Set<Int> = []
  var operations: [String: Int] = [:]
  /// Whether a used file could not be read, so that nobody knows what it declares.
  var isWorldIncomplete = false
  /// Whether something that happens is wrong, so that nobody knows what is there after it.
  var isTimelineIncomplete = false
  /// Which of its file's findings is about an unknown name.
  var unknownNames: [UnknownName: Int] = [:]

  /// Whether start or end are wrong, so that nothing can be measured against them.
  var isClockWrong = false
  /// The end where the file names one, and the latest time it names.
  var until: Instant?
  var latest = Instant.start
  var previousAt: (time: Instant, line: UInt32)?
  var subject = Subject.nothing
  /// What a trainer tells and asks, and the rows of questions and chapters in the file.
  var script = ScriptReader()
  var questionRows: [Int] = []
  var chapterRows: [Int] = []
  var variants: [VariantDraft] = []
  /// The variant of the statement that is looked at, and that of the `at` line above.
  var variant: Int?
  var variantAbove: Int?
  /// What some variants alone create.
  var scopes: [ScopedName: Set<Int>] = [:]
  /// Rules beyond the limit of the narrowest edition, judged once the edition is known.
  var ruleOverflows: [(count: Int, tenant: Int, file: Int, row: Int)] = []
  /// Statements that create under a name in use before, and where that was.
  var repeats: [(statement: StatementPlace, kind: NameKind, file: Int, row: Int, origin: Origin)] =
    []

  /// How many bytes further files may have. Everything that has a row takes a byte at least, so rows
  /// never outgrow the 32 bits that count them.
  var bytesLeft = 1 << 31
  /// The runs that are made one by one.
  var runs = StartedRuns()
  /// The statements that make recurring flows with work.
  var workers: [(time: Instant, period: Milliseconds, variant: Int?, row: Int)] = []

  /// All mistakes so far.
  var problems: Int { files.reduce(0) { $0 + $1.findings.count } }

  var document: Document { files[file].document }
  var isRoot: Bool { file == 0 }
  var line: UInt32 { files[file].document.statements[row].line }
  var origin: Origin { Origin(file: Int32(truncatingIfNeeded: file), line: line) }
  /// The line that the simulation names for the statement.
  var scenarioLine: Int { Int(useLine ?? line) }

  init(
    behaviours: [String]? = nil, read: @escaping (String) -> Result<[UInt8], ReadProblem>
  ) {
    self.behaviours = behaviours
    self.read = read
    for connector in ConnectorCatalogue.builtIn { add(connector, line: 0) }
  }

  /// Checks the statements of the file in row `index`.
  mutating func check(_ index: Int) {
    let outer = (file, row)
    file = index
    if isRoot {
      readClock()
      reserve()
    }
    for statement in files[file].document.statements.indices {
      row = statement
      checkStatement()
    }
    (file, row) = outer
  }

  private mutating func checkStatement() {
    guard let (sentence, section) = files[file].document.meaning(of: row) else {
      return skipWrongStatement()
    }
    switch section {
    case .header:
      checkPlace()
      header(sentence)
    case .world:
      checkPlace()
      world(sentence)
    case .timeline:
      noteFirstAt()
      if isRoot { timeline(sentence) }
    case .expectation:
      if isRoot { expectation(sentence) }
    case .script:
      if isRoot { script(sentence) }
    }
  }

  /// Makes room for all rows at once: growing tables double, and a large file would need twice the
  /// memory.
  private mutating func reserve() {
    let meanings = Grammar.scenarios.meanings
    var counts = Array(repeating: 0, count: meanings.count)
    for statement in document.statements {
      if let form = statement.form { counts[Int(form)] += 1 }
    }
    func count(_ isCounted: (Sentence, Section) -> Bool) -> Int {
      zip(meanings, counts).reduce(0) {
        isCounted($1.0.sentence, $1.0.section) ? $0 + $1.1 : $0
      }
    }
    let connections = count { sentence, _ in sentence == .connection }
    let flows = count { sentence, _ in
      [.recurringFlow, .signalledFlow, .manualFlow].contains(sentence)
    }
    names.reserveCapacity(count { _, section in section == .world })
    scenario.cast.connections.reserveCapacity(connections)
    scenario.cast.flows.reserveCapacity(flows)
    scenario.declarations.reserveCapacity(connections + flows)
    scenario.uses.reserveCapacity(flows)
    scenario.timeline.reserveCapacity(count { _, section in section == .timeline })
    scenario.expectations.reserveCapacity(count { _, section in section == .expectation })
  }

  private mutating func noteFirstAt() {
    if files[file].firstAt == nil { files[file].firstAt = line }
  }

  private mutating func checkPlace() {
    guard let firstAt = files[file].firstAt else { return }
    report(
      .tooLate, opening, "this belongs before the first \"at\" line (line \(firstAt))",
      related: Origin(file: Int32(truncatingIfNeeded: file), line: firstAt))
  }

  /// A statement without a form: the names it may have meant to introduce are not complained about.
  private mutating func skipWrongStatement() {
    let rows = document.tokens(of: row)
    guard let first = rows.first else { return }
    let word = Grammar.scenarios.literals[document.tokens[first].literal]
    if word != "expect" { subject = .wrong }
    if word == "at" || word == "in" {
      noteFirstAt()
      isTimelineIncomplete = true
    }
    if word == "at", isRoot {
      variant = nil
      _ = statementTime()
    }
    for token in rows where document.tokens[token].kind == .word {
      names.poison(document.text(document.tokens[token].range))
    }
  }

  // MARK: Reporting

  /// Where the first word of the statement stands.
  var opening: Range<Int> { document.opening(of: row) }

  /// Reports a mistake in a place of the statement that is looked at.
  mutating func report(
    _ code: DiagnosticCode, _ capture: Document.Capture, _ message: String,
    suggestion: String? = nil, related: Origin? = nil
  ) {
    report(code, capture.range, message, suggestion: suggestion, related: related)
  }

  /// Reports a mistake in the statement that is looked at.
  mutating func report(
    _ code: DiagnosticCode, _ range: Range<Int>, _ message: String,
    suggestion: String? = nil, related: Origin? = nil
  ) {
    guard files[file].findings.hasRoom else { return files[file].findings.omit() }
    var diagnostic = Diagnostic(
      code, in: document.source, at: document.origin(of: range), from: document.hint(of: row),
      message)
    diagnostic.suggestion = suggestion
    if let related, related.file >= 0, related.line > 0 {
      diagnostic.related = Diagnostic.Related(
        file: files[Int(related.file)].document.source.path, line: Int(related.line))
    }
    files[file].findings.add(diagnostic)
  }

  /// The candidate that somebody probably meant; looked for as long as mistakes are described.
  func nearest<Candidates: Sequence<String>>(
    to word: String, among candidates: @autoclosure () -> Candidates
  ) -> String? {
    files[file].findings.hasRoom ? ScenarioLanguage.nearest(to: word, among: candidates()) : nil
  }

  mutating func report(_ fault: TimeFault, _ capture: Document.Capture) {
    report(fault.code, capture, fault.message)
  }
}
