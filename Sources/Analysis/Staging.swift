import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Sets the stage for a player: what things are made of, how they stand from event to event, and why.
///
/// - Parameter saysWhy: whether decisions are asked for: most of the work, and nothing in print.
public func stage(
  _ scenario: Scenario, _ simulation: Simulation, saysWhy: Bool = true
) -> Stage {
  var staging = Staging(scenario, simulation, saysWhy: saysWhy)
  staging.setOut()
  for row in simulation.trace.events.indices { staging.play(row) }
  var stage = staging.stage
  guard saysWhy else { return stage }
  stage.evidence = scenario.expectations.map { simulation.evidence(for: $0.claim, scenario) }
  return stage
}

/// A stage while it is being set.
private struct Staging {
  private let scenario: Scenario
  private let simulation: Simulation
  private let explanation: Explanation
  private(set) var stage: Stage
  private var definitions: [Stage.Definition: Int] = [:]
  private var isPresent: [Stage.Thing: Bool] = [:]
  /// How many more decisions get their steps: in a scenario of ten thousands of events nobody reads
  /// them all, and each costs several questions to the model.
  private var left = 5_000
  private let saysWhy: Bool
  /// What is shared at all.
  private let shared: Set<Shareable>
  /// How many changes of data policies were saved, and how many are in force.
  private var (saved, inForce) = (0, 0)

  init(_ scenario: Scenario, _ simulation: Simulation, saysWhy: Bool) {
    self.saysWhy = saysWhy
    self.scenario = scenario
    self.simulation = simulation
    let phrases = Phrases(simulation.trace, titled: true)
    explanation = Explanation(scenario, simulation, phrases)
    shared = scenario.shared
    stage = Stage { flow, time in
      guard saysWhy else { return nil }
      let inquiry = Inquiry(.run(flow), at: time, scenario, simulation, phrases)
      return Stage.Decision(inquiry.account(of: .run(flow)))
    }
    stage.about = scenario.about
    stage.edition = "\(scenario.settings.edition.name)"
    stage.isolationRoles = Role.allCases.filter(scenario.settings.edition.administers)
    stage.mayBeInForce = scenario.mayBeInForce(simulation.trace)
    stage.starts = scenario.starts
    stage.dataPolicies = simulation.dataPolicyChanges.map { $0.map(phrases.content) }
    for definition in scenario.definitions where definitions[definition] == nil {
      definitions[definition] = stage.definitions.count
      stage.definitions.append(definition)
    }
  }

  private var cast: Cast { simulation.trace.cast }
  private var connections: [ConnectionID] { cast.connections.indices.map { ConnectionID($0) } }
}

// MARK: - Before the first event

extension Staging {
  private static let before = Instant(-1)

  mutating func setOut() {
    for row in cast.tenants.indices { setOut(TenantID(row)) }
    for id in connections { setOut(id) }
    for row in cast.apps.indices { setOut(AppID(row)) }
    for row in cast.flows.indices { setOut(FlowID(row)) }
    for row in cast.dataPolicies.indices {
      let thing = Stage.Thing.dataPolicy(DataPolicyID(row))
      set(out: thing, [(.saved, .nothing), (.inForce, .nothing)])
    }
  }

  private mutating func set(out thing: Stage.Thing, _ values: [(Stage.Field, Stage.Value)]) {
    for (field, value) in values { stage.initial.append((.init(thing, field), value)) }
  }

  private mutating func setOut(_ tenant: TenantID) {
    set(out: .tenant(tenant), [(.saved, .row(tenant.row)), (.inForce, .row(tenant.row))])
  }

  private mutating func setOut(_ id: ConnectionID) {
    let state = simulation.state(of: id, at: Self.before)
    isPresent[.connection(id)] = state != .absent
    set(
      out: .connection(id),
      [
        (.state, .word("\(state.name)")), (.definition, definition(of: id, at: Self.before)),
        (.decision, state == .absent ? .nothing : decision(about: id, at: .start)),
      ])
  }

  private mutating func setOut(_ id: AppID) {
    let exists = simulation.exists(id, at: Self.before)
    set(
      out: .app(id),
      [
        (.state, .word(exists ? "present" : "absent")), (.owner, owner(of: id, at: Self.before)),
        (.uses, .rows(simulation.connections(of: id, at: Self.before).map(\.row))),
      ])
    setOutShares(of: .app(id), .app(id))
  }

  private mutating func setOut(_ id: FlowID) {
    let state = simulation.state(of: id, at: Self.before)
    set(
      out: .flow(id),
      [(.state, .word("\(state.name)"))] + makeUp(of: id, at: Self.before))
    setOutShares(of: .flow(id), .flow(id))
  }

