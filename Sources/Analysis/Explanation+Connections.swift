import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

extension Explanation {
  /// Why each of these connections is let through or not, as far as it lies with the connection.
  func why(_ connections: [ConnectionID], _ view: PolicyView, at time: Instant) -> [Reason] {
    connections.compactMap { id in
      guard simulation.state(of: id, at: time) != .absent else { return absence(of: id, at: time) }
      return simulation.definition(of: id, at: time).map { why(id, $0, view, at: time) }
    }
  }

  private func absence(of id: ConnectionID, at time: Instant) -> Reason {
    Reason(
      "\(phrases.name(id)) does not exist at \(phrases.time(time))", ground: .connectionAbsent,
      weight: .decides,
      children: said(simulation.lastChange(of: id, at: time))
    ).resting(on: .connectionAbsent)
  }

  /// A connection's way, and what each of those says who have a say.
  ///
  /// - Parameters:
  ///   - isNew: whether it is being created, so that credentials are a question.
  ///   - line: the line that asks for it, where that may have been in vain.
  func why(
    _ id: ConnectionID, _ definition: ConnectionDefinition, _ view: PolicyView, at time: Instant,
    isNew: Bool = false, line: Int? = nil
  ) -> Reason {
    let connector = scenario.cast.connectors[definition.connector.row]
    var reason = Reason(
      "\(phrases.name(id)) is made in \(phrases.name(definition.creator)) and signs in to "
        + "\(phrases.name(definition.signIn)) with \(connector.displayName)",
      line: line ?? simulation.line(of: id, at: time))
    if let ground = definition.groundWithoutPolicies(connector.signIn, isNew: isNew) {
      reason.text += unevaluated(ground)
      reason.ground = ground
      reason.weight = .decides
      reason = reason.resting(on: ground)
      if ground == .sameTenant, isGuest(definition) { reason.children.append(guest(definition)) }
    } else {
      reason.children = scope(definition, connector)
      reason.children += [
        side(.outbound, of: definition.creator, other: definition.signIn, view, at: time),
        side(.inbound, of: definition.signIn, other: definition.creator, view, at: time),
      ]
    }
    if reason.ground != .credentials {
      reason.children += dataPolicies(definition, view, at: time)
    }
    return reason
  }

  private func unevaluated(_ ground: Ground) -> String {
    switch ground {
    case .credentials: ", without valid credentials"
    case .notEntraID: ", which does not use Entra ID: isolation does not look at it"
    case .ownTokenService: ", which issues its own tokens: isolation is not enforced on it"
    default: ": one tenant, isolation does not look at it"
    }
  }

  private func isGuest(_ definition: ConnectionDefinition) -> Bool {
    scenario.cast.users[definition.owner.row].home != definition.creator
  }

  private func guest(_ definition: ConnectionDefinition) -> Reason {
    Reason(
      "\(phrases.name(definition.owner)) is a guest there, which changes nothing",
      ground: .guestInHostTenant
    ).resting(on: .guestInHostTenant)
  }

  /// Why isolation looks at a connection at all.
  private func scope(_ definition: ConnectionDefinition, _ connector: Connector) -> [Reason] {
    [
      Reason("\(connector.displayName) signs in with Microsoft Entra ID", weight: .aside)
        .resting(on: .documented, .introduction),
      Reason(
        "\(phrases.name(definition.creator)) and \(phrases.name(definition.signIn)) are two "
          + "tenants: both have to allow it", weight: .aside
      ).resting(on: .documented, .twoWay),
    ]
  }

  /// One tenant's say: the policy that counts, the rule that decided, and what is still to come.
  private func side(
    _ direction: Direction, of tenant: TenantID, other: TenantID, _ view: PolicyView,
    at time: Instant
  ) -> Reason {
    let version = simulation.policy(of: tenant, view, at: time)
    let ground = version.policy.ground(direction, for: other)
    return Reason(
      "\(direction == .outbound ? "outbound" : "inbound"), \(phrases.name(tenant)): "
        + "\(said(ground, version.policy, other)); \(origin(version, view))",
      ground: ground, line: version.lineIfAny, weight: ground.isBlocking ? .decides : .relevant,
      children: background(of: tenant, at: time)
        + (view == .inForce ? pending(tenant, direction, other, at: time) : [])
    ).resting(on: ground)
  }

  private func said(_ ground: Ground, _ policy: IsolationPolicy, _ other: TenantID) -> String {
    switch ground {
    case .outboundIsolationOff, .inboundIsolationOff: return "isolation is off"
    case .outboundRule, .inboundRule:
      return "isolation is on, and the rule for \(phrases.name(other)) allows it"
    case .outboundWildcard, .inboundWildcard:
      return "isolation is on, and the rule for * allows it"
    default:
      let way = ground == .outboundBlocked ? "to" : "from"
      let rules = policy.rules.count
      let among =
        switch rules {
        case 0: "there are no rules"
        case 1: "its only rule does not fit"
        default: "none of its \(rules) rules fits"
        }
      return
        "isolation is on, and nothing allows connections \(way) \(phrases.name(other)): \(among)"
    }
  }

  /// The policy as saved and as in force, without what is still to come.
  private func background(of tenant: TenantID, at time: Instant) -> [Reason] {
    currentPolicies(of: tenant, at: time).map { reason in
      var reason = reason.basis == nil ? reason.resting(on: .propagation) : reason
      reason.weight = .aside
      return reason
    }
  }

  /// Saved versions that are not in force yet, and what each will say.
  private func pending(
    _ tenant: TenantID, _ direction: Direction, _ other: TenantID, at time: Instant
  ) -> [Reason] {
    simulation.pendingPolicies(of: tenant, at: time).map { version in
      let ground = version.policy.ground(direction, for: other)
      return Reason(
        "pending, \(phrases.name(tenant)): \(origin(version, .saved)), in force at "
          + "\(phrases.time(version.inForceAt)), will say \(ground.name)", line: version.lineIfAny
      ).ahead
    }
  }

  private func dataPolicies(
    _ definition: ConnectionDefinition, _ view: PolicyView, at time: Instant
  ) -> [Reason] {
    simulation.dataPolicies(of: definition.creator, inForce: view == .inForce, at: time).map {
      let blocks = $0.policy.blocked.contains(definition.connector)
      return Reason(
        "data policy \(phrases.name($0.id)) of \(phrases.name(definition.creator)) "
          + (blocks ? "blocks \(phrases.displayName(definition.connector))" : "holds as well"),
        ground: blocks ? .dataPolicy : nil, weight: blocks ? .decides : .relevant
      ).resting(on: .dataPolicy)
    }
  }
}

extension ConnectionDefinition {
  /// The ground that settles it before any isolation policy is asked; nil where there is none.
  fileprivate func groundWithoutPolicies(_ signsIn: SignIn, isNew: Bool) -> Ground? {
    if isNew, !hasCredentials { return .credentials }
    switch signsIn {
    case .other: return .notEntraID
    case .ownTokenService: return .ownTokenService
    case .entraID: return creator == signIn ? .sameTenant : nil
    }
  }
}
