import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Apps and flows shared with people, groups and everyone; flows sent as copies and moved; groups.

extension Simulator {
  mutating func share(_ thing: Shareable, _ share: Share, _ step: Step) {
    guard let tenant = managed(thing, step) else { return }
    guard reaches(share.recipient, in: tenant) else {
      return refuse(thing, tenant, step, .recipientElsewhere)
    }
    if let owner = owner(of: thing), share.recipient == .user(owner) {
      return refuse(thing, tenant, step, .ownedAlready, owner)
    }
    world.sharing.add(share, to: thing, at: clock)
    conclude(step, with: record(.added, share, thing, tenant, step))
  }

  mutating func unshare(
    _ thing: Shareable, from recipient: Recipient, _ role: ShareRole?, _ step: Step
  ) {
    guard let tenant = managed(thing, step) else { return }
    let gone = world.sharing.remove(recipient, role, from: thing, at: clock)
    guard !gone.isEmpty else { return refuse(thing, tenant, step, .notShared) }
    for share in gone { conclude(step, with: record(.removed, share, thing, tenant, step)) }
  }

  /// The tenant of what the actor may share: its owners may, and its tenant's administrators. Nil,
  /// and a refusal, for others.
  private mutating func managed(_ thing: Shareable, _ step: Step) -> TenantID? {
    guard let (tenant, isOwner) = standing(thing, step) else {
      refuse(thing, nil, step, .absent)
      return nil
    }
    guard isOwner || administers(step, tenant) else {
      refuse(thing, tenant, step, .notOwner)
      return nil
    }
    return tenant
  }

  /// Where an app or a flow lives and whether the actor is one of its owners; nil where it is absent.
  private func standing(_ thing: Shareable, _ step: Step) -> (TenantID, isOwner: Bool)? {
    switch thing {
    case .app(let id):
      present(id).map {
        (world.tenant(of: world[$0.uses], owner: $0.owner, at: clock), $0.owner == step.actor)
      }
    case .flow(let id):
      present(id).map { (world.tenant(of: $0, at: clock), isOwner(step, id, $0)) }
    }
  }

  private func owner(of thing: Shareable) -> UserID? {
    switch thing {
    case .app(let id): present(id)?.owner
    case .flow(let id): present(id)?.definition.owner
    }
  }

  /// Whether somebody works in a tenant, or is a group of its people.
  func reaches(_ recipient: Recipient, in tenant: TenantID) -> Bool {
    switch recipient {
    case .user(let user): world.cast.users[user.row].works(in: tenant)
    case .group(let group): scenario.groups[group.row].tenant == tenant
    case .everyone: true
    }
  }

  /// Whether something is widely shared by now.
  func isWide(_ thing: Shareable) -> Bool {
    world.sharing.isWide(thing, from: scenario.settings.widelyShared, at: clock)
  }

  private func record(
    _ change: ShareMention.Change, _ share: Share, _ thing: Shareable, _ tenant: TenantID,
    _ step: Step
  ) -> Record {
    var record = record(.shareChanged, step, .saved)
    record.isAbout(thing)
    record.tenant = tenant
    var mention = ShareMention(change, share.recipient, share.role)
    mention.isWide = isWide(thing)
    record.share = mention
    return record
  }

  private mutating func refuse(
    _ thing: Shareable, _ tenant: TenantID?, _ step: Step, _ cause: Cause, _ user: UserID? = nil
  ) {
    refuse(step, cause) {
      $0.isAbout(thing)
      $0.tenant = tenant
      if let user { $0.failure?.user = user }
    }
  }
}

extension Record {
  fileprivate mutating func isAbout(_ thing: Shareable) {
    switch thing {
    case .app(let id): app = id
    case .flow(let id): flow = id
    }
  }
}

// MARK: - Team flows

extension Simulator {
  func isOwner(_ step: Step, _ id: FlowID, _ flow: World.Flow) -> Bool {
    step.actor.map { world.owns(id, flow, $0, at: clock) } ?? false
  }

