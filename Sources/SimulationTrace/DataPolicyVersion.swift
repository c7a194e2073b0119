import DiscreteEvents
import TenantIsolation

/// A data policy from a change of it on, in words.
public struct DataPolicyVersion: Hashable, Sendable {
  /// Which.
  public var policy: DataPolicyID
  /// Whose.
  public var tenant: TenantID
  /// What it forbids, in words; nil where it is deleted.
  public var content: String?
  /// When it was saved.
  public var savedAt: Instant
  /// When it comes into force, perhaps after the end.
  public var inForceAt: Instant
  /// The scenario's line.
  public var line: Int

  /// A data policy with its instants.
  public init(
    _ policy: DataPolicyID, of tenant: TenantID, content: String?, savedAt: Instant,
    inForceAt: Instant, line: Int
  ) {
    self.policy = policy
    self.tenant = tenant
    self.content = content
    self.savedAt = savedAt
    self.inForceAt = inForceAt
    self.line = line
  }
}
