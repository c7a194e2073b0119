import PowerPlatform
import SimulationTrace
import TenantIsolation

// Who may open, run and edit what: apps and flows shared, copied and moved; groups.

extension ReferenceEngine {
  mutating func share(_ thing: Shareable, _ share: Share, _ statement: Statement) {
    guard let tenant = tenant(of: thing) else { return refuse(thing, statement, .absent) }
    guard mayShare(thing, tenant, statement) else { return refuse(thing, statement, .notOwner) }
    guard isThere(share.recipient, tenant) else {
      return refuse(thing, statement, .recipientElsewhere)
    }
    if case .user(let user) = share.recipient, owner(of: thing) == user {
      return refuse(statement, .ownedAlready, who: user) { $0.isAbout(thing) }
    }
    if !(shares[thing] ?? []).contains(share) { shares[thing, default: []].append(share) }
    noteShare(thing, share, .added, statement)
  }

  mutating func unshare(
    _ thing: Shareable, from recipient: Recipient, _ role: ShareRole?, _ statement: Statement
  ) {
    guard let tenant = tenant(of: thing) else { return refuse(thing, statement, .absent) }
    guard mayShare(thing, tenant, statement) else { return refuse(thing, statement, .notOwner) }
    let all = shares[thing] ?? []
    var gone: [Share] = []
    for share in all where share.recipient == recipient {
      if role == nil || role == share.role { gone.append(share) }
    }
    guard !gone.isEmpty else { return refuse(thing, statement, .notShared) }
    shares[thing] = all.filter { !gone.contains($0) }
    for share in gone { noteShare(thing, share, .removed, statement) }
  }

  func isThere(_ recipient: Recipient, _ tenant: TenantID) -> Bool {
    switch recipient {
    case .user(let user): scenario.cast.users[user.row].works(in: tenant)
    case .group(let group): scenario.groups[group.row].tenant == tenant
    case .everyone: true
    }
  }

  private func tenant(of thing: Shareable) -> TenantID? {
    switch thing {
    case .app(let id): apps[id].map { tenant(of: $0.uses, $0.owner) }
    case .flow(let id): flows[id].map { tenant(of: $0.uses, $0.owner) }
    }
  }

  private func owner(of thing: Shareable) -> UserID? {
    switch thing {
    case .app(let id): apps[id]?.owner
    case .flow(let id): flows[id]?.owner
    }
  }

  private func mayShare(_ thing: Shareable, _ tenant: TenantID, _ statement: Statement) -> Bool {
    if administers(statement, tenant) { return true }
    switch thing {
    case .app(let id): return apps[id]?.owner == statement.actor
    case .flow(let id): return isOwner(statement.actor, of: id)
    }
  }

  private mutating func noteShare(
    _ thing: Shareable, _ share: Share, _ change: ShareMention.Change, _ statement: Statement
  ) {
    let isWide = isWide(thing)
    note(.shareChanged, statement, .saved) {
      $0.isAbout(thing)
      $0.share = ShareMention(change, share.recipient, share.role)
      $0.share?.isWide = isWide
    }
  }

  func isWide(_ thing: Shareable) -> Bool {
    let parts = shares[thing] ?? []
    let people = parts.filter { if case .user = $0.recipient { true } else { false } }
    return parts.contains { $0.recipient == .everyone }
      || Set(people.map(\.recipient)).count >= scenario.settings.widelyShared
  }

  var widelyShared: [Shareable] {
    let apps = scenario.cast.apps.indices.map { Shareable.app(AppID($0)) }
    let flows = scenario.cast.flows.indices.map { Shareable.flow(FlowID($0)) }
    return (apps + flows).filter(isWide)
  }

  private mutating func refuse(_ thing: Shareable, _ statement: Statement, _ cause: Cause) {
    refuse(statement, cause) { $0.isAbout(thing) }
  }

  // MARK: Rights

  func isMeant(_ user: UserID, _ recipient: Recipient) -> Bool {
    switch recipient {
    case .user(let one): one == user
    case .group(let group): members[group.row].contains(user)
    case .everyone: true
    }
  }

  /// The owner or a co-owner.
  func isOwner(_ user: UserID?, of id: FlowID) -> Bool {
    guard let user, let flow = flows[id] else { return false }
    if flow.owner == user { return true }
    let worksThere = scenario.cast.users[user.row].works(in: tenant(of: flow.uses, flow.owner))
    let parts = (shares[.flow(id)] ?? []).filter { $0.role == .coOwner }
    return worksThere && parts.contains { isMeant(user, $0.recipient) }
  }

  /// Whether something is nobody's business yet, the actor's own or shared with the actor.
  func isOpen(_ thing: Shareable, owner: UserID, to user: UserID?) -> Bool {
    guard let parts = shares[thing], let user, owner != user else { return true }
    return parts.contains { isMeant(user, $0.recipient) }
  }

