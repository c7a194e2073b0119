import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Scenarios drawn from a seed, in which as much as possible meets: a coarse grid of times, few
/// names for many creations, delays that end where others begin.
struct RandomWorld {
  private var random: SeededGenerator
  private var scenario = Scenario()
  private var connectionOwners: [UserID] = []
  private var appOwners: [UserID] = []
  private var flowOwners: [UserID] = []
  /// Tenants that connections lie in and sign in to, the busiest most often.
  private var busyTenants: [TenantID] = []
  /// Whose each data policy is, so that those who delete it mostly may.
  private var dataPolicyTenants: [TenantID] = []
  /// The triggers that flows had when they were last drawn, so that signals find somebody.
  private var triggers: [FlowTrigger] = []
  private var grid: Milliseconds = 0
  private var line = 1

  private static let minute: Milliseconds = 60_000
  private static let hour: Milliseconds = 3_600_000

  static func scenario(seed: UInt64) -> Scenario {
    var world = RandomWorld(random: SeededGenerator(seed: seed, stream: "world"))
    world.scenario.title = "Random world \(seed)"
    world.scenario.seed = seed
    world.drawCast()
    world.drawSettings()
    world.drawPolicies()
    world.drawDeclarations()
    world.drawTimeline()
    return world.scenario
  }

  private init(random: SeededGenerator) { self.random = random }

  // MARK: Dice

