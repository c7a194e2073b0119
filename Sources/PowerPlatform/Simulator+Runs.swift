import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Runs that somebody or something starts, one by one. Recurring runs are derived instead.

extension Simulator {
  mutating func run(_ id: FlowID, _ step: Step) {
    guard let flow = present(id) else { return refuse(id, step, .absent) }
    guard works(step, in: world.tenant(of: flow, at: clock)) else {
      return refuse(id, step, .notInTenant)
    }
    guard let actor = step.actor, world.mayRun(id, flow, actor, at: clock) else {
      return refuse(id, step, .notSharedWithActor)
    }
    guard flow.definition.trigger.connection == nil else { return refuse(id, step, .notManual) }
    start([(id, flow)], .manual, step)
  }

  mutating func signal(_ connection: ConnectionID, _ step: Step) {
    let listeners = dependents.flows(using: connection).compactMap { id -> (FlowID, World.Flow)? in
      guard let flow = present(id), flow.definition.trigger.connection == connection,
        !flow.definition.isUnconnected
      else { return nil }
      return (id, flow)
    }
    start(listeners, .signal, step)
  }

  private mutating func start(
    _ flows: [(FlowID, World.Flow)], _ trigger: RunTrigger, _ step: Step
  ) {
    var result = StatementResult()
    for (id, flow) in flows {
      guard flow.state == .on else {
        events.append(record(.flowNotStarted, step, nil, flow: id))
        continue
      }
      let verdict = run(id, flow, trigger, step)
      if verdict.kind == .flowRun, result.outcome != .failed { result.outcome = verdict.outcome }
      result.grounds.append(contentsOf: verdict.grounds)
      result.failure = result.failure ?? verdict.failure
    }
    result.grounds.moveToEnd(.dataPolicy)
    results[step.row] = result
  }

  private mutating func run(
    _ id: FlowID, _ flow: World.Flow, _ trigger: RunTrigger, _ step: Step
  ) -> RunVerdict {
    var verdict = world.verdict(
      of: flow, at: clock, blockedTrigger: scenario.settings.blockedTrigger)
    // The run comes before what it does, and may fail by it.
    let place = events.count
    finish(id, flow, &verdict)
    noteTies(with: world.decidingChanges(of: world[flow.definition.uses], at: clock), step)
    reports.note(world[flow.definition.uses].attempted(verdict.failedStep), world, at: clock)
    var record = record(verdict.kind, step, verdict.outcome, flow: id)
    let previous = startedRuns.current(id.row).flatMap { events[$0].run?.verdict }
    record.describe(verdict, row: verdicts.row(of: verdict, after: previous), trigger: trigger)
    startedRuns.append(place, of: id.row, at: clock)
    events.insert(record, at: place)
    return verdict
  }

  /// Keeps the ties of policies coming into force right now with a maker's step, where makers are
  /// judged by policies in force.
  mutating func noteDesignTies(_ uses: some Collection<Use>, _ step: Step) {
    guard scenario.settings.designTime == .propagated else { return }
    noteTies(with: world.decidingChanges(of: uses, at: clock), step)
  }

  /// Keeps the ties of policies coming into force right now with a step that is judged by them.
  mutating func noteTies(with policies: [Int], _ step: Step) {
    for policy in policies {
      let tie = Tie(time: clock, policy: policy, flow: nil, line: step.line)
      if !ties[tiesBeforeStep...].contains(tie) { ties.append(tie) }
    }
  }
}

// MARK: - Flows that fail for too long

extension Simulator {
  /// Has a flow that has just come on looked at when it could have failed for too long.
  mutating func watchForFailure(_ id: FlowID) {
    guard let limit = scenario.settings.alwaysFailing, let row = world.flows.latestRow(of: id.row),
      world.flows.rows[row].value.state == .on
    else { return }
    look(at: id, logRow: row, when: clock + limit)
  }

  /// Looks come after all policies that come into force at their instant, in the order of flows. A
  /// look that is out of date may share its key with the one that replaced it and does nothing.
  private mutating func look(at id: FlowID, logRow: Int, when time: Instant) {
    // Far above the numbers that the queue gives.
    let key = EventKey(time, .platform, 1 << 55 | UInt64(id.index))
    queue.insert(.alwaysFailing(id, logRow: logRow), key: key)
  }

  /// Turns a flow off whose failures began long enough ago, or has it looked at again at the first
  /// moment when that could be so: failures that begin from now on can't add up before.
  mutating func turnOffIfFailing(_ id: FlowID, logRow: Int) {
    guard let limit = scenario.settings.alwaysFailing, world.flows.latestRow(of: id.row) == logRow
    else { return }
    let flow = world.flows.rows[logRow]
    guard let streak = failureStreak(of: id, since: max(flow.time, .start)) else {
      return look(at: id, logRow: logRow, when: clock + limit)
    }
    guard streak + limit <= clock else {
      return look(at: id, logRow: logRow, when: streak + limit)
    }
    set(.off, id, line: flow.value.line)
    note(.flowOff, .saved, id, line: flow.value.line)
  }

  /// When the failures began that last until now; nil where the last run succeeded or there is none.
  private mutating func failureStreak(of id: FlowID, since start: Instant) -> Instant? {
    var streak = FailureStreak()
    var derivation = RunDerivation(world, scenario.settings, from: start, until: clock)
    derivation.derive(id)
    for segment in derivation.segments {
      streak.add(segment, fails: derivation.verdicts.rows[segment.verdict].failure != nil)
    }
    startedRuns.forEachBackwards(id.row) { row in
      guard row.value >= eventsBefore[id.row] else { return false }
      streak.add(row.time, event: row.value, fails: events[row.value].outcome == .failed)
      return true
    }
    return streak.start
  }
}

/// Finds the failures after the last success, whatever order runs are told in.
private struct FailureStreak {
  private var lastSuccess: EventKey?
  private var failures: [(first: EventKey, recurrence: Recurrence, last: EventKey)] = []

  mutating func add(_ time: Instant, event: Int, fails: Bool) {
    let key = EventKey(time, .statement, UInt64(event))
    add(key, key, Recurrence(anchor: time, period: 1), fails: fails)
  }

  mutating func add(_ segment: RunSegment, fails: Bool) {
    guard let first = segment.recurrence.occurrence(0, in: segment.interval),
      let last = segment.recurrence.last(in: segment.interval)
    else { return }
    add(EventKey(first, .run, 0), EventKey(last, .run, 0), segment.recurrence, fails: fails)
  }

  private mutating func add(
    _ first: EventKey, _ last: EventKey, _ recurrence: Recurrence, fails: Bool
  ) {
    if fails {
      failures.append((first, recurrence, last))
    } else {
      lastSuccess = max(lastSuccess ?? last, last)
    }
  }

  /// The first failure that no success follows.
  var start: Instant? {
    guard let lastSuccess else { return failures.map(\.first).min()?.time }
    let after = failures.compactMap { failure -> Instant? in
      guard failure.last > lastSuccess else { return nil }
      if failure.first > lastSuccess { return failure.first.time }
      // A success by hand amid scheduled failures: the next scheduled one opens the streak.
      return failure.recurrence.first(atOrAfter: lastSuccess.time)
    }
    return after.min()
  }
}