  private mutating func setOutShares(of thing: Shareable, _ place: Stage.Thing) {
    guard shared.contains(thing) else { return }
    set(out: place, [(.shares, shares(of: thing, at: Self.before))])
  }
}

// MARK: - Event by event

extension Staging {
  mutating func play(_ row: Int) {
    let event = simulation.trace.events[row]
    change(row, event)
    if saysWhy { stage.decisions.append(decision(on: event)) }
  }

  private mutating func change(_ row: Int, _ event: Record) {
    switch event.kind {
    case .policySaved, .policyInForce:
      guard let tenant = event.tenant, let policy = event.policy else { return }
      set(row, .tenant(tenant), event.kind == .policySaved ? .saved : .inForce, .row(policy))
      judgeConnections(row, of: tenant, at: event.time)
    case .dataPolicySaved, .dataPolicyInForce: changeDataPolicy(row, event)
    case .connectionCreated, .connectionBlocked, .connectionDeleted, .connectionDisabled,
      .connectionEnabled:
      changeConnection(row, event)
    case .appCreated, .appConnectionAdded, .appDeleted: changeApp(row, event)
    case .flowSaved, .flowSuspended, .flowOn, .flowOff, .flowDeleted, .flowCopied:
      changeFlow(row, event)
    case .shareChanged: changeShares(row, event)
    case .appConnectionRefused, .appOpened, .flowRun, .flowTriggerFailed, .flowNotStarted,
      .operationRefused, .reportRequested, .reportChanged, .policyRead, .operationChanged,
      .packagesListed, .packageChanged, .mailSent, .groupChanged, .auditingOn, .auditingOff,
      .auditRecorded, .auditAvailable, .alertPolicySaved, .alertRaised, .subscriptionChanged,
      .subscriptionsListed, .contentListed, .contentFetched, .appRegistered, .approvalRequested,
      .approvalAnswered:
      break
    }
  }

  private mutating func set(
    _ row: Int, _ thing: Stage.Thing, _ field: Stage.Field, _ value: Stage.Value
  ) {
    stage.changes.append(.init(row, .init(thing, field), value))
  }

  private mutating func changeDataPolicy(_ row: Int, _ event: Record) {
    guard let tenant = event.tenant, let id = event.dataPolicy else { return }
    let isInForce = event.kind == .dataPolicyInForce
    set(row, .dataPolicy(id), isInForce ? .inForce : .saved, .row(isInForce ? inForce : saved))
    if isInForce { inForce += 1 } else { saved += 1 }
    judgeConnections(row, of: tenant, at: event.time)
  }

  private mutating func changeConnection(_ row: Int, _ event: Record) {
    guard let id = event.connection else { return }
    let thing = Stage.Thing.connection(id)
    let state: ConnectionState =
      switch event.kind {
      case .connectionCreated, .connectionEnabled: .connected
      case .connectionDisabled: .disabled
      default: .absent
      }
    isPresent[thing] = state != .absent
    set(row, thing, .state, .word("\(state.name)"))
    set(row, thing, .definition, definition(of: id, at: event.time))
    set(row, thing, .decision, state == .absent ? .nothing : decision(about: id, at: event.time))
  }

  private mutating func changeApp(_ row: Int, _ event: Record) {
    guard let id = event.app else { return }
    let isGone = event.kind == .appDeleted
    set(row, .app(id), .state, .word(isGone ? "absent" : "present"))
    set(row, .app(id), .owner, owner(of: id, at: event.time))
    let uses = simulation.connections(of: id, at: event.time).map(\.row)
    set(row, .app(id), .uses, .rows(isGone ? [] : uses))
    if shared.contains(.app(id)) {
      set(row, .app(id), .shares, shares(of: .app(id), at: event.time))
    }
  }

  private mutating func changeFlow(_ row: Int, _ event: Record) {
    guard let id = event.flow, let state = event.flowState else { return }
    set(row, .flow(id), .state, .word("\(state.name)"))
    for (field, value) in makeUp(of: id, at: event.time) {
      set(row, .flow(id), field, state == .absent && field == .uses ? .rows([]) : value)
    }
  }

  private mutating func changeShares(_ row: Int, _ event: Record) {
    if let app = event.app {
      set(row, .app(app), .shares, shares(of: .app(app), at: event.time))
    } else if let flow = event.flow {
      set(row, .flow(flow), .shares, shares(of: .flow(flow), at: event.time))
      set(row, .flow(flow), .owner, makeUp(of: flow, at: event.time)[0].1)
    }
  }

  /// Says anew what connections meet, and what is on its way to them, where a tenant has a say.
  private mutating func judgeConnections(_ row: Int, of tenant: TenantID, at time: Instant) {
    guard saysWhy else { return }
    for id in connections where isPresent[.connection(id)] ?? false {
      guard let definition = simulation.definition(of: id, at: time),
        definition.creator == tenant || definition.signIn == tenant
      else { continue }
      set(row, .connection(id), .decision, decision(about: id, at: time))
    }
  }
}

