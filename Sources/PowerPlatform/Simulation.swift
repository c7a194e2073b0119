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
  /// From how many people on something counts as widely shared.
  let wideFrom: Int
  let operations: OperationBook
  let packages: PackageBook
  let audit: AuditBook
  /// Where each flow's segments begin in the trace, and where the last one's end.
  let segmentStarts: [Int]
  let records = Lazily<RecordIndex>()
  let dependents = Lazily<DependentIndex>()
  let savedDecisions = Lazily<DecisionTimelines>()
  let decisionsInForce = Lazily<DecisionTimelines>()
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
  var derivation = RunDerivation(of: simulator)
  let starts = derivation.derive(scenario.cast.flows.indices.lazy.map(FlowID.init))
  var trace = simulator.trace(with: derivation)
  trace.seed = seed
  trace.reports = simulator.reports.rows.indices.map {
    simulator.reports.filled($0, from: simulator.world)
  }
  trace.widelyShared = simulator.world.widelyShared(
    from: scenario.settings.widelyShared, at: scenario.until)
  trace.ties = (simulator.ties + derivation.ties).inOrder
  let reliance = Reliance(of: trace, on: scenario.settings)
  trace.settings = reliance.settings
  trace.assumptions = reliance.assumptions
  return Simulation(simulator, trace, segmentStarts: starts)
}

extension Simulation {
  init(_ simulator: Simulator, _ trace: Trace, segmentStarts: [Int]) {
    self.init(
      trace: trace, results: simulator.results, collisions: simulator.collisions,
      world: simulator.world, startedRuns: simulator.startedRuns, reports: simulator.reports,
      wideFrom: simulator.scenario.settings.widelyShared, operations: simulator.operations,
      packages: simulator.packages, audit: simulator.audit, segmentStarts: segmentStarts)
  }
}

extension Simulator {
  /// What happened, with recurring runs that were derived from it.
  func trace(with runs: RunDerivation) -> Trace {
    var trace = Trace()
    trace.title = scenario.title
    trace.start = scenario.start
    trace.until = scenario.until
    trace.propagation = scenario.settings.propagationText
    trace.cast = world.cast
    trace.script = scenario.script
    trace.events = events
    trace.policies = world.policies
    trace.audit = audit.trail
    trace.adminOperations = operations.rows
    trace.mails = mails
    trace.approvals = feedFlows.approvals
    trace.packageLists = packageLists
    trace.segments = runs.segments
    trace.verdicts = runs.verdicts.rows
    return trace
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
