import DiscreteEvents
import PowerPlatform
import SimulationTrace

// Questions about apps and flows alike, as they are without the changes.

extension ChangedWorld {
  func exists(_ item: Impact.Item, at time: Instant) -> Bool {
    switch item {
    case .app(let app): without.exists(app, at: time)
    case .flow(let flow): without.state(of: flow, at: time) != .absent
    }
  }

  func connections(of item: Impact.Item, at time: Instant) -> [ConnectionID] {
    switch item {
    case .app(let app): without.connections(of: app, at: time)
    case .flow(let flow): without.connections(of: flow, at: time)
    }
  }

  func fails(_ item: Impact.Item, _ view: PolicyView, at time: Instant) -> Bool {
    switch item {
    case .app(let app): without.encounter(of: app, view, at: time)?.failure != nil
    case .flow(let flow): without.encounter(of: flow, view, at: time)?.failure != nil
    }
  }

  func isScheduled(_ item: Impact.Item, at instants: [Instant]) -> Bool {
    guard case .flow(let flow) = item else { return false }
    return instants.contains {
      if case .every = without.trigger(of: flow, at: $0) { true } else { false }
    }
  }
}

extension Array where Element: Hashable {
  /// Each element once, in the order of first mention.
  var unique: [Element] {
    var known: Set<Element> = []
    return filter { known.insert($0).inserted }
  }
}
