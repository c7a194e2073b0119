import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// The same platform, written to be read: every run is made when its time comes, by looking at the
/// world as it is then. Nothing is derived, shared or fast.
///
/// It shares with the engine that ships the decision about one connection and nothing else.
struct ReferenceEngine {
  struct Connection {
    var definition: ConnectionDefinition
    var isPresent: Bool
  }

  struct App {
    var owner: UserID
    var uses: [Use]
  }

  struct Flow {
    var owner: UserID
    var trigger: FlowTrigger
    var uses: [Use]
    var state: FlowState
    var line: Int
    var nextRun: Instant?
    var failingSince: Instant?
    var suspendedByDataPolicy: Instant?
  }

  /// A data policy of a tenant; `row` tells apart what bears the same name at different times.
  struct DataPolicyInstance: Equatable {
    var row: Int
    var id: DataPolicyID
    var policy: DataPolicy
  }

  /// How a statement ended.
  struct Result: Equatable {
    var outcome: Outcome?
    var grounds: Grounds = []
    var failure: Failure?
  }

  /// Something saved on its way into force.
  enum Change {
    case isolation(version: Int)
    case dataPolicies([DataPolicyInstance], TenantID, DataPolicyID, line: Int)
  }

  /// What holds at an instant, after everything that happens at it.
  struct Snapshot {
    var time: Instant
    var flows: [FlowID: FlowState]
    var connections: [ConnectionID: ConnectionState]
    var apps: [AppID: [ConnectionID]]
    var saved: [TenantID: Int]
    var inForce: [TenantID: Int]
  }

  /// What can be due, in the order in which it happens within an instant.
  enum Due {
    case change(Int)
    case turnOff(FlowID)
    case statement(Int)
    case run(FlowID)
  }

  let scenario: Scenario
  var clock = Instant.start
  var trace = Trace()
  var results: [Result]
  var collisions: [Int] = []
  /// One an instant at which something happened.
  var snapshots: [Snapshot] = []
  var delays: SeededGenerator

  var nextStatement = 0
  var pending: [(time: Instant, change: Change)?] = []

  /// Rows of the trace's policies.
  var saved: [TenantID: Int] = [:]
  var inForce: [TenantID: Int] = [:]
  var inForceBeforeInstant: [TenantID: Int] = [:]
  var savedData: [TenantID: [DataPolicyInstance]] = [:]
  var inForceData: [TenantID: [DataPolicyInstance]] = [:]
  var dataPoliciesCreated = 0

  var connections: [ConnectionID: Connection] = [:]
  var apps: [AppID: App] = [:]
  var flows: [FlowID: Flow] = [:]

  init(_ scenario: Scenario) {
    self.scenario = scenario
    delays = SeededGenerator(seed: scenario.seed, stream: "propagation")
    results = scenario.timeline.map { _ in Result() }
    trace.title = scenario.title
    trace.seed = scenario.seed
    trace.start = scenario.start
    trace.until = scenario.until
    trace.cast = scenario.cast
    for (row, policy) in scenario.policies.enumerated() {
      let tenant = TenantID(row)
      trace.policies.append(
        PolicyVersion(
          tenant: tenant, policy: policy, savedAt: nil, inForceAt: .start,
          line: scenario.policyLines[row]))
      saved[tenant] = row
      inForce[tenant] = row
    }
    inForceBeforeInstant = inForce
    for declaration in scenario.declarations { declare(declaration) }
  }

  private mutating func declare(_ declaration: Declaration) {
    switch declaration.item {
    case .connection(let id, let definition):
      connections[id] = Connection(definition: definition, isPresent: true)
    case .app(let id, let definition):
      apps[id] = App(owner: definition.owner, uses: Array(scenario[definition.uses]))
    case .flow(let id, let definition):
      var flow = Flow(
        owner: definition.owner, trigger: definition.trigger,
        uses: Array(scenario[definition.uses]), state: .on, line: declaration.line)
      if case .every(let period, let anchor) = definition.trigger {
        var first = anchor ?? .start
        while first >= .start { first = first + -period }
        while first < .start { first = first + period }
        flow.nextRun = first
      }
      flows[id] = flow
    }
  }

  // MARK: The clock

