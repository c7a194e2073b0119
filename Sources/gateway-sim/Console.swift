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
  private var inputBytes: Result<[UInt8], ReadProblem>?
  /// What the program would end with now.
  private(set) var status = ExitStatus.met

  init(
    output: Channel, errors: Channel, input: @escaping () -> Result<[UInt8], ReadProblem>,
    environment: @escaping (String) -> String?
  ) {
    self.output = output
    self.errors = errors
    self.input = input
    self.environment = environment
  }

  /// Notes that something came to this status; the most important one is kept.
  func note(_ status: ExitStatus) { self.status = self.status.or(status) }

  /// Writes results.
  func say(_ text: String) throws { try output.write(text) }

  /// Writes a message. Whether anybody can read it changes nothing, and all that was said before
  /// comes first.
  func warn(_ text: String) throws {
    try output.flush()
    try? errors.write(text)
    try? errors.flush()
  }

  /// A file's bytes; `-` is standard input.
  func read(_ path: String) -> Result<[UInt8], ReadProblem> {
    guard path == "-" else { return readFile(path) }
    let bytes = inputBytes ?? input()
    inputBytes = bytes
    return bytes
  }
}
