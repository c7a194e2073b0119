import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// What one app or flow loses from one world to another.
struct LostUses {
  /// Runs or openings that succeed only in the one world.
  var count = 0
  /// The first of them.
  var first: Instant?
  /// The first of them that is there in the other world too, and fails.
  var firstFailed: Instant?
  /// The last use in the other world that succeeds before the first of them.
  var lastGood: Instant?
}

extension ChangedWorld {
  /// What succeeds only without the changes.
  func lostUses(of item: Impact.Item) -> LostUses { uses(of: item, onlyIn: .without, not: .with) }

  /// What succeeds only with the changes.
  func gainedUses(of item: Impact.Item) -> LostUses { uses(of: item, onlyIn: .with, not: .without) }

  private func uses(of item: Impact.Item, onlyIn one: Side, not other: Side) -> LostUses {
    switch item {
    case .app(let app): openings(of: app, onlyIn: one, not: other)
    case .flow(let flow): runs(of: flow, onlyIn: one, not: other)
    }
  }

  // MARK: Apps

  private func openings(of app: AppID, onlyIn one: Side, not other: Side) -> LostUses {
    var lost = LostUses()
    for (row, statement) in scenario.timeline.enumerated() where statement.action == .openApp(app) {
      let met = outcome(of: row, other)
      if met == .allowed {
        if lost.first == nil { lost.lastGood = statement.time }
      } else if outcome(of: row, one) == .allowed {
        lost.count += 1
        lost.first = lost.first ?? statement.time
        if met == .blocked { lost.firstFailed = lost.firstFailed ?? statement.time }
      }
    }
    return lost
  }

  // MARK: Flows

  private func runs(of flow: FlowID, onlyIn one: Side, not other: Side) -> LostUses {
    let good = runs(of: flow, one).good.filter { $0.last >= time }
    let (kept, failed) = runs(of: flow, other)
    let (recurring, started) = (kept.filter(\.isRecurring), Set(kept.filter { !$0.isRecurring }))
    var lost = LostUses()
    for group in good {
      let (count, first) =
        group.isRecurring ? group.missing(in: recurring) : started.missing(group)
      lost.count += count
      lost.first = least(lost.first, first)
    }
    lost.firstFailed = good.firstMeeting(failed)
    let end = lost.first ?? scenario.until
    lost.lastGood = kept.compactMap { $0.last(before: end) }.max()
    return lost
  }

  private func runs(of flow: FlowID, _ side: Side) -> (good: [RunGroup], failed: [RunGroup]) {
    let runs = self[side].runs(of: flow, in: .start..<max(scenario.until, .start))
    let fails: (RunGroup) -> Bool = { self[side].trace.verdicts[$0.verdict].failure != nil }
    return (runs.filter { !fails($0) }, runs.filter(fails))
  }

  // MARK: Saves

  /// When a flow is first suspended that is not so without the changes.
  func suspension(of item: Impact.Item) -> Instant? {
    guard case .flow(let flow) = item else { return nil }
    return scenario.timeline.indices.first { row in
      scenario.timeline[row].action.judgedFlow == flow && outcome(of: row, .with) == .suspended
        && outcome(of: row, .without) != .suspended
    }.map { scenario.timeline[$0].time }
  }
}

extension Action {
  /// The flow that is judged as its maker saves it or turns it on.
  fileprivate var judgedFlow: FlowID? {
    switch self {
    case .createFlow(let flow, _), .saveFlow(let flow, _), .turnFlow(let flow, on: true),
      .moveFlow(let flow, _, _):
      flow
    default: nil
    }
  }
}

// MARK: - Runs of two worlds

extension Set<RunGroup> {
  /// Whether a run that somebody or something started is missing.
  fileprivate func missing(_ run: RunGroup) -> (count: Int, first: Instant?) {
    contains { $0.isSame(as: run) } ? (0, nil) : (1, run.first)
  }
}

extension [RunGroup] {
  /// The first run that others have as well. Both are in order, and of one schedule's groups none
  /// overlap.
  fileprivate func firstMeeting(_ others: [RunGroup]) -> Instant? {
    let ofPeople = Set(others.filter { !$0.isRecurring })
    let started = first { run in
      !run.isRecurring && ofPeople.contains { $0.isSame(as: run) }
    }
    let recurring = others.filter(\.isRecurring)
    var row = 0
    for group in self where group.isRecurring {
      while row < recurring.count, recurring[row].last < group.first { row += 1 }
      let near = recurring[row...].prefix { $0.first <= group.last }
      if let meeting = near.lazy.compactMap(group.firstMeeting).first {
        return least(started?.first, meeting)
      }
    }
    return started?.first
  }
}

extension RunGroup {
  private var recurrence: Recurrence { Recurrence(anchor: first, period: period) }
  private var interval: Range<Instant> { first..<last + 1 }

  /// Whether it is the same start of a run, by hand or by a signal.
  fileprivate func isSame(as run: RunGroup) -> Bool { first == run.first && line == run.line }

  /// The first run that other recurring runs have as well.
  fileprivate func firstMeeting(_ other: RunGroup) -> Instant? {
    let both = interval.clamped(to: other.interval)
    guard !both.isEmpty else { return nil }
    return recurrence.meeting(other.recurrence, in: both)?.anchor
  }

  /// The last run before an instant.
  fileprivate func last(before end: Instant) -> Instant? {
    guard end > first else { return nil }
    return period == 0 ? first : recurrence.last(in: first..<min(end, last + 1))
  }

  /// How many of these runs none of the groups has, and the first of them. The groups don't overlap,
  /// and those of one schedule share its grid, so whole stretches are taken at once.
  fileprivate func missing(in groups: [RunGroup]) -> (count: Int, first: Instant?) {
    var count = 0
    var first: Instant?
    var next = self.first
    while next <= last {
      let end: Instant
      if let group = groups.first(where: { $0.has(next) }) {
        end = group.period == period ? min(group.last, last) + 1 : next + 1
      } else {
        end = period == 0 ? next + 1 : startOfOverlap(with: groups, after: next)
        count += recurrence.count(in: next..<end)
        first = first ?? next
      }
      next = recurrence.first(atOrAfter: end)
    }
    return (count, first)
  }

  private func has(_ time: Instant) -> Bool {
    interval.contains(time) && (time - first) % max(1, period) == 0
  }

  /// Up to where no group can have a run.
  private func startOfOverlap(with groups: [RunGroup], after time: Instant) -> Instant {
    if groups.contains(where: { $0.interval.contains(time) }) { return time + 1 }
    return groups.map(\.first).filter { $0 > time }.min().map { min($0, last + 1) } ?? last + 1
  }
}
