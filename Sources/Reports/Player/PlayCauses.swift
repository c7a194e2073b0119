import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Remembers which event led to which: a saved policy to its coming into force, a data policy to what
/// the platform does because of it.
struct PlayCauses {
  /// The row that saved each policy.
  private var saved: [Int]
  /// Rows that saved data policies which are not in force yet; they come into force in that order.
  private var waiting: [Int] = []
  private var inForce: (time: Instant, row: Int)?

  init(policies: Int) { saved = Array(repeating: -1, count: policies) }

  /// The row of the event that led to this one; -1 where none did.
  mutating func cause(of record: Record, row: Int) -> Int {
    switch record.kind {
    case .policySaved:
      if let policy = record.policy { saved[policy] = row }
      return -1
    case .policyInForce: return record.policy.map { saved[$0] } ?? -1
    case .dataPolicySaved:
      waiting.append(row)
      return -1
    case .dataPolicyInForce:
      inForce = (record.time, row)
      return waiting.isEmpty ? -1 : waiting.removeFirst()
    case .connectionDisabled, .connectionEnabled: return ofDataPolicy(record)
    case .flowSuspended, .flowOn: return record.actor == nil ? ofDataPolicy(record) : -1
    default: return -1
    }
  }

  private func ofDataPolicy(_ record: Record) -> Int {
    inForce.flatMap { $0.time == record.time ? $0.row : nil } ?? -1
  }
}
