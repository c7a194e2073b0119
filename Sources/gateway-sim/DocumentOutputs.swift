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

  private let targets: [(document: Document, output: Output)]
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
  var takeStandardOutput: Bool { targets.contains(where: \.output.isStandardOutput) }

  /// Whether one of them is a file.
  var haveFiles: Bool { !targets.allSatisfy(\.output.isStandardOutput) }

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
    var taken: [String: String] = [:]
    for output in [invocation.output(.trace)].compactMap(\.self) + targets.map(\.output) {
      if let before = taken.updateValue(output.flag.name, forKey: output.place) {
        throw UsageError("\(before) and \(output.flag.name) are one output, \(output.path)")
      }
    }
    try spare(besides: files + [other].compactMap { $0 })
  }

  /// Makes sure that none takes the place of a scenario, nor of a file that one uses.
  func spare(besides scenarios: [String] = []) throws {
    for target in targets { try target.output.spare(console, besides: scenarios) }
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
    let play = needsPlay ? outline(scenario, simulation, verdicts, saysWhy: saysWhy) : nil
    for (document, output) in targets {
      switch document {
      case .page: try writePage(file, scenario, simulation, verdicts, to: output, &reader)
      case .diagrams:
        try play.map(SequenceDiagrams.init).map {
          try output.write(output.path.isMermaid ? $0.mermaid : $0.markdown, console)
        }
      case .handout: try play.map { try output.write(Handout($0).markdown, console) }
      case .runs: try output.write(console) { try RunHistory.write(simulation.trace, to: $0) }
      }
    }
  }
}

// MARK: - Pages

extension DocumentOutputs {
  private func writePage(
    _ file: String, _ scenario: Scenario, _ simulation: Simulation, _ verdicts: [Verdict],
    to output: Output, _ reader: inout Reader
  ) throws {
    var beside: (path: String, scenario: Scenario)?
    if let other {
      guard let found = try self.scenario(other, beside: scenario, file, &reader) else { return }
      beside = (other, found)
    }
    let page = playerPage(file, scenario, simulation, verdicts, against: beside)
    let bytes = try page.bytes(for: output.name)
    try output.write(bytes, console)
    try console.warnOfSize(bytes.count, output.name)
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
