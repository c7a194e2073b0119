import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Says why apps and flows that cross tenants go on as before.
struct UnaffectedReasons {
  private let worlds: [ChangedWorld]
  private let changed: Set<TenantID>
  private let phrases: Phrases?

  init(_ worlds: [ChangedWorld], _ changed: [TenantID]) {
    self.worlds = worlds
    self.changed = Set(changed)
    phrases = worlds.first.map { Phrases($0.without.trace) }
  }

  /// Why; nil for what never crosses tenants, or is not there.
  func reason(_ item: Impact.Item, at instants: [Instant]) -> String? {
    guard let world = worlds.first, let phrases,
      let time = instants.first(where: {
        world.exists(item, at: $0) && !crossing(item, world, at: $0).isEmpty
      })
    else { return nil }
    if world.fails(item, .inForce, at: time), world.fails(item, .saved, at: time) {
      return "it fails already, without the change"
    }
    let reasons = crossing(item, world, at: time).map {
      phrases.name($0.id) + ": " + reason($0.definition, world, at: time, phrases)
    }
    return reasons.joined(separator: "; ")
  }

  private func crossing(
    _ item: Impact.Item, _ world: ChangedWorld, at time: Instant
  ) -> [(id: ConnectionID, definition: ConnectionDefinition)] {
    world.connections(of: item, at: time).unique.compactMap { id in
      world.without.definition(of: id, at: time).map { (id, $0) }
    }
    .filter { $0.definition.creator != $0.definition.signIn }
  }

  private func reason(
    _ definition: ConnectionDefinition, _ world: ChangedWorld, at time: Instant, _ phrases: Phrases
  ) -> String {
    let connector = world.scenario.cast.connectors[definition.connector.row]
    switch connector.signIn {
    case .ownTokenService:
      return "\(connector.displayName) issues its own tokens, so isolation is not enforced"
    case .other:
      return "\(connector.displayName) does not sign in with Microsoft Entra ID"
    case .entraID: break
    }
    guard changed.contains(definition.creator) || changed.contains(definition.signIn) else {
      return "the change is neither about \(phrases.name(definition.creator)) "
        + "nor about \(phrases.name(definition.signIn))"
    }
    return world.with.decision(definition, .saved, at: time).grounds
      .map { phrases.side($0, definition) }.joined(separator: ", ")
  }
}

extension Phrases {
  /// What one side says to a connection.
  fileprivate func side(_ ground: Ground, _ connection: ConnectionDefinition) -> String {
    let (creator, signIn) = (name(connection.creator), name(connection.signIn))
    switch ground {
    case .outboundIsolationOff: return "isolation of \(creator) is off"
    case .inboundIsolationOff: return "isolation of \(signIn) is off"
    case .outboundRule: return "a rule of \(creator) allows \(signIn) outbound"
    case .inboundRule: return "a rule of \(signIn) allows \(creator) inbound"
    case .outboundWildcard: return "a rule of \(creator) allows * outbound"
    case .inboundWildcard: return "a rule of \(signIn) allows * inbound"
    case .outboundBlocked: return "\(creator) blocks it with or without the change"
    case .inboundBlocked: return "\(signIn) blocks it with or without the change"
    default: return "\(ground.name)"
    }
  }
}
