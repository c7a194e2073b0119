import Analysis
import PowerPlatform
import Reports
import SimulationTrace

/// `compare A B`: simulate both over the same time with the same seed, and say what differs.
///
/// As `diff` does, it ends with 1 where something differs.
@Sendable func compareCommand(_ invocation: Invocation, _ console: Console) throws {
  let paths = invocation.operands
  guard paths.count == 2 else {
    throw UsageError("compare takes two scenarios, not \(paths.count)")
  }
  guard paths != ["-", "-"] else { throw UsageError("standard input holds one scenario only") }
  var reader = Reader(invocation, console)
  let (first, second) = (try reader.scenario(paths[0]), try reader.scenario(paths[1]))
  guard var a = first, var b = second else { return }
  guard a.start == b.start else {
    throw UsageError("\(paths[0]) and \(paths[1]) do not start at the same time")
  }
  // Where no end is given it follows from the last statement: what is still under way in the one
  // would be missing in the other.
  a.until = max(a.until, b.until)
  b.until = a.until
  let (traceA, traceB) = (simulate(a).trace, simulate(b, seed: a.seed).trace)
  let comparison = compare(traceA, traceB)
  let report = CompareReport(comparison, of: paths[0], and: paths[1], in: traceA)
  try console.say(
    invocation.has(.json) ? report.json : report.text(try console.storyStyle(invocation)))
  if comparison.differs { console.note(.failed) }
}
