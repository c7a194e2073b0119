import DiscreteEvents
import TenantIsolation

/// Runs of one flow that meet the same: a piece of a schedule under a piece of a verdict timeline.
public struct RunSegment: Hashable, Sendable {
  /// Whose runs.
  public var flow: FlowID
  /// When it runs, as long as it is on.
  public var recurrence: Recurrence
  /// The half-open interval this segment covers.
  public var interval: Range<Instant>
  /// What each run meets, a row of ``Trace/verdicts``.
  public var verdict: Int
  /// The scenario's line that started the recurrence.
  public var line: Int

  /// The number of runs.
  public var count: Int { recurrence.count(in: interval) }

  /// A piece of a flow's life.
  public init(
    flow: FlowID, recurrence: Recurrence, interval: Range<Instant>, verdict: Int, line: Int
  ) {
    self.flow = flow
    self.recurrence = recurrence
    self.interval = interval
    self.verdict = verdict
    self.line = line
  }
}

/// A tenant's policy from one change to the next.
public struct PolicyVersion: Hashable, Sendable {
  /// Whose policy.
  public var tenant: TenantID
  /// What it says.
  public var policy: IsolationPolicy
  /// When it was saved; nil for the one the scenario starts with.
  public var savedAt: Instant?
  /// When active apps and flows are judged by it.
  public var inForceAt: Instant
  /// Whether that is behind all else of the instant, and not before all else.
  public var isLast = false
  /// The scenario's line behind it; 0 where none is.
  public var line: Int
  /// Set where it took the place of the version before as a whole.
  public var replacement: PolicyReplaced?

  /// A version of a tenant's policy.
  public init(
    tenant: TenantID, policy: IsolationPolicy, savedAt: Instant?, inForceAt: Instant, line: Int
  ) {
    self.tenant = tenant
    self.policy = policy
    self.savedAt = savedAt
    self.inForceAt = inForceAt
    self.line = line
  }

  /// The first instant of which everything is judged by it.
  public var feltFrom: Instant { inForceAt + (isLast ? 1 : 0) }
}

/// Two things at one instant whose order decided what happened.
public struct Tie: Hashable, Sendable {
  /// When.
  public var time: Instant
  /// The policy that came into force first, a row of ``Trace/policies``.
  public var policy: Int
  /// The flow whose run met it, or nil where a statement did.
  public var flow: FlowID?
  /// The scenario's line of the statement, or of the flow.
  public var line: Int

  /// A tie of a policy with a run or a statement.
  public init(time: Instant, policy: Int, flow: FlowID?, line: Int) {
    self.time = time
    self.policy = policy
    self.flow = flow
    self.line = line
  }
}

/// Everything that happened in a simulation.
///
/// What happened once is stored; recurring runs are kept as segments and only become records while
/// somebody walks over ``records``.
public struct Trace: Sendable {
  /// The scenario's title.
  public var title = ""
  /// The seed it ran with.
  public var seed: UInt64 = 0
  /// Where simulated time starts.
  public var start = CivilTime(year: 2025, month: 1, day: 6)
  /// Nothing happens at or after this instant.
  public var until = Instant.start
  /// The propagation setting, as scenarios write it.
  public var propagation = ""
  /// Who and what takes part.
  public var cast = Cast()
  /// What a trainer tells and asks while it plays; records and fingerprint know nothing of it.
  public var script = Script()
  /// What happened once, in order.
  public var events: [Record] = []
  /// Recurring runs: by flow, each flow's in time order.
  public var segments: [RunSegment] = []
  /// What runs meet.
  public var verdicts: [RunVerdict] = []
  /// Every version of every tenant's policy.
  public var policies: [PolicyVersion] = []
  /// Cross-tenant connection reports in the order in which they were asked for.
  public var reports: [CrossTenantReport] = []
  /// Administrators' operations in the order in which they were asked for.
  public var adminOperations: [AdminOperation] = []
  /// What people read of environments' packages, in that order.
  public var packageLists: [PackageList] = []
  /// Mails in the order in which flows sent them.
  public var mails: [Mail] = []
  /// What flows asked people, in that order.
  public var approvals: [Approval] = []
  /// What the audit log recorded, and what came of it.
  public var audit = AuditTrail()
  /// The apps and flows that are widely shared at the end, in the order of their rows, apps first.
  public var widelyShared: [Shareable] = []
  /// Ties that decided something, in order of time.
  public var ties: [Tie] = []
  /// The settings that the outcome relied on, each with its reason.
  public var settings: [String] = []
  /// What was assumed on the way, where no source has it.
  public var assumptions: [String] = []

  /// How long the portal's run history goes back; documented.
  public static let historyWindow: Milliseconds = 28 * CivilTime.day

  /// A trace in which nothing happened.
  public init() {}

  /// Every record in the order in which things happened, recurring runs included.
  public var records: Records { Records(self) }

  /// The number of records that ``records`` will give.
  public var recordCount: Int { events.count + segments.reduce(0) { $0 + $1.count } }
}

/// How often things happened, for the summary.
public struct Counts: Hashable, Sendable {
  /// All records.
  public var records = 0
  /// Runs that succeeded.
  public var runsSucceeded = 0
  /// Runs that failed.
  public var runsFailed = 0
  /// Starts that a blocked trigger prevented, where these are no runs.
  public var triggersFailed = 0
  /// Connections and openings of apps that were blocked.
  public var blocked = 0
  /// Flows marked Suspended.
  public var suspended = 0
  /// Requests that were refused.
  public var refused = 0

  /// Counts a trace without making its runs.
  public init(_ trace: Trace) {
    records = trace.recordCount
    for event in trace.events {
      add(event.kind, event.outcome, times: 1)
    }
    for segment in trace.segments {
      let verdict = trace.verdicts[segment.verdict]
      add(verdict.kind, verdict.outcome, times: segment.count)
    }
  }

  private mutating func add(_ kind: RecordKind, _ outcome: Outcome?, times: Int) {
    switch (kind, outcome) {
    case (.flowRun, .succeeded): runsSucceeded += times
    case (.flowRun, _): runsFailed += times
    case (.flowTriggerFailed, _): triggersFailed += times
    case (.connectionBlocked, _), (.appOpened, .blocked): blocked += times
    case (.flowSuspended, _): suspended += times
    case (_, .refused): refused += times
    default: break
    }
  }
}
