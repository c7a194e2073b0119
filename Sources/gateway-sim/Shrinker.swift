import Analysis
import PowerPlatform
import ScenarioLanguage
import SimulationTrace

/// Looks for the smallest scenario in which an expectation fails as it did.
struct Shrinker {
  /// The smallest so far.
  private(set) var script: SentenceList
  /// How many scenarios were tried.
  private(set) var tries = 0

  private let path: String
  private let expectation: Int
  private let progress: Progress
  private var kind: FailureKind?
  /// The variant that the expectation is about.
  private var variant: String?

  /// Begins with a scenario and the number of one of its expectations, in file order; nil where it
  /// does not fail.
  init?(_ script: SentenceList, _ path: String, expectation row: Int, _ progress: Progress) {
    let expectations = script.lines.filter(\.isExpectation)
    guard expectations.indices.contains(row) else { return nil }
    self.script = script
    self.path = path
    self.progress = progress
    expectation = expectations[row].id
    guard let failure = failure(in: script) else { return nil }
    (kind, variant) = (failure.kind, failure.variant)
  }

  /// Takes away what can go, then words, then oddness of times, until nothing changes any more.
  mutating func shrink() {
    var before: [UInt8] = []
    while before != script.bytes {
      before = script.bytes
      dropLines()
      dropClauses()
      if before == script.bytes { plainTimes() }
    }
  }

  private mutating func dropLines() {
    script = script.keeping(
      minimized(script.lines) { lines in
        let candidate = script.keeping(lines)
        return fails(candidate) ? candidate.lines : nil
      })
  }

  private mutating func dropClauses() {
    for line in script.lines.reversed() {
      while let line = script.lines.first(where: { $0.id == line.id }),
        let shorter = script.withoutClauses(in: line).first(where: { fails($0) })
      {
        script = shorter
      }
    }
  }

  private mutating func plainTimes() {
    while let start = failure(in: script)?.start,
      let plainer = script.withPlainerTimes(from: start, where: { fails($0) })
    {
      script = plainer
    }
  }

  // MARK: Judging

  private mutating func fails(_ candidate: SentenceList) -> Bool {
    tries += 1
    progress.show("shrinking: \(script.lines.count) statements left, \(tries) scenarios tried")
    return failure(in: candidate)?.kind == kind
  }

  private func failure(in script: SentenceList) -> (
    kind: FailureKind, start: CivilTime, variant: String?
  )? {
    guard let row = script.lines.firstIndex(where: { $0.id == expectation }) else { return nil }
    let loaded = load(path) { [path] in
      $0 == path ? .success(script.bytes) : .failure(.missing)
    }
    guard let (expectation, scenario, variant) = loaded.scenario?.expectation(onLine: row + 1),
      tries == 0 || variant == self.variant,
      let kind = failureKind(of: expectation, in: scenario)
    else { return nil }
    return (kind, scenario.start, variant)
  }
}

extension Scenario {
  /// The expectation on a line, and the scenario as it is judged by it: with its variant playing.
  func expectation(onLine line: Int) -> (Expectation, Scenario, variant: String?)? {
    if let found = expectations.first(where: { $0.line == line }) { return (found, self, nil) }
    for variant in variants {
      if let found = variant.expectations.first(where: { $0.line == line }) {
        return (found, playing(variant), variant.name)
      }
    }
    return nil
  }
}
