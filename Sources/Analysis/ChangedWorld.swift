import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// A scenario with known delays, simulated without some policy changes and with them.
struct ChangedWorld: Sendable {
  /// A change, and how long it takes to be felt.
  struct Change: Sendable {
    var change: PolicyChange
    var delay: Delay
  }

  /// One of the two worlds.
  enum Side { case without, with }

  let scenario: Scenario
  let without: Simulation
  let with: Simulation
  let changes: [Change]
  /// When the changes are saved.
  let time: Instant
  /// The rows of the changes among the statements of the changed world.
  let inserted: Range<Int>

  init(_ scenario: Scenario, _ without: Simulation, _ changes: [Change], at time: Instant) {
    var changed = scenario
    let row = scenario.timeline.firstIndex { $0.time > time } ?? scenario.timeline.endIndex
    changed.timeline.insert(
      contentsOf: changes.map { one in
        // Whoever may save them does: the question is what happens then.
        let actor = UserID(changed.cast.users.count)
        changed.cast.users.append(
          User(name: "", role: .administrator, home: one.change.tenant, guestIn: []))
        var statement = Statement(time: time, actor: actor, action: one.change.action, line: 0)
        statement.delay = one.delay
        return statement
      }, at: row)
    self.scenario = scenario
    self.without = without
    self.changes = changes
    self.time = time
    inserted = row..<row + changes.count
    with = simulate(changed)
  }

  /// The same world with rules that are saved just after the changes. They are felt as soon as can
  /// be, which is together with what their tenant changes: nothing overtakes that.
  func saving(_ rules: [PolicyChange]) -> ChangedWorld {
    let delay = Delay(scenario.settings.propagation.lowerBound)
    return ChangedWorld(
      scenario, without, changes + rules.map { Change(change: $0, delay: delay) }, at: time)
  }

  subscript(side: Side) -> Simulation { side == .without ? without : with }

  /// How a statement of the unchanged scenario ends.
  func outcome(of row: Int, _ side: Side) -> Outcome? {
    switch side {
    case .without: without.results[row].outcome
    case .with: with.results[row < inserted.lowerBound ? row : row + inserted.count].outcome
    }
  }

  /// The first of the changes that is not saved.
  var refused: RefusedChange? {
    inserted.lazy.compactMap { row in
      with.results[row].failure.map {
        RefusedChange(row: row - inserted.lowerBound, message: with.trace.text(of: $0).message)
      }
    }.first
  }

  /// When the last of the changes is in force.
  var inForce: Instant {
    let own = with.trace.policies.filter { $0.savedAt == time && $0.line == 0 }
    return own.map(\.inForceAt).max() ?? time
  }
}