  /// The first connection with which the actor may not save a flow: it is not theirs, nor does it
  /// work in this flow already, as one of its owners' or one that was left in it when it was moved.
  func barred(
    _ step: Step, _ uses: some Collection<Use>, in id: FlowID, _ flow: World.Flow
  ) -> ConnectionID? {
    uses.first { use in
      guard let owner = owner(of: use.connection), owner != step.actor else { return false }
      let isInIt = world.holds(flow.definition.uses, use.connection)
      let isLent = world.holds(flow.definition.lent, use.connection)
      return !isInIt || !isLent && !world.owns(id, flow, owner, at: clock)
    }?.connection
  }
}

// MARK: - Copies and moves

extension Simulator {
  /// Gives somebody a flow of their own that does the same: off, and without connections of its own
  /// (assumed).
  mutating func send(_ id: FlowID, to user: UserID, as copy: FlowID, _ step: Step) {
    guard let flow = present(id) else { return refuse(id, step, .absent) }
    guard isOwner(step, id, flow) else { return refuse(id, step, .notOwner) }
    let tenant = world.tenant(of: flow, at: clock)
    guard world.cast.users[user.row].works(in: tenant) else {
      return refuse(id, step, .recipientElsewhere)
    }
    guard present(copy) == nil else { return collisions.append(step.row) }
    var definition = flow.definition
    definition.owner = user
    definition.isUnconnected = true
    definition.lent = .none
    append(
      World.Flow(definition: definition, state: .off, anchor: clock, line: step.line), copy)
    var record = record(.flowCopied, step, .saved, flow: copy, .off)
    record.isCreation = true
    record.share = ShareMention(.copied, .user(user))
    record.share?.original = id
    conclude(step, with: record)
  }

  /// Makes somebody else a flow's owner, mostly a service account, and saves it for them. Its owner
  /// and administrators do that, and no co-owner; the owner before keeps no part in it, but the
  /// connections go on working in it where it gets no others (assumed).
  mutating func move(_ id: FlowID, to user: UserID, uses: UseList?, _ step: Step) {
    guard let flow = present(id) else { return refuse(id, step, .absent) }
    let tenant = world.tenant(of: flow, at: clock)
    guard flow.definition.owner == step.actor || administers(step, tenant) else {
      return refuse(id, step, isOwner(step, id, flow) ? .ownerAlone : .notOwner)
    }
    guard world.cast.users[user.row].works(in: tenant) else {
      return refuse(id, step, .recipientElsewhere)
    }
    var definition = flow.definition
    definition.owner = user
    definition.lent = uses == nil ? definition.uses : .none
    if let uses {
      if let foreign = foreign(scenario[uses], to: user) {
        return refuse(id, step, .notOwner, of: foreign, for: user)
      }
      definition.reconnect(uses, scenario)
    }
    _ = world.sharing.remove(.user(user), nil, from: .flow(id), at: clock)
    var moved = record(.shareChanged, step, .saved, flow: id)
    moved.share = ShareMention(.added, .user(user), .owner)
    events.append(moved)
    audit(moved)
    save(definition, id, flow.state, step)
  }
}

extension FlowDefinition {
  /// Gives a flow another one's connections: a signal's is the first of them, where none of them is
  /// the one that it had.
  mutating func reconnect(_ list: UseList, _ scenario: Scenario) {
    uses = list
    isUnconnected = false
    guard let connection = trigger.connection, let first = scenario[list].first,
      !scenario[list].contains(where: { $0.connection == connection })
    else { return }
    trigger = .signal(first.connection)
  }
}

// MARK: - Groups

extension Simulator {
  /// Administrators of the group's tenant say who is in it, and everybody may leave.
  mutating func change(_ group: GroupID, _ user: UserID, isMember: Bool, _ step: Step) {
    let tenant = scenario.groups[group.row].tenant
    guard administers(step, tenant) || (!isMember && step.actor == user) else {
      return refuse(step, .notGroupAdministrator) { $0.tenant = tenant }
    }
    guard isMember || world.sharing.isMember(user, of: group, at: clock) else {
      return refuse(step, .notMember) {
        $0.tenant = tenant
        $0.failure?.user = user
      }
    }
    world.sharing.set(user, in: group, isMember, at: clock)
    var record = record(.groupChanged, step, .saved)
    record.tenant = tenant
    record.share = ShareMention(isMember ? .added : .removed, .user(user))
    record.share?.group = group
    conclude(step, with: record)
  }
}
