import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// How many runs are made one by one at most, were all flows on: those of signals, of people and of
/// recurring flows with work. Others that recur are counted by arithmetic.
struct StartedRuns {
  private var shared = 0
  /// Those that a variant's own statements start count in that variant alone.
  private var own: [Int: Int] = [:]
  private var mostOwn = 0
  /// How many flows start with a connection's signals.
  private var listeners: [ConnectionID: Int] = [:]
  /// Flows that wait for signals and may come to wait for those of another connection.
  private var copies: Set<FlowID> = []

  /// The runs of whichever variant has most of them.
  var most: Int { shared + mostOwn }

  mutating func add(_ count: Int, in variant: Int?) {
    guard let variant else { return shared += count }
    own[variant, default: 0] += count
    mostOwn = max(mostOwn, own[variant, default: 0])
  }

  /// How many runs a statement starts.
  mutating func count(startedBy action: Action, in scenario: Scenario) -> Int {
    switch action {
    case .createFlow(_, let definition): listens(definition)
    case .sendCopy(_, _, let copy): copies.insert(copy)
    case .saveFlow(let flow, let uses?) where copies.contains(flow): listens(to: scenario[uses])
    case .moveFlow(_, _, let uses?): listens(to: scenario[uses])
    case .runFlow: return 1
    case .signal(let connection): return listeners[connection, default: 0]
    default: break
    }
    return 0
  }

  mutating func listens(_ flow: FlowDefinition) {
    if let connection = flow.trigger.connection { listeners[connection, default: 0] += 1 }
  }

  /// A copy, or a flow that is moved, may wait for the first of its new connections.
  private mutating func listens(to uses: ArraySlice<Use>) {
    if let first = uses.first { listeners[first.connection, default: 0] += 1 }
  }
}

extension Checker {
  /// Counts the runs that a statement starts. Those of a flow with work are counted when the end is
  /// known.
  mutating func countRuns(startedBy action: Action, at time: Instant) {
    if case .createFlow(_, let flow) = action, flow.work != nil,
      case .every(let period, _) = flow.trigger
    {
      workers.append((time, period, variant, row))
    }
    countRuns(runs.count(startedBy: action, in: scenario))
  }

  /// Counts runs, and reports the statement at hand where there are too many with them.
  private mutating func countRuns(_ count: Int) {
    let before = runs.most
    runs.add(count, in: variant)
    guard before <= Scenario.mostStartedRuns, runs.most > Scenario.mostStartedRuns else { return }
    report(
      .tooManyRuns, opening,
      "with this, up to \(runs.most) runs are made one by one; the limit is "
        + "\(Scenario.mostStartedRuns)")
  }

  /// Counts the runs of recurring flows with work: each is an event, unlike those of other flows.
  mutating func countWorkingRuns() {
    for worker in workers {
      (file, row, variant) = (0, worker.row, worker.variant)
      let time = max(.start, worker.time)
      countRuns(
        Recurrence(anchor: time, period: worker.period)
          .count(in: time..<max(time, scenario.until)))
    }
  }
}
