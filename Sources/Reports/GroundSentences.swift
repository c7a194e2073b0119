import SimulationTrace
import TenantIsolation

/// Where a connection leads.
struct Path: Hashable {
  var creator: TenantID
  var signIn: TenantID
}

extension Cast {
  /// A sentence a ground, for people: `Contoso's isolation is on and no rule allows going out to
  /// Fabrikam`.
  ///
  /// Several connections' grounds are one list without repetition: each is told of the connection
  /// that the others are about, where it is that one's, else of the first that it is about.
  func sentences(_ grounds: Grounds, on path: Path?, _ ways: [GroundWay] = []) -> [String] {
    grounds.map { ground in
      let paths = ways.filter { $0.ground == ground }
        .map { Path(creator: $0.creator, signIn: $0.signIn) }
      return sentence(ground, paths.first { $0 == path } ?? paths.first ?? path)
    }
  }

  private func sentence(_ ground: Ground, _ path: Path?) -> String {
    let creator = path.map { displayName($0.creator) } ?? "the creator tenant"
    let signIn = path.map { displayName($0.signIn) } ?? "the sign-in tenant"
    switch ground {
    case .sameTenant: return "the connection stays within one tenant, so isolation does not look"
    case .guestInHostTenant: return "its user is a guest there, which changes nothing"
    case .notEntraID:
      return "the connector does not sign in with Microsoft Entra ID: out of isolation's reach"
    case .ownTokenService:
      return "the service issues its own token after the sign-in: isolation is not enforced"
    case .outboundIsolationOff: return "\(creator)'s isolation is off, so everybody may go out"
    case .outboundRule: return "a rule of \(creator) allows going out to \(signIn)"
    case .outboundWildcard: return "\(creator)'s rule for * allows going out to any tenant"
    case .outboundBlocked:
      return "\(creator)'s isolation is on and no rule allows going out to \(signIn)"
    case .inboundIsolationOff: return "\(signIn)'s isolation is off, so everybody may come in"
    case .inboundRule: return "a rule of \(signIn) allows coming in from \(creator)"
    case .inboundWildcard: return "\(signIn)'s rule for * allows coming in from any tenant"
    case .inboundBlocked:
      return "\(signIn)'s isolation is on and no rule allows coming in from \(creator)"
    case .credentials: return "the credentials presented are not valid, whatever the policies say"
    case .dataPolicy: return "a data policy forbids it"
    case .connectionAbsent: return "the connection does not exist"
    }
  }
}