  mutating func run() -> Trace {
    while let (time, due) = earliest(), time < scenario.until {
      if time > clock {
        snapshots.append(snapshot)
        inForceBeforeInstant = inForce
      }
      clock = time
      switch due {
      case .change(let row): bringIntoForce(row)
      case .turnOff(let flow): turnOffForFailing(flow)
      case .statement(let row):
        nextStatement += 1
        perform(scenario.timeline[row], row)
      case .run(let flow): runRecurrence(flow)
      }
    }
    snapshots.append(snapshot)
    trace.ties.sort { left, right in
      func key(_ tie: Tie) -> (Instant, Int, Int, Int) {
        (tie.time, tie.flow.map { $0.row + 1 } ?? 0, tie.line, tie.policy)
      }
      return key(left) < key(right)
    }
    return trace
  }

  private var snapshot: Snapshot {
    var states: [ConnectionID: ConnectionState] = [:]
    for (id, connection) in connections where connection.isPresent {
      states[id] = isDisabled(id) ? .disabled : .connected
    }
    return Snapshot(
      time: clock, flows: flows.mapValues(\.state), connections: states,
      apps: apps.mapValues { $0.uses.map(\.connection) }, saved: saved, inForce: inForce)
  }

  private func earliest() -> (Instant, Due)? {
    var all: [(time: Instant, rank: Int, number: Int, due: Due)] = []
    for (row, change) in pending.enumerated() {
      if let change { all.append((change.time, 0, row, .change(row))) }
    }
    for (id, flow) in flows where flow.state == .on {
      if let since = flow.failingSince, let limit = scenario.settings.alwaysFailing {
        all.append((since + limit, 1, id.row, .turnOff(id)))
      }
      if let time = flow.nextRun { all.append((time, 3, id.row, .run(id))) }
    }
    if nextStatement < scenario.timeline.count {
      all.append((scenario.timeline[nextStatement].time, 2, 0, .statement(nextStatement)))
    }
    all.sort { ($0.time, $0.rank, $0.number) < ($1.time, $1.rank, $1.number) }
    return all.first.map { ($0.time, $0.due) }
  }

  // MARK: What the platform does

  private mutating func bringIntoForce(_ row: Int) {
    guard let change = pending[row]?.change else { return }
    pending[row] = nil
    switch change {
    case .isolation(let version):
      let policy = trace.policies[version]
      inForce[policy.tenant] = version
      var record = Record(.policyInForce, at: clock, line: policy.line)
      record.tenant = policy.tenant
      record.policy = version
      trace.events.append(record)
    case .dataPolicies(let policies, let tenant, let id, let line):
      bringIntoForce(policies, tenant, id, line)
    }
  }

  private mutating func bringIntoForce(
    _ policies: [DataPolicyInstance], _ tenant: TenantID, _ id: DataPolicyID, _ line: Int
  ) {
    let before = Set(connections.keys.filter(isDisabled))
    inForceData[tenant] = policies
    var record = Record(.dataPolicyInForce, at: clock, line: line)
    record.tenant = tenant
    record.dataPolicy = id
    trace.events.append(record)
    for connection in connections.keys.sorted() {
      guard isDisabled(connection) != before.contains(connection) else { continue }
      noteState(connection, line: line)
    }
    for flow in flows.keys.sorted() { reconsider(flow, tenant, line) }
  }

  private func isDisabled(_ id: ConnectionID) -> Bool {
    guard let connection = connections[id], connection.isPresent else { return false }
    return (inForceData[connection.definition.creator] ?? []).contains {
      $0.policy.blocked.contains(connection.definition.connector)
    }
  }

  private mutating func noteState(_ id: ConnectionID, line: Int) {
    var record = Record(
      isDisabled(id) ? .connectionDisabled : .connectionEnabled, at: clock, line: line)
    record.connection = id
    record.tenant = connections[id]?.definition.creator
    trace.events.append(record)
  }

  private mutating func reconsider(_ id: FlowID, _ tenant: TenantID, _ line: Int) {
    guard var flow = flows[id], self.tenant(of: flow.uses, flow.owner) == tenant else { return }
    let violation = violation(
      of: inForceData[tenant] ?? [], by: flow.uses, trigger: flow.trigger, .flowDesign)
    var record: Record
    if flow.state == .on, let violation {
      flow.state = .suspended
      flow.suspendedByDataPolicy = clock
      record = Record(.flowSuspended, at: clock, line: line, outcome: .suspended)
      record.grounds = [.dataPolicy]
      record.failure = violation.failure
      record.connection = violation.failure.connection
    } else if flow.state == .suspended, violation == nil, let since = flow.suspendedByDataPolicy,
      let window = scenario.settings.reactivation, clock - since <= window
    {
      flow.state = .on
      flow.line = line
      start(&flow)
      record = Record(.flowOn, at: clock, line: line, outcome: .saved)
    } else {
      return
    }
    record.flow = id
    record.tenant = home(of: record)
    trace.events.append(record)
    flows[id] = flow
  }

