import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Cloud flows: judged when they are saved, turned on or run; suspended by design time and by data
// policies, never by isolation at run time.

extension Simulator {
  mutating func create(_ id: FlowID, _ definition: FlowDefinition, _ step: Step) {
    guard isMaker(step) else { return refuse(id, step, .notMaker) }
    if let foreign = foreign(scenario[definition.uses], to: step.actor) {
      return refuse(id, step, .notOwner, of: foreign)
    }
    guard present(id) == nil else { return collisions.append(step.row) }
    put(definition, id, step, as: .flowSaved, isNew: true)
  }

  mutating func save(_ id: FlowID, uses: UseList?, _ step: Step) {
    guard let flow = present(id) else { return refuse(id, step, .absent) }
    guard isOwner(step, id, flow) else { return refuse(id, step, .notOwner) }
    var definition = flow.definition
    if let uses {
      if definition.isUnconnected { definition.reconnect(uses, scenario) }
      definition.uses = uses
    }
    guard !definition.isUnconnected else { return refuse(id, step, .copyUnconnected) }
    if let barred = barred(step, scenario[definition.uses], in: id, flow) {
      return refuse(id, step, .notOwner, of: barred)
    }
    save(definition, id, flow.state, step)
  }

  /// Saves a flow: off it stays off, else it is judged anew.
  mutating func save(
    _ definition: FlowDefinition, _ id: FlowID, _ state: FlowState, _ step: Step
  ) {
    guard state != .off else { return saveTurnedOff(definition, id, step) }
    put(definition, id, step, as: .flowSaved)
  }

  mutating func turnOn(_ id: FlowID, _ step: Step) {
    guard let flow = present(id) else { return refuse(id, step, .absent) }
    guard isOwner(step, id, flow) else { return refuse(id, step, .notOwner) }
    guard !flow.definition.isUnconnected else { return refuse(id, step, .copyUnconnected) }
    put(flow.definition, id, step, as: .flowOn)
  }

  mutating func turnOff(_ id: FlowID, _ step: Step) {
    guard let flow = present(id) else { return refuse(id, step, .absent) }
    guard isOwner(step, id, flow) || administers(step, world.tenant(of: flow, at: clock)) else {
      return refuse(id, step, .notOwner)
    }
    set(.off, id, line: step.line)
    conclude(step, with: record(.flowOff, step, .saved, flow: id, .off))
  }

  mutating func delete(_ id: FlowID, _ step: Step) {
    guard let flow = present(id) else { return refuse(id, step, .absent) }
    guard isOwner(step, id, flow) else { return refuse(id, step, .notOwner) }
    set(.absent, id, line: step.line)
    world.sharing.forget(.flow(id), at: clock)
    feedFlows.forget(id, at: clock)
    conclude(step, with: record(.flowDeleted, step, .saved, flow: id, .absent))
  }

  /// Puts a flow on, or marks it Suspended where design time finds a blocked connection.
  private mutating func put(
    _ definition: FlowDefinition, _ id: FlowID, _ step: Step, as kind: RecordKind,
    isNew: Bool = false
  ) {
    let judgement = judgeDesign(definition, step)
    let isFine = judgement.failure == nil
    let flow = World.Flow(
      definition: definition, state: isFine ? .on : .suspended, anchor: clock, line: step.line,
      failure: world.keep(judgement.failure))
    append(flow, id)
    var record = record(
      isFine ? kind : .flowSuspended, step, isFine ? .saved : .suspended, flow: id, flow.state)
    record.isCreation = isNew
    record.isTurningOn = kind == .flowOn
    describe(&record, definition, judgement)
    conclude(step, with: record)
  }

  /// Saving leaves a flow off that is off; its maker sees the error all the same.
  private mutating func saveTurnedOff(_ definition: FlowDefinition, _ id: FlowID, _ step: Step) {
    let judgement = judgeDesign(definition, step)
    let flow = World.Flow(
      definition: definition, state: .off, anchor: clock, line: step.line)
    append(flow, id)
    var record = record(.flowSaved, step, .saved, flow: id, .off)
    describe(&record, definition, judgement)
    conclude(step, with: record)
  }

  /// Puts what design time found into a record.
  private func describe(
    _ record: inout Record, _ definition: FlowDefinition, _ judgement: Judgement
  ) {
    record.grounds = judgement.grounds
    record.ways = judgement.ways
    record.failure = judgement.failure
    record.describe(
      world.subject(
        of: scenario[definition.uses], judgement.failure, owner: definition.owner, at: clock))
  }

  private mutating func judgeDesign(_ definition: FlowDefinition, _ step: Step) -> Judgement {
    let uses = scenario[definition.uses]
    let view = designTime(.flowDesign)
    noteDesignTies(uses, step)
    return world.judge(
      uses, of: world.tenant(of: uses, owner: definition.owner, at: clock),
      trigger: definition.trigger.connection, from: view)
  }
}

// MARK: - State

extension Simulator {
  func present(_ id: FlowID) -> World.Flow? {
    world.flows.current(id.row).flatMap { $0.state == .absent ? nil : $0 }
  }

  /// Gives a flow another state; its recurrence starts anew where that is on.
  mutating func set(_ state: FlowState, _ id: FlowID, failure: Failure? = nil, line: Int) {
    guard var flow = world.flows.current(id.row) else { return }
    flow.state = state
    flow.failure = world.keep(failure)
    flow.line = line
    flow.anchor = clock
    append(flow, id)
  }

  /// Records what the platform has done to a flow unasked.
  mutating func note(
    _ kind: RecordKind, _ outcome: Outcome, _ id: FlowID, line: Int, _ failure: Failure? = nil
  ) {
    var record = Record(kind, at: clock, line: line, outcome: outcome)
    record.flow = id
    record.flowState = world.flows.current(id.row)?.state
    record.tenant = present(id).map { world.tenant(of: $0, at: clock) }
    record.failure = failure
    record.connection = failure?.connection
    if failure != nil { record.grounds = [.dataPolicy] }
    events.append(record)
  }

  /// A record of a step about a flow, which it leaves in a state if it changes it.
  func record(
    _ kind: RecordKind, _ step: Step, _ outcome: Outcome?, flow: FlowID, _ state: FlowState? = nil
  ) -> Record {
    var record = record(kind, step, outcome)
    record.flow = flow
    record.flowState = state
    record.tenant = world.flows.current(flow.row).map { world.tenant(of: $0, at: clock) }
    return record
  }

  mutating func refuse(
    _ id: FlowID, _ step: Step, _ cause: Cause, of connection: ConnectionID? = nil,
    for user: UserID? = nil
  ) {
    let tenant = present(id).map { world.tenant(of: $0, at: clock) }
    refuse(step, cause) {
      $0.flow = id
      $0.tenant = tenant
      $0.failure?.connection = connection
      if let user { $0.failure?.user = user }
    }
  }
}
