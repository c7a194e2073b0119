import DiscreteEvents
import SimulationTrace
import TenantIsolation

// What can be asked about data policies afterwards.

extension Simulation {
  /// Every change of data policies, in the order of saving, which is that of coming into force.
  public var dataPolicyChanges: [DataPolicyChange<DataPolicy>] { world.dataPolicyChanges }

  /// The data policies that hold for a tenant: as saved, or in force.
  public func dataPolicies(
    of tenant: TenantID, inForce: Bool, at time: Instant
  ) -> [(id: DataPolicyID, policy: DataPolicy)] {
    world.dataPolicyRows(of: tenant, inForce ? .inForce : .saved, at: time).compactMap { row in
      let change = world.dataPolicyChanges[row]
      return change.content.map { (change.policy, $0) }
    }
  }

  /// The first data policy that forbids a tenant a connector altogether; nil where none does.
  public func dataPolicy(
    blocking connector: ConnectorID, of tenant: TenantID, _ view: PolicyView, at time: Instant
  ) -> DataPolicyID? {
    world.dataPolicy(blocking: connector, of: tenant, view, at: time).map {
      world.dataPolicyChanges[$0].policy
    }
  }

  /// Changes of a tenant's data policies that are saved and not in force yet, in that order.
  public func pendingDataPolicies(
    of tenant: TenantID, at time: Instant
  ) -> [DataPolicyChange<DataPolicy>] {
    let changes = world.dataPolicyChanges
    // What is on its way was saved last of all that is saved.
    let later = changes.partitionPoint { $0.savedAt > time }
    return changes[..<later].reversed().prefix { $0.inForceAt > time }
      .filter { $0.tenant == tenant }.reversed()
  }
}