  private mutating func turnOffForFailing(_ id: FlowID) {
    flows[id]?.state = .off
    var record = Record(.flowOff, at: clock, line: flows[id]?.line ?? 0, outcome: .saved)
    record.flow = id
    record.tenant = home(of: record)
    trace.events.append(record)
  }

  /// A flow that comes on begins its recurrence and its record of failures anew.
  private func start(_ flow: inout Flow) {
    flow.failingSince = nil
    flow.suspendedByDataPolicy = nil
    if case .every = flow.trigger { flow.nextRun = clock }
  }

  // MARK: Runs

  private mutating func runRecurrence(_ id: FlowID) {
    guard let flow = flows[id], case .every(let period, _) = flow.trigger else { return }
    flows[id]?.nextRun = clock + period
    noteTies(flow.uses, flow: id, line: flow.line)
    _ = run(id, .recurrence, actor: nil, line: flow.line)
  }

  private mutating func run(
    _ id: FlowID, _ trigger: RunTrigger, actor: UserID?, line: Int
  ) -> RunVerdict? {
    guard let flow = flows[id] else { return nil }
    let judgement = judge(
      flow.uses, trigger: flow.trigger, tenant(of: flow.uses, flow.owner), inForce, inForceData,
      .run)
    var isTriggersFault = false
    if case .signal(let connection) = flow.trigger {
      let step = flow.uses.firstIndex { $0.connection == connection }
      isTriggersFault = judgement.step != nil && judgement.step == step
    }
    let isNoRun = isTriggersFault && scenario.settings.blockedTrigger == .triggerFailure
    var verdict = RunVerdict(
      kind: isNoRun ? .flowTriggerFailed : .flowRun, grounds: judgement.grounds,
      failure: judgement.failure, failedStep: judgement.step,
      steps: operations(of: flow.uses, flow.trigger))
    verdict.subject = subject(flow.uses, judgement.failure, flow.owner)
    var record = Record(
      verdict.kind, at: clock, line: line, actor: actor,
      outcome: judgement.failure == nil ? .succeeded : .failed)
    record.flow = id
    record.grounds = verdict.grounds
    record.failure = verdict.failure
    record.describe(verdict.subject)
    record.run = (trace.verdicts.count, trigger)
    trace.verdicts.append(verdict)
    trace.events.append(record)
    let since = flow.failingSince ?? clock
    flows[id]?.failingSince = judgement.failure == nil ? nil : since
    return verdict
  }

  /// Keeps a tie for each policy that has come into force at this instant and without which
  /// isolation would say something else about one of these connections.
  private mutating func noteTies(_ uses: [Use], flow: FlowID? = nil, line: Int) {
    for use in uses {
      guard let connection = connections[use.connection], connection.isPresent else { continue }
      noteTies(connection.definition, flow: flow, line: line)
    }
  }

