import DiscreteEvents
import TenantIsolation

/// What two simulations over the same time do differently.
public struct Comparison: Sendable {
  /// What a run meets, without regard to whose tables its identifiers are rows of.
  public struct Met: Hashable, Sendable {
    /// A run, or a trigger that failed.
    public var kind: RecordKind
    /// How it ends.
    public var outcome: Outcome
    /// Why.
    public var grounds: Grounds
    /// What the person sees; nil where it succeeds.
    public var error: String?

    /// What runs of a verdict meet.
    public init(_ verdict: RunVerdict, in trace: Trace) {
      kind = verdict.kind
      outcome = verdict.outcome
      grounds = verdict.grounds
      error = verdict.failure.map { trace.text(of: $0).message }
    }
  }

  /// Runs of one flow that differ in the same way.
  public struct Runs: Hashable, Sendable {
    /// The flow's name.
    public var flow: String
    /// The first of them.
    public var first: Instant
    /// The last of them.
    public var last: Instant
    /// Their number.
    public var count: Int
    /// What they meet in the first simulation; nil where there they are not.
    public var a: Met?
    /// What they meet in the second one.
    public var b: Met?

    /// Differing runs.
    public init(
      flow: String, first: Instant, last: Instant, count: Int, a: Met?, b: Met?
    ) {
      (self.flow, self.first, self.last, self.count) = (flow, first, last, count)
      (self.a, self.b) = (a, b)
    }
  }

  /// The earliest thing that differs.
  public struct First: Hashable, Sendable {
    /// When.
    public var time: Instant
    /// What happens in the first simulation; nil for nothing.
    public var a: String?
    /// What happens in the second one.
    public var b: String?

    /// A difference.
    public init(time: Instant, a: String?, b: String?) {
      (self.time, self.a, self.b) = (time, a, b)
    }
  }

  /// Something that is no run and differs at an instant.
  public struct Other: Hashable, Sendable {
    /// When.
    public var time: Instant
    /// What happens in the first simulation, and the row of its event; nil for nothing.
    public var a: Event?
    /// What happens in the second one.
    public var b: Event?

    /// An event of one simulation.
    public struct Event: Hashable, Sendable {
      /// What happens, in words.
      public var text: String
      /// Its row in the trace's events.
      public var row: Int

      /// An event.
      public init(_ text: String, row: Int) { (self.text, self.row) = (text, row) }
    }

    /// A difference.
    public init(time: Instant, a: Event?, b: Event?) {
      (self.time, self.a, self.b) = (time, a, b)
    }
  }

  /// Names that only one scenario has.
  public struct Names: Hashable, Sendable {
    /// Its flows.
    public var flows: [String]
    /// Its connections.
    public var connections: [String]
    /// Its apps.
    public var apps: [String]

    /// Names, in the order of their scenario.
    public init(flows: [String], connections: [String], apps: [String]) {
      (self.flows, self.connections, self.apps) = (flows, connections, apps)
    }

    /// Whether there are none.
    public var isEmpty: Bool { flows.isEmpty && connections.isEmpty && apps.isEmpty }
  }

  /// The earliest difference; nil where all that happens is the same.
  public var first: First?
  /// Every run that differs, folded, by flow.
  public var runs: [Runs]
  /// Everything else that differs, in order.
  public var others: [Other]
  /// What only the first scenario has.
  public var onlyInA: Names
  /// What only the second scenario has.
  public var onlyInB: Names
  /// How often things happen in the first simulation.
  public var countsOfA: Counts
  /// How often things happen in the second one.
  public var countsOfB: Counts

  /// A comparison.
  public init(
    first: First?, runs: [Runs], others: [Other], onlyInA: Names, onlyInB: Names,
    countsOfA: Counts, countsOfB: Counts
  ) {
    (self.first, self.runs, self.others) = (first, runs, others)
    (self.onlyInA, self.onlyInB) = (onlyInA, onlyInB)
    (self.countsOfA, self.countsOfB) = (countsOfA, countsOfB)
  }

  /// How many other things happen in one simulation only.
  public var otherDifferences: Int {
    others.reduce(0) { $0 + ($1.a == nil ? 0 : 1) + ($1.b == nil ? 0 : 1) }
  }

  /// The number of runs that differ.
  public var runCount: Int { runs.reduce(0) { $0 + $1.count } }

  /// Whether anything does.
  public var differs: Bool { first != nil || !onlyInA.isEmpty || !onlyInB.isEmpty }
}
