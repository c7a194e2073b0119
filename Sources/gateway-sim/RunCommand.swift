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
  let documents = try DocumentOutputs(invocation, console)
  var storyteller = try Storyteller(invocation, console, documents)
  try storyteller.spare(invocation.operands)
  for path in invocation.operands {
    guard var scenario = try reader.scenario(path) else { continue }
    try storyteller.spare()
    try documents.spare()
    try scenario.end(as: invocation, path, console)
    let simulation = simulate(scenario, seed: seed)
    let verdicts = judgeWithCovers(scenario, simulation)
    try documents.check(simulation.trace)
    try storyteller.tell(simulation.trace)
    try storyteller.judge(path, simulation.trace, verdicts)
    try documents.write(path, scenario, simulation, verdicts, &reader)
  }
  try storyteller.finish()
}

/// Writes what `run` says, each part to where it belongs.
private struct Storyteller {
  private let console: Console
  private let isQuiet: Bool
  private let style: Style
  private let variant: String?
  private let traceOutput: Output?
  private let traceRuns: RunTelling
  /// Whether standard output is a document alone.
  private let isDocumentOnly: Bool
  private var traceFile: WholeFile?
  private var report: VerdictReport
  private var stories = 0

  init(
    _ invocation: Invocation, _ console: Console, _ documents: DocumentOutputs
  ) throws {
    self.console = console
    style = try console.storyStyle(invocation)
    traceOutput = invocation.output(.trace)
    isDocumentOnly = documents.takeStandardOutput
    traceRuns = invocation.value(of: .traceRuns).flatMap(RunTelling.init) ?? .each
    guard traceOutput != nil || !invocation.has(.traceRuns) else {
      throw UsageError("--trace-runs needs --trace FILE")
    }
    isQuiet = invocation.has(.quiet)
    variant = invocation.value(of: .variant)
    report = VerdictReport(style: style)
    console.isPersistent = documents.haveFiles || traceOutput?.isStandardOutput == false
  }

  /// With `--trace -` and the like, standard output is that alone.
  private var isDataOnly: Bool { traceOutput?.isStandardOutput == true || isDocumentOnly }

  /// Makes sure that the trace does not take the place of what it is made from.
  func spare(_ files: [String] = []) throws {
    try traceOutput?.spare(console, besides: files)
  }

  mutating func tell(_ trace: Trace) throws {
    try writeTrace(trace)
    guard !isQuiet, !isDataOnly else { return }
    if stories > 0 { try console.say("\n") }
    stories += 1
    try Narration.write(trace, style: style, variant: variant, to: console.say)
  }

  private mutating func writeTrace(_ trace: Trace) throws {
    guard let traceOutput else { return }
    do { try TraceWriter.check(trace, runs: traceRuns) } catch {
      throw UsageError(
        "too many runs for a trace of each (\(error.records) records; the limit is "
          + "\(TraceWriter.limit)): --trace-runs folded tells alike ones in one record")
    }
    let progress = console.progress
    var written = 0
    let sink = try traceSink(traceOutput)
    try TraceWriter.write(trace, runs: traceRuns) { bytes in
      written += bytes.count
      progress.show("writing the trace: \(written >> 20) MiB")
      try sink(bytes)
    }
    progress.clear()
  }

  /// One file takes the traces of all scenarios.
  private mutating func traceSink(_ output: Output) throws -> ByteBuffer.Sink {
    guard !output.isStandardOutput else { return console.put }
    let file = try traceFile ?? WholeFile(output.path)
    traceFile = file
    return file.write
  }

  mutating func judge(_ path: String, _ trace: Trace, _ verdicts: [Verdict]) throws {
    console.note(verdicts)
    if isDataOnly {
      try console.warn(report.addFailures(path, verdicts))
    } else {
      let short = report.add(path, trace, verdicts)
      try console.say(isQuiet ? short : ExpectationList(path, verdicts).text(style))
    }
  }

  func finish() throws {
    try traceFile?.finish()
    if !isDataOnly, report.files > 1 { try console.say("\n" + report.summary) }
  }
}

extension Scenario {
  /// Ends the scenario where `--until` says.
  fileprivate mutating func end(
    as invocation: Invocation, _ path: String, _ console: Console
  ) throws {
    guard let text = invocation.value(of: .until) else { return }
    let time = try instant(typed: text, for: .until)
    guard time > .start else {
      throw UsageError("--until \(text) is not after the start of \(path)")
    }
    let unjudged = end(at: time)
    if unjudged > 0 {
      try console.warn(
        "\(printable(path)): expectations that look beyond \(text), and are not judged: \(unjudged)\n"
      )
    }
  }
}