  private mutating func noteTies(
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
  private func subject(_ uses: [Use], _ failure: Failure?, _ owner: UserID) -> Subject {
    let all = uses.map(\.connection)
    let crossing = all.first {
      connections[$0].map { $0.definition.creator != $0.definition.signIn } ?? false
    }
    return subject(failure?.connection ?? crossing ?? all.first, owner)
  }

  private func subject(_ id: ConnectionID?, _ owner: UserID) -> Subject {
    let definition = id.flatMap { connections[$0]?.definition }
    let home = scenario.cast.users[owner.row].home
    return Subject(id, creator: definition?.creator ?? home, signIn: definition?.signIn)
  }

  // MARK: Judging

  struct Judgement {
    var grounds: Grounds = []
    var failure: Failure?
    var step: Int?
  }

  private func tenant(of uses: [Use], _ owner: UserID) -> TenantID {
    let first = uses.first.flatMap { connections[$0.connection] }
    return first?.definition.creator ?? scenario.cast.users[owner.row].home
  }

  private func decision(
    _ definition: ConnectionDefinition, _ policies: [TenantID: Int], hasCredentials: Bool = true
  ) -> Decision {
    func policy(_ tenant: TenantID) -> IsolationPolicy {
      policies[tenant].map { trace.policies[$0].policy } ?? IsolationPolicy()
    }
    return decide(
      ConnectionRequest(
        creator: definition.creator, signIn: definition.signIn,
        token: scenario.cast.connectors[definition.connector.row].signIn,
        isGuest: scenario.cast.users[definition.owner.row].home != definition.creator,
        hasCredentials: hasCredentials),
      creatorPolicy: policy(definition.creator), signInPolicy: policy(definition.signIn))
  }

  /// Each use by isolation in order, then all of them by the tenant's data policies.
  private func judge(
    _ uses: [Use], trigger: FlowTrigger, _ tenant: TenantID, _ policies: [TenantID: Int],
    _ dataPolicies: [TenantID: [DataPolicyInstance]], _ surface: Surface
  ) -> Judgement {
    var judgement = Judgement()
    let operations = operations(of: uses, trigger)
    for (step, use) in uses.enumerated() {
      let (grounds, failure) = judge(use, operations[step], policies, surface)
      judgement.grounds.append(contentsOf: grounds)
      if judgement.failure == nil, let failure {
        judgement.failure = failure
        judgement.step = step
      }
    }
    let violation = violation(
      of: dataPolicies[tenant] ?? [], by: uses, trigger: trigger, surface)
    if let violation {
      judgement.grounds.append(.dataPolicy)
      if judgement.failure == nil {
        judgement.failure = violation.failure
        judgement.step = violation.step
      }
    }
    return judgement
  }

  /// One use by isolation alone. Only runs name the operation that fails.
  private func judge(
    _ use: Use, _ operation: OperationID, _ policies: [TenantID: Int], _ surface: Surface
  ) -> (Grounds, Failure?) {
    var failure: Failure
    let grounds: Grounds
    if let connection = connections[use.connection], connection.isPresent {
      let decision = decision(connection.definition, policies)
      grounds = decision.grounds
      failure = isolationFailure(surface, use.connection, connection.definition, decision)
      if decision.isAllowed { return (grounds, nil) }
    } else {
      grounds = [.connectionAbsent]
      failure = Failure(surface, .connectionAbsent)
      failure.connection = use.connection
    }
    if surface == .run { failure.operation = operation }
    return (grounds, failure)
  }

  private func isolationFailure(
    _ surface: Surface, _ id: ConnectionID, _ definition: ConnectionDefinition,
    _ decision: Decision
  ) -> Failure {
    var failure = Failure(surface, .isolation)
    failure.tenant =
      decision.grounds.contains(.outboundBlocked) ? definition.creator : definition.signIn
    failure.creator = definition.creator
    failure.signIn = definition.signIn
    failure.connection = id
    failure.connector = definition.connector
    failure.user = definition.owner
    return failure
  }

  /// The first use that is forbidden by itself, else the first two that must not meet.
  private func violation(
    of policies: [DataPolicyInstance], by uses: [Use], trigger: FlowTrigger, _ surface: Surface
  ) -> (failure: Failure, step: Int)? {
    let operations = operations(of: uses, trigger)
    let steps = uses.indices.filter { connections[uses[$0].connection]?.isPresent == true }
    func connector(_ step: Int) -> ConnectorID {
      connections[uses[step].connection]?.definition.connector ?? ConnectorID(0)
    }
    func failure(_ cause: Cause, _ step: Int, _ policy: DataPolicyInstance) -> Failure {
      var failure = Failure(surface, cause)
      failure.connection = uses[step].connection
      failure.connector = connector(step)
      failure.dataPolicy = policy.id
      if surface == .run || cause == .blockedAction { failure.operation = operations[step] }
      return failure
    }
    for step in steps {
      for policy in policies {
        if policy.policy.blocked.contains(connector(step)) {
          return (failure(.blockedConnector, step, policy), step)
        }
        let action = DataPolicy.BlockedAction(
          connector: connector(step), operation: operations[step])
        if policy.policy.blockedActions.contains(action) {
          return (failure(.blockedAction, step, policy), step)
        }
      }
    }
    for policy in policies {
      guard let business = policy.policy.business, let first = steps.first else { continue }
      for step in steps
      where business.contains(connector(step)) != business.contains(connector(first)) {
        var failure = failure(.connectorMix, step, policy)
        failure.otherConnector = connector(first)
        return (failure, step)
      }
    }
    return nil
  }

  /// What each use does: what it names, else its connector's trigger the first time a signal's
  /// connection appears, else its connector's action.
  private func operations(of uses: [Use], _ trigger: FlowTrigger) -> [OperationID] {
    var signal: ConnectionID?
    if case .signal(let connection) = trigger { signal = connection }
    return uses.map { use in
      let isTrigger = use.connection == signal
      if isTrigger { signal = nil }
      if let operation = use.operation { return operation }
      guard let connection = connections[use.connection] else { return operation("Action") }
      let connector = scenario.cast.connectors[connection.definition.connector.row]
      return operation(isTrigger ? connector.trigger : connector.action)
    }
  }

  private func operation(_ name: String) -> OperationID {
    OperationID(scenario.cast.operations.firstIndex(of: name) ?? -1)
  }
}

// MARK: - Statements

extension ReferenceEngine {
  private mutating func perform(_ statement: Statement, _ row: Int) {
    let before = trace.events.count
    switch statement.action {
    case .turnIsolation, .allow, .changeRule, .retargetRule, .removeRule:
      changePolicy(statement)
    case .createConnection(let id, let definition): create(id, definition, statement, row)
    case .deleteConnection(let id): delete(id, statement)
    case .createApp(let id, let definition): create(id, definition, statement, row)
    case .addConnection(let use, let id): add(use, to: id, statement)
    case .openApp(let id): open(id, statement)
    case .deleteApp(let id): delete(id, statement)
    case .createFlow(let id, let definition): create(id, definition, statement, row)
    case .saveFlow(let id, let uses): save(id, uses, statement)
    case .turnFlow(let id, let on): turn(id, on, statement)
    case .deleteFlow(let id): delete(id, statement)
    case .runFlow(let id): runByHand(id, statement, row)
    case .signal(let connection): signal(connection, statement, row)
    case .createDataPolicy(let id, let policy, let tenant):
      create(id, policy, tenant, statement, row)
    case .deleteDataPolicy(let id): delete(id, statement)
    }
    // The first record says how a statement ended, except that runs are summed up.
    guard before < trace.events.count else { return }
    let record = trace.events[before]
    if record.kind.isRun || record.kind == .flowNotStarted { return }
    results[row] = Result(
      outcome: record.outcome, grounds: record.grounds, failure: record.failure)
  }

