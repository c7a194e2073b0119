import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// The discrete-event simulation: it works through statements, policies coming into force and the
/// platform's own doings, in the kernel's order. Recurring runs are no events; they are derived
/// from the world's logs afterwards.
struct Simulator {
  /// What waits in the queue.
  enum Event: Sendable {
    /// A row of the timeline.
    case statement(Int)
    /// A row of the world's isolation policies.
    case policyInForce(Int)
    /// A row of the world's changes of data policies, and the row that created the policy.
    case dataPolicyInForce(Int, createdBy: Int)
    /// The moment from which a flow may have failed for too long, if its latest row in the log is
    /// still this one.
    case alwaysFailing(FlowID, logRow: Int)
    /// A row of the reports gets one step further.
    case reportChange(Int, ReportStatus)
    /// An operation gets one step further.
    case operationChange(AdminOperation.Row, OperationStatus)
    /// A recurring run of a flow that has work, if its latest row in the log is still this one.
    case workingRun(FlowID, logRow: Int)
    /// The end of a run that leaves its flow nothing more to do, under the same condition.
    case workDone(FlowID, logRow: Int)
    /// A row of the audit records can be found from now on.
    case auditAvailable(Int)
  }

  let scenario: Scenario
  var world: World
  var clock = Instant.start
  var queue = EventQueue<Event>()
  var delays: SeededGenerator
  var events: [Record] = []
  var verdicts = VerdictTable()
  var ties: [Tie] = []
  /// How many ties there were before the step that is being worked on.
  var tiesBeforeStep = 0
  var results: [StatementResult]
  var collisions: [Int] = []
  /// Runs that signals and people started, by flow; the values are rows of `events`.
  var startedRuns: ChangeLog<Int>
  /// The rows that created the data policies that are saved, in the world's changes of them.
  var savedDataPolicies: [DataPolicyID: Int] = [:]
  /// Those in force now.
  var dataPoliciesInForce: [TenantID: DataPolicyIndex] = [:]
  /// When a data policy suspended a flow, until it came back or was touched.
  var suspendedByPolicy: [FlowID: Instant] = [:]
  /// What signals and data policies can be about; nil until there is one.
  private var dependentsSoFar: DependentIndex?
  /// From when on each tenant's latest change is felt.
  var feltFrom: [Instant]
  /// How many events there were when each flow came into its state.
  var eventsBefore: [Int]
  /// The cross-tenant connection reports, and what they are made of.
  var reports: ReportBook
  /// Operations, and what they are to bring about.
  var operations: OperationBook
  /// Which version of a tenant's isolation policy each administrator saw last.
  var knownPolicies: [PolicyReader: PolicyKnowledge] = [:]
  /// What each administrator ever changed of a tenant's isolation policy, in order.
  var ownPolicyChanges: [PolicyReader: [Action]] = [:]
  /// The packages that somebody installs.
  var packages: PackageBook
  /// What people read of environments' packages.
  var packageLists: [PackageList] = []
  /// Flows that have nothing more to do, by their rows in the log: saved anew, they have.
  var doneRows: [FlowID: Int] = [:]
  /// Mails in the order in which they were sent.
  var mails: [Mail] = []
  /// The flow that the step at hand is about, if its actor owned it before.
  var ownFlow: FlowID?
  /// The audit logs and what hangs on them.
  var audit: AuditBook
  /// What flows that read the Activity API remember and ask.
  var feedFlows: FeedFlowBook

  /// - Parameter world: the scenario's world at the start, where somebody has it already.
  init(_ scenario: Scenario, seed: UInt64, world: World? = nil) {
    self.scenario = scenario
    self.world = world ?? World(scenario)
    delays = SeededGenerator(seed: seed, stream: "propagation")
    results = Array(repeating: StatementResult(), count: scenario.timeline.count)
    startedRuns = ChangeLog(subjects: scenario.cast.flows.count)
    feltFrom = Array(repeating: .start, count: scenario.cast.tenants.count)
    eventsBefore = Array(repeating: 0, count: scenario.cast.flows.count)
    reports = ReportBook(scenario)
    operations = OperationBook(scenario)
    packages = PackageBook(scenario.cast)
    audit = AuditBook(scenario, seed: seed)
    feedFlows = FeedFlowBook(scenario)
    for (row, statement) in scenario.timeline.enumerated() {
      queue.schedule(.statement(row), at: statement.time, rank: .statement)
    }
    for flow in scenario.cast.flows.indices {
      watchForFailure(FlowID(flow))
      watchForWork(FlowID(flow))
    }
  }

