import DiscreteEvents
import TenantIsolation

/// How many calls of the Activity API a tenant makes within a minute.
public struct CallQuota: Sendable {
  /// How many it may make.
  public let limit: Int
  /// When each tenant called within the last minute.
  private var recent: [TenantID: [Instant]] = [:]

  /// A quota of which nothing is used.
  public init(limit: Int) { self.limit = limit }

  /// Counts a call; false where the tenant has made too many of them within a minute.
  public mutating func admits(_ tenant: TenantID, at time: Instant) -> Bool {
    var calls = recent[tenant] ?? []
    calls.removeAll { $0 + 60_000 <= time }
    let hasRoom = calls.count < limit
    if hasRoom { calls.append(time) }
    recent[tenant] = calls
    return hasRoom
  }
}
