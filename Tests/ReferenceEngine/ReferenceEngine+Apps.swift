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
    var app = App(owner: definition.owner, uses: [])
    var grounds = Grounds()
    var ways: [GroundWay] = []
    var first: Failure?
    var additions: [Addition] = []
    for use in uses {
      let addition = admit(use, to: &app, statement)
      grounds.append(contentsOf: addition.grounds)
      ways += self.ways(addition.grounds, use, among: uses).filter { !ways.contains($0) }
      first = first ?? addition.failure
      additions.append(addition)
    }
    apps[id] = app
    // The additions that succeed are part of the creation; those that fail are told after it.
    var all = Grounds()
    for ground in grounds where ground != .dataPolicy { all.append(ground) }
    if grounds.contains(.dataPolicy) { all.append(.dataPolicy) }
    let subject = subject(uses, first, definition.owner)
    note(.appCreated, statement, .saved) {
      $0.app = id
      $0.isCreation = true
      $0.describe(subject)
      $0.grounds = all
      $0.ways = ways
      $0.failure = first
    }
    for addition in additions where addition.failure != nil { note(addition, id, statement) }
  }

  mutating func add(_ use: Use, to id: AppID, _ statement: Statement) {
    guard var app = apps[id] else { return refuse(statement, .absent) { $0.app = id } }
    guard app.owner == statement.actor else {
      return refuse(statement, .notOwner) { $0.app = id }
    }
    if let other = notOwned([use], by: statement.actor) {
      return refuse(statement, .notOwner, connection: other) { $0.app = id }
    }
    let addition = admit(use, to: &app, statement)
    apps[id] = app
    note(addition, id, statement)
  }

  /// What came of adding a connection to an app.
  struct Addition {
    var subject: Subject
    var grounds: Grounds
    var failure: Failure?
  }

  mutating func note(_ addition: Addition, _ id: AppID, _ statement: Statement) {
    let isBlocked = addition.failure != nil
    note(
      isBlocked ? .appConnectionRefused : .appConnectionAdded, statement,
      isBlocked ? .notAdded : .added
    ) {
      $0.app = id
      $0.describe(addition.subject)
      $0.grounds = addition.grounds
      $0.failure = addition.failure
    }
  }

  /// Adds a connection to an app unless it is blocked.
  mutating func admit(_ use: Use, to app: inout App, _ statement: Statement) -> Addition {
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
    if judgement.failure == nil, !app.uses.contains(where: { $0.connection == use.connection }) {
      app.uses.append(use)
    }
    return Addition(
      subject: subject(use.connection, app.owner), grounds: judgement.grounds,
      failure: judgement.failure)
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
    registeredApps.removeAll { $0 == id }
    closeQuestions { $0.app == id }
  }
}