  /// What signals and data policies can be about.
  var dependents: DependentIndex {
    mutating get {
      let dependents = dependentsSoFar ?? DependentIndex(world)
      dependentsSoFar = dependents
      return dependents
    }
  }

  /// Keeps a connection's new state.
  mutating func append(_ connection: World.Connection, _ id: ConnectionID) {
    world.connections.append(connection, of: id.row, at: clock)
    dependentsSoFar?.add(id, connection.definition)
  }

  /// Keeps a flow's new state. Whatever a data policy's suspension had in store for it is void, and so is
  /// what its last run was answered.
  mutating func append(_ flow: World.Flow, _ id: FlowID) {
    let isElsewhere = world.flows.current(id.row)?.definition != flow.definition
    world.flows.append(flow, of: id.row, at: clock)
    if isElsewhere { dependentsSoFar?.add(id, flow.definition, world) }
    suspendedByPolicy[id] = nil
    note(nil, of: id)
    eventsBefore[id.row] = events.count
    watchForFailure(id)
    watchForWork(id)
  }

  /// Works through all that happens before the scenario's end.
  mutating func run() {
    while let (key, event) = queue.next(), key.time < scenario.until {
      clock = key.time
      handle(event)
    }
  }

  private mutating func handle(_ event: Event) {
    switch event {
    case .statement(let row): perform(scenario.timeline[row], row: row)
    case .policyInForce(let version): bringIntoForce(version)
    case .dataPolicyInForce(let row, let creation): bringIntoForce(row, createdBy: creation)
    case .alwaysFailing(let flow, let logRow): turnOffIfFailing(flow, logRow: logRow)
    case .reportChange(let row, let status): change(report: row, to: status)
    case .operationChange(let row, let status): change(row, to: status)
    case .workingRun(let flow, let logRow): runWorking(flow, logRow: logRow)
    case .workDone(let flow, let logRow): turnOffAfterWork(flow, logRow: logRow)
    case .auditAvailable(let row): bringToLight(row)
    }
  }

  private mutating func perform(_ statement: Statement, row: Int) {
    let step = Step(statement: statement, row: row)
    tiesBeforeStep = ties.count
    ownFlow = ownFlow(step)
    switch statement.action {
    case .turnIsolation, .allow, .changeRule, .retargetRule, .removeRule:
      changePolicy(step)
    case .createConnection(let id, let definition): create(id, definition, step)
    case .deleteConnection(let id): delete(id, step)
    case .createApp(let id, let definition): create(id, definition, step)
    case .addConnection(let use, let app): add(use, to: app, step)
    case .openApp(let id): open(id, step)
    case .deleteApp(let id): delete(id, step)
    case .createFlow(let id, let definition): create(id, definition, step)
    case .saveFlow(let id, let uses): save(id, uses: uses, step)
    case .turnFlow(let id, let on): on ? turnOn(id, step) : turnOff(id, step)
    case .deleteFlow(let id): delete(id, step)
    case .runFlow(let id): run(id, step)
    case .signal(let connection): signal(connection, step)
    case .createDataPolicy(let id, let policy, let tenant): create(id, policy, for: tenant, step)
    case .deleteDataPolicy(let id): delete(id, step)
    case .requestReport(let name, let tenant): request(name, of: tenant, step)
    case .share(let thing, let share): self.share(thing, share, step)
    case .unshare(let thing, let recipient, let role):
      unshare(thing, from: recipient, role, step)
    case .sendCopy(let id, let user, let copy): send(id, to: user, as: copy, step)
    case .moveFlow(let id, let user, let uses): move(id, to: user, uses: uses, step)
    case .changeGroup(let group, let user, let isMember):
      change(group, user, isMember: isMember, step)
    case .readPolicy(let tenant): readPolicy(of: tenant, step)
    case .replacePolicy(let replacement, let tenant): replacePolicy(of: tenant, replacement, step)
    case .installPackage(let place, let name): install(place, as: name, step)
    case .cancelOperation(let name): cancel(name, step)
    case .listPackages(let environment): listPackages(in: environment, step)
    case .audit(let action): perform(action, step)
    case .registerApp(let app): register(app, step)
    case .answerRemoval(let recipient, let app, let isApproved):
      answer(recipient, app, isApproved: isApproved, step)
    }
  }
}

