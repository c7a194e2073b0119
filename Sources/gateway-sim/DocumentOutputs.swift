import Analysis
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

/// The documents that `run` writes besides its story: a page to play, diagrams, a table of runs, a
/// handout.
struct DocumentOutputs {
  /// What is written of a scenario.
  private enum Document: CaseIterable {
    case page, diagrams, runs, handout

    var flag: Flag {
      switch self {
      case .page: .html
      case .diagrams: .mermaid
      case .runs: .runsCSV
      case .handout: .handout
      }
    }
  }

  private let targets: [(document: Document, path: String)]
  private let other: String?
  private let console: Console

  init(_ invocation: Invocation, _ console: Console) throws {
    targets = Document.allCases.compactMap { document in
      invocation.output(document.flag).map { (document, $0) }
    }
    other = invocation.value(of: .against)
    self.console = console
    try check(invocation)
  }

  /// Whether one of them is all that standard output may hold.
  var takeStandardOutput: Bool { targets.contains { $0.path == "-" } }

  /// Makes sure that each has a place of its own and none takes that of a scenario.
  private func check(_ invocation: Invocation) throws {
    if other != nil, !invocation.has(.html) {
      throw UsageError("--against is played on a page: it needs --html")
    }
    guard let first = targets.first else { return }
    let files = invocation.operands
    guard files.count == 1 else {
      throw UsageError("\(first.document.flag.name) is about one scenario, not \(files.count)")
    }
    if files[0] == "-", other == "-" {
      throw UsageError("standard input holds one scenario only")
    }
    let trace = invocation.output(.trace).map { [(Flag.trace.name, $0)] } ?? []
    var taken: [String: String] = [:]
    for (name, path) in trace + targets.map({ ($0.document.flag.name, $0.path) }) {
      let place = path == "-" ? path : canonicalPath(path)
      if let before = taken.updateValue(name, forKey: place) {
        throw UsageError("\(before) and \(name) are one output, \(path)")
      }
    }
    try spare(besides: files + [other].compactMap { $0 })
  }

  /// Makes sure that none takes the place of a scenario, nor of a file that one uses.
  func spare(besides scenarios: [String] = []) throws {
    for target in targets {
      try console.spare(target.document.flag, target.path, besides: scenarios)
    }
  }

  /// Refuses what would never end or be of use, before any work on it.
  func check(_ trace: Trace) throws {
    let remedy = "end it earlier with --until, or let fewer flows play"
    for (document, _) in targets {
      switch document {
      case .page:
        do { try PlayerFile.check(trace) } catch {
          throw UsageError(
            "\(document.flag.name): it would take \(megabytes(error.bytes)) or more and browsers "
              + "play at most \(megabytes(PlayerFile.limit)): \(remedy)")
        }
      case .runs:
        do { try TraceWriter.check(trace, runs: .each) } catch {
          throw UsageError(
            "too many runs for a table of each (\(error.records) records; the limit is "
              + "\(TraceWriter.limit)): \(remedy)")
        }
      case .diagrams, .handout: break
      }
    }
  }

  func write(
    _ file: String, _ scenario: Scenario, _ simulation: Simulation, _ verdicts: [Verdict],
    _ reader: inout Reader
  ) throws {
    let saysWhy = targets.contains { $0.document == .handout }
    let needsPlay = saysWhy || targets.contains { $0.document == .diagrams }
    let play =
      needsPlay
      ? PageMaker().outline(scenario, simulation, verdicts, saysWhy: saysWhy) : nil
    for (document, path) in targets {
      switch document {
      case .page: try writePage(file, scenario, simulation, verdicts, to: path, &reader)
      case .diagrams:
        try play.map {
          try write(
            path.isMermaid ? SequenceDiagrams($0).mermaid : SequenceDiagrams($0).markdown, to: path)
        }
      case .handout: try play.map { try write(Handout($0).markdown, to: path) }
      case .runs: try write(to: path) { try RunHistory.write(simulation.trace, to: $0) }
      }
    }
  }

  private func write(_ text: String, to path: String) throws {
    try write(to: path) { try $0(Array(text.utf8)) }
  }

  private func write(to path: String, _ body: (@escaping ByteBuffer.Sink) throws -> Void) throws {
    let output = console.output
    guard path != "-" else { return try body { try output.write($0) } }
    let file = try WholeFile(path)
    try body { try file.write($0) }
    try file.finish()
  }
}

// MARK: - Pages

extension DocumentOutputs {
  private func writePage(
    _ file: String, _ scenario: Scenario, _ simulation: Simulation, _ verdicts: [Verdict],
    to path: String, _ reader: inout Reader
  ) throws {
    var beside: (path: String, scenario: Scenario)?
    if let other {
      guard let found = try self.scenario(other, beside: scenario, file, &reader) else { return }
      beside = (other, found)
    }
    let page = PageMaker().page(file, scenario, simulation, verdicts, against: beside)
    let name = path == "-" ? "standard output" : path
    let bytes = try page.bytes(for: name)
    try write(to: path) { try $0(bytes) }
    try console.warnOfSize(bytes.count, name)
  }

  /// The other scenario, up to the same end; nil where it has problems, which are reported.
  private func scenario(
    _ path: String, beside scenario: Scenario, _ file: String, _ reader: inout Reader
  ) throws -> Scenario? {
    guard var other = try reader.accept(reader.load(path), path) else { return nil }
    try spare()
    guard other.start == scenario.start else {
      throw UsageError("\(file) and \(path) do not start at the same time")
    }
    _ = other.end(at: scenario.until)
    return other
  }
}

extension String {
  /// Whether a file of this name holds a diagram and no Markdown around it.
  fileprivate var isMermaid: Bool { hasSuffix(".mmd") || hasSuffix(".mermaid") }
}

extension Invocation {
  /// Where an output goes; `-` for standard output.
  func output(_ flag: Flag) -> String? {
    // Renaming would give the name to another file than the one that standard output leads to.
    value(of: flag).map { $0 == "/dev/stdout" ? "-" : $0 }
  }
}
