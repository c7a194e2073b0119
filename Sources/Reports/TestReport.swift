import SimulationTrace

/// What `test` found out, for other programs: every file, in the order in which it was judged.
///
/// Nothing in it comes from a clock or a machine, so the same scenarios give the same bytes, and a
/// report that differs from yesterday's says that something else happened.
public struct TestReport: Sendable {
  /// The files.
  public var files: [FileReport] = []
  /// What the program ends with as far as the judging goes; an output that can't be written comes
  /// too late to be told here.
  public var status: Int32 = 0

  /// A report on no file yet.
  public init() {}

  /// Whether something was judged, or at least tried: else the run has proved nothing, and reports
  /// say so instead of showing nothing but green.
  var hasSubstance: Bool { files.contains { $0.status != .demonstration } }
}

/// What became of one scenario file.
public struct FileReport: Sendable {
  /// What became of it, in a word.
  public enum Status: String, Sendable {
    /// All expectations are met.
    case passed
    /// An expectation is not.
    case failed
    /// The file is no scenario.
    case invalid
    /// It expects nothing.
    case demonstration
  }

  /// The path, as diagnostics name it.
  public var file: String
  /// What was simulated; nil where the file is invalid.
  public var simulation: SimulationFacts?
  /// What became of its expectations, in file order.
  public var verdicts: [Verdict] = []
  /// What is wrong with it.
  public var problems: [Problem] = []
  /// How many more problems there are, which are only counted.
  public var omittedProblems = 0

  /// A file that was simulated and judged.
  public init(_ file: String, _ trace: Trace, _ verdicts: [Verdict]) {
    self.file = file
    simulation = SimulationFacts(
      title: trace.title, seed: trace.seed, fingerprint: trace.fingerprint)
    self.verdicts = verdicts
  }

  /// A file that is no scenario.
  public init(_ file: String, problems: [Problem], omitted: Int) {
    self.file = file
    self.problems = problems
    omittedProblems = omitted
  }

  /// What became of it, in a word.
  public var status: Status {
    if simulation == nil { return .invalid }
    if verdicts.isEmpty { return .demonstration }
    return verdicts.allSatisfy(\.isMet) ? .passed : .failed
  }
}

/// By what a simulation is known again.
public struct SimulationFacts: Sendable {
  /// The scenario's title.
  public var title: String
  /// The seed it ran with.
  public var seed: UInt64
  /// Bits that differ where anything that happened differs.
  public var fingerprint: UInt64
}

/// A mistake in a file, with the place.
public struct Problem: Sendable {
  /// The file it is in: the one that was judged, or one that it uses.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The first column, from 1.
  public var column: Int
  /// The column after the last.
  public var endColumn: Int
  /// The stable code.
  public var code: String
  /// What is wrong.
  public var message: String
  /// What was perhaps meant.
  public var suggestion: String?
  /// Further lines with the same mistake.
  public var alsoOnLines: [Int]

  /// A mistake.
  public init(
    file: String, line: Int, column: Int, endColumn: Int, code: String, message: String,
    suggestion: String? = nil, alsoOnLines: [Int] = []
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.endColumn = endColumn
    self.code = code
    self.message = message
    self.suggestion = suggestion
    self.alsoOnLines = alsoOnLines
  }

  /// `file:line:column: error[CODE]: message`, with the suggestion in the same line.
  var text: String {
    "\(printable(file)):\(line):\(column): error[\(code)]: \(fullMessage)"
  }

  /// The message and what was perhaps meant.
  var fullMessage: String {
    let hint = suggestion.map { "; did you mean \"\(printable($0))\"?" } ?? ""
    return printable(message) + hint
  }
}

// MARK: - Formats

/// The forms in which programs get a ``TestReport``.
public enum ReportFormat: String, CaseIterable, Sendable {
  case junit, json, tap
}

extension TestReport {
  /// Writes the report in one of its forms.
  public func write(as format: ReportFormat, to sink: @escaping ByteBuffer.Sink) throws {
    switch format {
    case .junit: try writeJUnit(to: sink)
    case .json: try writeJSON(to: sink)
    case .tap: try writeTAP(to: sink)
    }
  }
}
