import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// What became of a scenario's expectations over all propagation delays it admits.
public struct Exploration: Sendable {
  /// A verdict an expectation, in file order.
  public var verdicts: [Verdict] = []
  /// The classes of delays that were judged.
  public var judged = 0
  /// The classes there are; where not all were judged, at most so many.
  public var classes = 0
  /// The smallest one of each expectation that is not met, by rows of ``verdicts``; nil where none
  /// is known.
  public var counterexamples: [Counterexample?] = []
  /// The smallest one of all.
  public var counterexample: Counterexample?
  /// Whether a limit kept some classes from being judged.
  public var isCapped: Bool { judged < classes }

  /// `explored 12 of 12`.
  public var summary: String {
    "explored \(judged) of \(isCapped ? "at most " : "")\(classes)"
  }
}

/// Delays for which an expectation does not hold. Of several, those with the fewest off the middle
/// of the range count, then those that make a difference first.
public struct Counterexample: Hashable, Sendable {
  /// The line of the expectation.
  public var line: Int
  /// Its row among the expectations of the scenario or of the variant.
  public var row: Int
  /// The variant that is expected of; nil for the scenario itself.
  public var variant: Variant?
  /// All delays, by rows of the timeline of the scenario or of the variant.
  public var delays: FixedPropagation

  /// How many delays are off the middle.
  var changed: Int
  /// When what happens first parts from what is expected.
  var time: Instant

  fileprivate var size: (Int, Instant) { (changed, time) }
}

/// Judges every expectation for every propagation delay that a scenario admits, each change's by
/// itself.
///
/// Each expectation is judged over the changes and the looks at policies in force that it depends
/// on, so changes that have nothing in common do not multiply. Expectations that depend on the same
/// share their simulations.
///
/// The verdicts of variants stand behind those of the scenario itself.
///
/// - Parameter cap: how many classes of delays are judged at most, of the scenario and of each
///   variant.
public func explore(_ scenario: Scenario, cap: Int = 20_000) -> Exploration {
  var explorer = Explorer(scenario, cap: cap)
  let exploration = explorer.explore()
  return scenario.variants.reduce(into: exploration) { whole, variant in
    let part = explore(scenario.playing(variant), cap: cap)
    whole.verdicts += part.verdicts.map { $0.of(variant) }
    whole.counterexamples += part.counterexamples.map { $0?.of(variant) }
    whole.judged += part.judged
    let (sum, overflows) = whole.classes.addingReportingOverflow(part.classes)
    whole.classes = overflows ? .max : sum
    guard let example = part.counterexample?.of(variant) else { return }
    if let known = whole.counterexample, known.size <= example.size { return }
    whole.counterexample = example
  }
}

extension Counterexample {
  fileprivate func of(_ variant: Variant) -> Counterexample {
    var example = self
    example.variant = variant
    return example
  }
}

private struct Explorer {
  /// What is known of an expectation so far.
  struct Tally {
    var held = 0
    var failed = 0
    var example: Example?
    /// Delays for which it holds, the fewest off the middle.
    var witness: Example?
    var isCapped = false
    /// The statements whose delays it depends on, rows of the timeline.
    var rows: [Int] = []
  }

  /// Delays, and what happens then.
  struct Example {
    var delays: [Delay]
    /// How many are off the middle.
    var changed: Int
    /// When what happens first parts from what is expected, where that is one instant.
    var difference: Instant?
    /// The same, or the latest time at which it may.
    var time: Instant
  }

  private let scenario: Scenario
  private let cap: Int
  private let middle: Milliseconds
  /// The scenario with all open delays at the middle, and what happens then.
  private let base: Scenario
  private let usual: Simulation
  private var replays: Replays
  private let changes: [OpenChange]
  private var tallies: [Tally]
  private var result = Exploration()

