import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Everything that changes, as logs: the present is their end, and any instant before can be asked
/// the same questions in the same words.
struct World: Sendable {
  /// A connection as it was last defined, and whether it exists.
  struct Connection: Sendable {
    var definition: ConnectionDefinition
    var isPresent: Bool
    /// The scenario's line that defined it.
    var line: Int
  }

  struct App: Sendable {
    var owner: UserID
    var uses: AppUses
    var isPresent: Bool
  }

  /// What an app uses: the first so many of a list that only grows while the app is there.
  struct AppUses: Sendable {
    fileprivate(set) var list: Int32
    fileprivate(set) var count: Int32 = 0
  }

  struct Flow: Sendable {
    var definition: FlowDefinition
    var state: FlowState
    /// A point of its recurrence's grid.
    var anchor: Instant
    /// The scenario's line that put it into this state or gave it this definition.
    var line: Int
    /// What its maker was told when it was suspended, a row of ``World/failures``.
    @Optionally var failure: FailureID?
  }

  /// A row of ``failures``.
  typealias FailureID = RowID<Failure>

  let cast: Cast
  let operations: OperationTable
  /// Every version of every isolation policy; the two logs below hold rows of it.
  var policies: [PolicyVersion] = []
  var saved: ChangeLog<Int>
  var inForce: ChangeLog<Int>
  var connections: ChangeLog<Connection>
  var apps: ChangeLog<App>
  var flows: ChangeLog<Flow>
  /// The uses of each app that was ever made, in the order of adding.
  private var appUses: [[Use]] = []
  /// What makers of suspended flows were told.
  private(set) var failures: [Failure] = []
  /// Every change of data policies; the two logs below hold the rows that create one, by tenant.
  var dataPolicyChanges: [DataPolicyChange<DataPolicy>] = []
  var dataPoliciesSaved: SetLog<Int>
  var dataPoliciesInForce: SetLog<Int>
  /// Who has which part in what.
  var sharing: Sharing
  /// What the work of each flow came to in its last run, where that failed by it.
  var workFailures: ChangeLog<FailedWork?>
  /// The scenario's uses, end to end.
  let uses: [Use]
  /// What holds instead of the logs while somebody asks what would be if; nil in a simulation.
  var supposition: Supposition?

  init(_ scenario: Scenario) {
    var cast = scenario.cast
    operations = OperationTable(&cast)
    self.cast = cast
    uses = scenario.uses
    saved = ChangeLog(subjects: cast.tenants.count)
    inForce = ChangeLog(subjects: cast.tenants.count)
    connections = ChangeLog(
      subjects: cast.connections.count, expecting: cast.connections.count)
    apps = ChangeLog(subjects: cast.apps.count)
    flows = ChangeLog(subjects: cast.flows.count, expecting: cast.flows.count)
    workFailures = ChangeLog(subjects: cast.flows.count)
    dataPoliciesSaved = SetLog(subjects: cast.tenants.count)
    dataPoliciesInForce = SetLog(subjects: cast.tenants.count)
    sharing = Sharing(scenario)
    startPolicies(scenario)
    for declaration in scenario.declarations { declare(declaration, scenario) }
  }

  private mutating func startPolicies(_ scenario: Scenario) {
    for tenant in cast.tenants.indices {
      let isGiven = tenant < scenario.policies.count
      policies.append(
        PolicyVersion(
          tenant: TenantID(tenant),
          policy: isGiven ? scenario.policies[tenant] : IsolationPolicy(), savedAt: nil,
          inForceAt: .start, line: isGiven ? scenario.policyLines[tenant] : 0))
      saved.append(tenant, of: tenant, at: .past)
      inForce.append(tenant, of: tenant, at: .past)
    }
  }

  private mutating func declare(_ declaration: Declaration, _ scenario: Scenario) {
    switch declaration.item {
    case .connection(let id, let definition):
      let connection = Connection(
        definition: definition, isPresent: true, line: declaration.line)
      connections.append(connection, of: id.row, at: .past)
    case .app(let id, let definition):
      var app = App(owner: definition.owner, uses: noUses(), isPresent: true)
      for use in scenario[definition.uses] { add(use, to: &app) }
      apps.append(app, of: id.row, at: .past)
    case .flow(let id, let definition):
      var anchor = Instant.start
      if case .every(_, let from?) = definition.trigger { anchor = from }
      let flow = Flow(
        definition: definition, state: .on, anchor: anchor, line: declaration.line)
      flows.append(flow, of: id.row, at: .past)
    case .share(let thing, let share): sharing.add(share, to: thing, at: .past)
    case .dataAccess(let connection, let recipients): sharing.open(connection, to: recipients)
    }
  }
}

extension World {
  /// What an app uses at first.
  mutating func noUses() -> AppUses {
    appUses.append([])
    return AppUses(list: Int32(appUses.count - 1))
  }

