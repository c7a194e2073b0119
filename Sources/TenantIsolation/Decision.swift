/// How a connector signs in, which decides whether isolation looks at its connections at all.
public enum SignIn: UInt8, CaseIterable, Sendable {
  /// The token is issued by Microsoft Entra ID: isolation applies.
  case entraID
  /// Entra ID is the identity provider, the service issues its own token: isolation is not
  /// enforced. Documented for Azure DevOps only.
  case ownTokenService
  /// Another identity provider, or none: out of isolation's reach.
  case other

  /// The word for it in scenarios.
  public var name: StaticString {
    switch self {
    case .entraID: "entra-id"
    case .ownTokenService: "own-token-service"
    case .other: "other"
    }
  }
}

/// What is asked of the gateway: may this connection be established, or used?
public struct ConnectionRequest: Hashable, Sendable {
  /// The tenant in whose Power Platform the connection lives.
  public var creator: TenantID
  /// The tenant whose credentials the connection holds.
  public var signIn: TenantID
  /// How the connector signs in.
  public var token: SignIn
  /// Whether the user works in a creator tenant that is not their home.
  public var isGuest: Bool
  /// Whether the user presented valid credentials of the sign-in tenant.
  public var hasCredentials: Bool

  /// A request by a user with valid credentials unless said otherwise.
  public init(
    creator: TenantID, signIn: TenantID, token: SignIn,
    isGuest: Bool = false, hasCredentials: Bool = true
  ) {
    self.creator = creator
    self.signIn = signIn
    self.token = token
    self.isGuest = isGuest
    self.hasCredentials = hasCredentials
  }
}

/// The answer, with everything it rests on.
public struct Decision: Hashable, Sendable {
  /// Why, in the order the sides were asked: creator's first.
  public let grounds: Grounds

  /// Whether the connection may be established or used.
  public var isAllowed: Bool { !grounds.isBlocking }

  /// The side whose policy is named to the user; the creator's where both block (assumed: no
  /// document says which one is shown).
  public var blockingSide: Direction? {
    if grounds.contains(.outboundBlocked) { return .outbound }
    return grounds.contains(.inboundBlocked) ? .inbound : nil
  }
}

/// Decides one request under the two tenants' policies.
///
/// Pure and total. Both sides are always asked, so that the answer lists every ground and not just
/// the first that blocks.
///
/// - Parameters:
///   - request: who connects from where to where, and how.
///   - creatorPolicy: the policy of `request.creator`, asked for the way out.
///   - signInPolicy: the policy of `request.signIn`, asked for the way in.
public func decide(
  _ request: ConnectionRequest, creatorPolicy: IsolationPolicy, signInPolicy: IsolationPolicy
) -> Decision {
  guard request.hasCredentials else { return Decision(grounds: [.credentials]) }
  switch request.token {
  case .other: return Decision(grounds: [.notEntraID])
  case .ownTokenService: return Decision(grounds: [.ownTokenService])
  case .entraID: break
  }
  guard request.creator != request.signIn else {
    return Decision(grounds: request.isGuest ? [.sameTenant, .guestInHostTenant] : [.sameTenant])
  }
  return Decision(grounds: [
    creatorPolicy.ground(.outbound, for: request.signIn),
    signInPolicy.ground(.inbound, for: request.creator),
  ])
}

extension IsolationPolicy {
  /// The one ground this policy gives for a direction: the first that applies of off, rule,
  /// wildcard, blocked.
  public func ground(_ direction: Direction, for other: TenantID) -> Ground {
    let isOutbound = direction == .outbound
    if !isOn { return isOutbound ? .outboundIsolationOff : .inboundIsolationOff }
    if directions(for: .tenant(other)).contains(direction) {
      return isOutbound ? .outboundRule : .inboundRule
    }
    if directions(for: .every).contains(direction) {
      return isOutbound ? .outboundWildcard : .inboundWildcard
    }
    return isOutbound ? .outboundBlocked : .inboundBlocked
  }
}
