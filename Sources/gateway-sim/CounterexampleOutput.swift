import Analysis
import ScenarioLanguage

/// The file that `--save` asks for: the explored scenario with the delays of its smallest
/// counterexample.
struct CounterexampleOutput {
  private let path: String

  /// Nil where nothing is to be saved.
  init?(_ invocation: Invocation) throws {
    guard let path = invocation.value(of: .save) else { return nil }
    // Renaming would give the name to another file than the one that standard output leads to.
    self.path = path == "/dev/stdout" ? "-" : path
    guard invocation.operands.count == 1, let scenario = invocation.operands.first else {
      throw UsageError("--save writes the counterexample of one scenario: explore one at a time")
    }
    if takesStandardOutput, invocation.has(.json) {
      throw UsageError("--json and --save - both want standard output: save to a file")
    }
    if scenario != "-", canonicalPath(scenario) == canonicalPath(self.path) {
      throw UsageError("--save would replace the scenario \(path)")
    }
  }

  /// Whether the scenario is all that standard output may hold.
  var takesStandardOutput: Bool { path == "-" }

  /// Writes the scenario, or says that there is nothing to write.
  func write(_ example: Counterexample?, of source: String, _ console: Console) throws {
    guard let example else {
      return try console.warn("\(source): no counterexample is known, so none is saved\n")
    }
    guard case .success(let bytes) = console.read(source),
      case .success(let text) = fixed(
        bytes, path: source, example.delays, in: example.variant, moved: moved)
    else {
      throw WriteProblem.refused(name: path, reason: "\(source) reads differently the second time")
    }
    if takesStandardOutput { return try console.output.write(text) }
    let file = try WholeFile(path)
    try file.write(text)
    try file.finish()
    try console.warn("\(path): shows that \(source):\(example.line) does not hold\n")
  }

  /// The path that leads from the saved scenario to a file.
  private func moved(_ file: String) -> String {
    relativePath(from: takesStandardOutput ? "." : folder(of: path), to: file)
  }
}
