import Analysis
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

/// `coverage PATH…`: simulate and judge each file, then say which behaviours they show.
@Sendable func coverageCommand(_ invocation: Invocation, _ console: Console) throws {
  let threshold = try invocation.threshold()
  var reader = Reader(invocation, console)
  var report = CoverageReport(
    Catalogue.simulated.map { .init(id: $0.id, sentence: $0.sentence) },
    outOfScope: Catalogue.all.count - Catalogue.simulated.count)
  let jobs = try invocation.jobs()
  let files = try reader.files(invocation.operands)
  try console.work(on: files, jobs: jobs) { _, scenario in
    let simulation = simulate(scenario)
    let verdicts = judgeFully(scenario, simulation)
    return (
      Coverage(scenario, simulation, verdicts).showings,
      verdicts + judgeCovers(scenario, simulation, verdicts), simulation.trace.seed
    )
  } then: { path, loaded, product in
    _ = try reader.accept(loaded, path)
    guard let (showings, verdicts, seed) = product else { return }
    report.add(path, seed, showings)
    try complain(path, verdicts, console)
  }
  let style = console.style(of: console.output)
  try console.say(invocation.has(.json) ? report.json : report.text(style))
  if let threshold, report.percent < threshold { console.note(.missed) }
}

/// Says what is not met, and which claims are not true: both assert nothing.
private func complain(_ path: String, _ verdicts: [Verdict], _ console: Console) throws {
  guard verdicts.contains(where: { !$0.isMet }) else { return }
  console.note(verdicts)
  var report = VerdictReport(style: console.style(of: console.errors))
  try console.warn(report.addFailures(path, verdicts))
}

extension Invocation {
  /// The least percentage that is good enough; nil where none is asked for.
  fileprivate func threshold() throws -> Double? {
    guard let text = value(of: .failUnder) else { return nil }
    guard let percent = Double(text), percent >= 0, percent <= 100 else {
      throw UsageError("--fail-under is a percentage from 0 to 100, not \"\(text)\"")
    }
    return percent
  }
}

extension CoverageReport {
  /// Notes what a file shows of each behaviour.
  fileprivate mutating func add(_ path: String, _ seed: UInt64, _ showings: [Showing]) {
    files.append((path, seed))
    for (row, showing) in showings.enumerated() {
      switch showing {
      case .asserted: rows[row].asserted.append(path)
      case .hit: rows[row].hit.append(path)
      case .never: break
      }
    }
  }
}

extension Coverage {
  /// How each behaviour of the catalogue is shown, in the catalogue's order.
  fileprivate var showings: [Showing] { Catalogue.simulated.map { showing(of: $0) } }
}
