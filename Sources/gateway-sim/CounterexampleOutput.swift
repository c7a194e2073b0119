import Analysis
import PowerPlatform
import ScenarioLanguage
import SimulationTrace

/// The file that `--save` asks for: the explored scenario with the delays of its smallest
/// counterexample.
struct CounterexampleOutput {
  private let output: Output
  private var path: String { output.path }

  /// Nil where nothing is to be saved.
  init?(_ invocation: Invocation, _ console: Console) throws {
    guard let output = invocation.output(.save) else { return nil }
    self.output = output
    guard invocation.operands.count == 1, let scenario = invocation.operands.first else {
      throw UsageError("--save writes the counterexample of one scenario: explore one at a time")
    }
    if takesStandardOutput, invocation.has(.json) {
      throw UsageError("--json and --save - both want standard output: save to a file")
    }
    try output.spare(console, besides: [scenario])
    console.isPersistent = !takesStandardOutput
  }

  /// Whether the scenario is all that standard output may hold.
  var takesStandardOutput: Bool { output.isStandardOutput }

  /// Makes sure that no file is replaced that the scenario uses.
  func spare(_ console: Console) throws { try output.spare(console) }

  /// Writes the scenario, or says that there is nothing to write.
  func write(_ example: Counterexample?, of source: String, _ console: Console) throws {
    guard let example else {
      return try console.warn(
        "\(printable(source)): no counterexample is known, so none is saved\n")
    }
    guard case .success(let bytes) = console.read(source),
      case .success(let fixed) = fixed(
        bytes, path: source, example.delays, in: example.variant, moved: moved),
      let text = SavedCounterexample(fixed, scenario(fixed, console), of: example)?.text
    else {
      throw WriteProblem.refused(name: path, reason: "\(source) reads differently the second time")
    }
    try output.write(text, console)
    guard !takesStandardOutput else { return }
    try console.warn(
      "\(printable(path)): shows that \(printable(source)):\(example.line) does not hold\n")
  }

  /// What is to be saved, read where it will stand.
  private func scenario(_ text: [UInt8], _ console: Console) -> Scenario? {
    load(path, behaviours: Catalogue.ids) { [path] in
      $0 == path ? .success(text) : console.read($0)
    }.scenario
  }

  /// The path that leads from the saved scenario to a file.
  private func moved(_ file: String) -> String {
    relativePath(from: takesStandardOutput ? "." : folder(of: path), to: file)
  }
}
