import DiscreteEvents
import PowerPlatform
import SimulationTrace

extension Simulation {
  /// The simulation as it stood when a statement was done, to say why it ended as it did.
  ///
  /// Logs are read as of an instant's end. Where later statements of the instant may have changed
  /// what this one met, it is simulated anew up to it: what is said and what was judged are then one.
  func standing(after row: Int, of scenario: Scenario) -> Simulation {
    let time = scenario.timeline[row].time
    let concerned = concerned(by: scenario.timeline[row].action, at: time)
    let later = scenario.timeline[(row + 1)...].prefix { $0.time == time }
    let isTouched = later.contains { statement in
      guard let concerned, let thing = statement.action.thing else { return true }
      return concerned.contains(thing)
    }
    guard isTouched else { return self }
    var earlier = scenario
    earlier.timeline.removeSubrange((row + 1)...)
    earlier.until = min(scenario.until, time + 1)
    return simulate(earlier, seed: trace.seed)
  }

  /// What a statement is about, and the connections of that; nil where it may be anything.
  private func concerned(by action: Action, at time: Instant) -> Set<Stage.Thing>? {
    guard let thing = action.thing else { return nil }
    var things: Set<Stage.Thing> = [thing]
    switch thing {
    case .flow(let flow): things.formUnion(connections(of: flow, at: time).map { .connection($0) })
    case .app(let app): things.formUnion(connections(of: app, at: time).map { .connection($0) })
    default: break
    }
    if case .addConnection(let use, _) = action { things.insert(.connection(use.connection)) }
    return things
  }
}

extension Action {
  /// The one thing that it uses or changes; nil where that may be several, as policies and signals do.
  fileprivate var thing: Stage.Thing? {
    switch self {
    case .createConnection(let id, _), .deleteConnection(let id): .connection(id)
    case .createApp(let id, _), .addConnection(_, let id), .openApp(let id), .deleteApp(let id):
      .app(id)
    case .createFlow(let id, _), .saveFlow(let id, _), .turnFlow(let id, _), .deleteFlow(let id),
      .runFlow(let id):
      .flow(id)
    default: nil
    }
  }
}
