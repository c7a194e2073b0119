import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Who has which part in what: logs of shares and of groups' members, and who reads which data.
struct Sharing: Sendable {
  /// How widely something is shared.
  private struct Reach: Sendable {
    /// How many people it is shared with one by one.
    var people: Int32 = 0
    var groups: Int32 = 0
    var hasEveryone = false
  }

  /// The shares of apps, and of flows behind them.
  private var parts: SetLog<Share>
  /// Nil for what nobody shared yet: whoever works in its tenant opens or runs it (assumed).
  private var reaches: ChangeLog<Reach?>
  private var groups: SetLog<UserID>
  /// Who has access to the data behind a connection; whoever is asked where it is not among them.
  private var readers: [ConnectionID: [Recipient]] = [:]
  private let firstFlow: Int

  init(_ scenario: Scenario) {
    firstFlow = scenario.cast.apps.count
    let things = firstFlow + scenario.cast.flows.count
    parts = SetLog(subjects: things)
    reaches = ChangeLog(subjects: things)
    groups = SetLog(subjects: scenario.groups.count)
    for (row, group) in scenario.groups.enumerated() {
      for member in group.members { groups.insert(member, into: row, at: .past) }
    }
  }

  private func subject(_ thing: Shareable) -> Int {
    switch thing {
    case .app(let app): app.row
    case .flow(let flow): firstFlow + flow.row
    }
  }

  // MARK: Shares

  /// What is shared of an app or a flow; nil where nobody shared it yet.
  func shares(of thing: Shareable, at time: Instant) -> [Share]? {
    let subject = subject(thing)
    guard reach(subject, at: time) != nil else { return nil }
    return parts.members(of: subject, at: time)
  }

  private func reach(_ subject: Int, at time: Instant) -> Reach? {
    reaches.value(of: subject, at: time) ?? nil
  }

  /// Whether somebody has a part in something, as `role` if there is one.
  func has(
    _ recipient: Recipient, _ role: ShareRole? = nil, in thing: Shareable, at time: Instant
  ) -> Bool {
    ShareRole.allCases.contains {
      (role ?? $0) == $0 && parts.contains(Share(recipient, $0), in: subject(thing), at: time)
    }
  }

  /// Whether somebody who works in its tenant has a part in something: by themselves, with everyone,
  /// or in a group. Nil where nobody shared it yet.
  func includes(
    _ user: UserID, _ role: ShareRole? = nil, in thing: Shareable, at time: Instant
  ) -> Bool? {
    guard let reach = reach(subject(thing), at: time) else { return nil }
    if has(.user(user), role, in: thing, at: time) || has(.everyone, role, in: thing, at: time) {
      return true
    }
    return reach.groups > 0
      && parts.members(of: subject(thing), at: time).contains {
        guard case .group(let group) = $0.recipient else { return false }
        return (role ?? $0.role) == $0.role && isMember(user, of: group, at: time)
      }
  }

  /// Whether so many see it that somebody should look: a whole tenant, or many people one by one. A
  /// group is what is recommended instead, and counts for nothing.
  func isWide(_ thing: Shareable, from threshold: Int, at time: Instant) -> Bool {
    guard let reach = reach(subject(thing), at: time) else { return false }
    return reach.hasEveryone || reach.people >= threshold
  }

  /// Gives somebody a part; having it already changes nothing.
  mutating func add(_ share: Share, to thing: Shareable, at time: Instant) {
    let isNew = !has(share.recipient, in: thing, at: time)
    parts.insert(share, into: subject(thing), at: time)
    if isNew { count(share.recipient, by: 1, thing, at: time) }
  }

