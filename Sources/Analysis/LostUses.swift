import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// What one app or flow loses in a changed world.
struct LostUses {
  /// Runs or openings that succeed only in the world without the changes.
  var count = 0
  /// The first of them.
  var first: Instant?
  /// The last use in the changed world that succeeds before it.
  var lastGood: Instant?
}

extension ChangedWorld {
  func lostUses(of item: Impact.Item) -> LostUses {
    switch item {
    case .app(let app): lostOpenings(of: app)
    case .flow(let flow): lostRuns(of: flow)
    }
  }

  // MARK: Apps

  private func lostOpenings(of app: AppID) -> LostUses {
    var lost = LostUses()
    for (row, statement) in scenario.timeline.enumerated() where statement.action == .openApp(app) {
      let changedRow = row < inserted.lowerBound ? row : row + inserted.count
      if with.results[changedRow].outcome == .allowed {
        if lost.first == nil { lost.lastGood = statement.time }
      } else if without.results[row].outcome == .allowed {
        lost.count += 1
        lost.first = lost.first ?? statement.time
      }
    }
    return lost
  }

  // MARK: Flows

  private func lostRuns(of flow: FlowID) -> LostUses {
    let before = goodRuns(of: flow, in: without)
    let after = goodRuns(of: flow, in: with)
    var lost = LostUses()
    let (kept, keptStarted) = (after.filter(\.isRecurring), Set(after.filter { !$0.isRecurring }))
    for group in before where group.last >= time {
      let (count, first) =
        group.isRecurring ? group.missing(in: kept) : keptStarted.missing(group)
      lost.count += count
      if let first { lost.first = min(lost.first ?? first, first) }
    }
    let end = lost.first ?? scenario.until
    lost.lastGood = after.compactMap { $0.last(before: end) }.max()
    return lost
  }

  private func goodRuns(of flow: FlowID, in simulation: Simulation) -> [RunGroup] {
    let end = max(scenario.until, .start)
    return simulation.runs(of: flow, in: .start..<end).filter {
      simulation.trace.verdicts[$0.verdict].failure == nil
    }
  }
}

extension Set<RunGroup> {
  /// Whether a run that somebody or something started is missing.
  fileprivate func missing(_ run: RunGroup) -> (count: Int, first: Instant?) {
    contains { $0.first == run.first && $0.line == run.line } ? (0, nil) : (1, run.first)
  }
}

extension RunGroup {
  private var recurrence: Recurrence { Recurrence(anchor: first, period: period) }
  private var interval: Range<Instant> { first..<last + 1 }

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
