import Analysis
import PowerPlatform
import Reports
import SimulationTrace

/// `explore FILE…`: judge every expectation over all delays that the scenario admits.
@Sendable func exploreCommand(_ invocation: Invocation, _ console: Console) throws {
  let output = try CounterexampleOutput(invocation, console)
  guard invocation.operands.count(where: { $0 == "-" }) < 2 else {
    throw UsageError("standard input holds one scenario only")
  }
  if output?.takesStandardOutput == true { console.leaveOutputToData() }
  var reader = Reader(invocation, console)
  var report = ExplorationReport(style: console.style(of: console.people))
  let jobs = try invocation.jobs()
  try console.work(on: invocation.operands, jobs: jobs) { _, scenario in
    let (exploration, simulation) = (explore(scenario), simulate(scenario))
    let covers = judgeCovers(scenario, simulation, exploration.verdicts)
    return (exploration, simulation.trace, exploration.verdicts + covers)
  } then: { path, loaded, product in
    _ = try reader.accept(loaded, path)
    try output?.spare(console)
    guard let (exploration, trace, verdicts) = product else { return }
    console.note(verdicts)
    try console.warnOfCap(exploration, path)
    let text = report.add(
      path, trace, verdicts, summary: exploration.summary, judged: exploration.judged,
      classes: exploration.classes, isCapped: exploration.isCapped)
    if !invocation.has(.json) { try console.say(text) }
    try output?.write(exploration.counterexample, of: path, console)
  }
  if invocation.has(.json) { try console.say(report.json) }
}

extension Console {
  /// Notes what verdicts mean for the status.
  func note(_ verdicts: [Verdict]) {
    for verdict in verdicts where !verdict.isMet {
      note(verdict.isUndecided ? .undecided : .failed)
    }
  }

  /// Says that not all classes of delays were judged, where that is so.
  func warnOfCap(_ exploration: Exploration, _ path: String) throws {
    guard exploration.isCapped else { return }
    try warn(
      "\(printable(path)): only \(exploration.judged) classes of delays were judged, not all\n")
  }
}