  /// Whether a flow may be saved with some connections: the actor's, and its owners' in this flow.
  /// What was left in it with a move works, too. The first connection that may not be used is given.
  func notUsable(_ uses: [Use], in id: FlowID, _ statement: Statement) -> ConnectionID? {
    for use in uses {
      guard let connection = connections[use.connection], connection.isPresent else { continue }
      let owner = connection.definition.owner
      if owner == statement.actor { continue }
      let isThere = flows[id]?.uses.contains { $0.connection == use.connection } ?? false
      let isLeft = flows[id]?.lent.contains(use.connection) ?? false
      if !isThere || !(isLeft || isOwner(owner, of: id)) { return use.connection }
    }
    return nil
  }

  func dataFailure(_ uses: [Use], _ user: UserID?) -> Failure? {
    for use in uses {
      guard let open = readers[use.connection], let user,
        let connection = connections[use.connection],
        connection.isPresent
      else { continue }
      if connection.definition.owner == user || open.contains(where: { isMeant(user, $0) }) {
        continue
      }
      var failure = Failure(.appData, .noDataAccess)
      failure.connection = use.connection
      failure.connector = connection.definition.connector
      failure.user = user
      return failure
    }
    return nil
  }

  // MARK: Copies, moves and groups

  mutating func send(
    _ id: FlowID, to user: UserID, as copy: FlowID, _ statement: Statement, _ row: Int
  ) {
    guard var flow = existing(id, statement) else { return }
    guard isOwner(statement.actor, of: id) else {
      return refuse(statement, .notOwner) { $0.flow = id }
    }
    guard scenario.cast.users[user.row].works(in: tenant(of: flow.uses, flow.owner)) else {
      return refuse(statement, .recipientElsewhere) { $0.flow = id }
    }
    guard flows[copy] == nil else { return collisions.append(row) }
    flow.owner = user
    flow.state = .off
    flow.isUnconnected = true
    flow.lent = []
    flow.dealtWith = []
    flow.line = statement.line
    flow.nextRun = nil
    flow.failingSince = nil
    flow.suspendedByDataPolicy = nil
    flows[copy] = flow
    note(.flowCopied, statement, .saved) {
      $0.flow = copy
      $0.flowState = .off
      $0.isCreation = true
      $0.share = ShareMention(.copied, .user(user))
      $0.share?.original = id
    }
  }

  mutating func move(_ id: FlowID, to user: UserID, _ uses: UseList?, _ statement: Statement) {
    guard var flow = existing(id, statement) else { return }
    let tenant = tenant(of: flow.uses, flow.owner)
    guard flow.owner == statement.actor || administers(statement, tenant) else {
      let isCoOwner = isOwner(statement.actor, of: id)
      return refuse(statement, isCoOwner ? .ownerAlone : .notOwner) { $0.flow = id }
    }
    guard scenario.cast.users[user.row].works(in: tenant) else {
      return refuse(statement, .recipientElsewhere) { $0.flow = id }
    }
    flow.owner = user
    if let uses {
      let list = Array(scenario[uses])
      if let other = notOwned(list, by: user) {
        return refuse(statement, .notOwner, connection: other, who: user) { $0.flow = id }
      }
      reconnect(&flow, list)
      flow.lent = []
    } else {
      flow.lent = Set(flow.uses.map(\.connection))
    }
    if let parts = shares[.flow(id)] {
      shares[.flow(id)] = parts.filter { $0.recipient != .user(user) }
    }
    note(.shareChanged, statement, .saved) {
      $0.flow = id
      $0.share = ShareMention(.added, .user(user), .owner)
    }
    put(flow, id, statement, .flowSaved)
  }

  /// Gives a flow other connections, the first of which signals where it waited for another.
  func reconnect(_ flow: inout Flow, _ uses: [Use]) {
    flow.uses = uses
    flow.isUnconnected = false
    guard case .signal(let connection) = flow.trigger, let first = uses.first else { return }
    if !uses.contains(where: { $0.connection == connection }) {
      flow.trigger = .signal(first.connection)
    }
  }

  mutating func change(
    _ group: GroupID, _ user: UserID, _ isMember: Bool, _ statement: Statement
  ) {
    let tenant = scenario.groups[group.row].tenant
    let leaves = !isMember && statement.actor == user
    guard leaves || administers(statement, tenant) else {
      return refuse(statement, .notGroupAdministrator) { $0.tenant = tenant }
    }
    guard isMember || members[group.row].contains(user) else {
      return refuse(statement, .notMember, who: user) { $0.tenant = tenant }
    }
    members[group.row].removeAll { $0 == user }
    if isMember { members[group.row].append(user) }
    note(.groupChanged, statement, .saved) {
      $0.tenant = tenant
      $0.share = ShareMention(isMember ? .added : .removed, .user(user))
      $0.share?.group = group
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