/// A statement that is being worked on.
struct Step {
  var statement: Statement
  /// Its row in the timeline.
  var row: Int
  var actor: UserID? { statement.actor }
  var line: Int { statement.line }
}

/// How a statement ended.
public struct StatementResult: Hashable, Sendable {
  /// Nil where it has none, such as a signal that started nothing.
  public var outcome: Outcome?
  /// Why.
  public var grounds: Grounds = []
  /// What the person sees.
  public var failure: Failure?
  /// The report that a request gives back, a row of ``Trace/reports``.
  public var report: Int?
  /// The operation that a request began.
  @Optionally public var operation: AdminOperation.Row?
}

// MARK: - Recording

extension Simulator {
  /// A record of the step, at the clock's time.
  func record(_ kind: RecordKind, _ step: Step, _ outcome: Outcome?) -> Record {
    var record = Record(kind, at: clock, line: step.line, actor: step.actor, outcome: outcome)
    record.statement = step.row
    return record
  }

  /// Keeps a record, and makes its outcome the statement's.
  mutating func conclude(_ step: Step, with record: Record) {
    events.append(record)
    results[step.row] = StatementResult(
      outcome: record.outcome, grounds: record.grounds, failure: record.failure,
      report: record.report?.row, operation: record.operation?.operation)
    audit(record)
  }

  /// Refuses a step. Nothing changes.
  mutating func refuse(_ step: Step, _ cause: Cause, _ detail: (inout Record) -> Void = { _ in }) {
    var record = record(.operationRefused, step, .refused)
    var failure = Failure(.request, cause)
    failure.user = step.actor
    record.failure = failure
    record.attempt = step.statement.action.attempt
    detail(&record)
    let tenant = record.tenant
    record.failure?.tenant = tenant
    conclude(step, with: record)
  }
}

// MARK: - Rights

extension Simulator {
  func works(_ step: Step, in tenant: TenantID) -> Bool {
    step.actor.map { world.cast.users[$0.row].works(in: tenant) } ?? false
  }

  func isMaker(_ step: Step) -> Bool {
    step.actor.map { world.cast.users[$0.row].role != .user } ?? false
  }

  /// Whether the actor administers the Power Platform of `tenant`, which is their home.
  func administers(_ step: Step, _ tenant: TenantID) -> Bool {
    step.actor.map { administers($0, tenant) } ?? false
  }

  func administers(_ user: UserID, _ tenant: TenantID) -> Bool {
    let user = world.cast.users[user.row]
    return user.home == tenant && user.role.isAdministrator
  }

  /// The first connection among the uses that exists and is somebody else's.
  func foreign(_ uses: some Collection<Use>, to user: UserID?) -> ConnectionID? {
    uses.first { owner(of: $0.connection).map { $0 != user } ?? false }?.connection
  }

  /// Whose a connection is; nil where it does not exist.
  func owner(of id: ConnectionID) -> UserID? {
    world.connections.current(id.row).flatMap { $0.isPresent ? $0.definition.owner : nil }
  }

  /// How makers are judged now.
  func designTime(_ surface: Surface) -> Viewpoint {
    Viewpoint(
      isolation: scenario.settings.designTime.view,
      dataPolicies: .saved, surface: surface, time: clock)
  }
}
