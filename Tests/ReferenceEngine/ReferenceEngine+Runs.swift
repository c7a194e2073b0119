import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// Runs, each when its time comes, and the ties that decide them.

extension ReferenceEngine {
  mutating func runRecurrence(_ id: FlowID) {
    guard let flow = flows[id], case .every(let period, _) = flow.trigger else { return }
    flows[id]?.nextRun = clock + period
    noteTies(flow.uses, flow: id, line: flow.line)
    _ = run(id, .recurrence, actor: nil, line: flow.line)
  }

  mutating func run(
    _ id: FlowID, _ trigger: RunTrigger, actor: UserID?, line: Int
  ) -> RunVerdict? {
    guard let flow = flows[id] else { return nil }
    var judgement = judge(
      flow.uses, trigger: flow.trigger, tenant(of: flow.uses, flow.owner), inForce, inForceData,
      .run)
    var isTriggersFault = false
    if case .signal(let connection) = flow.trigger {
      let step = flow.uses.firstIndex { $0.connection == connection }
      isTriggersFault = judgement.step != nil && judgement.step == step
    }
    var calls: [FeedCall] = []
    if judgement.failure == nil, let (failure, step) = workFailure(of: flow, &calls) {
      (judgement.failure, judgement.step) = (failure, step)
    }
    noteUses(flow.uses.prefix((judgement.step ?? flow.uses.count) + 1))
    let isNoRun = isTriggersFault && scenario.settings.blockedTrigger == .triggerFailure
    var verdict = RunVerdict(
      kind: isNoRun ? .flowTriggerFailed : .flowRun, grounds: judgement.grounds,
      failure: judgement.failure, failedStep: judgement.step,
      steps: operations(of: flow.uses, flow.trigger))
    verdict.ways = judgement.ways
    verdict.subject = subject(flow.uses, judgement.failure, flow.owner)
    var record = Record(
      verdict.kind, at: clock, line: line, actor: actor,
      outcome: judgement.failure == nil ? .succeeded : .failed)
    record.flow = id
    record.grounds = verdict.grounds
    record.ways = verdict.ways
    record.failure = verdict.failure
    record.describe(verdict.subject)
    record.run = RunMention(trace.verdicts.count, trigger)
    trace.verdicts.append(verdict)
    trace.events.append(record)
    let since = flow.failingSince ?? clock
    flows[id]?.failingSince = judgement.failure == nil ? nil : since
    work(id, verdict, calls)
    return verdict
  }

  /// Keeps a tie for each policy that has come into force at this instant and without which
  /// isolation would say something else about one of these connections.
  mutating func noteTies(_ uses: [Use], flow: FlowID? = nil, line: Int) {
    for use in uses {
      guard let connection = connections[use.connection], connection.isPresent else { continue }
      noteTies(connection.definition, flow: flow, line: line)
    }
  }

  mutating func noteTies(
    _ definition: ConnectionDefinition, flow: FlowID? = nil, line: Int
  ) {
    for tenant in [definition.creator, definition.signIn] {
      guard let version = inForce[tenant], trace.policies[version].savedAt != nil,
        trace.policies[version].inForceAt == clock
      else { continue }
      var before = inForce
      before[tenant] = inForceBeforeInstant[tenant]
      guard decision(definition, before).grounds != decision(definition, inForce).grounds
      else { continue }
      let tie = Tie(time: clock, policy: version, flow: flow, line: line)
      if !trace.ties.contains(tie) { trace.ties.append(tie) }
    }
  }

  /// The connection that fails, or else the first that crosses between tenants, or else the first.
  func subject(_ uses: [Use], _ failure: Failure?, _ owner: UserID) -> Subject {
    let all = uses.map(\.connection)
    let crossing = all.first {
      connections[$0].map { $0.definition.creator != $0.definition.signIn } ?? false
    }
    return subject(failure?.connection ?? crossing ?? all.first, owner)
  }

  func subject(_ id: ConnectionID?, _ owner: UserID) -> Subject {
    let definition = id.flatMap { connections[$0]?.definition }
    let home = scenario.cast.users[owner.row].home
    return Subject(id, creator: definition?.creator ?? home, signIn: definition?.signIn)
  }
}
