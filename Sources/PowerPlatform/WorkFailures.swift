import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Recurring runs that fail by their flow's work, which no policy and no connection tells of.
struct WorkFailures: Sendable {
  /// A run that fails.
  private struct Entry {
    /// From its run up to when the next one is due.
    var interval: Range<Instant>
    var failure: Failure
  }

  private var byFlow: [FlowID: [Entry]] = [:]

  /// Keeps that a flow's run fails; those of one flow come in order of time.
  ///
  /// - Parameter interval: from the run up to when the next one is due.
  mutating func add(_ failure: Failure, of flow: FlowID, in interval: Range<Instant>) {
    byFlow[flow, default: []].append(Entry(interval: interval, failure: failure))
  }

  /// What fails a flow's run at this very instant; nil where its work does not.
  func failure(of flow: FlowID, at time: Instant) -> Failure? {
    latest(of: flow, at: time).flatMap { $0.since == time ? $0.failure : nil }
  }

  /// What failed a flow's latest run, before the next one is due; nil where its work did not.
  func latest(of flow: FlowID, at time: Instant) -> (since: Instant, failure: Failure)? {
    guard let entries = byFlow[flow] else { return nil }
    let row = place(of: time + 1, in: entries) - 1
    guard row >= 0, entries[row].interval.contains(time) else { return nil }
    return (entries[row].interval.lowerBound, entries[row].failure)
  }

  /// Where in an interval such runs take place, and where the ones after them are due.
  func marks(of flow: FlowID, in interval: Range<Instant>) -> [Instant] {
    guard let entries = byFlow[flow] else { return [] }
    return entries[place(of: interval.lowerBound, in: entries)...].lazy.map(\.interval)
      .prefix { $0.lowerBound < interval.upperBound }.flatMap { [$0.lowerBound, $0.upperBound] }
  }

  /// The first instant after another one at which a run may meet something else by its work.
  func next(of flow: FlowID, after time: Instant) -> Instant? {
    guard let entries = byFlow[flow] else { return nil }
    let row = place(of: time + 1, in: entries)
    if row > 0, entries[row - 1].interval.contains(time) {
      return entries[row - 1].interval.upperBound
    }
    return row < entries.count ? entries[row].interval.lowerBound : nil
  }

  /// The first of a flow's entries that begins at an instant or later.
  private func place(of time: Instant, in entries: [Entry]) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].interval.lowerBound < time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension World {
  /// What fails a run of a flow by its work, as far as its latest run tells: none since somebody
  /// touched the flow, or since the next run is due.
  func workFailure(of flow: FlowID, at time: Instant) -> Failure? {
    guard let (since, failure) = workFailures.latest(of: flow, at: time) else { return nil }
    let change = flows.nextChange(of: flow.row, after: since)
    return change.map { $0 <= time } ?? false ? nil : failure
  }
}

extension RunVerdict {
  /// Has the run fail in its first step by what that asks for, where no policy stands in its way.
  mutating func fail(by failure: Failure) {
    self.failure = failure
    self.failure?.operation = steps.first
    failedStep = steps.isEmpty ? nil : 0
  }
}
