import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// A finished simulation: what happened, and the world's logs to ask about any instant.
public struct Simulation: Sendable {
  /// Everything that happened, in order.
  public let trace: Trace
  /// How each statement of the timeline ended.
  public let results: [StatementResult]
  /// Statements that create something under a name that is taken at that time: such a scenario is
  /// wrong, and the statement did nothing.
  public let collisions: [Int]

  var world: World
  /// Runs started by signals and by hand, by flow; the values are rows of the trace's events.
  let startedRuns: ChangeLog<Int>
  let reports: ReportBook
  /// Where each flow's segments begin in the trace, and where the last one's end.
  let segmentStarts: [Int]
  let records = Lazily<RecordIndex>()
  let dependents = Lazily<DependentIndex>()
}

/// Simulates a scenario.
///
/// The same scenario and seed give the same simulation, in every process and on every machine.
///
/// - Parameters:
///   - scenario: what takes part and what is done.
///   - seed: draws what the scenario leaves to chance; the scenario's own where nil.
public func simulate(_ scenario: Scenario, seed: UInt64? = nil) -> Simulation {
  let seed = seed ?? scenario.seed
  var simulator = Simulator(scenario, seed: seed)
  simulator.run()
  let (segments, starts) = simulator.deriveRuns()
  let derivation = RunDerivation(simulator.world, scenario.settings, until: scenario.until)

  var trace = Trace()
  trace.title = scenario.title
  trace.seed = seed
  trace.start = scenario.start
  trace.until = scenario.until
  trace.propagation = scenario.settings.propagationText
  trace.cast = simulator.world.cast
  trace.script = scenario.script
  trace.events = simulator.events
  trace.segments = segments
  trace.verdicts = simulator.verdicts.rows
  trace.policies = simulator.world.policies
  trace.reports = simulator.reports.rows.indices.map {
    simulator.reports.filled($0, from: simulator.world)
  }
  trace.ties = (simulator.ties + derivation.ties(of: segments)).inOrder
  let reliance = Reliance(of: trace, on: scenario.settings)
  trace.settings = reliance.settings
  trace.assumptions = reliance.assumptions
  return Simulation(
    trace: trace, results: simulator.results, collisions: simulator.collisions,
    world: simulator.world, startedRuns: simulator.startedRuns, reports: simulator.reports,
    segmentStarts: starts)
}

extension Simulator {
  /// All flows' segments end to end, and where each flow's begin.
  fileprivate mutating func deriveRuns() -> ([RunSegment], [Int]) {
    let derivation = RunDerivation(world, scenario.settings, until: scenario.until)
    var segments: [RunSegment] = []
    var starts = [0]
    starts.reserveCapacity(world.cast.flows.count + 1)
    for flow in world.cast.flows.indices {
      segments += derivation.segments(of: FlowID(flow), into: &verdicts)
      starts.append(segments.count)
    }
    return (segments, starts)
  }
}

extension [Tie] {
  /// By time, statements before runs, then by line, flow and policy.
  fileprivate var inOrder: [Tie] {
    sorted { left, right in
      func key(_ tie: Tie) -> (Instant, Int, Int, Int) {
        (tie.time, tie.flow.map { $0.row + 1 } ?? 0, tie.line, tie.policy)
      }
      return key(left) < key(right)
    }
  }
}
