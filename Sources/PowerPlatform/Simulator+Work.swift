import DiscreteEvents
import SimulationTrace
import TenantIsolation

// What flows do besides using their connections. Recurring runs are derived also of flows that have
// work; each is besides an event here, which meets what the derived one meets and does the work if
// that lets it.

extension Simulator {
  /// What a run's work came to.
  enum WorkResult {
    /// The next run does it again.
    case goesOn
    /// There is nothing more to do: the flow turns itself off when the run is over (assumed).
    case isDone
    /// The run fails by it.
    case failed(FailedWork)
  }

  /// Does a flow's work, in a run that succeeds now.
  mutating func work(_ id: FlowID, _ flow: World.Flow) -> WorkResult {
    guard let work = flow.definition.work.map({ scenario.works[$0.row] }) else { return .goesOn }
    switch work {
    case .polling(let operation, let recipients):
      return poll(operation, mailing: recipients, id, flow)
    case .digesting(let digest, let recipients):
      return mail(digest, to: recipients, id, flow)
    case .guarding(let registration, let approvers):
      return look(using: registration, asking: approvers, id, flow)
    }
  }

  /// Does a flow's work where a run lets it, and sees to what follows from it.
  mutating func finish(_ id: FlowID, _ flow: World.Flow, _ verdict: inout RunVerdict) {
    guard flow.definition.work != nil, let logRow = world.flows.latestRow(of: id.row),
      doneRows[id] != logRow
    else { return }
    var failed: FailedWork?
    switch verdict.failure == nil ? work(id, flow) : .goesOn {
    case .goesOn: break
    case .isDone:
      doneRows[id] = logRow
      queue.schedule(.workDone(id, logRow: logRow), at: clock + verdict.duration, rank: .platform)
    case .failed(var work):
      work.failure.operation = work.step.map { verdict.steps[$0] }
      world.fail(&verdict, of: flow, by: work, at: clock)
      failed = work
    }
    note(failed, of: id)
  }

  /// Keeps what a flow's work came to, where that is news.
  mutating func note(_ failed: FailedWork?, of id: FlowID) {
    guard world.failedWork(of: id, at: clock) != failed else { return }
    world.workFailures.append(failed, of: id.row, at: clock)
  }

  /// Turns a flow off that has nothing more to do, unless somebody has touched it meanwhile.
  mutating func turnOffAfterWork(_ id: FlowID, logRow: Int) {
    guard world.flows.latestRow(of: id.row) == logRow else { return }
    let line = world.flows.rows[logRow].value.line
    set(.off, id, line: line)
    note(.flowOff, .saved, id, line: line)
    events[events.count - 1].isWorkDone = true
  }
}

// MARK: - Recurring runs that work

extension Simulator {
  /// Has a flow that has just come on work when its recurrence says.
  mutating func watchForWork(_ id: FlowID) {
    guard !scenario.works.isEmpty, let logRow = world.flows.latestRow(of: id.row) else { return }
    let flow = world.flows.rows[logRow].value
    guard flow.state == .on, flow.definition.work != nil else { return }
    scheduleWork(id, flow, logRow: logRow, from: clock)
  }

  /// Recurring runs come after all else of their instant, in the order of flows. One that is out of
  /// date may share its key with the one that replaced it and does nothing.
  private mutating func scheduleWork(
    _ id: FlowID, _ flow: World.Flow, logRow: Int, from time: Instant
  ) {
    guard case .every(let period, _) = flow.definition.trigger else { return }
    let next = Recurrence(anchor: flow.anchor, period: period).first(atOrAfter: time)
    let key = EventKey(next, .run, UInt64(id.index))
    queue.insert(.workingRun(id, logRow: logRow), key: key)
  }

  mutating func runWorking(_ id: FlowID, logRow: Int) {
    guard world.flows.latestRow(of: id.row) == logRow else { return }
    let flow = world.flows.rows[logRow].value
    var verdict = world.verdict(
      of: flow, at: clock, blockedTrigger: scenario.settings.blockedTrigger)
    let before = events.count
    finish(id, flow, &verdict)
    for row in before..<events.count { events[row].isInRecurringRun = true }
    guard doneRows[id] != logRow else { return }
    scheduleWork(id, flow, logRow: logRow, from: clock + 1)
  }
}
