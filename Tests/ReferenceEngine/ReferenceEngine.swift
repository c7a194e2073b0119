import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// The same platform, written to be read: every run is made when its time comes, by looking at the
/// world as it is then. Nothing is derived, shared or fast.
///
/// It shares with the engine that ships the decision about one connection and nothing else.
package struct ReferenceEngine {
  let scenario: Scenario
  var clock = Instant.start
  var trace = Trace()
  /// How each statement of the timeline ended.
  package internal(set) var results: [Result]
  /// Rows of the timeline that create what is there.
  package internal(set) var collisions: [Int] = []
  /// One an instant at which something happened.
  package internal(set) var snapshots: [Snapshot] = []
  var delays: SeededGenerator

  var nextStatement = 0
  var pending: [(time: Instant, change: Change)?] = []

  /// Rows of the trace's policies.
  var saved: [TenantID: Int] = [:]
  var inForce: [TenantID: Int] = [:]
  var inForceBeforeInstant: [TenantID: Int] = [:]
  /// From when on each tenant's latest change is felt.
  var feltFrom: [TenantID: Instant] = [:]
  var savedData: [TenantID: [DataPolicyInstance]] = [:]
  var inForceData: [TenantID: [DataPolicyInstance]] = [:]
  var dataPoliciesCreated = 0
  /// The version of a tenant's policy that somebody read or saved last.
  var known: [UserID: [TenantID: Known]] = [:]
  /// What each operation is to save.
  var replacements: [Int: Asked] = [:]
  /// How far each package is, and how far it was before each operation.
  var packages: [PackagePlace: PackageState] = [:]
  var packagesBefore: [Int: PackageState] = [:]

  var connections: [ConnectionID: Connection] = [:]
  var apps: [AppID: App] = [:]
  var flows: [FlowID: Flow] = [:]
  /// Nobody shared what is not in it.
  var shares: [Shareable: [Share]] = [:]
  /// By group.
  var members: [[UserID]]
  var readers: [ConnectionID: [Recipient]] = [:]
  /// Every use of a connection, and every attempt to create one.
  var usesOfConnections: [(time: Instant, id: ConnectionID, definition: ConnectionDefinition)] = []
  /// How many of them had happened when each report was asked for.
  var usesBeforeReports: [Int] = []

  /// The tenants whose auditing is on.
  var audited: [TenantID] = []
  var alertPolicies: [AlertPolicyID: AlertPolicy] = [:]
  /// The flows that people owned before the statement at hand.
  var ownedBefore: [UserID: [FlowID]] = [:]
  var subscriptionChanges: [SubscriptionChange] = []
  /// The calls of the Activity API that were admitted within the last minute.
  var feedCalls: [(tenant: TenantID, time: Instant)] = []
  /// What each page's name stands for.
  var pages: [ContentPageID: FeedCall] = [:]
  var registeredApps: [AppID]
  /// Rows of the trace's questions, whenever one is asked or answered.
  var touchedApprovals: [Int] = []
  var auditDelays: SeededGenerator
  var duplicates: SeededGenerator
  var disorder: SeededGenerator

  /// An engine that stands before the first instant of a scenario.
  package init(_ scenario: Scenario) {
    self.scenario = scenario
    delays = SeededGenerator(seed: scenario.seed, stream: "propagation")
    auditDelays = SeededGenerator(seed: scenario.seed, stream: "audit-delay")
    duplicates = SeededGenerator(seed: scenario.seed, stream: "feed-duplicates")
    disorder = SeededGenerator(seed: scenario.seed, stream: "feed-disorder")
    registeredApps = scenario.registeredApps
    results = scenario.timeline.map { _ in Result() }
    members = scenario.groups.map(\.members)
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

  mutating func declare(_ declaration: Declaration) {
    switch declaration.item {
    case .connection(let id, let definition):
      connections[id] = Connection(definition: definition, isPresent: true)
    case .app(let id, let definition):
      apps[id] = App(owner: definition.owner, uses: Array(scenario[definition.uses]))
    case .flow(let id, let definition):
      var flow = Flow(
        owner: definition.owner, trigger: definition.trigger,
        uses: Array(scenario[definition.uses]), state: .on, line: declaration.line,
        work: definition.work)
      if case .every(let period, let anchor) = definition.trigger {
        var first = anchor ?? .start
        while first >= .start { first = first + -period }
        while first < .start { first = first + period }
        flow.nextRun = first
      }
      flows[id] = flow
    case .share(let thing, let share):
      if !(shares[thing] ?? []).contains(share) { shares[thing, default: []].append(share) }
    case .dataAccess(let connection, let recipients):
      readers[connection] = recipients
    }
  }

  // MARK: The clock

  /// Makes everything happen that comes before the scenario's end.
  package mutating func run() -> Trace {
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
    fillReports()
    trace.widelyShared = widelyShared
    trace.ties.sort { left, right in
      func key(_ tie: Tie) -> (Instant, Int, Int, Int) {
        (tie.time, tie.flow.map { $0.row + 1 } ?? 0, tie.line, tie.policy)
      }
      return key(left) < key(right)
    }
    return trace
  }

  var snapshot: Snapshot {
    var states: [ConnectionID: ConnectionState] = [:]
    for (id, connection) in connections where connection.isPresent {
      states[id] = isDisabled(id) ? .disabled : .connected
    }
    return Snapshot(
      time: clock, flows: flows.mapValues(\.state), connections: states,
      apps: apps.mapValues { $0.uses.map(\.connection) }, saved: saved,
      inForce: inForceAfterAll, pages: pages, subscriptionChanges: subscriptionChanges,
      approvals: trace.approvals, touchedApprovals: touchedApprovals)
  }

  /// The policies in force, with those that come into force behind all else of this instant.
  private var inForceAfterAll: [TenantID: Int] {
    var policies = inForce
    for case (let time, .isolation(let version))? in pending
    where time == clock + 1 && time < scenario.until && trace.policies[version].inForceAt <= clock {
      policies[trace.policies[version].tenant] = version
    }
    return policies
  }

  func earliest() -> (Instant, Due)? {
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
}
