import DiscreteEvents
import TenantIsolation

/// Which of a tenant's two policies somebody is judged by.
public enum PolicyView: Sendable {
  /// The one that administrators see.
  case saved
  /// The one that active apps and flows are judged by.
  case inForce
}

/// When isolation changes its mind about connections between two tenants.
///
/// All connections of one pair of tenants share one timeline, so that a change of a policy costs as
/// much as the pairs it is about, and a change that makes no difference to a pair cuts nothing.
struct DecisionTimelines: Sendable {
  private let view: PolicyView
  private let start: Instant
  private var known: [Pair: Range<Int>] = [:]
  private var changes: [Instant] = []

  private struct Pair: Hashable {
    var creator: TenantID
    var signIn: TenantID

    init(_ connection: ConnectionDefinition) {
      (creator, signIn) = (connection.creator, connection.signIn)
    }
  }

  /// Timelines from an instant on, to be found when they are asked for.
  init(_ view: PolicyView, from start: Instant) {
    self.view = view
    self.start = start
  }

  /// The timelines of all connections that ever were.
  init(_ view: PolicyView, ofAllIn world: World) {
    self.init(view, from: .past)
    for connection in world.connections.rows { _ = changes(of: connection.value.definition, world) }
  }

  /// The rising instants from which on connections like this one get another decision.
  mutating func changes(of connection: ConnectionDefinition, _ world: World) -> ArraySlice<Instant>
  {
    let pair = Pair(connection)
    let log = world.policyLog(view)
    guard pair.creator != pair.signIn,
      !log.isConstant(pair.creator.row) || !log.isConstant(pair.signIn.row),
      world.cast.connectors[connection.connector.row].signIn == .entraID
    else { return [] }
    if let range = known[pair] { return changes[range] }
    let first = changes.count
    addChanges(of: pair.creator, .outbound, to: pair.signIn, log, world)
    addChanges(of: pair.signIn, .inbound, to: pair.creator, log, world)
    changes[first...].sort()
    known[pair] = first..<changes.count
    return changes[first...]
  }

  /// Adds the instants at which a tenant's policy begins to say something else about a direction.
  private mutating func addChanges(
    of tenant: TenantID, _ direction: Direction, to other: TenantID, _ log: ChangeLog<Int>,
    _ world: World
  ) {
    var next: (time: Instant, ground: Ground)?
    log.forEachBackwards(tenant.row) { row in
      // Of several at one instant the last one holds.
      if row.time == next?.time { return true }
      let ground = world.policies[row.value].policy.ground(direction, for: other)
      if let next, next.ground != ground { changes.append(next.time) }
      next = (row.time, ground)
      return row.time > start
    }
  }

  /// When connections like this one, whose timeline has been found, get another decision next; nil
  /// where they never do.
  func next(about connection: ConnectionDefinition, after time: Instant) -> Instant? {
    guard let range = known[Pair(connection)] else { return nil }
    let next = changes[range].partitionPoint { $0 > time }
    return next < range.upperBound ? changes[next] : nil
  }
}
