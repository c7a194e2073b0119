import Analysis
import Reports
import SimulationTrace

/// `explore FILE…`: judge every expectation over all delays that the scenario admits.
@Sendable func exploreCommand(_ invocation: Invocation, _ console: Console) throws {
  var reader = Reader(invocation, console)
  var report = ExplorationReport(style: console.style(of: console.output))
  let jobs = try invocation.jobs()
  try console.work(on: invocation.operands, jobs: jobs) { _, scenario in
    explore(scenario)
  } then: { path, loaded, exploration in
    _ = try reader.accept(loaded, path)
    guard let exploration else { return }
    console.note(exploration.verdicts)
    try console.warnOfCap(exploration, path)
    let text = report.add(
      path, exploration.verdicts, summary: exploration.summary, judged: exploration.judged,
      classes: exploration.classes, isCapped: exploration.isCapped)
    if !invocation.has(.json) { try console.say(text) }
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
    try warn("\(path): only \(exploration.judged) classes of delays were judged, not all\n")
  }
}
