import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

/// The page that `run --html FILE` asks for.
struct PageOutput {
  private let path: String
  private let other: String?
  private let console: Console

  /// Nil where no page is asked for.
  init?(_ invocation: Invocation, _ console: Console) throws {
    other = invocation.value(of: .against)
    self.console = console
    guard let path = invocation.output(.html) else {
      if other != nil { throw UsageError("--against is played on a page: it needs --html") }
      return nil
    }
    self.path = path
    let files = invocation.operands
    guard files.count == 1 else {
      throw UsageError("--html holds one scenario; gateway-sim page makes pages of several")
    }
    if path == "-", invocation.output(.trace) == "-" {
      throw UsageError("standard output holds the trace or the page, not both")
    }
    if files[0] == "-", other == "-" {
      throw UsageError("standard input holds one scenario only")
    }
    try spare(files + [other].compactMap { $0 }, invocation.output(.trace))
  }

  /// Makes sure that the page takes the place of nothing that it is made from or written with.
  private func spare(_ files: [String], _ trace: String?) throws {
    guard path != "-" else { return }
    if files.contains(where: { $0 != "-" && canonicalPath($0) == canonicalPath(path) }) {
      throw UsageError("--html would replace the scenario \(path)")
    }
    if let trace, trace != "-", canonicalPath(trace) == canonicalPath(path) {
      throw UsageError("--trace and --html are one file, \(path)")
    }
  }

  func write(
    _ file: String, _ scenario: Scenario, _ simulation: Simulation, _ verdicts: [Verdict],
    _ reader: inout Reader
  ) throws {
    var other: (path: String, scenario: Scenario)?
    if let path = self.other {
      guard let scenario = try beside(scenario, file, path, &reader) else { return }
      other = (path, scenario)
    }
    let page = PageMaker().page(file, scenario, simulation, verdicts, against: other)
    let name = path == "-" ? "standard output" : path
    let bytes = try page.bytes(for: name)
    if path == "-" {
      try console.output.write(bytes)
    } else {
      let file = try WholeFile(path)
      try file.write(bytes)
      try file.finish()
    }
    try console.warnOfSize(bytes.count, name)
  }

  /// The other scenario, up to the same end; nil where it has problems, which are reported.
  private func beside(
    _ scenario: Scenario, _ file: String, _ path: String, _ reader: inout Reader
  ) throws -> Scenario? {
    guard var other = try reader.accept(reader.load(path), path) else { return nil }
    guard other.start == scenario.start else {
      throw UsageError("\(file) and \(path) do not start at the same time")
    }
    _ = other.end(at: scenario.until)
    return other
  }
}

extension Invocation {
  /// Where an output goes; `-` for standard output.
  func output(_ flag: Flag) -> String? {
    // Renaming would give the name to another file than the one that standard output leads to.
    value(of: flag).map { $0 == "/dev/stdout" ? "-" : $0 }
  }
}
