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
  /// Whether a limit kept some classes from being judged.
  public var isCapped: Bool { judged < classes }

  /// `explored 12 of 12`.
  public var summary: String {
    "explored \(judged) of \(isCapped ? "at most " : "")\(classes)"
  }
}

extension Scenario {
  /// Whether changes of policies take a time that is known as a range only.
  public var isRanged: Bool {
    settings.propagation.lowerBound < settings.propagation.upperBound
  }
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
    whole.judged += part.judged
    let (sum, overflows) = whole.classes.addingReportingOverflow(part.classes)
    whole.classes = overflows ? .max : sum
  }
}

private struct Explorer {
  /// What is known of an expectation so far.
  struct Tally {
    var held = 0
    var failed = 0
    /// The delays of the best counterexample, how many are off the middle, and when it differs.
    var example: (delays: [Delay], changed: Int, time: Instant)?
    var isCapped = false
    /// The statements whose delays it depends on, rows of the timeline.
    var rows: [Int] = []
  }

  private let cap: Int
  private let range: ClosedRange<Milliseconds>
  private let middle: Milliseconds
  /// The scenario with all open delays at the middle.
  private let base: Scenario
  private let changes: [OpenChange]
  private var tallies: [Tally]
  private var result = Exploration()

  init(_ scenario: Scenario, cap: Int) {
    self.cap = max(1, cap)
    range = scenario.settings.propagation
    let exact = range.lowerBound + (range.upperBound - range.lowerBound) / 2
    let rounded = exact / 60_000 * 60_000
    middle = range.contains(rounded) ? rounded : exact
    var base = scenario
    for row in base.timeline.indices where base.timeline[row].delay == nil {
      base.timeline[row].delay = Delay(middle)
    }
    self.base = base
    tallies = Array(repeating: Tally(), count: scenario.expectations.count)
    changes = scenario.isRanged ? scenario.openChanges(simulate(base).results) : []
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
    return result
  }

  private func choices(_ looks: Looks) -> Choices {
    var choices = Choices(rows: [], tenants: [], classes: [])
    for change in changes where looks.tenants.contains(change.tenant) {
      let classes = change.classes(looks, range: range, middle: middle, limit: cap)
      guard classes.count > 1 else { continue }
      choices.rows.append(change.row)
      choices.tenants.append(change.tenant)
      choices.classes.append(classes)
    }
    return choices
  }

  private mutating func judge(_ choices: Choices, _ members: [Int]) {
    var number = 0
    var isCapped = false
    choices.forEach { delays, changed in
      guard result.judged + number < cap else {
        isCapped = true
        return false
      }
      number += 1
      let simulation = simulate(base.with(delays, at: choices.rows))
      for member in members { note(member, simulation, delays, changed) }
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
    _ member: Int, _ simulation: Simulation, _ delays: [Delay], _ changed: Int
  ) {
    let finding = simulation.find(base.expectations[member].claim, Phrases(simulation.trace))
    if finding.isMet {
      tallies[member].held += 1
      return
    }
    tallies[member].failed += 1
    let time = finding.firstDifference ?? base.until
    let known = tallies[member].example
    if let known, (known.changed, known.time) <= (changed, time) { return }
    tallies[member].example = (delays, changed, time)
  }

  // MARK: Verdicts

  private func verdict(_ member: Int) -> Verdict {
    let (expectation, tally) = (base.expectations[member], tallies[member])
    let scenario = base.with(tally.example?.delays ?? [], at: tally.rows)
    var verdict = Analysis.judge(expectation, scenario, simulate(scenario))
    let holdsInAll = tally.failed == 0 && !tally.isCapped
    verdict.isMet = expectation.isPossibility ? tally.held > 0 : holdsInAll
    if verdict.isMet {
      verdict.reasons = []
      return verdict
    }
    verdict.isUndecided = tally.held > 0 || tally.isCapped
    guard !tally.rows.isEmpty else { return verdict }
    verdict.reasons = ([summary(tally)] + delays(tally)).map { Reason($0) } + verdict.reasons
    if verdict.isUndecided { verdict.got = "depends on the propagation delay: \(verdict.got)" }
    return verdict
  }

  private func summary(_ tally: Tally) -> String {
    let judged = tally.held + tally.failed
    return "it holds in \(tally.held) of \(judged) classes of delays"
      + (tally.isCapped ? ", and not all were judged" : "")
      + (tally.example == nil ? "" : "; it does not with these:")
  }

  private func delays(_ tally: Tally) -> [String] {
    zip(tally.rows, tally.example?.delays ?? []).map { row, delay in
      let statement = base.timeline[row]
      return "line \(statement.line): in force after \(durationText(delay.length))"
        + (delay.isLast ? ", behind all else of that instant" : "")
    }
  }
}

extension Scenario {
  /// The changes that were saved and whose delays are open.
  fileprivate func openChanges(_ results: [StatementResult]) -> [OpenChange] {
    timeline.indices.compactMap { row in
      let statement = timeline[row]
      guard statement.delay == nil, results[row].outcome == .saved,
        let tenant = statement.action.isolationTenant
      else { return nil }
      return OpenChange(row: row, tenant: tenant, savedAt: statement.time)
    }
  }

  fileprivate func with(_ delays: [Delay], at rows: [Int]) -> Scenario {
    var scenario = self
    for (row, delay) in zip(rows, delays) { scenario.timeline[row].delay = delay }
    return scenario
  }
}

extension Action {
  /// Whose isolation it changes; nil where it changes none.
  fileprivate var isolationTenant: TenantID? {
    switch self {
    case .turnIsolation(_, let tenant), .allow(_, _, let tenant), .changeRule(_, _, let tenant),
      .retargetRule(_, _, let tenant), .removeRule(_, let tenant):
      tenant
    default: nil
    }
  }
}
