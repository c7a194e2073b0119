import SimulationTrace

/// What became of a scenario that was shrunk.
public struct ShrinkReport: Sendable {
  /// The version of the JSON form.
  public static let format = 1

  /// The smallest scenario found, in canonical layout.
  public let scenario: String
  private let file: String
  private let verdict: Verdict
  private let before: Int
  private let after: Int
  private let tries: Int

  /// A scenario, shrunk.
  ///
  /// - Parameters:
  ///   - file: the file, as the user names it.
  ///   - verdict: how the expectation fails in it.
  ///   - before: its number of statements, those of used files included.
  ///   - after: the number of those left.
  ///   - tries: how many scenarios were simulated.
  ///   - scenario: what is left.
  public init(
    file: String, verdict: Verdict, before: Int, after: Int, tries: Int, scenario: String
  ) {
    self.file = file
    self.verdict = verdict
    self.before = before
    self.after = after
    self.tries = tries
    self.scenario = scenario
  }

  /// `x.scenario:29: 31 statements shrunk to 7 (212 scenarios tried)`.
  public var summary: String {
    "\(printable(file)):\(verdict.line): \(counted(before, "statement")) shrunk to \(after) "
      + "(\(counted(tries, "scenario")) tried), and it fails as before: \(verdict.headline)\n"
  }

  /// The same as one JSON object in a line.
  public var json: String {
    var buffer = ByteBuffer()
    buffer.append("{\"format\":\(Self.format)")
    buffer.append(key: "file", file)
    buffer.append(key: "line", decimal: verdict.line)
    buffer.append(key: "expectation", verdict.source)
    buffer.append(key: "got", verdict.got)
    buffer.append(key: "statementsBefore", decimal: before)
    buffer.append(key: "statementsAfter", decimal: after)
    buffer.append(key: "tries", decimal: tries)
    buffer.append(key: "scenario", scenario)
    buffer.append("}\n")
    return buffer.text
  }
}
