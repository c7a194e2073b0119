import Analysis
import DiscreteEvents
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

/// A scenario that somebody steps through and adds to: the text so far, what it means, and the
/// present, at which everything of that instant has happened.
struct StepSession {
  /// What came of a sentence.
  enum Effect {
    case invalid([Diagnostic])
    case judged(Verdict)
    /// It happened at the present, as this line.
    case happened(line: Int)
    /// It is about another time than the present.
    case noted(String)
  }

  /// The present.
  var now = Instant.start { didSet { recent = nil } }
  /// When the sentence happens that was typed last; nil after going on.
  private var recent: Instant?
  private(set) var scenario: Scenario
  private(set) var simulation: Simulation

  private let path: String
  private let seed: UInt64?
  private let files: FileMemory
  private var draft: Draft
  /// The drafts before each sentence that was added.
  private var earlier: [Draft] = []
  /// The files that were saved.
  private var saved: Set<String> = []
  /// How far somebody has gone beyond the end that a file without one has.
  private var reach = Instant.start

  init(
    _ path: String, _ bytes: [UInt8], _ scenario: Scenario, seed: UInt64?,
    read: @escaping (String) -> Result<[UInt8], ReadProblem>
  ) {
    self.path = path
    self.seed = seed
    self.scenario = scenario
    files = FileMemory(read)
    draft = Draft(bytes, path: path)
    simulation = simulate(scenario, seed: seed)
  }

  // MARK: Time

  /// The next instant at which something happens.
  var next: Instant? { simulation.trace.nextTime(after: now) }

  /// The next instant at which something happens, or the script tells or asks something.
  var nextTold: Instant? {
    let trace = simulation.trace
    let told = trace.script.times.filter { $0 > now && $0 <= trace.until }
    return (told + [next].compactMap(\.self)).min()
  }

  /// When the latest question of the script that is still open is answered.
  var answer: Instant? {
    simulation.trace.script.questions.last { $0.time <= now && $0.until > now }?.until
  }

  /// The instant before the present at which something happened, or the start.
  var before: Instant {
    get throws {
      guard now > .start else { throw UsageError("this is the start: nothing was before") }
      return simulation.trace.previousTime(before: now) ?? .start
    }
  }

  var clock: String { simulation.trace.timeText(now) }
  var endClock: String { simulation.trace.timeText(scenario.until) }

  /// The time that a text means; within the scenario, if it says when it ends.
  func time(_ text: String) throws -> Instant {
    let time = try scenario.instant(typed: text)
    guard time <= scenario.until || !draft.saysEnd else {
      throw UsageError("\(text) is after the end, \(endClock)")
    }
    return time
  }

  mutating func go(to time: Instant) {
    now = time
    guard time >= scenario.until, !draft.saysEnd else { return }
    // As if the file named that time.
    reach = min(time + 3_600_000, .start + Scenario.longest)
    scenario.until = reach
    simulation = simulate(scenario, seed: seed)
  }

  // MARK: Sentences

  /// Adds a sentence where it belongs; what is wrong with it changes nothing.
  mutating func add(_ text: String) throws(UsageError) -> Effect {
    switch draft.adding(text, at: now, recent: recent, in: scenario) {
    case .failure(let problems):
      if let error = misspeltOrder(text) { throw error }
      return .invalid(problems.diagnostics)
    case .success(let (draft, addition)):
      if let time = addition.time, time < now, addition.variant == nil {
        throw UsageError(
          "\(simulation.trace.timeText(time)) is before now, \(clock): go there first, "
            + "with to \(simulation.trace.timeText(time))")
      }
      return take(draft, addition)
    }
  }

  /// A line that is no sentence may be an order whose word is misspelt.
  private func misspeltOrder(_ text: String) -> UsageError? {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = words.first else { return nil }
    let names = scenario.cast.users.map(\.name) + scenario.cast.connections.map(\.name)
    let order = nearest(to: first, among: StepOrder.words)
    guard !names.contains(first), nearest(to: first, among: names) == nil,
      order != nil || words.count == 1, !["at", "expect"].contains(first)
    else { return nil }
    return UsageError(
      "there is no order \"\(first.shortened)\"; help lists them", suggestion: order)
  }

