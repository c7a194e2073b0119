import SimulationTrace
import TenantIsolation

// Canvas apps: a blocked connection is not added; an app that has one opens, its data call fails.

extension Simulator {
  mutating func create(_ id: AppID, _ definition: AppDefinition, _ step: Step) {
    let uses = scenario[definition.uses]
    guard isMaker(step) else { return refuse(id, step, .notMaker) }
    if let foreign = foreign(uses, to: step.actor) {
      return refuse(id, step, .notOwner, of: foreign)
    }
    if let existing = world.apps.current(id.row), existing.isPresent {
      return collisions.append(step.row)
    }
    var app = World.App(owner: definition.owner, uses: world.noUses(), isPresent: true)
    var created = record(.appCreated, step, .saved)
    created.app = id
    created.isCreation = true
    var refusals: [Record] = []
    noteDesignTies(uses, step)
    for use in uses {
      let (grounds, failure) = admit(use, to: &app)
      created.grounds.append(contentsOf: grounds)
      if uses.count > 1, let way = world.connections.current(use.connection.row)?.definition {
        created.ways.append(grounds, creator: way.creator, signIn: way.signIn)
      }
      guard let failure else { continue }
      refusals.append(addition(of: use, to: id, owner: app.owner, step, grounds, failure))
      created.failure = created.failure ?? failure
    }
    created.describe(world.subject(of: uses, created.failure, owner: definition.owner, at: clock))
    created.grounds.moveToEnd(.dataPolicy)
    world.apps.append(app, of: id.row, at: clock)
    conclude(step, with: created)
    for refusal in refusals {
      events.append(refusal)
      audit(refusal)
    }
  }

  mutating func add(_ use: Use, to id: AppID, _ step: Step) {
    guard var app = present(id) else { return refuse(id, step, .absent) }
    guard app.owner == step.actor else { return refuse(id, step, .notOwner) }
    if let foreign = foreign(CollectionOfOne(use), to: step.actor) {
      return refuse(id, step, .notOwner, of: foreign)
    }
    noteDesignTies(CollectionOfOne(use), step)
    let (grounds, failure) = admit(use, to: &app)
    if failure == nil { world.apps.append(app, of: id.row, at: clock) }
    conclude(step, with: addition(of: use, to: id, owner: app.owner, step, grounds, failure))
  }

  /// Judges one more connection of an app as its maker would, and lets it in where nothing blocks.
  private mutating func admit(_ use: Use, to app: inout World.App) -> (Grounds, Failure?) {
    var judgement = world.judge(CollectionOfOne(use), trigger: nil, from: designTime(.appDesign))
    if let failure = dataPolicyFailure(of: use, in: app) {
      judgement.grounds.append(.dataPolicy)
      judgement.failure = judgement.failure ?? failure
    }
    let isNew = !world[app.uses].contains { $0.connection == use.connection }
    if judgement.failure == nil, isNew { world.add(use, to: &app) }
    return (judgement.grounds, judgement.failure)
  }

  /// What the saved data policies say against a use by itself, or beside one of an app's others.
  private func dataPolicyFailure(of use: Use, in app: World.App) -> Failure? {
    let uses = world[app.uses]
    let tenant = world.tenant(
      of: uses.isEmpty ? [use] : uses, owner: app.owner, at: clock)
    let policies = world.dataPolicyRows(of: tenant, .saved, at: clock)
    guard !policies.isEmpty else { return nil }
    func members(_ uses: [Use]) -> [DataPolicyMember] {
      world.members(of: uses, trigger: nil, at: clock)
    }
    if let own = world.violation(of: policies, by: members([use]), on: .appDesign) {
      return own.failure
    }
    let others = uses.filter { $0.connection != use.connection }
    return others.lazy.compactMap {
      world.mix(of: policies, members([$0, use]), on: .appDesign)?.failure
    }.first
  }

  private func addition(
    of use: Use, to app: AppID, owner: UserID, _ step: Step, _ grounds: Grounds, _ failure: Failure?
  ) -> Record {
    var record = record(
      failure == nil ? .appConnectionAdded : .appConnectionRefused, step,
      failure == nil ? .added : .notAdded)
    record.app = app
    record.describe(world.subject(use.connection, owner: owner, at: clock))
    record.grounds = grounds
    record.failure = failure
    return record
  }

  mutating func open(_ id: AppID, _ step: Step) {
    guard let app = present(id) else { return refuse(id, step, .absent) }
    let uses = world[app.uses]
    let tenant = world.tenant(of: uses, owner: app.owner, at: clock)
    guard let actor = step.actor, works(step, in: tenant) else {
      return refuse(id, step, .notInTenant)
    }
    guard world.mayOpen(id, app, actor, at: clock) else {
      return refuse(id, step, .notSharedWithActor)
    }
    var judgement = world.judge(uses, of: tenant, from: .using(.inForce, .appData, clock))
    if judgement.failure == nil,
      let failure = world.dataFailure(of: uses, actor, at: clock)
    {
      // What lets the connections through is no reason why the app fails.
      judgement.grounds = []
      judgement.failure = failure
    }
    noteTies(with: world.decidingChanges(of: uses, at: clock), step)
    reports.note(uses, world, at: clock)
    var record = record(.appOpened, step, judgement.failure == nil ? .allowed : .blocked)
    record.app = id
    record.describe(world.subject(of: uses, judgement.failure, owner: app.owner, at: clock))
    record.grounds = judgement.grounds
    record.ways = judgement.ways
    record.failure = judgement.failure
    conclude(step, with: record)
  }

  mutating func delete(_ id: AppID, _ step: Step) {
    guard var app = present(id) else { return refuse(id, step, .absent) }
    guard app.owner == step.actor else { return refuse(id, step, .notOwner) }
    app.isPresent = false
    world.apps.append(app, of: id.row, at: clock)
    world.sharing.forget(.app(id), at: clock)
    feedFlows.forget(id, at: clock)
    var record = record(.appDeleted, step, .saved)
    record.app = id
    record.tenant = world.tenant(of: world[app.uses], owner: app.owner, at: clock)
    conclude(step, with: record)
  }

  func present(_ id: AppID) -> World.App? {
    world.apps.current(id.row).flatMap { $0.isPresent ? $0 : nil }
  }

  mutating func refuse(
    _ id: AppID, _ step: Step, _ cause: Cause, of connection: ConnectionID? = nil
  ) {
    let tenant = present(id).map { world.tenant(of: world[$0.uses], owner: $0.owner, at: clock) }
    refuse(step, cause) {
      $0.app = id
      $0.tenant = tenant
      $0.failure?.connection = connection
    }
  }
}
