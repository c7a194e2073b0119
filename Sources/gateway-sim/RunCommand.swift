import Analysis
import DiscreteEvents
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

/// `run FILE…`: load, simulate, tell, judge.
@Sendable func runCommand(_ invocation: Invocation, _ console: Console) throws {
  let seed = try invocation.seed()
  var reader = Reader(invocation, console)
  var storyteller = try Storyteller(invocation, console)
  try storyteller.spare(invocation.operands)
  for path in invocation.operands {
    guard var scenario = try reader.scenario(path) else { continue }
    try scenario.end(as: invocation, path, console)
    let simulation = simulate(scenario, seed: seed)
    try storyteller.tell(simulation.trace)
    try storyteller.judge(path, simulation.trace, judgeWithCovers(scenario, simulation))
  }
  try storyteller.finish()
}

/// Writes what `run` says, each part to where it belongs.
private struct Storyteller {
  private let console: Console
  private let isQuiet: Bool
  private let style: Style
  private let variant: String?
  private let tracePath: String?
  private let traceRuns: RunTelling
  private var traceFile: WholeFile?
  private var report: VerdictReport
  private var stories = 0

  init(_ invocation: Invocation, _ console: Console) throws {
    self.console = console
    style = try console.storyStyle(invocation)
    // Renaming would give the name to another file than the one that standard output leads to.
    tracePath = invocation.value(of: .trace).map { $0 == "/dev/stdout" ? "-" : $0 }
    traceRuns = invocation.value(of: .traceRuns).flatMap(RunTelling.init) ?? .each
    guard tracePath != nil || !invocation.has(.traceRuns) else {
      throw UsageError("--trace-runs needs --trace FILE")
    }
    isQuiet = invocation.has(.quiet)
    variant = invocation.value(of: .variant)
    report = VerdictReport(style: style)
  }

  /// With `--trace -`, standard output is the trace alone.
  private var isTraceOnly: Bool { tracePath == "-" }

  /// Makes sure that the trace does not take the place of what it is made from.
  func spare(_ files: [String]) throws {
    guard let tracePath, !isTraceOnly else { return }
    let inputs = files.filter { $0 != "-" }.map(canonicalPath)
    if inputs.contains(canonicalPath(tracePath)) {
      throw UsageError("--trace would replace the scenario \(tracePath)")
    }
  }

  mutating func tell(_ trace: Trace) throws {
    try writeTrace(trace)
    guard !isQuiet, !isTraceOnly else { return }
    if stories > 0 { try console.say("\n") }
    stories += 1
    let console = console
    try Narration.write(trace, style: style, variant: variant) {
      try console.output.write($0)
    }
  }

  private mutating func writeTrace(_ trace: Trace) throws {
    guard let tracePath else { return }
    do { try TraceWriter.check(trace, runs: traceRuns) } catch {
      throw UsageError(
        "too many runs for a trace of each (\(error.records) records; the limit is "
          + "\(TraceWriter.limit)): --trace-runs folded tells alike ones in one record")
    }
    let progress = console.progress
    var written = 0
    let sink = try traceSink(tracePath)
    try TraceWriter.write(trace, runs: traceRuns) { bytes in
      written += bytes.count
      progress.show("writing the trace: \(written >> 20) MiB")
      try sink(bytes)
    }
    progress.clear()
  }

  private mutating func traceSink(_ path: String) throws -> ByteBuffer.Sink {
    let output = console.output
    guard path != "-" else { return { try output.write($0) } }
    let file = try traceFile ?? WholeFile(path)
    traceFile = file
    return { try file.write($0) }
  }

  mutating func judge(_ path: String, _ trace: Trace, _ verdicts: [Verdict]) throws {
    console.note(verdicts)
    if isTraceOnly {
      try console.warn(report.addFailures(path, verdicts))
    } else {
      let short = report.add(path, trace, verdicts)
      try console.say(isQuiet ? short : ExpectationList(path, verdicts).text(style))
    }
  }

  func finish() throws {
    try traceFile?.finish()
    if !isTraceOnly, report.files > 1 { try console.say("\n" + report.summary) }
  }
}

extension Scenario {
  /// Ends the scenario where `--until` says.
  fileprivate mutating func end(
    as invocation: Invocation, _ path: String, _ console: Console
  ) throws {
    guard let text = invocation.value(of: .until) else { return }
    let time = try instant(text, in: self).orUsageError(.until)
    guard time > .start, time - .start <= Scenario.longest else {
      throw UsageError("--until \(text) is not after the start of \(path), or over ten years later")
    }
    let unjudged = end(at: time)
    if unjudged > 0 {
      try console.warn(
        "\(path): expectations that look beyond \(text), and are not judged: \(unjudged)\n")
    }
  }
}
