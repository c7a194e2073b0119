import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// A scenario with one delay for all changes, simulated without some policy changes and with them.
struct ChangedWorld: Sendable {
  let scenario: Scenario
  let without: Simulation
  let with: Simulation
  /// When the changes are saved.
  let time: Instant
  /// The rows of the changes among the statements of the changed world.
  let inserted: Range<Int>

  init(_ scenario: Scenario, _ without: Simulation, _ changes: [PolicyChange], at time: Instant) {
    var changed = scenario
    let row = scenario.timeline.firstIndex { $0.time > time } ?? scenario.timeline.endIndex
    changed.timeline.insert(
      contentsOf: changes.map { change in
        // Whoever may save them does: the question is what happens then.
        let actor = UserID(changed.cast.users.count)
        changed.cast.users.append(
          User(name: "", role: .administrator, home: change.tenant, guestIn: []))
        return Statement(time: time, actor: actor, action: change.action, line: 0)
      }, at: row)
    self.scenario = scenario
    self.without = without
    self.time = time
    inserted = row..<row + changes.count
    with = simulate(changed)
  }

  /// The world of the shortest delay, and that of the longest where it is another.
  static func both(
    _ scenario: Scenario, _ changes: [PolicyChange], at time: Instant
  ) -> [ChangedWorld] {
    let range = scenario.settings.propagation
    let delays =
      range.lowerBound == range.upperBound
      ? [range.lowerBound] : [range.lowerBound, range.upperBound]
    return delays.map { delay in
      var fixed = scenario
      fixed.settings.propagation = delay...delay
      return ChangedWorld(fixed, simulate(fixed), changes, at: time)
    }
  }

  /// The same world with other changes.
  func with(_ changes: [PolicyChange]) -> ChangedWorld {
    ChangedWorld(scenario, without, changes, at: time)
  }

  /// The first of the changes that is not saved.
  var refused: RefusedChange? {
    inserted.first { with.results[$0].outcome != .saved }.map {
      RefusedChange(
        row: $0 - inserted.lowerBound, limit: scenario.settings.edition.ruleLimit)
    }
  }

  /// When the last of the changes is in force.
  var inForce: Instant {
    let own = with.trace.policies.filter { $0.savedAt == time && $0.line == 0 }
    return own.map(\.inForceAt).max() ?? time
  }
}