  init(_ scenario: Scenario, cap: Int) {
    self.scenario = scenario
    self.cap = max(1, cap)
    let range = scenario.settings.propagation
    let exact = range.lowerBound + (range.upperBound - range.lowerBound) / 2
    let rounded = exact / 60_000 * 60_000
    middle = range.contains(rounded) ? rounded : exact
    base = scenario.fixed(FixedPropagation(propagation: middle, delays: [:]))
    usual = simulate(base)
    replays = Replays(base)
    tallies = Array(repeating: Tally(), count: scenario.expectations.count)
    changes = scenario.isRanged ? scenario.openChanges(usual) : []
  }

  mutating func explore() -> Exploration {
    var groups: [(choices: Choices, members: [Int])] = []
    var places: [Choices: Int] = [:]
    let lookout = Lookout(scenario: base)
    for (member, expectation) in base.expectations.enumerated() {
      let choices = choices(lookout.looks(of: expectation.claim))
      if let place = places[choices] {
        groups[place].members.append(member)
      } else {
        places[choices] = groups.count
        groups.append((choices, [member]))
      }
    }
    for group in groups { judge(group.choices, group.members) }
    result.verdicts = base.expectations.indices.map(verdict)
    result.counterexamples = base.expectations.indices.map(counterexample)
    result.counterexample = result.counterexamples.compactMap { $0 }.min { $0.size < $1.size }
    return result
  }

  private func choices(_ looks: Looks) -> Choices {
    var choices = Choices(rows: [], tenants: [], classes: [])
    for change in changes where looks.tenants.contains(change.tenant) {
      let classes = change.classes(
        looks, range: scenario.settings.propagation, middle: middle, limit: cap)
      guard classes.count > 1 else { continue }
      choices.rows.append(change.row)
      choices.tenants.append(change.tenant)
      choices.classes.append(classes)
    }
    return choices
  }

  private mutating func judge(_ choices: Choices, _ members: [Int]) {
    let flows = Set(members.compactMap { base.expectations[$0].claim.flow }).sorted {
      $0.index < $1.index
    }
    var number = 0
    var isCapped = false
    choices.forEach { delays, changed in
      guard result.judged + number < cap else {
        isCapped = true
        return false
      }
      number += 1
      let simulation = replays.simulate(delays, at: choices.rows, runsOf: flows)
      let phrases = Phrases(simulation.trace)
      for member in members {
        let finding = simulation.find(base.expectations[member].claim, phrases)
        note(member, finding, delays, changed)
      }
      return true
    }
    for member in members {
      tallies[member].isCapped = isCapped
      tallies[member].rows = choices.rows
    }
    result.judged += number
    let (sum, overflows) = result.classes.addingReportingOverflow(isCapped ? choices.most : number)
    result.classes = overflows ? .max : sum
  }

  private mutating func note(
    _ member: Int, _ finding: Finding, _ delays: [Delay], _ changed: Int
  ) {
    if finding.isMet {
      tallies[member].held += 1
      if tallies[member].witness.map({ changed < $0.changed }) ?? true {
        tallies[member].witness = Example(delays: delays, changed: changed, time: .start)
      }
      return
    }
    tallies[member].failed += 1
    let time = finding.firstDifference ?? base.time(of: base.expectations[member].claim)
    let known = tallies[member].example
    if let known, (known.changed, known.time) <= (changed, time) { return }
    tallies[member].example = Example(
      delays: delays, changed: changed, difference: finding.firstDifference, time: time)
  }

  // MARK: Verdicts

