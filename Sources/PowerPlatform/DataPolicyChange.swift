import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// A change of a tenant's data policies: makers meet it when it is saved, what exists when it is in
/// force.
public struct DataPolicyChange: Hashable, Sendable {
  /// Whose data policies.
  public var tenant: TenantID
  /// Which of them.
  public var policy: DataPolicyID
  /// What it forbids; nil where it is deleted.
  public var content: DataPolicy?
  /// When an administrator saved it.
  public var savedAt: Instant
  /// When what exists is judged by it, which may be after the scenario's end.
  public var inForceAt: Instant
  /// The scenario's line.
  public var line: Int
}

extension Simulation {
  /// Every change of data policies, in the order of saving, which is that of coming into force.
  public var dataPolicyChanges: [DataPolicyChange] { world.dataPolicyChanges }

  /// Changes of a tenant's data policies that are saved and not in force yet, in that order.
  public func pendingDataPolicies(of tenant: TenantID, at time: Instant) -> [DataPolicyChange] {
    let changes = world.dataPolicyChanges
    // What is on its way was saved last of all that is saved.
    var last = changes.count
    var low = 0
    while low < last {
      let middle = (low + last) / 2
      if changes[middle].savedAt > time { last = middle } else { low = middle + 1 }
    }
    return changes[..<last].reversed().prefix { $0.inForceAt > time }
      .filter { $0.tenant == tenant }.reversed()
  }
}
