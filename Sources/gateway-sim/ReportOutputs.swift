import Reports
import ScenarioLanguage

/// The reports that `--report FORMAT=FILE` asks for, and where they go.
struct ReportOutputs {
  fileprivate struct Target {
    let format: ReportFormat
    let output: Output
  }

  private let targets: [Target]

  init(_ invocation: Invocation) throws {
    targets = try invocation.values(of: .report).map(Target.init)
    var taken: Set<String> = []
    for target in targets where !taken.insert(target.output.place).inserted {
      throw UsageError("--report: \(target.output.name) is given twice")
    }
  }

  var isEmpty: Bool { targets.isEmpty }

  /// Whether one of them is all that standard output may hold.
  var takeStandardOutput: Bool { targets.contains(where: \.output.isStandardOutput) }

  /// Makes sure that no report takes the place of what it reports on.
  func spare(_ files: [String] = [], _ console: Console) throws {
    for target in targets { try target.output.spare(console, besides: files) }
  }

  /// Writes them all: where one can't be written, that is reported, and the others come all the
  /// same.
  func write(_ report: TestReport, _ console: Console) {
    for target in targets {
      do {
        try target.output.write(console) { try report.write(as: target.format, to: $0) }
      } catch { console.report(error) }
    }
  }
}

extension ReportOutputs.Target {
  init(_ argument: String) throws {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let word = String(parts[0])
    guard parts.count > 1, !parts[1].isEmpty else { throw Self.missingPart(argument, word) }
    let file = String(parts[1])
    guard let format = ReportFormat(rawValue: word) else {
      let near = nearest(to: word, among: ReportFormat.allCases.map(\.rawValue))
      throw UsageError(
        "--report: there is no format \"\(word)\", only \(ReportFormat.names)",
        suggestion: near.map { "\($0)=\(file)" })
    }
    self.format = format
    output = Output(.report, file)
  }

  /// What is said where only a format or only a file is given.
  private static func missingPart(_ argument: String, _ word: String) -> UsageError {
    let formats = ReportFormat.allCases.map(\.rawValue)
    let suggestion =
      if let format = nearest(to: word, among: formats) {
        "\(format)=FILE"
      } else {
        "\(argument.hasSuffix(".json") ? "json" : argument.hasSuffix(".tap") ? "tap" : "junit")"
          + "=\(argument)"
      }
    return UsageError(
      "--report takes FORMAT=FILE, not \"\(argument)\"", suggestion: suggestion)
  }
}