  private mutating func upTo(_ last: Int) -> Int { Int(random.next(in: 0...Int64(last))) }
  private mutating func chance(_ percent: Int) -> Bool { upTo(99) < percent }
  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[upTo(choices.count - 1)]
  }
  private mutating func some<Element>(_ choices: [Element], atMost count: Int) -> [Element] {
    (0..<upTo(count)).map { _ in pick(choices) }
  }
  private mutating func nextLine() -> Int {
    line += 1
    return line
  }

  // MARK: Cast and settings

  private mutating func drawCast() {
    let tenants = 2 + upTo(1) * upTo(2)
    // Some worlds have so many tenants that an allowlist can be full.
    let inRulesOnly = chance(12) ? 50 : 0
    for row in 0..<tenants + inRulesOnly {
      scenario.cast.tenants.append(
        Tenant(
          name: "t\(row)", displayName: "Tenant \(row)", identifier: "id-\(row)",
          domains: ["t\(row).onmicrosoft.com"]))
    }
    for row in 0..<5 + upTo(4) {
      let home = TenantID(row < 2 * tenants ? row / 2 : upTo(tenants - 1))
      let role: Role =
        row % 2 == 0
        ? pick([.administrator, .administrator, .globalAdministrator])
        : pick([.maker, .maker, .user])
      let guestIn = (0..<tenants).map(TenantID.init).filter { $0 != home }.filter { _ in
        chance(30)
      }
      scenario.cast.users.append(User(name: "u\(row)", role: role, home: home, guestIn: guestIn))
    }
    drawConnectors()
    let makers = scenario.cast.users.indices.filter { scenario.cast.users[$0].role != .user }
      .map(UserID.init)
    let owners = (0..<2).map { _ in pick(makers) }
    for row in 0..<6 {
      scenario.cast.connections.append(Title(name: "c\(row)"))
      connectionOwners.append(owners[row % 2])
    }
    for row in 0..<3 {
      scenario.cast.apps.append(Title(name: "a\(row)"))
      appOwners.append(owners[row % 2])
    }
    for row in 0..<5 {
      scenario.cast.flows.append(Title(name: "f\(row)"))
      flowOwners.append(owners[row % 2])
      triggers.append(.manual)
    }
    for row in 0..<3 {
      scenario.cast.dataPolicies.append(Title(name: "d\(row)"))
      dataPolicyTenants.append(scenario.cast.users[owners[row % 2].row].home)
    }
  }

  private mutating func drawConnectors() {
    let signIns: [SignIn] = [.entraID, .entraID, .entraID, .ownTokenService, .other]
    for (row, signIn) in signIns.enumerated() {
      // Two connectors share the name of an action.
      scenario.cast.connectors.append(
        Connector(
          name: "k\(row)", displayName: "Connector \(row)", signIn: signIn,
          trigger: "Trigger \(row)", action: "Action \(max(1, row))"))
    }
    let connectors = scenario.cast.connectors
    let names = connectors.map(\.trigger) + connectors.map(\.action)
    for name in names + ["Action", "Special"] where !scenario.cast.operations.contains(name) {
      scenario.cast.operations.append(name)
    }
  }

  private mutating func drawSettings() {
    let minute = Self.minute
    grid = pick([5 * minute, 5 * minute, 15 * minute, 30 * minute, minute + 1])
    let delays: [ClosedRange<Milliseconds>] = [
      0...0, 60 * minute...60 * minute, grid...grid, 2 * grid...2 * grid,
      5 * minute...40 * minute, 0...60 * minute, 1...1,
    ]
    scenario.settings.propagation = pick(delays)
    scenario.settings.designTime = pick([.immediate, .immediate, .propagated])
    scenario.settings.blockedTrigger = pick([.failedRun, .triggerFailure])
    scenario.settings.dataPolicyPropagation = pick([0, 60 * minute, grid, 2 * grid])
    scenario.settings.reactivation = pick([nil, 2 * grid, 168 * Self.hour])
    scenario.settings.alwaysFailing = pick([nil, nil, 2 * grid, 3 * grid, 7 * grid, 2 * Self.hour])
    scenario.settings.edition = pick([.of2023, .of2025])
  }

  private mutating func drawPolicies() {
    for _ in scenario.cast.tenants {
      var policy = IsolationPolicy(isOn: chance(40))
      if scenario.cast.tenants.count > 10, chance(90) {
        let all = scenario.cast.tenants.indices.suffix(49 + upTo(1))
        for row in all { policy.allow(drawDirections(), for: .tenant(TenantID(row))) }
      }
      for _ in 0..<upTo(2) { policy.allow(drawDirections(), for: drawSubject()) }
      scenario.policies.append(policy)
      scenario.policyLines.append(nextLine())
    }
  }

  private mutating func drawDirections() -> Directions { pick([.inbound, .outbound, .both]) }

  private mutating func drawSubject() -> RuleSubject {
    chance(25) ? .every : .tenant(TenantID(upTo(min(4, scenario.cast.tenants.count) - 1)))
  }

  /// A tenant that people live in.
  private mutating func drawTenant() -> TenantID { pick(scenario.cast.users).home }

  /// A tenant whose policies matter to somebody.
  private mutating func drawBusyTenant() -> TenantID {
    busyTenants.isEmpty || chance(10) ? drawTenant() : pick(busyTenants)
  }

  // MARK: What exists

  private mutating func drawDeclarations() {
    for row in scenario.cast.connections.indices where chance(85) {
      declare(.connection(ConnectionID(row), drawConnection(of: connectionOwners[row])))
    }
    for row in scenario.cast.apps.indices where chance(60) {
      declare(.app(AppID(row), drawApp(of: appOwners[row])))
    }
    for row in scenario.cast.flows.indices where chance(75) {
      declare(.flow(FlowID(row), drawFlow(FlowID(row), of: flowOwners[row], isDeclared: true)))
    }
  }

  private mutating func declare(_ item: Declaration.Item) {
    scenario.declarations.append(Declaration(item, line: nextLine()))
  }

  private mutating func drawConnection(of owner: UserID) -> ConnectionDefinition {
    let user = scenario.cast.users[owner.row]
    let creator = chance(95) ? pick([user.home, user.home] + user.guestIn) : drawTenant()
    let others = scenario.cast.users.map(\.home).filter { $0 != creator }
    let signIn = others.isEmpty || chance(20) ? creator : pick(others)
    busyTenants += [creator, signIn]
    let connectors = scenario.cast.connectors.count
    return ConnectionDefinition(
      owner: owner, connector: ConnectorID(chance(80) ? upTo(2) : upTo(connectors - 1)),
      creator: creator, signIn: signIn, hasCredentials: chance(92))
  }

  /// Mostly of connections that are meant to be the owner's.
  private mutating func drawUses(of owner: UserID, trigger: ConnectionID? = nil) -> UseList {
    var names = some(drawConnections(of: owner), atMost: 3)
    if let trigger, !names.contains(trigger) {
      names.insert(trigger, at: chance(80) ? 0 : names.count)
    }
    return scenario.append(names.map { drawUse($0) })
  }

  private mutating func drawConnections(of owner: UserID) -> [ConnectionID] {
    let all = scenario.cast.connections.indices.map(ConnectionID.init)
    let own = all.filter { connectionOwners[$0.row] == owner }
    return own.isEmpty || chance(6) ? all : own
  }

  private mutating func drawUse(_ connection: ConnectionID) -> Use {
    Use(connection, chance(20) ? drawOperation() : nil)
  }

  private mutating func drawOperation() -> OperationID {
    OperationID(upTo(scenario.cast.operations.count - 1))
  }

  private mutating func drawApp(of owner: UserID) -> AppDefinition {
    AppDefinition(owner: owner, uses: drawUses(of: owner))
  }

  private mutating func drawFlow(
    _ id: FlowID, of owner: UserID, isDeclared: Bool = false
  ) -> FlowDefinition {
    let trigger: FlowTrigger
    var signal: ConnectionID?
    switch upTo(9) {
    case 0...5:
      let period = pick([grid, 2 * grid, 3 * grid, 7 * Self.minute, Self.hour])
      let from = isDeclared && chance(60) ? Instant(Int64(upTo(40) - 20) * grid / 2) : nil
      trigger = .every(period, anchor: from)
    case 6...8:
      let connection = pick(drawConnections(of: owner))
      signal = connection
      trigger = .signal(connection)
    default: trigger = .manual
    }
    triggers[id.row] = trigger
    return FlowDefinition(
      owner: owner, trigger: trigger, uses: drawUses(of: owner, trigger: signal))
  }

  // MARK: What happens

  private mutating func drawTimeline() {
    var time: Int64 = 0
    for _ in 0..<10 + upTo(50) {
      // Many statements share their instant with the one before.
      if chance(60) { time += Int64(1 + upTo(2)) * grid }
      if chance(2) { time += 24 * Self.hour }
      let (actor, action) = drawAction()
      scenario.timeline.append(
        Statement(time: Instant(time), actor: actor, action: action, line: nextLine()))
    }
    scenario.until = Instant(time + 1 + Int64(upTo(12)) * grid + Int64(upTo(1)) * (grid - 1))
  }

  private mutating func actor(_ owner: UserID) -> UserID {
    chance(94) ? owner : UserID(upTo(scenario.cast.users.count - 1))
  }

  private mutating func administrator(of tenant: TenantID) -> UserID {
    let all = scenario.cast.users.indices.map(UserID.init)
    let own = all.filter {
      scenario.cast.users[$0.row].home == tenant && scenario.cast.users[$0.row].role != .user
        && scenario.cast.users[$0.row].role != .maker
    }
    return own.isEmpty || chance(8) ? pick(all) : pick(own)
  }

  private mutating func drawAction() -> (UserID?, Action) {
    switch upTo(99) {
    case 0..<25: drawPolicyAction()
    case 25..<45: drawConnectionAction()
    case 45..<60: drawAppAction()
    case 60..<88: drawFlowAction()
    default: drawDataPolicyAction()
    }
  }

  private mutating func drawPolicyAction() -> (UserID?, Action) {
    let tenant = drawBusyTenant()
    let actor = administrator(of: tenant)
    let ruled = scenario.policies[Int(tenant.index)].rules.prefix(3).map(\.subject)
    let subject = ruled.isEmpty || chance(50) ? drawSubject() : pick(Array(ruled))
    switch upTo(9) {
    case 0...4: return (actor, .turnIsolation(on: chance(50), tenant: tenant))
    case 5...6: return (actor, .allow(subject, drawDirections(), tenant: tenant))
    case 7: return (actor, .changeRule(subject, to: drawDirections(), tenant: tenant))
    case 8: return (actor, .removeRule(subject, tenant: tenant))
    default:
      return chance(80)
        ? (actor, .allow(.every, drawDirections(), tenant: tenant))
        : (actor, .retargetRule(subject, to: drawSubject(), tenant: tenant))
    }
  }

  private mutating func drawConnectionAction() -> (UserID?, Action) {
    let id = ConnectionID(upTo(scenario.cast.connections.count - 1))
    let actor = actor(connectionOwners[id.row])
    switch upTo(9) {
    case 0...4: return (actor, .createConnection(id, drawConnection(of: actor)))
    case 5...6: return (actor, .deleteConnection(id))
    default: return (nil, drawSignal())
    }
  }

  private mutating func drawSignal() -> Action {
    let heard = triggers.compactMap { trigger -> ConnectionID? in
      if case .signal(let connection) = trigger { connection } else { nil }
    }
    return .signal(
      heard.isEmpty || chance(10)
        ? ConnectionID(upTo(scenario.cast.connections.count - 1)) : pick(heard))
  }

  private mutating func drawAppAction() -> (UserID?, Action) {
    let id = AppID(upTo(scenario.cast.apps.count - 1))
    let actor = actor(appOwners[id.row])
    switch upTo(9) {
    case 0...2: return (actor, .createApp(id, drawApp(of: actor)))
    case 3...4: return (actor, .addConnection(drawUse(pick(drawConnections(of: actor))), to: id))
    case 5...8: return (actor, .openApp(id))
    default: return (actor, .deleteApp(id))
    }
  }

  private mutating func drawFlowAction() -> (UserID?, Action) {
    let id = FlowID(upTo(scenario.cast.flows.count - 1))
    let actor = actor(flowOwners[id.row])
    switch upTo(19) {
    case 0...3: return (actor, .createFlow(id, drawFlow(id, of: actor)))
    case 4...6: return (actor, .saveFlow(id, uses: nil))
    case 7...8:
      var signal: ConnectionID?
      if case .signal(let connection) = triggers[id.row] { signal = connection }
      return (actor, .saveFlow(id, uses: drawUses(of: actor, trigger: signal)))
    case 9...10:
      return (chance(70) ? actor : administrator(of: drawBusyTenant()), .turnFlow(id, on: false))
    case 11...13: return (actor, .turnFlow(id, on: true))
    case 14: return (actor, .deleteFlow(id))
    case 15...17: return (actor, .runFlow(id))
    default: return (nil, drawSignal())
    }
  }

  private mutating func drawDataPolicyAction() -> (UserID?, Action) {
    let id = DataPolicyID(upTo(scenario.cast.dataPolicies.count - 1))
    let tenant = chance(90) ? dataPolicyTenants[id.row] : drawTenant()
    let actor = administrator(of: tenant)
    if chance(40) { return (actor, .deleteDataPolicy(id)) }
    let connectors = scenario.cast.connectors.indices.map(ConnectorID.init)
    var policy = DataPolicy()
    policy.blocked = some(Array(connectors.prefix(3)), atMost: 1)
    for connector in some(connectors, atMost: 2) {
      let usual = scenario.cast.operations.firstIndex(
        of: scenario.cast.connectors[connector.row].action)
      let operation = chance(50) ? usual.map { OperationID($0) } : nil
      policy.blockedActions.append(
        .init(connector: connector, operation: operation ?? drawOperation()))
    }
    policy.business = chance(40) ? some(connectors, atMost: 3) : nil
    return (actor, .createDataPolicy(id, policy, tenant: tenant))
  }
}
