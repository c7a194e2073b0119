import Analysis
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

/// `shrink FILE`: find an expectation that fails, and the smallest scenario in which it still does.
@Sendable func shrinkCommand(_ invocation: Invocation, _ console: Console) throws {
  let path = invocation.operands[0]
  let output = invocation.output(.output) ?? Output(.output, "-")
  try output.spare(console, besides: [path])
  var reader = Reader(invocation, console)
  guard let scenario = try reader.scenario(path) else { return }
  try output.spare(console)
  // Those of variants stand behind the others; the file has them in its own order.
  let verdicts = judgeFully(scenario, simulate(scenario)).sorted {
    ($0.line, $0.column) < ($1.line, $1.column)
  }
  guard let row = try invocation.failure(among: verdicts) else {
    console.note(.invalid)
    return try console.warn(
      "\(printable(path)): nothing to shrink: \(invocation.whatHolds(verdicts))\n")
  }
  let script = SentenceList(path) { console.read($0) }
  guard var shrinker = Shrinker(script, path, expectation: row, console.progress) else {
    throw ShrinkFault(line: verdicts[row].line)
  }
  shrinker.shrink()
  let report = ShrinkReport(
    file: path, verdict: verdicts[row], before: script.lines.count,
    after: shrinker.script.lines.count, tries: shrinker.tries,
    scenario: String(decoding: shrinker.script.canonical, as: UTF8.self))
  let isJSON = invocation.has(.json)
  if !isJSON || !output.isStandardOutput { try output.write(report.scenario, console) }
  if isJSON { try console.say(report.json) } else { try console.warn(report.summary) }
}

/// An expectation that fails in a file and not in the same sentences one by one.
private struct ShrinkFault: Error, CustomStringConvertible {
  var line: Int
  var description: String { "the expectation of line \(line) can't be taken out of its file" }
}

extension Invocation {
  /// The number of the expectation that is asked for, or of the first that fails; nil where none
  /// does.
  fileprivate func failure(among verdicts: [Verdict]) throws -> Int? {
    guard let text = value(of: .expectation) else { return verdicts.firstIndex { !$0.isMet } }
    guard let line = Int(text), line > 0 else {
      throw UsageError("--expectation is the number of a line, not \"\(text)\"")
    }
    let rows = verdicts.indices.filter { verdicts[$0].line == line }
    guard !rows.isEmpty else {
      throw UsageError("--expectation: line \(line) has none\(failing(among: verdicts))")
    }
    return rows.first { !verdicts[$0].isMet }
  }

  private func failing(among verdicts: [Verdict]) -> String {
    let lines = verdicts.filter { !$0.isMet }.prefix(10).map { "\($0.line)" }
    return lines.isEmpty ? "" : "; one fails on line \(lines.joined(separator: ", "))"
  }

  fileprivate func whatHolds(_ verdicts: [Verdict]) -> String {
    if verdicts.isEmpty { return "the file has no expectations" }
    return value(of: .expectation).map { "the expectation of line \($0) is met" }
      ?? "all its expectations are met"
  }
}
