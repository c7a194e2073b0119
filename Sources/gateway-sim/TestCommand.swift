import Analysis
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

/// `test PATH…`: load, simulate and judge each file, then count and report.
@Sendable func testCommand(_ invocation: Invocation, _ console: Console) throws {
  let (seed, jobs) = (try invocation.seed(), try invocation.jobs())
  let filter = invocation.value(of: .filter)
  let outputs = try ReportOutputs(invocation)
  if outputs.takeStandardOutput { console.leaveOutputToData() }
  console.isPersistent = !outputs.isEmpty
  var session = TestSession(invocation, console)
  let files = try session.files(invocation.operands)
  try outputs.spare(files, console)
  try session.judge(files, jobs: jobs, seed: seed, filter: filter)
  try session.finish(filter: filter)
  try outputs.spare([], console)
  outputs.write(session.report, console)
}

/// What was judged so far: told to people at once, kept for reports.
private struct TestSession {
  private let console: Console
  private var reader: Reader
  private var verdicts: VerdictReport
  private(set) var report = TestReport()

  init(_ invocation: Invocation, _ console: Console) {
    self.console = console
    reader = Reader(invocation, console)
    verdicts = VerdictReport(style: console.style(of: console.people))
  }

  mutating func files(_ paths: [String]) throws -> [String] {
    let files = try reader.files(paths)
    try add(reader.takeRejected())
    return files
  }

  mutating func judge(_ files: [String], jobs: Int, seed: UInt64?, filter: String?) throws {
    @Sendable func isWanted(_ path: String, _ title: String) -> Bool {
      filter.map { path.has($0) || title.has($0) } ?? true
    }
    try console.work(on: files, jobs: jobs) { path, scenario in
      isWanted(path, scenario.title) ? JudgedScenario(scenario, seed: seed) : nil
    } then: { path, loaded, judged in
      guard isWanted(path, loaded.title) else { return }
      _ = try reader.accept(loaded, path)
      try add(reader.takeRejected())
      if let judged { try tell(judged, path) }
    }
  }

  private mutating func tell(_ judged: JudgedScenario, _ path: String) throws {
    console.note(judged.verdicts)
    try judged.exploration.map { try console.warnOfCap($0, path) }
    try console.say(
      verdicts.add(
        path, judged.simulation.trace, judged.verdicts, explored: judged.exploration?.summary))
    try add([FileReport(path, judged.simulation.trace, judged.verdicts)])
  }

  private mutating func add(_ files: [FileReport]) throws {
    report.files += files
    try console.annotate(files)
  }

  mutating func finish(filter: String?) throws {
    verdicts.invalid = reader.invalid
    try console.say(verdicts.summary)
    if verdicts.met + verdicts.failed == 0 { try nothingJudged(filter) }
    report.status = console.status.rawValue
  }

  /// A test run that judged nothing has proved nothing: it says so of each file and fails.
  private func nothingJudged(_ filter: String?) throws {
    console.note(.invalid)
    for path in verdicts.demonstrations {
      try console.warn(
        "\(printable(path)):1:1: nothing is judged here: the file has no expectations\n")
    }
    if let filter, verdicts.files + verdicts.invalid == 0 {
      try console.warn("gateway-sim: no scenario has \"\(printable(filter))\" in path or title\n")
    }
  }
}

/// A scenario with what came of its expectations.
private struct JudgedScenario: Sendable {
  let simulation: Simulation
  /// Over all delays; nil where the scenario has one alone.
  let exploration: Exploration?
  let verdicts: [Verdict]

  init(_ scenario: Scenario, seed: UInt64?) {
    let simulation = simulate(scenario, seed: seed)
    let exploration = scenario.isRanged ? explore(scenario) : nil
    self.simulation = simulation
    self.exploration = exploration
    verdicts =
      exploration.map { $0.verdicts + judgeCovers(scenario, simulation, $0.verdicts) }
      ?? judgeWithCovers(scenario, simulation)
  }
}

extension String {
  /// Whether it has a text somewhere, in whatever case.
  fileprivate func has(_ text: String) -> Bool { lowercased().contains(text.lowercased()) }
}
