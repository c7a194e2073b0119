import PowerPlatform
import SimulationTrace
import TenantIsolation

extension ReferenceEngine {
  /// The flow, where it exists; its absence is recorded otherwise.
  mutating func existing(_ id: FlowID, _ statement: Statement) -> Flow? {
    if let flow = flows[id], flow.state != .absent { return flow }
    refuse(statement, .absent) { $0.flow = id }
    return nil
  }

  mutating func create(
    _ id: FlowID, _ definition: FlowDefinition, _ statement: Statement, _ row: Int
  ) {
    let uses = Array(scenario[definition.uses])
    guard user(statement)?.role != .user else {
      return refuse(statement, .notMaker) { $0.flow = id }
    }
    if let other = notOwned(uses, by: statement.actor) {
      return refuse(statement, .notOwner, connection: other) { $0.flow = id }
    }
    guard flows[id] == nil else { return collisions.append(row) }
    let flow = Flow(
      owner: definition.owner, trigger: definition.trigger, uses: uses, state: .on,
      line: statement.line, work: definition.work)
    put(flow, id, statement, .flowSaved)
  }

  mutating func save(_ id: FlowID, _ uses: UseList?, _ statement: Statement) {
    guard var flow = existing(id, statement) else { return }
    guard isOwner(statement.actor, of: id) else {
      return refuse(statement, .notOwner) { $0.flow = id }
    }
    if let uses {
      if flow.isUnconnected { reconnect(&flow, Array(scenario[uses])) }
      flow.uses = Array(scenario[uses])
    }
    guard !flow.isUnconnected else {
      return refuse(statement, .copyUnconnected) { $0.flow = id }
    }
    if let other = notUsable(flow.uses, in: id, statement) {
      return refuse(statement, .notOwner, connection: other) { $0.flow = id }
    }
    put(flow, id, statement, .flowSaved)
  }

  mutating func turn(_ id: FlowID, _ on: Bool, _ statement: Statement) {
    guard var flow = existing(id, statement) else { return }
    let mayTurnOff = administers(statement, tenant(of: flow.uses, flow.owner))
    guard isOwner(statement.actor, of: id) || (!on && mayTurnOff) else {
      return refuse(statement, .notOwner) { $0.flow = id }
    }
    guard !on || !flow.isUnconnected else {
      return refuse(statement, .copyUnconnected) { $0.flow = id }
    }
    if on {
      flow.state = .on
      put(flow, id, statement, .flowOn)
    } else {
      flows[id]?.state = .off
      flows[id]?.suspendedByDataPolicy = nil
      flows[id]?.end = nil
      note(.flowOff, statement, .saved) {
        $0.flow = id
        $0.flowState = .off
      }
    }
  }

  /// Judges a flow as its maker does and puts it on or Suspended; one that is off stays off.
  mutating func put(
    _ flow: Flow, _ id: FlowID, _ statement: Statement, _ kind: RecordKind
  ) {
    let isNew = flows[id] == nil
    var flow = flow
    if scenario.settings.designTime == .propagated { noteTies(flow.uses, line: statement.line) }
    let judgement = judge(
      flow.uses, trigger: flow.trigger, tenant(of: flow.uses, flow.owner), designPolicies,
      savedData, .flowDesign)
    let staysOff = flow.state == .off
    let isFine = judgement.failure == nil
    flow.line = statement.line
    start(&flow)
    if !staysOff { flow.state = isFine ? .on : .suspended }
    flows[id] = flow
    let subject = subject(flow.uses, judgement.failure, flow.owner)
    note(
      isFine || staysOff ? kind : .flowSuspended, statement,
      isFine || staysOff ? .saved : .suspended
    ) {
      $0.flow = id
      $0.flowState = flow.state
      $0.isCreation = isNew
      $0.isTurningOn = kind == .flowOn
      $0.describe(subject)
      $0.ways = judgement.ways
      $0.grounds = judgement.grounds
      $0.failure = judgement.failure
    }
  }

  mutating func delete(_ id: FlowID, _ statement: Statement) {
    guard existing(id, statement) != nil else { return }
    guard isOwner(statement.actor, of: id) else {
      return refuse(statement, .notOwner) { $0.flow = id }
    }
    note(.flowDeleted, statement, .saved) {
      $0.flow = id
      $0.flowState = .absent
    }
    flows[id] = nil
    shares[.flow(id)] = nil
    closeQuestions { $0.flow == id }
  }

  mutating func runByHand(_ id: FlowID, _ statement: Statement, _ row: Int) {
    guard let flow = existing(id, statement) else { return }
    let tenant = tenant(of: flow.uses, flow.owner)
    guard works(statement, in: tenant) else {
      return refuse(statement, .notInTenant) {
        $0.flow = id
        $0.tenant = tenant
      }
    }
    guard isOpen(.flow(id), owner: flow.owner, to: statement.actor) else {
      return refuse(statement, .notSharedWithActor) { $0.flow = id }
    }
    if case .signal = flow.trigger {
      return refuse(statement, .notManual) { $0.flow = id }
    }
    startRuns([id], .manual, statement, row)
  }

  mutating func signal(_ connection: ConnectionID, _ statement: Statement, _ row: Int) {
    let listening = flows.keys.sorted().filter {
      flows[$0]?.trigger == .signal(connection) && flows[$0]?.isUnconnected == false
    }
    startRuns(listening, .signal, statement, row)
  }

  mutating func startRuns(
    _ ids: [FlowID], _ trigger: RunTrigger, _ statement: Statement, _ row: Int
  ) {
    var verdicts: [RunVerdict] = []
    for id in ids {
      guard let flow = flows[id], flow.state == .on else {
        note(.flowNotStarted, statement, nil) { $0.flow = id }
        continue
      }
      noteTies(flow.uses, line: statement.line)
      let verdict = run(id, trigger, actor: statement.actor, line: statement.line)
      if let verdict { verdicts.append(verdict) }
    }
    let runs = verdicts.filter { $0.kind == .flowRun }
    if !runs.isEmpty {
      results[row].outcome = runs.contains { $0.failure != nil } ? .failed : .succeeded
    }
    results[row].failure = verdicts.compactMap { $0.failure }.first
    for ground in verdicts.flatMap({ Array($0.grounds) }) where ground != .dataPolicy {
      results[row].grounds.append(ground)
    }
    if verdicts.contains(where: { $0.grounds.contains(.dataPolicy) }) {
      results[row].grounds.append(.dataPolicy)
    }
  }
}