  private func verdict(_ member: Int) -> Verdict {
    let (expectation, tally) = (base.expectations[member], tallies[member])
    let holdsInAll = tally.failed == 0 && !tally.isCapped
    let isMet = expectation.isPossibility ? tally.held > 0 : holdsInAll
    let shown = isMet ? tally.witness : tally.example
    let isUsual = (shown?.changed ?? 0) == 0
    let scenario = isUsual ? base : base.fixed(delays(of: tally, shown))
    var verdict = Analysis.judge(expectation, scenario, isUsual ? usual : simulate(scenario))
    verdict.isMet = isMet
    if verdict.isMet {
      verdict.reasons = []
      return verdict
    }
    verdict.isUndecided = tally.held > 0 || tally.isCapped
    guard !tally.rows.isEmpty else { return verdict }
    verdict.contrary = tally.example.map { contraryDelays(tally, $0, expectation.claim) }
    verdict.reasons = ([summary(tally)] + sentences(tally)).map { Reason($0) } + verdict.reasons
    if verdict.isUndecided { verdict.got = "depends on the propagation delay: \(verdict.got)" }
    return verdict
  }

  private func summary(_ tally: Tally) -> String {
    let judged = tally.held + tally.failed
    return "it holds in \(tally.held) of \(judged) classes of delays"
      + (tally.isCapped ? ", and not all were judged" : "")
      + (tally.example == nil ? "" : "; it does not with these:")
  }

  private func contraryDelays(
    _ tally: Tally, _ example: Example, _ claim: Claim
  ) -> ContraryDelays {
    let delays = zip(tally.rows, example.delays).map { row, delay in
      ContraryDelays.Delay(
        line: base.timeline[row].line, length: durationText(delay.length), isLast: delay.isLast)
    }
    return ContraryDelays(
      delays: delays, flow: claim.flow.map { base.cast.flows[$0.row].name },
      time: example.difference.map { base.start + $0.milliseconds })
  }

  private func sentences(_ tally: Tally) -> [String] {
    zip(tally.rows, tally.example?.delays ?? []).map { row, delay in
      let statement = base.timeline[row]
      return "line \(statement.line): in force after \(durationText(delay.length))"
        + (delay.isLast ? ", behind all else of that instant" : "")
    }
  }

  // MARK: Counterexamples

  private func counterexample(_ member: Int) -> Counterexample? {
    guard !result.verdicts[member].isMet, let example = tallies[member].example else { return nil }
    return Counterexample(
      line: result.verdicts[member].line, row: member,
      delays: delays(of: tallies[member], example), changed: example.changed, time: example.time)
  }

  /// Each change's delay in an example: its own, or that of the middle.
  private func delays(of tally: Tally, _ example: Example?) -> FixedPropagation {
    var delays: [Int: Delay] = [:]
    for change in changes { delays[change.row] = Delay(middle) }
    for (row, delay) in zip(tally.rows, example?.delays ?? []) { delays[row] = delay }
    return FixedPropagation(propagation: middle, delays: delays)
  }
}

extension Scenario {
  /// The changes that were saved and whose delays are open.
  func openChanges(_ simulation: Simulation) -> [OpenChange] {
    let savings = simulation.savings
    let changes = timeline.indices.compactMap { row -> OpenChange? in
      let statement = timeline[row]
      guard statement.delay == nil, let tenant = statement.action.isolationTenant,
        let savedAt = savings[row]
      else { return nil }
      return OpenChange(row: row, tenant: tenant, savedAt: savedAt)
    }
    return changes.sorted { ($0.savedAt, $0.row) < ($1.savedAt, $1.row) }
  }

  /// When what a claim speaks of happens, as far as that is one instant; else the end.
  fileprivate func time(of claim: Claim) -> Instant {
    switch claim {
    case .outcome(let row, _, _), .error(let row, _): timeline[row].time
    default: until
    }
  }
}

extension Simulation {
  /// When the policies of statements are saved: at once, or when their operations are done.
  fileprivate var savings: [Int: Instant] {
    var savings: [Int: Instant] = [:]
    for event in trace.events where event.kind == .policySaved {
      if let row = event.statement { savings[row] = event.time }
    }
    return savings
  }
}

extension Claim {
  /// The flow whose runs it is about.
  fileprivate var flow: FlowID? {
    switch self {
    case .runs(let flow, _, _, _), .run(let flow, _, _), .history(let flow, _, _, _),
      .flowPage(let flow, _, _):
      flow
    default: nil
    }
  }
}
