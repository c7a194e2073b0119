import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Who has which part in what: logs of shares and of groups' members, and who reads which data.
struct Sharing: Sendable {
  /// Nil for an app that nobody shared yet: whoever works in its tenant opens it (assumed).
  private var apps: ChangeLog<[Share]?>
  /// As with apps: nil for a flow that nobody shared yet.
  private var flows: ChangeLog<[Share]?>
  private(set) var groups: ChangeLog<[UserID]>
  /// Who has access to the data behind a connection; whoever is asked where it is not among them.
  private var readers: [ConnectionID: [Recipient]] = [:]

  init(_ scenario: Scenario) {
    apps = ChangeLog(subjects: scenario.cast.apps.count)
    flows = ChangeLog(subjects: scenario.cast.flows.count)
    groups = ChangeLog(subjects: scenario.groups.count)
    for (row, group) in scenario.groups.enumerated() {
      groups.append(group.members, of: row, at: .past)
    }
  }

  // MARK: Shares

  /// What is shared of an app or a flow; nil where nobody shared it yet.
  func shares(of thing: Shareable, at time: Instant) -> [Share]? {
    switch thing {
    case .app(let app): apps.value(of: app.row, at: time) ?? nil
    case .flow(let flow): flows.value(of: flow.row, at: time) ?? nil
    }
  }

  /// Gives somebody a part; having it already changes nothing.
  mutating func add(_ share: Share, to thing: Shareable, at time: Instant) {
    let shares = shares(of: thing, at: time) ?? []
    set(shares.contains(share) ? shares : shares + [share], of: thing, at: time)
  }

  /// Takes away the parts of a recipient, or the one as `role`, and returns them.
  mutating func remove(
    _ recipient: Recipient, _ role: ShareRole?, from thing: Shareable, at time: Instant
  ) -> [Share] {
    func goes(_ share: Share) -> Bool {
      share.recipient == recipient && (role == nil || share.role == role)
    }
    let shares = shares(of: thing, at: time) ?? []
    let gone = shares.filter(goes)
    if !gone.isEmpty { set(shares.filter { !goes($0) }, of: thing, at: time) }
    return gone
  }

  /// What is deleted takes its shares along.
  mutating func forget(_ thing: Shareable, at time: Instant) {
    if shares(of: thing, at: time) != nil { set(nil, of: thing, at: time) }
  }

  private mutating func set(_ shares: [Share]?, of thing: Shareable, at time: Instant) {
    switch thing {
    case .app(let app): apps.append(shares, of: app.row, at: time)
    case .flow(let flow): flows.append(shares, of: flow.row, at: time)
    }
  }

  // MARK: Groups and data

  func members(of group: GroupID, at time: Instant) -> [UserID] {
    groups.value(of: group.row, at: time) ?? []
  }

  /// Puts somebody into a group, or takes them out.
  mutating func set(_ user: UserID, in group: GroupID, _ isMember: Bool, at time: Instant) {
    let others = members(of: group, at: time).filter { $0 != user }
    groups.append(isMember ? others + [user] : others, of: group.row, at: time)
  }

  /// Opens the data behind a connection to some, and closes it to all others.
  mutating func open(_ connection: ConnectionID, to recipients: [Recipient]) {
    readers[connection, default: []] += recipients
  }

  /// Who has access to the data behind a connection; nil where everybody has.
  func readers(of connection: ConnectionID) -> [Recipient]? { readers[connection] }

  /// Whether somebody who works in a tenant is meant by a recipient in it.
  func isMeant(_ user: UserID, by recipient: Recipient, at time: Instant) -> Bool {
    switch recipient {
    case .user(let one): one == user
    case .group(let group): members(of: group, at: time).contains(user)
    case .everyone: true
    }
  }
}

extension [Share] {
  /// Whether so many see it that somebody should look: a whole tenant, or many people one by one. A
  /// group is what is recommended instead, and counts for nothing.
  func isWide(from threshold: Int) -> Bool {
    var people: Set<UserID> = []
    for share in self {
      if share.recipient == .everyone { return true }
      if case .user(let user) = share.recipient { people.insert(user) }
    }
    return people.count >= threshold
  }
}

// MARK: - Rights

extension World {
  /// Whether somebody who works in its tenant may open an app: its owner, and those it is shared
  /// with.
  func mayOpen(_ id: AppID, _ app: App, _ user: UserID, at time: Instant) -> Bool {
    guard let shares = sharing.shares(of: .app(id), at: time), app.owner != user else {
      return true
    }
    return shares.contains { sharing.isMeant(user, by: $0.recipient, at: time) }
  }

  /// Whether somebody who works in its tenant may start a flow by hand: its owners and run-only
  /// users.
  func mayRun(_ id: FlowID, _ flow: Flow, _ user: UserID, at time: Instant) -> Bool {
    guard let shares = sharing.shares(of: .flow(id), at: time), flow.definition.owner != user
    else { return true }
    return shares.contains { sharing.isMeant(user, by: $0.recipient, at: time) }
  }

  /// Whether somebody is the owner of a flow or a co-owner, by themselves or through a group.
  func owns(_ id: FlowID, _ flow: Flow, _ user: UserID, at time: Instant) -> Bool {
    if flow.definition.owner == user { return true }
    guard let shares = sharing.shares(of: .flow(id), at: time) else { return false }
    return cast.users[user.row].works(in: tenant(of: flow, at: time))
      && shares.contains {
        $0.role == .coOwner && sharing.isMeant(user, by: $0.recipient, at: time)
      }
  }

  func holds(_ uses: UseList, _ connection: ConnectionID) -> Bool {
    self[uses].contains { $0.connection == connection }
  }

  /// What somebody meets who opens an app and has no access to the data behind one of its
  /// connections; who made the connection always has.
  func dataFailure(of uses: [Use], _ user: UserID, at time: Instant) -> Failure? {
    for use in uses {
      guard let readers = sharing.readers(of: use.connection),
        let connection = connections.value(of: use.connection.row, at: time), connection.isPresent,
        connection.definition.owner != user,
        !readers.contains(where: { sharing.isMeant(user, by: $0, at: time) })
      else { continue }
      var failure = Failure(.appData, .noDataAccess)
      failure.connection = use.connection
      failure.connector = connection.definition.connector
      failure.user = user
      return failure
    }
    return nil
  }
}
