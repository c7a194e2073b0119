import Reports
import ScenarioLanguage

/// The world outside the program: streams and environment, and the status so far.
///
/// Commands see nothing else of it, so that tests can stand in for all of it.
final class Console {
  let output: Channel
  let errors: Channel
  /// Reads standard input to its end; only asked once.
  private let input: () -> Result<[UInt8], ReadProblem>
  let environment: (String) -> String?
  /// Standard input line by line, for who does not read it as a whole.
  let lines: LineReader
  /// Whether somebody types, and sees at once what comes of it.
  let isInteractive: Bool
  private var inputBytes: Result<[UInt8], ReadProblem>?
  /// The files that were read.
  private let originals = Originals()
  /// What the program would end with now.
  private(set) var status = ExitStatus.met
  /// How far work has come; taken away before anything is said.
  let progress: Progress
  /// Where people are told what came out: standard output, unless that is data.
  private(set) var people: Channel
  /// Whether work goes on when standard output fails, because it has other outputs as well.
  var isPersistent = false
  private var isMute = false

  init(
    output: Channel, errors: Channel, input: @escaping () -> Result<[UInt8], ReadProblem>,
    environment: @escaping (String) -> String?, lines: LineReader = LineReader { [] },
    isInteractive: Bool = false,
    clock: @escaping Progress.Clock = { ContinuousClock.now }
  ) {
    self.output = output
    self.errors = errors
    self.input = input
    self.environment = environment
    self.lines = lines
    self.isInteractive = isInteractive
    progress = Progress(errors, now: clock)
    people = output
  }

  /// Notes that something came to this status; the most important one is kept.
  func note(_ status: ExitStatus) { self.status = self.status.or(status) }

  /// Leaves standard output to data: people are told on standard error.
  func leaveOutputToData() { people = errors }

  /// Tells people what came out; on a terminal at once.
  func say(_ text: String) throws { try say(Array(text.utf8)) }

  func say(_ bytes: [UInt8]) throws {
    progress.clear()
    if people === errors {
      try? errors.write(bytes)
    } else {
      try put(bytes)
      if output.isTerminal { try attempt { try output.flush() } }
    }
  }

  /// Writes data to standard output.
  func put(_ bytes: [UInt8]) throws { try attempt { try output.write(bytes) } }

  /// Writes a message. Whether anybody can read it changes nothing, and all that was said before
  /// comes first.
  func warn(_ text: String) throws {
    progress.clear()
    try attempt { try output.flush() }
    try? errors.write(text)
    try? errors.flush()
  }

  /// Writes all that waits.
  func flush() throws {
    progress.clear()
    try? errors.flush()
    try attempt { try output.flush() }
  }

  private func attempt(_ write: () throws -> Void) throws {
    guard !isMute else { return }
    do { try write() } catch  where isPersistent {
      isMute = true
      report(error)
    }
  }

  /// A file's bytes; `-` is standard input.
  func read(_ path: String) -> Result<[UInt8], ReadProblem> {
    guard path == "-" else {
      originals.note(path)
      return readFile(path)
    }
    let bytes = inputBytes ?? input()
    inputBytes = bytes
    return bytes
  }

  /// Makes sure that an output replaces no scenario: neither one that is still to be read nor one
  /// that was read, be it only because another uses it.
  func spare(_ flag: Flag, _ output: String, besides scenarios: [String] = []) throws {
    let place = canonicalPath(output)
    let isNamed = scenarios.contains { $0 != "-" && canonicalPath($0) == place }
    if isNamed || originals.have(output) {
      throw UsageError("\(flag.name) would replace the scenario \(output)")
    }
  }

  /// Reads files on any thread; standard input is read now, where it is one of the paths.
  func reader(of paths: [String]) -> @Sendable (String) -> Result<[UInt8], ReadProblem> {
    let input = paths.contains("-") ? read("-") : nil
    return { [originals] path in
      if path != "-" { originals.note(path) }
      return (path == "-" ? input : nil) ?? readFile(path)
    }
  }

  /// Whether a workflow on GitHub reads along.
  var isOnGitHub: Bool { environment("GITHUB_ACTIONS") == "true" }
}
