import DiscreteEvents
import SimulationTrace

/// Runs of one flow that are alike: a piece of its schedule, or a single run.
public struct RunGroup: Hashable, Sendable {
  /// The first run.
  public var first: Instant
  /// The last run.
  public var last: Instant
  /// The distance of two runs; 0 for a single one.
  public var period: Milliseconds
  /// The number of runs; at least one.
  public var count: Int
  /// What they meet, a row of ``Trace/verdicts``.
  public var verdict: Int
  /// Whether the schedule started them.
  public var isRecurring: Bool
  /// The scenario's line behind them.
  public var line: Int
  /// The row of the timeline that started a single run; nil where the schedule did.
  public var statement: Int?
}

extension Simulation {
  /// The runs of a flow in a half-open interval, in the order of their first ones. Counting is
  /// arithmetic: no run is made.
  public func runs(of flow: FlowID, in interval: Range<Instant>) -> [RunGroup] {
    let groups = recurringRuns(of: flow, in: interval) + startedRuns(of: flow, in: interval)
    return groups.enumerated().sorted {
      ($0.element.first, $0.element.isRecurring ? 1 : 0, $0.offset)
        < ($1.element.first, $1.element.isRecurring ? 1 : 0, $1.offset)
    }.map(\.element)
  }

  /// The run history as the flow's page lists it at an instant.
  public func runHistory(of flow: FlowID, at time: Instant) -> [RunGroup] {
    runs(of: flow, in: time + -Trace.historyWindow..<time + 1)
  }

  private func recurringRuns(of flow: FlowID, in interval: Range<Instant>) -> [RunGroup] {
    segments(of: flow, from: interval.lowerBound)
      .prefix { $0.interval.lowerBound < interval.upperBound }
      .compactMap { $0.runs(in: interval) }
  }

  /// A flow's segments that end after an instant.
  private func segments(of flow: FlowID, from time: Instant) -> ArraySlice<RunSegment> {
    let all = trace.segments[segmentStarts[flow.row]..<segmentStarts[flow.row + 1]]
    return all[all.partitionPoint { $0.interval.upperBound > time }...]
  }

  private func startedRuns(of flow: FlowID, in interval: Range<Instant>) -> [RunGroup] {
    var groups: [RunGroup] = []
    startedRuns.forEachBackwards(flow.row, from: interval.upperBound + -1) { row in
      guard row.time >= interval.lowerBound else { return false }
      if let run = startedRun(row.value) { groups.append(run) }
      return true
    }
    return groups.reversed()
  }

  private func startedRun(_ row: Int) -> RunGroup? {
    let event = trace.events[row]
    return event.run.map {
      RunGroup(
        first: event.time, last: event.time, period: 0, count: 1, verdict: $0.verdict,
        isRecurring: false, line: event.line, statement: event.statement)
    }
  }
}

extension RunSegment {
  /// Its first run at an instant or later.
  fileprivate func first(from time: Instant) -> Instant? {
    let start = max(interval.lowerBound, time)
    return recurrence.occurrence(0, in: start..<max(start, interval.upperBound))
  }

  /// Its runs in an interval; nil where there are none.
  fileprivate func runs(in interval: Range<Instant>) -> RunGroup? {
    let piece = self.interval.clamped(to: interval)
    guard let first = recurrence.occurrence(0, in: piece), let last = recurrence.last(in: piece)
    else { return nil }
    return RunGroup(
      first: first, last: last, period: recurrence.period, count: recurrence.count(in: piece),
      verdict: verdict, isRecurring: true, line: line)
  }
}

// MARK: - Neighbouring runs

extension Simulation {
  /// A flow's last run before an instant, and what it met; of several at one instant the last.
  ///
  /// - Parameter fits: what the run must have met.
  public func lastRun(
    of flow: FlowID, before time: Instant, where fits: (RunVerdict) -> Bool = { _ in true }
  ) -> (time: Instant, verdict: Int)? {
    let started = lastStarted(flow, in: .start..<max(.start, time), where: fits)
    let recurring = lastRecurring(flow, before: time, where: fits)
    guard let started, let recurring else { return started ?? recurring }
    return started.time > recurring.time ? started : recurring
  }

  private func lastRecurring(
    _ flow: FlowID, before time: Instant, where fits: (RunVerdict) -> Bool
  ) -> (time: Instant, verdict: Int)? {
    let first = segmentStarts[flow.row]
    let last = min(segments(of: flow, from: time).startIndex, segmentStarts[flow.row + 1] - 1)
    for row in stride(from: last, through: first, by: -1) {
      let segment = trace.segments[row]
      let piece = segment.interval.clamped(to: .start..<max(.start, time))
      if fits(trace.verdicts[segment.verdict]), let run = segment.recurrence.last(in: piece) {
        return (run, segment.verdict)
      }
    }
    return nil
  }

  private func lastStarted(
    _ flow: FlowID, in interval: Range<Instant>, where fits: (RunVerdict) -> Bool
  ) -> (time: Instant, verdict: Int)? {
    var last: (time: Instant, verdict: Int)?
    startedRuns.forEachBackwards(flow.row, from: interval.upperBound + -1) { row in
      guard row.time >= interval.lowerBound else { return false }
      guard let verdict = trace.events[row.value].run?.verdict, fits(trace.verdicts[verdict])
      else { return true }
      last = (row.time, verdict)
      return false
    }
    return last
  }

  /// When a flow runs next, at an instant or later.
  ///
  /// - Parameter fits: what the run must meet.
  public func nextRun(
    of flow: FlowID, from time: Instant, where fits: (RunVerdict) -> Bool = { _ in true }
  ) -> Instant? {
    let segment = segments(of: flow, from: time).first {
      fits(trace.verdicts[$0.verdict]) && $0.first(from: time) != nil
    }
    let recurring = segment?.first(from: time)
    return least(recurring, nextStarted(flow, from: time, where: fits))
  }

  private func nextStarted(
    _ flow: FlowID, from time: Instant, where fits: (RunVerdict) -> Bool
  ) -> Instant? {
    var next = startedRuns.nextChange(of: flow.row, after: time + -1)
    while let instant = next {
      if let last = lastStarted(flow, in: instant..<instant + 1, where: fits) { return last.time }
      next = startedRuns.nextChange(of: flow.row, after: instant)
    }
    return nil
  }
}
