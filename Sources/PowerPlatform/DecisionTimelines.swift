import DiscreteEvents
import TenantIsolation

/// When isolation changes its mind about connections between two tenants.
///
/// All connections of one pair of tenants share one timeline, so that a change of a policy costs as
/// much as the pairs it is about, and a change that makes no difference to a pair cuts nothing.
struct DecisionTimelines {
  private let horizon: Range<Instant>
  private var known: [Pair: Range<Int>] = [:]
  private var changes: [Instant] = []

  private struct Pair: Hashable {
    var creator: TenantID
    var signIn: TenantID
  }

  /// Timelines after the start of a range, up to its end.
  init(in horizon: Range<Instant>) { self.horizon = horizon }

  /// The instants, rising, from which on connections like this one get another decision.
  mutating func changes(of connection: ConnectionDefinition, in world: World) -> ArraySlice<Instant>
  {
    let pair = Pair(creator: connection.creator, signIn: connection.signIn)
    guard pair.creator != pair.signIn,
      !world.inForce.isConstant(pair.creator.row) || !world.inForce.isConstant(pair.signIn.row),
      world.cast.connectors[connection.connector.row].signIn == .entraID
    else { return [] }
    if let range = known[pair] { return changes[range] }
    let first = changes.count
    find(pair, world)
    known[pair] = first..<changes.count
    return changes[first...]
  }

  private mutating func find(_ pair: Pair, _ world: World) {
    var times: [Instant] = []
    for tenant in [pair.creator, pair.signIn] {
      world.inForce.forEachBackwards(tenant.row) { row in
        if row.time < horizon.upperBound { times.append(row.time) }
        return row.time > horizon.lowerBound
      }
    }
    times.sort()
    var grounds: Grounds?
    for time in times {
      let now = world.crossing(from: pair.creator, to: pair.signIn, at: time)
      if let grounds, grounds != now, time > horizon.lowerBound { changes.append(time) }
      grounds = now
    }
  }
}

extension World {
  /// What isolation says to a connection between two tenants by the policies in force.
  fileprivate func crossing(
    from creator: TenantID, to signIn: TenantID, at time: Instant
  ) -> Grounds {
    [
      policy(of: creator, .inForce, at: time).ground(.outbound, for: signIn),
      policy(of: signIn, .inForce, at: time).ground(.inbound, for: creator),
    ]
  }
}
