import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// What exists from the start, and what creations draw as well.

extension RandomWorld {
  mutating func drawDeclarations() {
    for row in scenario.cast.connections.indices where chance(85) {
      let id = ConnectionID(row)
      declare(.connection(id, drawConnection(id, of: connectionOwners[row])))
    }
    for row in scenario.cast.apps.indices where chance(isAudited ? 90 : 60) {
      declare(.app(AppID(row), drawApp(of: appOwners[row])))
    }
    for row in scenario.cast.flows.indices.dropLast() where chance(isAudited ? 35 : 75) {
      declare(.flow(FlowID(row), drawFlow(FlowID(row), of: flowOwners[row], isDeclared: true)))
    }
    drawShareDeclarations()
  }

  mutating func declare(_ item: Declaration.Item) {
    scenario.declarations.append(Declaration(item, line: nextLine()))
  }

  /// Of each owner's connections, some mail and some ask.
  mutating func drawConnection(_ id: ConnectionID, of owner: UserID) -> ConnectionDefinition {
    let user = scenario.cast.users[owner.row]
    let creator = chance(95) ? pick([user.home, user.home] + user.guestIn) : drawTenant()
    let others = scenario.cast.users.map(\.home).filter { $0 != creator }
    let signIn = others.isEmpty || chance(25) ? creator : pick(others)
    busyTenants += [creator, signIn]
    let connectors = scenario.cast.connectors.count
    let usual = chance(60) ? id.row / 2 % 2 * 2 : upTo(2)
    return ConnectionDefinition(
      owner: owner, connector: ConnectorID(chance(80) ? usual : upTo(connectors - 1)),
      creator: creator, signIn: signIn, hasCredentials: chance(92))
  }

  /// Mostly of connections that are meant to be the owner's.
  mutating func drawUses(of owner: UserID, trigger: ConnectionID? = nil) -> UseList {
    var names = some(drawConnections(of: owner), atMost: 3)
    if let trigger, !names.contains(trigger) {
      names.insert(trigger, at: chance(80) ? 0 : names.count)
    }
    return scenario.append(names.map { drawUse($0) })
  }

  mutating func drawConnections(of owner: UserID) -> [ConnectionID] {
    let all = scenario.cast.connections.indices.map(ConnectionID.init)
    let own = all.filter { connectionOwners[$0.row] == owner }
    return own.isEmpty || chance(6) ? all : own
  }

  mutating func drawUse(_ connection: ConnectionID) -> Use {
    Use(connection, chance(20) ? drawOperation() : nil)
  }

  mutating func drawOperation() -> OperationID {
    OperationID(upTo(scenario.cast.operations.count - 1))
  }

  mutating func drawApp(of owner: UserID) -> AppDefinition {
    AppDefinition(owner: owner, uses: drawUses(of: owner))
  }

  mutating func drawFlow(
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
    let hasWork = chance(signal == nil ? 60 : 20)
    // Whoever polls mostly has something to ask with and something to mail with.
    let uses =
      hasWork && signal == nil && chance(80)
      ? scenario.append(drawConnections(of: owner).suffix(2).map { drawUse($0) })
      : drawUses(of: owner, trigger: signal)
    var readsFeed = false
    if case .every = trigger { readsFeed = isAudited && chance(70) }
    let work = !hasWork ? nil : readsFeed ? drawFeedWork(of: owner) : drawWork()
    return FlowDefinition(owner: owner, trigger: trigger, uses: uses, work: work)
  }

  mutating func drawWork() -> WorkID {
    let people = scenario.cast.users.indices.map { UserID($0) }
    let asked = scenario.timeline.compactMap { statement -> AdminOperationID? in
      switch statement.action {
      case .installPackage(_, let name): name
      case .replacePolicy(let replacement, _): replacement.operation
      default: nil
      }
    }
    let name =
      asked.isEmpty || chance(20) ? AdminOperationID(chance(80) ? 0 : upTo(2)) : pick(asked)
    return scenario.append(.polling(name, mailing: [pick(people)]))
  }
}