  private mutating func note(
    _ kind: RecordKind, _ statement: Statement, _ outcome: Outcome?,
    _ detail: (inout Record) -> Void
  ) {
    var record = Record(
      kind, at: clock, line: statement.line, actor: statement.actor, outcome: outcome)
    detail(&record)
    if record.tenant == nil { record.tenant = home(of: record) }
    trace.events.append(record)
  }

  /// The tenant of the app or flow that a record is about.
  private func home(of record: Record) -> TenantID? {
    if let flow = record.flow.flatMap({ flows[$0] }) { return tenant(of: flow.uses, flow.owner) }
    if let app = record.app.flatMap({ apps[$0] }) { return tenant(of: app.uses, app.owner) }
    return nil
  }

  private mutating func refuse(
    _ statement: Statement, _ cause: Cause, limit: Int = 0, _ detail: (inout Record) -> Void
  ) {
    note(.operationRefused, statement, .refused, detail)
    let last = trace.events.count - 1
    var failure = Failure(.request, cause)
    failure.user = statement.actor
    failure.tenant = trace.events[last].tenant
    failure.limit = limit
    trace.events[last].failure = failure
  }

  private func user(_ statement: Statement) -> User? {
    statement.actor.map { scenario.cast.users[$0.row] }
  }

  private func administers(_ statement: Statement, _ tenant: TenantID) -> Bool {
    guard let user = user(statement), user.home == tenant else { return false }
    return user.role == .administrator || user.role == .globalAdministrator
  }

  private func owns(_ statement: Statement, _ uses: [Use]) -> Bool {
    uses.allSatisfy { use in
      guard let connection = connections[use.connection], connection.isPresent else { return true }
      return connection.definition.owner == statement.actor
    }
  }

  private func works(_ statement: Statement, in tenant: TenantID) -> Bool {
    user(statement)?.works(in: tenant) ?? false
  }

  private var designPolicies: [TenantID: Int] {
    scenario.settings.designTime == .immediate ? saved : inForce
  }

  // MARK: Isolation policies

  private mutating func changePolicy(_ statement: Statement) {
    let tenant: TenantID
    switch statement.action {
    case .turnIsolation(_, let owner), .allow(_, _, let owner), .changeRule(_, _, let owner),
      .retargetRule(_, _, let owner), .removeRule(_, let owner):
      tenant = owner
    default: return
    }
    let edition = scenario.settings.edition
    guard administers(statement, tenant),
      edition == .of2023 || user(statement)?.role == .administrator
    else { return refuse(statement, .notAdministrator) { $0.tenant = tenant } }
    var policy = saved[tenant].map { trace.policies[$0].policy } ?? IsolationPolicy()
    let subjects = policy.rules.map(\.subject)
    switch statement.action {
    case .turnIsolation(let on, _): policy.isOn = on
    case .allow(let subject, let directions, _):
      let limit = edition == .of2023 ? 50 : 500
      guard subjects.contains(subject) || subjects.count < limit else {
        return refuse(statement, .ruleLimit, limit: limit) { $0.tenant = tenant }
      }
      policy.allow(directions, for: subject)
    case .changeRule(let subject, _, _), .removeRule(let subject, _):
      guard subjects.contains(subject) else {
        return refuse(statement, .ruleMissing) { $0.tenant = tenant }
      }
      if case .changeRule(_, let directions, _) = statement.action {
        _ = policy.change(subject, to: directions)
      } else {
        _ = policy.remove(subject)
      }
    default: return refuse(statement, .ruleTenantFixed) { $0.tenant = tenant }
    }
    save(policy, tenant, statement)
  }

