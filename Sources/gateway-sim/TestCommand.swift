import Analysis
import PowerPlatform
import Reports
import ScenarioLanguage

/// `test PATH…`: load, simulate and judge each file, then count.
@Sendable func testCommand(_ invocation: Invocation, _ console: Console) throws {
  let seed = try invocation.seed()
  let filter = invocation.value(of: .filter)
  let progress = Progress(console.errors)
  var report = VerdictReport(style: console.style(of: console.output))
  var reader = Reader(invocation, console)
  let files = try reader.files(invocation.operands)
  for (row, path) in files.enumerated() {
    progress.show("[\(row + 1)/\(files.count)] \(path)")
    guard let scenario = try reader.scenario(path) else { continue }
    guard scenario.fits(filter, path) else { continue }
    let verdicts = judgeWithCovers(scenario, simulate(scenario, seed: seed))
    if verdicts.contains(where: { !$0.isMet }) { console.note(.failed) }
    progress.clear()
    try console.say(report.add(path, verdicts))
  }
  progress.clear()
  try console.say(report.summary)
  if report.met + report.failed == 0 { try nothingJudged(report, filter, console) }
}

/// A test run that judged nothing has proved nothing: it says so of each file and fails.
private func nothingJudged(
  _ report: VerdictReport, _ filter: String?, _ console: Console
) throws {
  console.note(.invalid)
  for path in report.demonstrations {
    try console.warn("\(path):1:1: nothing is judged here: the file has no expectations\n")
  }
  if let filter, report.files == 0 {
    try console.warn("gateway-sim: no scenario has \"\(filter)\" in path or title\n")
  }
}

extension Scenario {
  fileprivate func fits(_ filter: String?, _ path: String) -> Bool {
    filter.map { path.contains($0) || title.contains($0) } ?? true
  }
}
