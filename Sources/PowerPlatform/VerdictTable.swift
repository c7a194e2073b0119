import DiscreteEvents
import SimulationTrace

/// What runs meet. Runs of one flow that follow each other and meet the same share a row; others
/// hardly ever could, because a verdict names its connection.
struct VerdictTable {
  private(set) var rows: [RunVerdict] = []

  /// The row of a verdict, added unless it is what the flow's run before met.
  mutating func row(of verdict: RunVerdict, after previous: Int?) -> Int {
    if let previous, rows[previous] == verdict { return previous }
    rows.append(verdict)
    return rows.count - 1
  }

  /// Makes room for that many rows.
  mutating func expect(_ count: Int) { rows.reserveCapacity(rows.count + count) }
}

extension World {
  /// What a run of a flow meets at an instant.
  func verdict(
    of flow: Flow, at time: Instant, blockedTrigger: Settings.BlockedTrigger
  ) -> RunVerdict {
    let uses = self[flow.definition.uses]
    let trigger = flow.definition.trigger.connection
    let judgement = judge(runOf: flow, .inForce, at: time)
    let triggerStep = trigger.flatMap { trigger in
      uses.offset { $0.connection == trigger }
    }
    let failsAtTrigger = judgement.failure != nil && judgement.failedStep == triggerStep
    var verdict = RunVerdict(
      kind: failsAtTrigger && blockedTrigger == .triggerFailure ? .flowTriggerFailed : .flowRun,
      grounds: judgement.grounds, failure: judgement.failure, failedStep: judgement.failedStep,
      steps: steps(of: uses, trigger: trigger, at: time))
    verdict.ways = judgement.ways
    verdict.subject = subject(
      of: uses, judgement.failure, owner: flow.definition.owner, at: time)
    return verdict
  }

  /// Judges what the connections of a run meet.
  func judge(runOf flow: Flow, _ view: PolicyView, at time: Instant) -> Judgement {
    judge(
      self[flow.definition.uses], of: tenant(of: flow, at: time),
      trigger: flow.definition.trigger.connection, from: .using(view, .run, time))
  }

  /// Has a run that its connections let through fail by its flow's work.
  func fail(_ verdict: inout RunVerdict, of flow: Flow, by work: FailedWork, at time: Instant) {
    verdict.failure = work.failure
    verdict.failedStep = work.step
    verdict.subject = subject(
      of: self[flow.definition.uses], work.failure, owner: flow.definition.owner, at: time)
  }

  /// What a flow's last run was answered by its work, where it failed by that and nobody touched the
  /// flow since.
  func failedWork(of flow: FlowID, at time: Instant) -> FailedWork? {
    workFailures.value(of: flow.row, at: time) ?? nil
  }

  /// The operations of a flow in order.
  private func steps(
    of uses: some Collection<Use>, trigger: ConnectionID?, at time: Instant
  ) -> [OperationID] {
    var trigger = trigger
    func operation(of use: Use) -> OperationID {
      let isTrigger = use.connection == trigger
      if isTrigger { trigger = nil }
      let connection = connections.value(of: use.connection.row, at: time)
      return self.operation(of: use, connection?.definition, isTrigger: isTrigger)
    }
    if uses.count == 1, let use = uses.first { return operations.alone[operation(of: use).row] }
    return uses.map(operation)
  }
}

extension Collection {
  /// How far from the start the first element lies that fits; nil where none does.
  fileprivate func offset(where fits: (Element) -> Bool) -> Int? {
    firstIndex(where: fits).map { distance(from: startIndex, to: $0) }
  }
}
