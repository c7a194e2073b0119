import DiscreteEvents
import TenantIsolation

/// When isolation changes its mind about connections between two tenants.
///
/// All connections of one pair of tenants share one timeline, so that a change of a policy costs as
/// much as the pairs it is about, and a change that makes no difference to a pair cuts nothing.
struct DecisionTimelines {
  private let start: Instant
  private var known: [Pair: Range<Int>] = [:]
  private var changes: [Instant] = []

  private struct Pair: Hashable {
    var creator: TenantID
    var signIn: TenantID
  }

  /// Timelines from an instant on.
  init(from start: Instant) { self.start = start }

  /// The instants, in no order, from which on connections like this one get another decision.
  mutating func changes(
    of connection: ConnectionDefinition, in world: World
  ) -> ArraySlice<Instant> {
    let pair = Pair(creator: connection.creator, signIn: connection.signIn)
    guard pair.creator != pair.signIn,
      !world.inForce.isConstant(pair.creator.row) || !world.inForce.isConstant(pair.signIn.row),
      world.cast.connectors[connection.connector.row].signIn == .entraID
    else { return [] }
    if let range = known[pair] { return changes[range] }
    let first = changes.count
    addChanges(of: pair.creator, .outbound, to: pair.signIn, world)
    addChanges(of: pair.signIn, .inbound, to: pair.creator, world)
    known[pair] = first..<changes.count
    return changes[first...]
  }

  /// Adds the instants at which a tenant's policy in force begins to say something else about a
  /// direction.
  private mutating func addChanges(
    of tenant: TenantID, _ direction: Direction, to other: TenantID, _ world: World
  ) {
    var next: (time: Instant, ground: Ground)?
    world.inForce.forEachBackwards(tenant.row) { row in
      // Of several at one instant the last one holds.
      if row.time == next?.time { return true }
      let ground = world.policies[row.value].policy.ground(direction, for: other)
      if let next, next.ground != ground { changes.append(next.time) }
      next = (row.time, ground)
      return row.time > start
    }
  }
}
