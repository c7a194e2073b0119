import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// Recurring flows with work: each of their runs is an event, unlike those of other flows.
extension Checker {
  /// Keeps that the statement at hand makes such a flow.
  mutating func noteWork(of trigger: FlowTrigger) {
    let above = variant.map { variants[$0].previousAt } ?? previousAt
    guard case .every(let period, _) = trigger, let time = above?.time else { return }
    workers.append((time, period, file, row))
  }

  /// Reports the first of these flows with which there are too many runs to be made one by one.
  mutating func checkWorkingRuns() {
    var runs = startedRuns
    for worker in workers where runs <= Scenario.mostStartedRuns {
      let time = max(.start, worker.time)
      runs += Recurrence(anchor: time, period: worker.period)
        .count(in: time..<max(time, scenario.until))
      guard runs > Scenario.mostStartedRuns else { continue }
      (file, row) = (worker.file, worker.row)
      report(
        .tooManyRuns, opening,
        "with this, up to \(runs) runs are made one by one; the limit is "
          + "\(Scenario.mostStartedRuns)")
    }
  }
}
