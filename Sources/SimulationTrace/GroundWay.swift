import TenantIsolation

/// Between which tenants a ground holds, where several connections are judged together: each
/// connection's grounds are its own.
public struct GroundWay: Hashable, Sendable {
  /// What a tenant says about the way.
  public var ground: Ground
  /// The tenant that the connection lives in.
  public var creator: TenantID
  /// The tenant that it signs in to.
  public var signIn: TenantID

  /// A ground of a connection.
  public init(_ ground: Ground, creator: TenantID, signIn: TenantID) {
    self.ground = ground
    self.creator = creator
    self.signIn = signIn
  }
}

extension [GroundWay] {
  /// Adds a connection's grounds, as far as they are a tenant's say, each once.
  public mutating func append(_ grounds: Grounds, creator: TenantID, signIn: TenantID) {
    for ground in grounds where ground.side != nil {
      let way = GroundWay(ground, creator: creator, signIn: signIn)
      if !contains(way) { append(way) }
    }
  }
}
