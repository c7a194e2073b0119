import DiscreteEvents
import SimulationTrace
import TenantIsolation

// What can be asked about sharing afterwards.

extension Simulation {
  /// Who has which part in an app or a flow; nil where nobody shared it yet.
  public func shares(of thing: Shareable, at time: Instant) -> [Share]? {
    world.sharing.shares(of: thing, at: time)
  }

  /// Whether somebody sees an app: they work in its tenant, and own it, or it is shared with them or
  /// a group of theirs, or nobody shared it yet.
  public func isVisible(_ app: AppID, to user: UserID, at time: Instant) -> Bool {
    guard let current = world.apps.value(of: app.row, at: time), current.isPresent else {
      return false
    }
    let tenant = world.tenant(of: world[current.uses], owner: current.owner, at: time)
    return world.cast.users[user.row].works(in: tenant)
      && world.mayOpen(app, current, user, at: time)
  }

  /// Whether somebody who works in the tenant is meant by a recipient.
  public func isMeant(_ user: UserID, by recipient: Recipient, at time: Instant) -> Bool {
    world.sharing.isMeant(user, by: recipient, at: time)
  }

  /// Whether a flow is a copy that has no connections of its owner's yet.
  public func isCopy(_ flow: FlowID, at time: Instant) -> Bool {
    world.flows.value(of: flow.row, at: time)?.definition.isUnconnected ?? false
  }

  /// Who has access to the data behind a connection besides its owner; nil where everybody has.
  public func readers(of connection: ConnectionID) -> [Recipient]? {
    world.sharing.readers(of: connection)
  }

  /// Who is in a group.
  public func members(of group: GroupID, at time: Instant) -> [UserID] {
    world.sharing.members(of: group, at: time)
  }

  /// Whether an app or a flow is shared with everyone, or with as many people one by one as the
  /// scenario's threshold says.
  public func isWidelyShared(_ thing: Shareable, at time: Instant) -> Bool {
    world.sharing.isWide(thing, from: wideFrom, at: time)
  }

  /// The apps and then the flows that are widely shared, in the order of their rows.
  public func widelyShared(at time: Instant) -> [Shareable] {
    world.widelyShared(from: wideFrom, at: time)
  }
}

extension World {
  func widelyShared(from threshold: Int, at time: Instant) -> [Shareable] {
    let all =
      cast.apps.indices.lazy.map { Shareable.app(AppID($0)) }
      + cast.flows.indices.lazy.map { Shareable.flow(FlowID($0)) }
    return all.filter { sharing.isWide($0, from: threshold, at: time) }
  }
}
