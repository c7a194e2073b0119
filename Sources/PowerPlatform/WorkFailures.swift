import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Recurring runs that fail by their flow's work, which no policy and no connection tells of.
struct WorkFailures: Sendable {
  private var byFlow: [FlowID: [(time: Instant, failure: Failure)]] = [:]

  /// Keeps that a flow's run fails; those of one flow come in order of time.
  mutating func add(_ failure: Failure, of flow: FlowID, at time: Instant) {
    byFlow[flow, default: []].append((time, failure))
  }

  /// What fails a flow's run at an instant; nil where its work does not.
  func failure(of flow: FlowID, at time: Instant) -> Failure? {
    guard let failures = byFlow[flow] else { return nil }
    let row = first(of: failures, from: time)
    return row < failures.count && failures[row].time == time ? failures[row].failure : nil
  }

  /// When such runs of a flow take place in an interval, in order.
  func times(of flow: FlowID, in interval: Range<Instant>) -> [Instant] {
    guard let failures = byFlow[flow] else { return [] }
    return failures[first(of: failures, from: interval.lowerBound)...].lazy.map(\.time)
      .prefix { $0 < interval.upperBound }.map { $0 }
  }

  /// The first instant after another one at which a run may meet something else by its work.
  func next(of flow: FlowID, after time: Instant) -> Instant? {
    guard let failures = byFlow[flow] else { return nil }
    if failure(of: flow, at: time) != nil { return time + 1 }
    let row = first(of: failures, from: time + 1)
    return row < failures.count ? failures[row].time : nil
  }

  private func first(
    of failures: [(time: Instant, failure: Failure)], from time: Instant
  ) -> Int {
    var (low, high) = (0, failures.count)
    while low < high {
      let middle = (low + high) / 2
      if failures[middle].time < time { low = middle + 1 } else { high = middle }
    }
    return low
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