  private mutating func save(
    _ policy: IsolationPolicy, _ tenant: TenantID, _ statement: Statement
  ) {
    let range = scenario.settings.propagation
    var delay = range.lowerBound
    if range.lowerBound < range.upperBound {
      delay = delays.next(in: range.lowerBound / 1000...range.upperBound / 1000) * 1000
    }
    let earlier = trace.policies.filter { $0.tenant == tenant }.map(\.inForceAt).max() ?? .start
    let version = trace.policies.count
    trace.policies.append(
      PolicyVersion(
        tenant: tenant, policy: policy, savedAt: clock, inForceAt: max(clock + delay, earlier),
        line: statement.line))
    saved[tenant] = version
    pending.append((trace.policies[version].inForceAt, .isolation(version: version)))
    note(.policySaved, statement, .saved) {
      $0.tenant = tenant
      $0.policy = version
    }
  }

  // MARK: Connections

  private mutating func create(
    _ id: ConnectionID, _ definition: ConnectionDefinition, _ statement: Statement, _ row: Int
  ) {
    func mention(_ record: inout Record) {
      record.connection = id
      record.tenant = definition.creator
    }
    guard works(statement, in: definition.creator) else {
      return refuse(statement, .notInTenant, mention)
    }
    guard user(statement)?.role != .user else { return refuse(statement, .notMaker, mention) }
    guard connections[id]?.isPresent != true else { return collisions.append(row) }
    let decision = decision(
      definition, designPolicies, hasCredentials: definition.hasCredentials)
    var grounds = decision.grounds
    var failure: Failure?
    if !decision.isAllowed {
      failure = isolationFailure(.connectionCreation, id, definition, decision)
      if !definition.hasCredentials { failure?.cause = .credentials }
    }
    let blocking = (savedData[definition.creator] ?? []).first {
      $0.policy.blocked.contains(definition.connector)
    }
    if definition.hasCredentials, let blocking {
      grounds.append(.dataPolicy)
      if failure == nil {
        failure = Failure(.connectionCreation, .blockedConnector)
        failure?.connection = id
        failure?.connector = definition.connector
        failure?.dataPolicy = blocking.id
      }
    }
    if scenario.settings.designTime == .propagated, definition.hasCredentials {
      noteTies(definition, line: statement.line)
    }
    connections[id] = Connection(definition: definition, isPresent: failure == nil)
    note(
      failure == nil ? .connectionCreated : .connectionBlocked, statement,
      failure == nil ? .allowed : .blocked
    ) {
      mention(&$0)
      $0.signInTenant = definition.signIn
      $0.grounds = grounds
      $0.failure = failure
    }
    if isDisabled(id) { noteState(id, line: statement.line) }
  }

  private mutating func delete(_ id: ConnectionID, _ statement: Statement) {
    guard let connection = connections[id], connection.isPresent else {
      return refuse(statement, .absent) { $0.connection = id }
    }
    func mention(_ record: inout Record) {
      record.connection = id
      record.tenant = connection.definition.creator
    }
    guard connection.definition.owner == statement.actor else {
      return refuse(statement, .notOwner, mention)
    }
    connections[id]?.isPresent = false
    note(.connectionDeleted, statement, .saved, mention)
  }

  // MARK: Apps

  private mutating func create(
    _ id: AppID, _ definition: AppDefinition, _ statement: Statement, _ row: Int
  ) {
    let uses = Array(scenario[definition.uses])
    guard user(statement)?.role != .user else {
      return refuse(statement, .notMaker) { $0.app = id }
    }
    guard owns(statement, uses) else { return refuse(statement, .notOwner) { $0.app = id } }
    guard apps[id] == nil else { return collisions.append(row) }
    let place = trace.events.count
    var app = App(owner: definition.owner, uses: [])
    var grounds = Grounds()
    var first: Failure?
    for use in uses {
      let refused = admit(use, to: &app, id, statement)
      grounds.append(contentsOf: refused.grounds)
      first = first ?? refused.failure
    }
    apps[id] = app
    // The additions that succeed are part of the creation; those that fail are told after it.
    var all = Grounds()
    for ground in grounds where ground != .dataPolicy { all.append(ground) }
    if grounds.contains(.dataPolicy) { all.append(.dataPolicy) }
    let refusals = trace.events[place...].filter { $0.kind == .appConnectionRefused }
    trace.events.removeSubrange(place...)
    let subject = subject(uses, first, definition.owner)
    note(.appCreated, statement, .saved) {
      $0.app = id
      $0.isCreation = true
      $0.describe(subject)
      $0.grounds = all
      $0.failure = first
    }
    trace.events += refusals
  }