  /// Has an app use one connection more than it did last.
  mutating func add(_ use: Use, to app: inout App) {
    appUses[Int(app.uses.list)].append(use)
    app.uses.count += 1
  }

  subscript(uses: AppUses) -> ArraySlice<Use> {
    appUses[Int(uses.list)].prefix(Int(uses.count))
  }

  /// Keeps what a maker was told.
  mutating func keep(_ failure: Failure?) -> FailureID? {
    guard let failure else { return nil }
    failures.append(failure)
    return FailureID(failures.count - 1)
  }
}

extension Instant {
  /// Before all that is told: what a scenario declares exists since then.
  static let past = Instant(.min / 4)
  /// After all that is told: what is only supposed is saved then.
  static let never = Instant(.max / 4)
}

// MARK: - Questions

extension World {
  /// The version of a tenant's policy that holds at an instant.
  func policyVersion(of tenant: TenantID, _ view: PolicyView, at time: Instant) -> Int {
    let version = policyLog(view).value(of: tenant.row, at: time)
    return version ?? tenant.row
  }

  /// Which rows of ``policies`` hold when.
  func policyLog(_ view: PolicyView) -> ChangeLog<Int> {
    switch view {
    case .saved: saved
    case .inForce: inForce
    }
  }

  func policy(of tenant: TenantID, _ view: PolicyView, at time: Instant) -> IsolationPolicy {
    supposition?.policies[tenant] ?? policies[policyVersion(of: tenant, view, at: time)].policy
  }

  /// The rows of ``dataPolicyChanges`` that created the data policies which hold for a tenant.
  func dataPolicyRows(of tenant: TenantID, _ view: PolicyView, at time: Instant) -> [Int] {
    let log = view == .saved ? dataPoliciesSaved : dataPoliciesInForce
    let rows = log.members(of: tenant.row, at: time)
    return supposition?.dataPolicyRows(of: tenant, instead: rows) ?? rows
  }

  func connectionState(_ id: ConnectionID, at time: Instant) -> ConnectionState {
    guard let connection = connections.value(of: id.row, at: time), connection.isPresent else {
      return .absent
    }
    let definition = connection.definition
    let blocker = dataPolicy(
      blocking: definition.connector, of: definition.creator, .inForce, at: time)
    return blocker == nil ? .connected : .disabled
  }

  /// The first row of ``dataPolicyChanges`` that forbids a tenant a connector altogether.
  func dataPolicy(
    blocking connector: ConnectorID, of tenant: TenantID, _ view: PolicyView, at time: Instant
  ) -> Int? {
    dataPolicyRows(of: tenant, view, at: time).first {
      dataPolicyChanges[$0].content?.blocked.contains(connector) == true
    }
  }

  /// The tenant an app or a flow lives in: that of its first connection as last defined, else its
  /// owner's home (assumed; makers choose an environment, which scenarios don't have).
  func tenant(of uses: some Collection<Use>, owner: UserID, at time: Instant) -> TenantID {
    let first = uses.first.flatMap { connections.value(of: $0.connection.row, at: time) }
    return first?.definition.creator ?? cast.users[owner.row].home
  }

  func tenant(of flow: Flow, at time: Instant) -> TenantID {
    tenant(of: self[flow.definition.uses], owner: flow.definition.owner, at: time)
  }

  subscript(list: UseList) -> ArraySlice<Use> {
    uses[Int(list.start)..<Int(list.start) + Int(list.count)]
  }
}

/// What each connector's trigger and action are called, as rows of the cast.
struct OperationTable: Sendable {
  private var triggers: [OperationID] = []
  private var actions: [OperationID] = []
  /// For a connection whose creation was refused, so that nothing is known of it but its name.
  private(set) var ofUnknownConnector = OperationID(0)
  /// Each operation as a list of one: what most flows do, made once.
  let alone: [[OperationID]]

  /// Looks the connectors' operations up and adds the missing ones to the cast.
  init(_ cast: inout Cast) {
    var rows: [String: Int] = [:]
    for (row, name) in cast.operations.enumerated() { rows[name] = row }
    func id(_ name: String) -> OperationID {
      if let row = rows[name] { return OperationID(row) }
      rows[name] = cast.operations.count
      cast.operations.append(name)
      return OperationID(cast.operations.count - 1)
    }
    for connector in cast.connectors {
      triggers.append(id(connector.trigger))
      actions.append(id(connector.action))
    }
    ofUnknownConnector = id("Action")
    alone = cast.operations.indices.map { [OperationID($0)] }
  }

  func trigger(of connector: ConnectorID) -> OperationID { triggers[connector.row] }
  func action(of connector: ConnectorID) -> OperationID { actions[connector.row] }
}
