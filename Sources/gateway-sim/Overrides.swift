import DiscreteEvents
import PowerPlatform
import ScenarioLanguage
import SimulationTrace

extension Invocation {
  /// The seed on the command line; nil where there is none.
  func seed() throws -> UInt64? {
    guard let text = value(of: .seed) else { return nil }
    guard let seed = UInt64(text) else {
      throw UsageError("--seed is a whole number from 0 to \(UInt64.max), not \"\(text)\"")
    }
    return seed
  }
}

extension Result where Failure == LookupProblem {
  /// The value; what somebody names and the scenario does not know is wrong usage.
  func orUsageError(_ flag: Flag?) throws -> Success {
    try mapError {
      UsageError((flag.map { "\($0.name): " } ?? "") + $0.message, suggestion: $0.suggestion)
    }
    .get()
  }
}

extension Scenario {
  /// The time that somebody typed, for a flag where there is one: no scenario is asked about more
  /// than ten years.
  func instant(typed text: String, for flag: Flag? = nil) throws -> Instant {
    let time = try ScenarioLanguage.instant(text, in: self).orUsageError(flag)
    guard time >= .start, time - .start <= Scenario.longest else {
      let words = (flag.map { "\($0.name) " } ?? "") + text
      throw UsageError("\(words) is before the start, or over ten years after it")
    }
    return time
  }
}

extension Scenario {
  /// The scenario up to an earlier or later end. What begins at or after it is left out, and so are
  /// expectations that look beyond it, whose number is returned.
  mutating func end(at instant: Instant) -> Int {
    until = instant
    script.end(at: until)
    // What the whole file shows is no question to its beginning.
    covers = []
    var unjudged = Self.cut(&timeline, &expectations, at: until)
    for row in variants.indices {
      var variant = variants[row]
      unjudged += Self.cut(&variant.timeline, &variant.expectations, at: until)
      variants[row] = variant
    }
    return unjudged
  }

  private static func cut(
    _ timeline: inout [Statement], _ expectations: inout [Expectation], at until: Instant
  ) -> Int {
    let before = expectations.count
    timeline = Array(timeline.prefix { $0.time < until })
    let statements = timeline.count
    expectations = expectations.filter { $0.claim.isWithinReach(of: statements, until: until) }
    return before - expectations.count
  }
}

extension Script {
  /// What is never told, asked or answered before the end is left out.
  fileprivate mutating func end(at until: Instant) {
    chapters.removeAll { $0.time >= until }
    notes.removeAll { $0.time >= until }
    questions.removeAll { $0.until > until }
  }
}

extension Claim {
  fileprivate func isWithinReach(of statements: Int, until: Instant) -> Bool {
    switch self {
    case .outcome(let row, _, _), .error(let row, _), .returned(let row, _),
      .errorCode(let row, _):
      row < statements
    case .audit(let claim): claim.latest(until: .start) <= until
    case .runs(_, _, let interval, _): interval.upperBound <= until
    // Nothing happens at the end, so a run there is out of reach; a state is not.
    case .run(_, let time, _): time < until
    case .history(_, _, let time, _), .flow(_, _, let time),
      .flowPage(_, _, let time), .app(_, _, _, let time), .connection(_, _, let time),
      .isolation(_, _, let time), .isolationAssessed(_, _, let time), .report(_, _, let time),
      .shared(_, _, _, _, let time), .visible(_, _, _, let time), .widelyShared(_, _, let time),
      .rule(_, _, _, let time), .operation(_, _, let time), .removal(_, _, _, let time):
      time <= until
    case .package(_, _, let time): time <= until
    case .mail(_, _, let time, _): time.map { $0 <= until } ?? true
    case .reportLists(_, _, let time): time.map { $0 <= until } ?? true
    }
  }
}