  private mutating func add(_ use: Use, to id: AppID, _ statement: Statement) {
    guard var app = apps[id] else { return refuse(statement, .absent) { $0.app = id } }
    guard app.owner == statement.actor, owns(statement, [use]) else {
      return refuse(statement, .notOwner) { $0.app = id }
    }
    _ = admit(use, to: &app, id, statement)
    apps[id] = app
  }

  /// Adds a connection to an app unless it is blocked, and says so.
  private mutating func admit(
    _ use: Use, to app: inout App, _ id: AppID, _ statement: Statement
  ) -> (grounds: Grounds, failure: Failure?) {
    if scenario.settings.designTime == .propagated { noteTies([use], line: statement.line) }
    let tenant = tenant(of: app.uses + [use], app.owner)
    let policies = savedData[tenant] ?? []
    var judgement = judge(
      [use], trigger: .manual, tenant, designPolicies, savedData, .appDesign)
    if !judgement.grounds.contains(.dataPolicy) {
      let others = app.uses.filter { $0.connection != use.connection }
      let mixes = others.flatMap { other in policies.compactMap { mix($0, other, use) } }
      if let mix = mixes.first {
        judgement.grounds.append(.dataPolicy)
        judgement.failure = judgement.failure ?? mix
      }
    }
    let isBlocked = judgement.failure != nil
    if !isBlocked, !app.uses.contains(where: { $0.connection == use.connection }) {
      app.uses.append(use)
    }
    let subject = subject(use.connection, app.owner)
    note(
      isBlocked ? .appConnectionRefused : .appConnectionAdded, statement,
      isBlocked ? .notAdded : .added
    ) {
      $0.app = id
      $0.describe(subject)
      $0.grounds = judgement.grounds
      $0.failure = judgement.failure
    }
    return (judgement.grounds, judgement.failure)
  }

  /// What one data policy says against a connection beside another one, whatever else it forbids.
  private func mix(_ policy: DataPolicyInstance, _ other: Use, _ use: Use) -> Failure? {
    var grouping = policy
    grouping.policy.blocked = []
    grouping.policy.blockedActions = []
    return violation(of: [grouping], by: [other, use], trigger: .manual, .appDesign)?.failure
  }

  private mutating func open(_ id: AppID, _ statement: Statement) {
    guard let app = apps[id] else { return refuse(statement, .absent) { $0.app = id } }
    let tenant = tenant(of: app.uses, app.owner)
    guard works(statement, in: tenant) else {
      return refuse(statement, .notInTenant) {
        $0.app = id
        $0.tenant = tenant
      }
    }
    noteTies(app.uses, line: statement.line)
    let judgement = judge(app.uses, trigger: .manual, tenant, inForce, inForceData, .appData)
    let subject = subject(app.uses, judgement.failure, app.owner)
    note(.appOpened, statement, judgement.failure == nil ? .allowed : .blocked) {
      $0.app = id
      $0.describe(subject)
      $0.grounds = judgement.grounds
      $0.failure = judgement.failure
    }
  }

  private mutating func delete(_ id: AppID, _ statement: Statement) {
    guard let app = apps[id] else { return refuse(statement, .absent) { $0.app = id } }
    guard app.owner == statement.actor else {
      return refuse(statement, .notOwner) { $0.app = id }
    }
    note(.appDeleted, statement, .saved) { $0.app = id }
    apps[id] = nil
  }

  // MARK: Flows

  /// The flow, where it exists; its absence is recorded otherwise.
  private mutating func existing(_ id: FlowID, _ statement: Statement) -> Flow? {
    if let flow = flows[id], flow.state != .absent { return flow }
    refuse(statement, .absent) { $0.flow = id }
    return nil
  }

