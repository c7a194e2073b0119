import SimulationTrace
import TenantIsolation

/// What a step of an explanation rests on, and where that is written.
struct Authority {
  var basis: Basis
  var section: DocumentedSection?

  /// A saved policy is felt about an hour later.
  static let propagation = Authority(basis: .documented, section: .runtime)
}

extension Ground {
  /// Where the documentation says that this ground counts.
  var authority: Authority {
    switch self {
    case .sameTenant, .guestInHostTenant, .outboundBlocked, .inboundBlocked:
      Authority(basis: .documented, section: .twoWay)
    case .ownTokenService: Authority(basis: .documented, section: .knownIssues)
    case .notEntraID, .outboundIsolationOff, .inboundIsolationOff, .credentials:
      Authority(basis: .documented, section: .introduction)
    case .outboundRule: Authority(basis: .documented, section: .outboundAllowlist)
    case .inboundRule: Authority(basis: .documented, section: .bidirectionalAllowlist)
    case .outboundWildcard, .inboundWildcard:
      Authority(basis: .documented, section: .configuration)
    // Data policies have pages of their own, which the catalogue does not list.
    case .dataPolicy: Authority(basis: .documented)
    case .connectionAbsent: Authority(basis: .assumed)
    }
  }
}

extension Reason {
  /// The step with what it rests on.
  func resting(on authority: Authority) -> Reason {
    var reason = self
    reason.basis = authority.basis
    reason.section = authority.section?.name
    return reason
  }

  /// The step as one about a saved policy that is not felt yet.
  var ahead: Reason {
    var reason = resting(on: .propagation)
    reason.isAhead = true
    return reason
  }

  func resting(on ground: Ground) -> Reason { resting(on: ground.authority) }

  func resting(on basis: Basis, _ section: DocumentedSection) -> Reason {
    resting(on: Authority(basis: basis, section: section))
  }
}