  /// Takes away the parts of a recipient, or the one as `role`, and returns them.
  mutating func remove(
    _ recipient: Recipient, _ role: ShareRole?, from thing: Shareable, at time: Instant
  ) -> [Share] {
    let subject = subject(thing)
    var gone = ShareRole.allCases.map { Share(recipient, $0) }.filter {
      (role ?? $0.role) == $0.role && parts.contains($0, in: subject, at: time)
    }
    if gone.count > 1 { gone = parts.members(of: subject, at: time).filter(gone.contains) }
    for share in gone { parts.remove(share, from: subject, at: time) }
    if !gone.isEmpty, !has(recipient, in: thing, at: time) {
      count(recipient, by: -1, thing, at: time)
    }
    return gone
  }

  private mutating func count(
    _ recipient: Recipient, by change: Int32, _ thing: Shareable, at time: Instant
  ) {
    let subject = subject(thing)
    var reach = reach(subject, at: time) ?? Reach()
    switch recipient {
    case .user: reach.people += change
    case .everyone: reach.hasEveryone = change > 0
    case .group: reach.groups += change
    }
    reaches.append(reach, of: subject, at: time)
  }

  /// What is deleted takes its shares along.
  mutating func forget(_ thing: Shareable, at time: Instant) {
    guard let shares = shares(of: thing, at: time) else { return }
    for share in shares { parts.remove(share, from: subject(thing), at: time) }
    reaches.append(nil, of: subject(thing), at: time)
  }

  // MARK: Groups and data

  func members(of group: GroupID, at time: Instant) -> [UserID] {
    groups.members(of: group.row, at: time)
  }

  func isMember(_ user: UserID, of group: GroupID, at time: Instant) -> Bool {
    groups.contains(user, in: group.row, at: time)
  }

  /// Puts somebody into a group, or takes them out.
  mutating func set(_ user: UserID, in group: GroupID, _ isMember: Bool, at time: Instant) {
    if isMember {
      groups.insert(user, into: group.row, at: time)
    } else {
      groups.remove(user, from: group.row, at: time)
    }
  }

  /// Opens the data behind a connection to some, and closes it to all others.
  mutating func open(_ connection: ConnectionID, to recipients: [Recipient]) {
    readers[connection] = recipients
  }

  /// Who has access to the data behind a connection; nil where everybody has.
  func readers(of connection: ConnectionID) -> [Recipient]? { readers[connection] }

  /// Whether somebody who works in a tenant is meant by a recipient in it.
  func isMeant(_ user: UserID, by recipient: Recipient, at time: Instant) -> Bool {
    switch recipient {
    case .user(let one): one == user
    case .group(let group): isMember(user, of: group, at: time)
    case .everyone: true
    }
  }
}

// MARK: - Rights

extension World {
  /// Whether somebody who works in its tenant may open an app: its owner, and those it is shared
  /// with.
  func mayOpen(_ id: AppID, _ app: App, _ user: UserID, at time: Instant) -> Bool {
    app.owner == user || sharing.includes(user, in: .app(id), at: time) ?? true
  }

  /// Whether somebody who works in its tenant may start a flow by hand: its owners and run-only
  /// users.
  func mayRun(_ id: FlowID, _ flow: Flow, _ user: UserID, at time: Instant) -> Bool {
    flow.definition.owner == user || sharing.includes(user, in: .flow(id), at: time) ?? true
  }

  /// Whether somebody is the owner of a flow or a co-owner, by themselves or through a group.
  func owns(_ id: FlowID, _ flow: Flow, _ user: UserID, at time: Instant) -> Bool {
    flow.definition.owner == user
      || cast.users[user.row].works(in: tenant(of: flow, at: time))
        && sharing.includes(user, .coOwner, in: .flow(id), at: time) ?? false
  }

  func holds(_ uses: UseList, _ connection: ConnectionID) -> Bool {
    self[uses].contains { $0.connection == connection }
  }

  /// What somebody meets who opens an app and has no access to the data behind one of its
  /// connections; who made the connection always has.
  func dataFailure(of uses: some Collection<Use>, _ user: UserID, at time: Instant) -> Failure? {
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
