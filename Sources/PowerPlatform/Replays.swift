import SimulationTrace

/// A scenario that is simulated again and again, each time with other delays of its changes.
///
/// What the simulations have in common is made once. Each derives the runs of the flows that
/// somebody asks about and of no others, and says nothing of ties, settings and assumptions.
public struct Replays: Sendable {
  private var scenario: Scenario
  private let world: World

  /// Makes a scenario ready.
  public init(_ scenario: Scenario) {
    self.scenario = scenario
    world = World(scenario)
  }

  /// Simulates the scenario.
  ///
  /// - Parameters:
  ///   - delays: how long some changes take to be felt.
  ///   - rows: the statements of the timeline that have these delays.
  ///   - flows: whose recurring runs are asked about, in their order.
  public mutating func simulate(
    _ delays: [Delay], at rows: [Int], runsOf flows: [FlowID]
  ) -> Simulation {
    let usual = rows.map { scenario.timeline[$0].delay }
    for (row, delay) in zip(rows, delays) { scenario.timeline[row].delay = delay }
    defer { for (row, delay) in zip(rows, usual) { scenario.timeline[row].delay = delay } }
    var simulator = Simulator(scenario, seed: scenario.seed, world: world)
    simulator.run()
    var derivation = RunDerivation(of: simulator)
    let starts = derivation.derive(flows)
    return Simulation(simulator, simulator.trace(with: derivation), segmentStarts: starts)
  }
}
