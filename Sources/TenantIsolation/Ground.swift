/// A reason for a decision about a connection, an app or a run.
///
/// The raw values are small and start at 1, so that ``Grounds`` can pack an ordered list of them
/// into one word.
public enum Ground: UInt8, CaseIterable, Sendable {
  /// Creator tenant and sign-in tenant are one, so isolation does not look.
  case sameTenant = 1
  /// As ``sameTenant``, and the user is a guest there.
  case guestInHostTenant
  /// The connector does not sign in with Entra ID.
  case notEntraID
  /// Entra ID is the identity provider, but the service issues the token itself (Azure DevOps).
  case ownTokenService
  /// The creator tenant's isolation is off.
  case outboundIsolationOff
  /// The creator tenant has an outbound rule for the sign-in tenant.
  case outboundRule
  /// The creator tenant has an outbound rule for every tenant.
  case outboundWildcard
  /// The creator tenant's isolation is on and nothing allows the way out.
  case outboundBlocked
  /// The sign-in tenant's isolation is off.
  case inboundIsolationOff
  /// The sign-in tenant has an inbound rule for the creator tenant.
  case inboundRule
  /// The sign-in tenant has an inbound rule for every tenant.
  case inboundWildcard
  /// The sign-in tenant's isolation is on and nothing allows the way in.
  case inboundBlocked
  /// The user did not present valid credentials; stands alone.
  case credentials
  /// A data policy blocks the connector, the action or the mix.
  case dataPolicy
  /// The connection was blocked when it was created, or is deleted.
  case connectionAbsent

  /// The ground as scenarios and traces write it.
  public var name: StaticString {
    switch self {
    case .sameTenant: "same-tenant"
    case .guestInHostTenant: "guest-in-host-tenant"
    case .notEntraID: "not-entra-id"
    case .ownTokenService: "own-token-service"
    case .outboundIsolationOff: "outbound-isolation-off"
    case .outboundRule: "outbound-rule"
    case .outboundWildcard: "outbound-wildcard"
    case .outboundBlocked: "outbound-blocked"
    case .inboundIsolationOff: "inbound-isolation-off"
    case .inboundRule: "inbound-rule"
    case .inboundWildcard: "inbound-wildcard"
    case .inboundBlocked: "inbound-blocked"
    case .credentials: "credentials"
    case .dataPolicy: "data-policy"
    case .connectionAbsent: "connection-absent"
    }
  }

  /// Whose say it is: the creator tenant's on the way out, or the sign-in tenant's on the way in; nil
  /// where neither was asked.
  public var side: Direction? {
    switch self {
    case .outboundIsolationOff, .outboundRule, .outboundWildcard, .outboundBlocked: .outbound
    case .inboundIsolationOff, .inboundRule, .inboundWildcard, .inboundBlocked: .inbound
    default: nil
    }
  }

  /// Whether this ground alone is enough to block.
  public var isBlocking: Bool {
    switch self {
    case .outboundBlocked, .inboundBlocked, .credentials, .dataPolicy, .connectionAbsent: true
    default: false
    }
  }
}

/// An ordered list of grounds without repetition, four bits a ground in one word.
public struct Grounds: Hashable, Sendable {
  /// The first ground in the lowest four bits; 0 ends the list.
  public private(set) var packed: UInt64 = 0

  /// No ground.
  public init() {}

  /// The given grounds, each once, in order of first mention.
  public init(_ grounds: Ground...) {
    for ground in grounds { append(ground) }
  }

  /// Adds a ground at the end unless it is there already.
  public mutating func append(_ ground: Ground) {
    var shift: UInt64 = 0
    while shift < 64 {
      let present = (packed >> shift) & 15
      if present == UInt64(ground.rawValue) { return }
      if present == 0 {
        packed |= UInt64(ground.rawValue) << shift
        return
      }
      shift += 4
    }
  }

  /// Adds each of the other list's grounds in its order.
  public mutating func append(contentsOf other: Grounds) {
    for ground in other { append(ground) }
  }

  /// Whether `ground` is in the list.
  public func contains(_ ground: Ground) -> Bool {
    contains { $0 == ground }
  }

  /// Whether any of them blocks.
  public var isBlocking: Bool {
    contains(where: \.isBlocking)
  }
}

extension Grounds: Sequence {
  /// Walks the packed word from its lowest four bits.
  public struct Iterator: IteratorProtocol {
    var rest: UInt64

    /// The next ground, or nil at the end.
    public mutating func next() -> Ground? {
      defer { rest >>= 4 }
      return Ground(rawValue: UInt8(rest & 15))
    }
  }

  /// An iterator over the grounds in order.
  public func makeIterator() -> Iterator { Iterator(rest: packed) }

  /// The number of grounds.
  public var count: Int { (67 - packed.leadingZeroBitCount) / 4 }

  /// Whether there is none.
  public var isEmpty: Bool { packed == 0 }
}

extension Grounds: ExpressibleByArrayLiteral {
  /// The given grounds, each once, in order of first mention.
  public init(arrayLiteral elements: Ground...) {
    for ground in elements { append(ground) }
  }
}

extension Grounds {
  /// Puts a ground that is in the list at its end.
  public mutating func moveToEnd(_ ground: Ground) {
    guard contains(ground) else { return }
    var moved = Grounds()
    for other in self where other != ground { moved.append(other) }
    moved.append(ground)
    self = moved
  }
}
