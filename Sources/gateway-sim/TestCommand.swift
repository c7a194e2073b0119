import Analysis
import PowerPlatform
import Reports
import ScenarioLanguage

/// `test PATH…`: load, simulate and judge each file, then count and report.
@Sendable func testCommand(_ invocation: Invocation, _ console: Console) throws {
  let seed = try invocation.seed()
  let filter = invocation.value(of: .filter)
  let outputs = try ReportOutputs(invocation)
  if outputs.takeStandardOutput { console.leaveOutputToData() }
  console.isPersistent = !outputs.isEmpty
  var session = TestSession(invocation, console)
  let files = try session.files(invocation.operands)
  try outputs.spare(files, console)
  for (row, path) in files.enumerated() {
    console.progress.show(row, of: files.count)
    try session.judge(path, seed: seed, filter: filter)
  }
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

  mutating func judge(_ path: String, seed: UInt64?, filter: String?) throws {
    let loaded = reader.load(path)
    if let filter, !path.has(filter), !loaded.title.has(filter) { return }
    guard let scenario = try reader.accept(loaded, path) else {
      return try add(reader.takeRejected())
    }
    let simulation = simulate(scenario, seed: seed)
    let exploration = scenario.isRanged ? explore(scenario) : nil
    let judged =
      exploration.map { $0.verdicts + judgeCovers(scenario, simulation, $0.verdicts) }
      ?? judgeWithCovers(scenario, simulation)
    console.note(judged)
    try exploration.map { try console.warnOfCap($0, path) }
    try console.say(
      verdicts.add(path, simulation.trace, judged, explored: exploration?.summary))
    try add([FileReport(path, simulation.trace, judged)])
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
      try console.warn("\(path):1:1: nothing is judged here: the file has no expectations\n")
    }
    if let filter, verdicts.files + verdicts.invalid == 0 {
      try console.warn("gateway-sim: no scenario has \"\(filter)\" in path or title\n")
    }
  }
}

extension String {
  /// Whether it has a text somewhere, in whatever case.
  fileprivate func has(_ text: String) -> Bool { lowercased().contains(text.lowercased()) }
}
