import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

extension Explanation {
  /// Why a run of a flow as it is at an instant is let through or not, or whoever saves it.
  func why(usesOf flow: FlowID, isDesign: Bool = false, at time: Instant) -> [Reason] {
    let uses = simulation.connections(of: flow, at: time)
    let tenant = simulation.tenant(
      ofUses: uses, owner: simulation.owner(of: flow, at: time), at: time)
    return why(uses, in: tenant, isDesign: isDesign, at: time)
  }

  /// Why an app's data call is let through or not.
  func why(usesOf app: AppID, at time: Instant) -> [Reason] {
    why(simulation.connections(of: app, at: time), in: tenant(of: app, at: time), at: time)
  }

  /// Why an app gets a connection, or gets it not.
  func why(adding connection: ConnectionID, to app: AppID, at time: Instant) -> [Reason] {
    why([connection], in: tenant(of: app, with: [connection], at: time), isDesign: true, at: time)
  }

  private func tenant(
    of app: AppID, with added: [ConnectionID] = [], at time: Instant
  ) -> TenantID? {
    simulation.tenant(
      ofUses: simulation.connections(of: app, at: time) + added,
      owner: simulation.owner(of: app, at: time), at: time)
  }

  /// Why each of these connections is let through or not, as far as it lies with the connection.
  ///
  /// - Parameters:
  ///   - tenant: whose data policies count; where nil, those of the tenants they are made in.
  ///   - isDesign: whether makers are judged, and not what exists.
  func why(
    _ connections: [ConnectionID], in tenant: TenantID? = nil, isDesign: Bool = false,
    at time: Instant
  ) -> [Reason] {
    connections.compactMap { id in
      guard simulation.state(of: id, at: time) != .absent,
        let definition = simulation.definition(of: id, at: time)
      else { return absence(of: id, at: time) }
      let decision = simulation.decision(definition, view(isDesign), at: time)
      return why(
        id, definition, decision.grounds, in: tenant, isDesign: isDesign,
        line: simulation.line(of: id, at: time), at: time)
    }
  }

  /// Why a connection is made, or not.
  func why(
    making id: ConnectionID, _ definition: ConnectionDefinition, line: Int?, at time: Instant
  )
    -> Reason
  {
    let met = simulation.encounter(ofCreating: definition, view(true), at: time)
    return why(id, definition, met.grounds, isDesign: true, line: line, at: time)
  }

  /// Which isolation policy counts.
  private func view(_ isDesign: Bool) -> PolicyView {
    isDesign ? scenario.settings.designTime.view : .inForce
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
  ///   - grounds: what it met, of which this is the explanation.
  ///   - line: the line that asks for it.
  private func why(
    _ id: ConnectionID, _ definition: ConnectionDefinition, _ grounds: Grounds,
    in tenant: TenantID? = nil, isDesign: Bool, line: Int?, at time: Instant
  ) -> Reason {
    let connector = scenario.cast.connectors[definition.connector.row]
    var reason = Reason(
      "\(phrases.name(id)) is made in \(phrases.name(definition.creator)) and signs in to "
        + "\(phrases.name(definition.signIn)) with \(connector.displayName)", line: line)
    let isolation = grounds.filter { $0 != .dataPolicy }
    if let ground = isolation.first, let words = unevaluated(ground) {
      reason.text += words
      reason.ground = ground
      reason.weight = .decides
      reason = reason.resting(on: ground)
      if isolation.contains(.guestInHostTenant) { reason.children.append(guest(definition)) }
    } else {
      reason.children =
        scope(definition, connector)
        + zip([Direction.outbound, .inbound], isolation).map { direction, ground in
          side(direction, ground, definition, view(isDesign), at: time)
        }
    }
    if reason.ground != .credentials {
      reason.children += dataPolicies(
        of: tenant ?? definition.creator, definition.connector, isDesign: isDesign, at: time)
    }
    return reason
  }

  /// Where isolation has no say; nil where it has.
  private func unevaluated(_ ground: Ground) -> String? {
    switch ground {
    case .credentials: ", without valid credentials"
    case .notEntraID: ", which does not use Entra ID: isolation does not look at it"
    case .ownTokenService: ", which issues its own tokens: isolation is not enforced on it"
    case .sameTenant: ": one tenant, isolation does not look at it"
    default: nil
    }
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
    _ direction: Direction, _ ground: Ground, _ definition: ConnectionDefinition,
    _ view: PolicyView, at time: Instant
  ) -> Reason {
    let isOutbound = direction == .outbound
    let tenant = isOutbound ? definition.creator : definition.signIn
    let other = isOutbound ? definition.signIn : definition.creator
    let version = simulation.policy(of: tenant, view, at: time)
    return Reason(
      "\(isOutbound ? "outbound" : "inbound"), \(phrases.name(tenant)): "
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
    let inForce = simulation.policy(of: tenant, .inForce, at: time)
    return currentPolicies(of: tenant, inForce: inForce, at: time).map { reason in
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
        "pending, \(phrases.name(tenant)): \(origin(version, .saved)), \(arrival(version)), will say "
          + "\(ground.name)", line: version.lineIfAny
      ).ahead
    }
  }

  private func dataPolicies(
    of tenant: TenantID, _ connector: ConnectorID, isDesign: Bool, at time: Instant
  ) -> [Reason] {
    simulation.dataPolicies(of: tenant, inForce: !isDesign, at: time).map {
      let blocks = $0.policy.blocked.contains(connector)
      return Reason(
        "data policy \(phrases.name($0.id)) of \(phrases.name(tenant)) "
          + (blocks ? "blocks \(phrases.displayName(connector))" : "holds as well"),
        ground: blocks ? .dataPolicy : nil, weight: blocks ? .decides : .relevant
      ).resting(on: .dataPolicy)
    }
  }

  /// A data policy's say about an app or a flow as a whole, where no single connection has it.
  func dataPolicy(_ met: Encounter?, besides connections: [Reason]) -> [Reason] {
    let isTold = connections.contains { $0.children.contains { $0.ground == .dataPolicy } }
    guard let met, met.grounds.contains(.dataPolicy), !isTold else { return [] }
    let name = met.failure?.dataPolicy.map { "data policy \(phrases.name($0))" } ?? "a data policy"
    return [
      Reason("\(name) forbids it", ground: .dataPolicy, weight: .decides).resting(on: .dataPolicy)
    ]
  }
}
