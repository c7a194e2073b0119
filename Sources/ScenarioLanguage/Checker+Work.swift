import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// Recurring flows with work: each of their runs is an event, unlike those of other flows.
extension Checker {
  /// Keeps that the statement at hand makes such a flow.
  mutating func noteWork(_ trigger: FlowTrigger, from time: Instant) {
    guard case .every(let period, _) = trigger else { return }
    workers.append((time, period, variant, row))
  }

  /// Reports the first of these flows with which there are too many runs to be made one by one.
  mutating func checkWorkingRuns() {
    for worker in workers where mostStartedRuns <= Scenario.mostStartedRuns {
      (file, row, variant) = (0, worker.row, worker.variant)
      let time = max(.start, worker.time)
      countRuns(
        Recurrence(anchor: time, period: worker.period)
          .count(in: time..<max(time, scenario.until)))
      guard mostStartedRuns > Scenario.mostStartedRuns else { continue }
      report(
        .tooManyRuns, opening,
        "with this, up to \(mostStartedRuns) runs are made one by one; the limit is "
          + "\(Scenario.mostStartedRuns)")
    }
  }
}