// MARK: - What things are made of

extension Staging {
  private func definition(of id: ConnectionID, at time: Instant) -> Stage.Value {
    let definition = simulation.definition(of: id, at: time).map { Stage.Definition(id, $0) }
    return definition.flatMap { definitions[$0] }.map { .row($0) } ?? .nothing
  }

  private static let mostNames = 8

  private func shares(of thing: Shareable, at time: Instant) -> Stage.Value {
    guard let shares = simulation.shares(of: thing, at: time) else { return .nothing }
    var names = shares.prefix(Self.mostNames).map { share in
      cast.name(of: share.recipient) + (share.role == .user ? "" : " as \(share.role.name)")
    }
    if shares.count > names.count { names.append("\(shares.count - names.count) more") }
    return .word(names.isEmpty ? "nobody" : names.joined(separator: ", "))
  }

  private func owner(of id: AppID, at time: Instant) -> Stage.Value {
    simulation.owner(of: id, at: time).map { .row($0.row) } ?? .nothing
  }

  private func makeUp(of id: FlowID, at time: Instant) -> [(Stage.Field, Stage.Value)] {
    let uses = simulation.connections(of: id, at: time)
    let owner = simulation.owner(of: id, at: time)
    let tenant = simulation.tenant(ofUses: uses, owner: owner, at: time)
    return [
      (.owner, owner.map { .row($0.row) } ?? .nothing),
      (.tenant, tenant.map { .row($0.row) } ?? .nothing), (.uses, .rows(uses.map(\.row))),
    ]
  }
}

// MARK: - Why

extension Staging {
  private mutating func mayAsk() -> Bool {
    left -= 1
    return left >= 0
  }

  /// What the use of a connection meets.
  private mutating func decision(about id: ConnectionID, at time: Instant) -> Stage.Value {
    guard saysWhy else { return .nothing }
    guard mayAsk() else {
      let met = simulation.encounter(of: id, at: time)
      return .decision(.init(.init(met.isAllowed ? .allowed : .blocked, met.grounds)))
    }
    let inquiry = Inquiry(
      of: .connection(id), at: time, scenario, simulation, explanation.phrases)
    return .decision(.init(inquiry.account(of: .connection(id))))
  }

  /// Why an event ended as it did; nil for what nobody decided and for runs, which are asked about
  /// when they are folded.
  private mutating func decision(on event: Record) -> Stage.Decision? {
    guard !event.kind.isRun else { return nil }
    guard mayAsk() else {
      return event.outcome.map { Stage.Decision(.init($0, event.grounds)) }
    }
    switch event.kind {
    case .connectionCreated, .connectionBlocked:
      return event.connection.map { Stage.Decision(why(.connection($0), event)) }
    case .appOpened where event.failure?.cause != .noDataAccess:
      return event.app.map { Stage.Decision(why(.app($0), event)) }
    case .policyInForce:
      return event.tenant.map {
        Stage.Decision(.init(nil, []), explanation.policies(of: $0, at: event.time))
      }
    case .connectionDeleted, .connectionDisabled, .connectionEnabled, .appDeleted, .flowDeleted,
      .dataPolicySaved, .dataPolicyInForce, .flowNotStarted:
      return nil
    case .flowSaved, .flowSuspended, .flowOn: return decision(onSaving: event)
    default: return Stage.Decision(.init(event.outcome, event.grounds), reasons(for: event))
    }
  }

  /// Why a flow is saved or suspended, and which change of a policy would make it the other.
  private func decision(onSaving event: Record) -> Stage.Decision {
    var decision = Stage.Decision(.init(event.outcome, event.grounds), reasons(for: event))
    guard let flow = event.flow, event.actor != nil else { return decision }
    let inquiry = Inquiry(
      of: .saving(flow), at: event.time, scenario, simulation, ofStatement: event.statement)
    // A flow that is off is saved whatever it meets.
    guard inquiry.answer(inquiry.met(inquiry.simulation, at: event.time)) == decision.answer else {
      return decision
    }
    decision.flip = inquiry.flip(namesOthers: false)
    decision.isFlipKnown = true
    return decision
  }
}

extension Staging {
  /// Why a statement ended as it did, or why the platform did something to a flow.
  private func reasons(for event: Record) -> [Reason] {
    if let row = event.statement, event.actor != nil {
      return explanation.why(statement: row)
    }
    return event.flow.map { why(.run($0), event).reasons } ?? []
  }

  private func why(_ subject: Account.Subject, _ event: Record) -> Account {
    Inquiry(
      subject, at: event.time, scenario, simulation, explanation.phrases,
      ofStatement: event.statement
    ).account(of: subject)
  }
}