  private mutating func take(_ draft: Draft, _ addition: Draft.Addition) -> Effect {
    let loaded = load(draft)
    guard let scenario = loaded.scenario else {
      return .invalid(loaded.diagnostics.map { $0.typed(on: addition.line, of: path) })
    }
    earlier.append(self.draft)
    accept(draft, scenario)
    recent = addition.time ?? recent
    if let variant = addition.variant, !addition.isExpectation {
      return .noted(
        "added to the variant \(variant), which is not played here: save it, and run it with "
          + "--variant \(variant)")
    }
    if addition.isExpectation, let verdict = verdict(on: addition.line) { return .judged(verdict) }
    guard let time = addition.time else {
      return .noted("added; what has happened may be another now: events tells it")
    }
    return time == now
      ? .happened(line: addition.line)
      : .noted("added; it happens at \(simulation.trace.timeText(time))")
  }

  private func load(_ draft: Draft) -> Loaded {
    ScenarioLanguage.load(path, behaviours: Catalogue.ids) { [path, files] in
      $0 == path ? .success(draft.bytes) : files.read($0)
    }
  }

  private mutating func accept(_ draft: Draft, _ scenario: Scenario) {
    self.draft = draft
    self.scenario = scenario
    if !draft.saysEnd { self.scenario.until = max(scenario.until, reach) }
    simulation = simulate(self.scenario, seed: seed)
  }

  /// Takes the last sentence back, and gives it.
  mutating func undo() throws(UsageError) -> String {
    guard let previous = earlier.popLast(), let sentence = draft.lastAdded else {
      throw UsageError("nothing was typed that could be taken back")
    }
    if let scenario = load(previous).scenario { accept(previous, scenario) }
    now = draft.saysEnd ? min(now, scenario.until) : now
    return sentence
  }

  // MARK: Verdicts

  private func verdict(on line: Int) -> Verdict? {
    guard let (expectation, scenario) = scenario.expectation(onLine: line) else { return nil }
    var only = scenario
    only.expectations = [expectation]
    only.variants = []
    return judgeFully(only, simulate(only, seed: seed)).first
  }

  /// What becomes of the expectations that were typed, by everything that was typed.
  var typedVerdicts: [Verdict] {
    draft.addedLines.sorted().compactMap { verdict(on: $0) }
  }

  // MARK: Text

  /// The sentence that begins on a line.
  func sentence(onLine line: Int) -> String { draft.sentence(onLine: line) ?? "line \(line)" }

  /// The text so far with line numbers; what was typed is marked.
  var listing: String {
    let lines = String(decoding: draft.bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let added = Set(draft.addedLines)
    let width = "\(lines.count)".count
    let numbered = lines.enumerated().map { row, line in
      let number = "\(row + 1)"
      let mark = added.contains(row + 1) ? "+" : " "
      return String(repeating: " ", count: width - number.count)
        + "\(number) \(mark) \(printable(String(line).replacing("\t", with: " ")))"
    }
    return (lines.last == "" ? numbered.dropLast() : numbered[...]).joined(separator: "\n") + "\n"
  }

  /// Writes the text so far in canonical layout. Only insisting replaces a file that this session
  /// has not saved.
  mutating func save(_ target: String, insists: Bool) throws {
    guard insists || !isRegularFile(target) || saved.contains(canonicalPath(target)) else {
      throw UsageError(
        "\(target.shortened) is there already: save! \(target.shortened) replaces it")
    }
    guard case .success(let bytes) = formatted(draft.bytes, path: path) else {
      throw UsageError("what was typed can't be laid out")
    }
    let check = ScenarioLanguage.load(target) { [path, files] in
      $0 == target ? .success(bytes) : $0 == path ? .success(bytes) : files.read($0)
    }
    guard check.scenario != nil else {
      throw UsageError(
        "\(target.shortened) would not find the files that \(path) uses: save it beside \(path)")
    }
    try WholeFile.write(bytes, to: target)
    saved.insert(canonicalPath(target))
  }
}

/// Files as they were when they were first read: they don't change under a session.
private final class FileMemory {
  private let source: (String) -> Result<[UInt8], ReadProblem>
  private var known: [String: Result<[UInt8], ReadProblem>] = [:]

  init(_ source: @escaping (String) -> Result<[UInt8], ReadProblem>) { self.source = source }

  func read(_ path: String) -> Result<[UInt8], ReadProblem> {
    if let bytes = known[path] { return bytes }
    let bytes = source(path)
    known[path] = bytes
    return bytes
  }
}

extension Diagnostic {
  /// A mistake in the line that was just typed is shown as such.
  fileprivate func typed(on line: Int, of path: String) -> Diagnostic {
    guard file == path, self.line == line else { return self }
    var diagnostic = self
    diagnostic.file = "typed"
    diagnostic.line = 1
    return diagnostic
  }
}
