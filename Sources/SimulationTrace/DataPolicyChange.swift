import DiscreteEvents
import TenantIsolation

/// A change of a tenant's data policies: makers meet it when it is saved, what exists when it is in
/// force.
public struct DataPolicyChange<Content: Hashable & Sendable>: Hashable, Sendable {
  /// Whose data policies.
  public var tenant: TenantID
  /// Which of them.
  public var policy: DataPolicyID
  /// What it forbids from then on; nil where it is deleted.
  public var content: Content?
  /// When an administrator saved it.
  public var savedAt: Instant
  /// When what exists is judged by it, which may be after the scenario's end.
  public var inForceAt: Instant
  /// The scenario's line.
  public var line: Int

  /// A change with its instants.
  public init(
    _ policy: DataPolicyID, of tenant: TenantID, to content: Content?, savedAt: Instant,
    inForceAt: Instant, line: Int
  ) {
    self.tenant = tenant
    self.policy = policy
    self.content = content
    self.savedAt = savedAt
    self.inForceAt = inForceAt
    self.line = line
  }

  /// The same change, its content said in another way.
  public func map<Other>(_ transform: (Content) -> Other) -> DataPolicyChange<Other> {
    DataPolicyChange<Other>(
      policy, of: tenant, to: content.map(transform), savedAt: savedAt, inForceAt: inForceAt,
      line: line)
  }
}
