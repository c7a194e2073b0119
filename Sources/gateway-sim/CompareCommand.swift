import Analysis
import PowerPlatform
import Reports
import SimulationTrace

/// `compare A B`: simulate both over the same time with the same seed, and say what differs;
/// `compare A`: the same of a scenario and each of its variants.
///
/// As `diff` does, it ends with 1 where something differs.
@Sendable func compareCommand(_ invocation: Invocation, _ console: Console) throws {
  let paths = invocation.operands
  guard paths.count <= 2 else {
    throw UsageError("compare takes two scenarios, or one with variants, not \(paths.count)")
  }
  guard paths != ["-", "-"] else { throw UsageError("standard input holds one scenario only") }
  var reader = Reader(invocation, console)
  let sides = try paths.count == 2 ? reader.twoFiles(paths) : reader.variants(of: paths[0])
  for (row, (a, b)) in sides.enumerated() {
    if row > 0, !invocation.has(.json) { try console.say("\n") }
    try compare(a, b, invocation, console)
  }
}

/// What is compared, and what it is called.
private struct Side {
  var name: String
  var scenario: Scenario
}

private func compare(
  _ a: Side, _ b: Side, _ invocation: Invocation, _ console: Console
) throws {
  var (first, second) = (a.scenario, b.scenario)
  // Where no end is given it follows from the last statement: what is still under way in the one
  // would be missing in the other.
  first.until = max(first.until, second.until)
  second.until = first.until
  let (traceA, traceB) = (simulate(first).trace, simulate(second, seed: first.seed).trace)
  let comparison = Analysis.compare(traceA, traceB)
  let report = CompareReport(comparison, of: a.name, traceA, and: b.name, traceB)
  try console.say(
    invocation.has(.json) ? report.json : report.text(try console.storyStyle(invocation)))
  if comparison.differs { console.note(.failed) }
}

extension Reader {
  fileprivate mutating func twoFiles(_ paths: [String]) throws -> [(Side, Side)] {
    if variant != nil { throw UsageError("--variant: compare one scenario with its variant") }
    let (a, b) = (try scenario(paths[0]), try scenario(paths[1]))
    guard let a, let b else { return [] }
    guard a.start == b.start else {
      throw UsageError("\(paths[0]) and \(paths[1]) do not start at the same time")
    }
    return [(Side(name: paths[0], scenario: a), Side(name: paths[1], scenario: b))]
  }

  /// A scenario and each of its variants, or the one that the command line names.
  fileprivate mutating func variants(of path: String) throws -> [(Side, Side)] {
    guard let scenario = try accept(load(path), path) else { return [] }
    let variants = try variant.map { [try scenario.variant(named: $0, path)] } ?? scenario.variants
    if variants.isEmpty {
      throw UsageError("\(path) has no variants: compare takes two scenarios then")
    }
    return variants.map { variant in
      let title = variant.title.map { " (\($0))" } ?? ""
      return (
        Side(name: path, scenario: scenario),
        Side(name: "\(path) in \(variant.name)\(title)", scenario: scenario.playing(variant))
      )
    }
  }
}
