import PowerPlatform
import SimulationTrace
import TenantIsolation

extension ReferenceEngine {
  mutating func create(
    _ id: AppID, _ definition: AppDefinition, _ statement: Statement, _ row: Int
  ) {
    let uses = Array(scenario[definition.uses])
    guard user(statement)?.role != .user else {
      return refuse(statement, .notMaker) { $0.app = id }
    }
    if let other = notOwned(uses, by: statement.actor) {
      return refuse(statement, .notOwner, connection: other) { $0.app = id }
    }
    guard apps[id] == nil else { return collisions.append(row) }
    let place = trace.events.count
    var app = App(owner: definition.owner, uses: [])
    var grounds = Grounds()
    var ways: [GroundWay] = []
    var first: Failure?
    for use in uses {
      let refused = admit(use, to: &app, id, statement)
      grounds.append(contentsOf: refused.grounds)
      ways += self.ways(refused.grounds, use, among: uses).filter { !ways.contains($0) }
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
      $0.ways = ways
      $0.failure = first
    }
    trace.events += refusals
  }

  mutating func add(_ use: Use, to id: AppID, _ statement: Statement) {
    guard var app = apps[id] else { return refuse(statement, .absent) { $0.app = id } }
    guard app.owner == statement.actor else {
      return refuse(statement, .notOwner) { $0.app = id }
    }
    if let other = notOwned([use], by: statement.actor) {
      return refuse(statement, .notOwner, connection: other) { $0.app = id }
    }
    _ = admit(use, to: &app, id, statement)
    apps[id] = app
  }

  /// Adds a connection to an app unless it is blocked, and says so.
  mutating func admit(
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
  func mix(_ policy: DataPolicyInstance, _ other: Use, _ use: Use) -> Failure? {
    var grouping = policy
    grouping.policy.blocked = []
    grouping.policy.blockedActions = []
    return violation(of: [grouping], by: [other, use], trigger: .manual, .appDesign)?.failure
  }

  mutating func open(_ id: AppID, _ statement: Statement) {
    guard let app = apps[id] else { return refuse(statement, .absent) { $0.app = id } }
    let tenant = tenant(of: app.uses, app.owner)
    guard works(statement, in: tenant) else {
      return refuse(statement, .notInTenant) {
        $0.app = id
        $0.tenant = tenant
      }
    }
    guard isOpen(.app(id), owner: app.owner, to: statement.actor) else {
      return refuse(statement, .notSharedWithActor) { $0.app = id }
    }
    noteTies(app.uses, line: statement.line)
    noteUses(app.uses)
    var judgement = judge(app.uses, trigger: .manual, tenant, inForce, inForceData, .appData)
    if judgement.failure == nil {
      judgement.failure = dataFailure(app.uses, statement.actor)
      if judgement.failure != nil { judgement.grounds = [] }
    }
    let subject = subject(app.uses, judgement.failure, app.owner)
    note(.appOpened, statement, judgement.failure == nil ? .allowed : .blocked) {
      $0.app = id
      $0.ways = judgement.ways
      $0.describe(subject)
      $0.grounds = judgement.grounds
      $0.failure = judgement.failure
    }
  }

  mutating func delete(_ id: AppID, _ statement: Statement) {
    guard let app = apps[id] else { return refuse(statement, .absent) { $0.app = id } }
    guard app.owner == statement.actor else {
      return refuse(statement, .notOwner) { $0.app = id }
    }
    note(.appDeleted, statement, .saved) { $0.app = id }
    apps[id] = nil
    shares[.app(id)] = nil
  }
}
