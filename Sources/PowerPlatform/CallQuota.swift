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

  /// Counts calls; false where the tenant makes too many of them within a minute.
  public mutating func admits(
    _ count: Int = 1, of tenant: TenantID, at time: Instant
  ) -> Bool {
    var calls = recent[tenant] ?? []
    calls.removeAll { $0 + 60_000 <= time }
    let room = limit - calls.count
    calls += Array(repeating: time, count: max(0, min(count, room)))
    recent[tenant] = calls
    return count <= room
  }
}
