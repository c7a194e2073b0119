import Analysis
import PowerPlatform
import Reports
import SimulationTrace

/// A scenario's page: the scenario itself, its variants, and another one beside it.
///
/// - Parameters:
///   - path: the scenario's file; the page knows its name only.
///   - verdicts: what became of its expectations, and of its variants'.
///   - other: another scenario with the same start, and its file.
func playerPage(
  _ path: String, _ scenario: Scenario, _ simulation: Simulation, _ verdicts: [Verdict],
  against other: (path: String, scenario: Scenario)? = nil
) -> PlayerFile {
  let first = play(scenario, simulation, verdicts)
  var variants = scenario.variants.map { variant in
    play(
      scenario.playing(variant), variant.name, variant.title ?? variant.name, base: first,
      verdicts.filter { $0.variant == variant.name })
  }
  if let other {
    variants.append(
      play(
        other.scenario, fileName(of: other.path), other.scenario.title, base: first, nil))
  }
  return PlayerFile(
    first, variants: variants, file: fileName(of: path),
    generator: "gateway-sim \(CommandTable.version)")
}

/// Where a file lies is nothing that a page carries into the world.
private func fileName(of path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

/// A scenario as handouts and diagrams show it.
///
/// - Parameter saysWhy: whether the reasons are asked for, which diagrams have no place for.
func outline(
  _ scenario: Scenario, _ simulation: Simulation, _ verdicts: [Verdict], saysWhy: Bool
) -> Play {
  Play(
    title: scenario.title, trace: simulation.trace,
    stage: stage(scenario, simulation, saysWhy: saysWhy), verdicts: verdicts)
}

/// A scenario as players show it.
func play(_ scenario: Scenario, _ simulation: Simulation, _ verdicts: [Verdict]) -> Play {
  Play(
    title: scenario.title, trace: simulation.trace, stage: stage(scenario, simulation),
    verdicts: verdicts.filter { $0.variant == nil })
}

/// A play that is compared with the first one.
private func play(
  _ scenario: Scenario, _ name: String, _ title: String, base: Play, _ verdicts: [Verdict]?
) -> Play {
  let simulation = simulate(scenario, seed: base.trace.seed)
  return Play(
    name: name, title: title, trace: simulation.trace, stage: stage(scenario, simulation),
    verdicts: verdicts
      ?? judgeWithCovers(scenario, simulation).filter { $0.variant == nil },
    comparison: compare(base.trace, simulation.trace))
}

extension PlayerFile {
  /// The page's bytes; what nobody could play is no page.
  func bytes(for name: String) throws -> [UInt8] {
    do { return try html() } catch {
      throw WriteProblem.refused(
        name: name,
        reason: "it would take \(megabytes(error.bytes)) and browsers play at most "
          + "\(megabytes(PlayerFile.limit)): end it earlier with --until, or let fewer flows play")
    }
  }
}

extension Console {
  /// Says so where a page takes its time to open.
  func warnOfSize(_ bytes: Int, _ name: String) throws {
    guard bytes >= PlayerFile.large else { return }
    try warn("\(printable(name)): \(megabytes(bytes)): browsers take their time to open it\n")
  }
}

/// A size as people read it, in millions of bytes.
func megabytes(_ bytes: Int) -> String { "\((bytes + 999_999) / 1_000_000) MB" }
