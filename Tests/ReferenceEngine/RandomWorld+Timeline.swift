import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// What happens.

extension RandomWorld {
  mutating func drawTimeline() {
    if isAudited { drawAuditBeginning() }
    var time: Int64 = 0
    for _ in 0..<10 + upTo(50) {
      // Many statements share their instant with the one before.
      if chance(60) { time += Int64(1 + upTo(2)) * grid }
      if chance(2) { time += 24 * Self.hour }
      let (actor, action) = drawAction()
      var statement = Statement(
        time: Instant(time), actor: actor, action: action, line: nextLine())
      if action.isolationTenant != nil, chance(20) { statement.delay = drawDelay() }
      scenario.timeline.append(statement)
    }
    scenario.until = Instant(time + 1 + Int64(upTo(12)) * grid + Int64(upTo(1)) * (grid - 1))
  }

  /// Mostly one that ends where something else happens.
  private mutating func drawDelay() -> Delay {
    Delay(Int64(upTo(6)) * pick([grid, grid, 60_000]), isLast: chance(40))
  }

  mutating func actor(_ owner: UserID) -> UserID {
    chance(94) ? owner : UserID(upTo(scenario.cast.users.count - 1))
  }

  mutating func administrator(of tenant: TenantID) -> UserID {
    let all = scenario.cast.users.indices.map(UserID.init)
    let own = all.filter {
      scenario.cast.users[$0.row].home == tenant && scenario.cast.users[$0.row].role != .user
        && scenario.cast.users[$0.row].role != .maker
    }
    return own.isEmpty || chance(8) ? pick(all) : pick(own)
  }

  mutating func drawAction() -> (UserID?, Action) {
    if isAudited && chance(55) { return drawAuditAction() }
    return switch upTo(99) {
    case 0..<23: drawPolicyAction()
    case 23..<42: drawConnectionAction()
    case 42..<55: drawAppAction()
    case 55..<79: drawFlowAction()
    case 79..<86: drawDataPolicyAction()
    case 86..<89: drawPolicyObjectAction()
    case 89..<93: drawPackageAction()
    case 93..<96: drawReportAction()
    default: drawSharingAction()
    }
  }

  mutating func drawPolicyAction() -> (UserID?, Action) {
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

  mutating func drawConnectionAction() -> (UserID?, Action) {
    let id = ConnectionID(upTo(scenario.cast.connections.count - 1))
    let actor = actor(connectionOwners[id.row])
    switch upTo(9) {
    case 0...4: return (actor, .createConnection(id, drawConnection(id, of: actor)))
    case 5...6: return (actor, .deleteConnection(id))
    default: return (nil, drawSignal())
    }
  }

  mutating func drawSignal() -> Action {
    let heard = triggers.compactMap { trigger -> ConnectionID? in
      if case .signal(let connection) = trigger { connection } else { nil }
    }
    return .signal(
      heard.isEmpty || chance(10)
        ? ConnectionID(upTo(scenario.cast.connections.count - 1)) : pick(heard))
  }

  mutating func drawAppAction() -> (UserID?, Action) {
    let id = AppID(upTo(scenario.cast.apps.count - 1))
    let actor = actor(appOwners[id.row])
    switch upTo(9) {
    case 0...2: return (actor, .createApp(id, drawApp(of: actor)))
    case 3...4: return (actor, .addConnection(drawUse(pick(drawConnections(of: actor))), to: id))
    case 5...8: return (chance(60) ? actor : drawUser(), .openApp(id))
    default: return (actor, .deleteApp(id))
    }
  }

  mutating func drawFlowAction() -> (UserID?, Action) {
    let id = FlowID(upTo(scenario.cast.flows.count - 1))
    let actor = actor(flowOwners[id.row])
    let isForCopies = id.row == scenario.cast.flows.count - 1
    switch upTo(19) {
    case 0...3 where isForCopies: return (actor, .turnFlow(id, on: true))
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
    case 15...17: return (chance(70) ? actor : drawUser(), .runFlow(id))
    default: return (nil, drawSignal())
    }
  }

  /// A policy read, or replaced by one that is nearly the tenant's first.
  mutating func drawPolicyObjectAction() -> (UserID?, Action) {
    let tenant = drawBusyTenant()
    let actor = administrator(of: tenant)
    if chance(30) { return (actor, .readPolicy(tenant: tenant)) }
    var rules = scenario.policies[Int(tenant.index)].rules
    if !rules.isEmpty, chance(40) { rules.removeLast() }
    for _ in 0..<upTo(2) { rules.append(Rule(drawSubject(), drawDirections())) }
    if chance(10) { rules.append(Rule(drawSubject(), [])) }
    let name = chance(40) ? AdminOperationID(upTo(scenario.cast.adminOperations.count - 1)) : nil
    return (
      actor,
      .replacePolicy(
        PolicyReplacement(isOn: chance(60), rules: rules, operation: name), tenant: tenant)
    )
  }

  mutating func drawPackageAction() -> (UserID?, Action) {
    let environment = EnvironmentID(
      chance(75) ? upTo(1) : upTo(scenario.cast.environments.count - 1))
    let actor = administrator(of: scenario.cast.environments[environment.row].tenant)
    let package = PackageID(chance(80) ? 0 : upTo(scenario.cast.packages.count - 1))
    let named = scenario.timeline.compactMap { statement -> AdminOperationID? in
      if case .installPackage(_, let name) = statement.action { name } else { nil }
    }
    // Flows that were declared wait for the first one.
    let last = scenario.cast.adminOperations.count - 1
    let name = chance(75) ? AdminOperationID(min(named.count, last)) : drawOperationName()
    switch upTo(9) {
    case 0...5: return (actor, .installPackage(PackagePlace(package, in: environment), as: name))
    case 6...7:
      return (actor, .cancelOperation(named.isEmpty || chance(20) ? name : pick(named)))
    default: return (actor, .listPackages(environment))
    }
  }

  mutating func drawOperationName() -> AdminOperationID {
    AdminOperationID(upTo(scenario.cast.adminOperations.count - 1))
  }

  mutating func drawReportAction() -> (UserID?, Action) {
    let tenant = drawBusyTenant()
    let name = ReportID(upTo(scenario.cast.reports.count - 1))
    return (administrator(of: tenant), .requestReport(name, tenant: tenant))
  }

  mutating func drawDataPolicyAction() -> (UserID?, Action) {
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