  private mutating func create(
    _ id: FlowID, _ definition: FlowDefinition, _ statement: Statement, _ row: Int
  ) {
    let uses = Array(scenario[definition.uses])
    guard user(statement)?.role != .user else {
      return refuse(statement, .notMaker) { $0.flow = id }
    }
    guard owns(statement, uses) else { return refuse(statement, .notOwner) { $0.flow = id } }
    guard flows[id] == nil else { return collisions.append(row) }
    let flow = Flow(
      owner: definition.owner, trigger: definition.trigger, uses: uses, state: .on,
      line: statement.line)
    put(flow, id, statement, .flowSaved)
  }

  private mutating func save(_ id: FlowID, _ uses: UseList?, _ statement: Statement) {
    guard var flow = existing(id, statement) else { return }
    if let uses { flow.uses = Array(scenario[uses]) }
    guard flow.owner == statement.actor, owns(statement, flow.uses) else {
      return refuse(statement, .notOwner) { $0.flow = id }
    }
    put(flow, id, statement, .flowSaved)
  }

  private mutating func turn(_ id: FlowID, _ on: Bool, _ statement: Statement) {
    guard var flow = existing(id, statement) else { return }
    let mayTurnOff = administers(statement, tenant(of: flow.uses, flow.owner))
    guard flow.owner == statement.actor || (!on && mayTurnOff) else {
      return refuse(statement, .notOwner) { $0.flow = id }
    }
    if on {
      flow.state = .on
      put(flow, id, statement, .flowOn)
    } else {
      flows[id]?.state = .off
      flows[id]?.suspendedByDataPolicy = nil
      note(.flowOff, statement, .saved) { $0.flow = id }
    }
  }

  /// Judges a flow as its maker does and puts it on or Suspended; one that is off stays off.
  private mutating func put(
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
      $0.isCreation = isNew
      $0.describe(subject)
      $0.grounds = judgement.grounds
      $0.failure = judgement.failure
    }
  }

  private mutating func delete(_ id: FlowID, _ statement: Statement) {
    guard let flow = existing(id, statement) else { return }
    guard flow.owner == statement.actor else {
      return refuse(statement, .notOwner) { $0.flow = id }
    }
    note(.flowDeleted, statement, .saved) { $0.flow = id }
    flows[id] = nil
  }

  private mutating func runByHand(_ id: FlowID, _ statement: Statement, _ row: Int) {
    guard let flow = existing(id, statement) else { return }
    let tenant = tenant(of: flow.uses, flow.owner)
    guard works(statement, in: tenant) else {
      return refuse(statement, .notInTenant) {
        $0.flow = id
        $0.tenant = tenant
      }
    }
    if case .signal = flow.trigger {
      return refuse(statement, .notManual) { $0.flow = id }
    }
    startRuns([id], .manual, statement, row)
  }

  private mutating func signal(_ connection: ConnectionID, _ statement: Statement, _ row: Int) {
    let listening = flows.keys.sorted().filter { flows[$0]?.trigger == .signal(connection) }
    startRuns(listening, .signal, statement, row)
  }

  private mutating func startRuns(
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

  // MARK: Data policies

  private mutating func create(
    _ id: DataPolicyID, _ policy: DataPolicy, _ tenant: TenantID, _ statement: Statement,
    _ row: Int
  ) {
    guard administers(statement, tenant) else {
      return refuse(statement, .notAdministrator) {
        $0.dataPolicy = id
        $0.tenant = tenant
      }
    }
    guard !savedData.values.joined().contains(where: { $0.id == id }) else {
      return collisions.append(row)
    }
    let instance = DataPolicyInstance(row: dataPoliciesCreated, id: id, policy: policy)
    dataPoliciesCreated += 1
    save((savedData[tenant] ?? []) + [instance], tenant, id, statement)
  }

  private mutating func delete(_ id: DataPolicyID, _ statement: Statement) {
    let owner = savedData.first { $0.value.contains { $0.id == id } }
    guard let (tenant, policies) = owner else {
      return refuse(statement, .absent) { $0.dataPolicy = id }
    }
    guard administers(statement, tenant) else {
      return refuse(statement, .notAdministrator) {
        $0.dataPolicy = id
        $0.tenant = tenant
      }
    }
    save(policies.filter { $0.id != id }, tenant, id, statement)
  }

  private mutating func save(
    _ policies: [DataPolicyInstance], _ tenant: TenantID, _ id: DataPolicyID,
    _ statement: Statement
  ) {
    savedData[tenant] = policies
    pending.append(
      (
        clock + scenario.settings.dataPolicyPropagation,
        .dataPolicies(policies, tenant, id, line: statement.line)
      ))
    note(.dataPolicySaved, statement, .saved) {
      $0.tenant = tenant
      $0.dataPolicy = id
    }
  }
}
