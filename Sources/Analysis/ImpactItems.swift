import DiscreteEvents
import PowerPlatform
import SimulationTrace

// Questions about apps and flows alike, as they are without the changes unless another side is named.

extension ChangedWorld {
  func exists(_ item: Impact.Item, at time: Instant, _ side: Side = .without) -> Bool {
    switch item {
    case .app(let app): self[side].exists(app, at: time)
    case .flow(let flow): self[side].state(of: flow, at: time) != .absent
    }
  }

  func connections(of item: Impact.Item, at time: Instant) -> [ConnectionID] {
    switch item {
    case .app(let app): without.connections(of: app, at: time)
    case .flow(let flow): without.connections(of: flow, at: time)
    }
  }

  func fails(
    _ item: Impact.Item, _ view: PolicyView, at time: Instant, _ side: Side = .without
  ) -> Bool {
    switch item {
    case .app(let app): self[side].encounter(of: app, view, at: time)?.failure != nil
    case .flow(let flow): self[side].encounter(of: flow, view, at: time)?.failure != nil
    }
  }

  /// Whether an item fails at an instant only without the changes.
  func heals(_ item: Impact.Item, _ view: PolicyView, at time: Instant) -> Bool {
    exists(item, at: time) && exists(item, at: time, .with)
      && fails(item, view, at: time) && !fails(item, view, at: time, .with)
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
