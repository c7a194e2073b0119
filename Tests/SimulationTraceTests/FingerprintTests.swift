import DiscreteEvents
import SimulationTrace
import TenantIsolation
import Testing

@Suite struct FingerprintTests {
  @Test("Cutting a segment in two changes nothing", arguments: UInt64(0)..<20)
  func cutting(seed: UInt64) {
    let trace = Trace.random(seed: seed)
    for (row, segment) in trace.segments.enumerated() {
      for cut in [0, 1, 7, 30] {
        let middle = min(segment.interval.lowerBound + Int64(cut), segment.interval.upperBound)
        var (left, right) = (segment, segment)
        left.interval = segment.interval.lowerBound..<middle
        right.interval = middle..<segment.interval.upperBound
        // Any occurrence anchors the same runs.
        right.recurrence.anchor = right.recurrence.first(atOrAfter: middle)
        var other = trace
        other.segments.replaceSubrange(row...row, with: [left, right])
        #expect(other.fingerprint == trace.fingerprint)
      }
    }
  }

  @Test("Runs made one by one give the fingerprint of their segments", arguments: UInt64(0)..<20)
  func making(seed: UInt64) {
    let trace = Trace.random(seed: seed)
    #expect(trace.made.fingerprint == trace.fingerprint)
  }

  @Test("Verdicts in another order, or twice, change nothing")
  func verdictRows() {
    let trace = Trace.random(seed: 2)
    var other = trace
    other.verdicts = [trace.verdicts[2], trace.verdicts[0], trace.verdicts[1], trace.verdicts[0]]
    for row in other.segments.indices {
      other.segments[row].verdict = [1, 2, 0][other.segments[row].verdict]
    }
    #expect(trace.segments.contains { $0.verdict == 0 && $0.count > 0 })
    #expect(other.fingerprint == trace.fingerprint)
  }

  @Test("Ten years of runs a minute have the fingerprint of their halves")
  func long() {
    var trace = Trace()
    trace.verdicts = [.success]
    let decade: Int64 = 3652 * 86_400_000
    trace.segments = [RunSegment(flow: FlowID(0), every: 1, from: 0, to: decade)]
    var halves = trace
    halves.segments = [
      RunSegment(flow: FlowID(0), every: 1, from: 0, to: decade / 2),
      RunSegment(flow: FlowID(0), every: 1, from: decade / 2, to: decade),
    ]
    var late = trace
    late.segments = [RunSegment(flow: FlowID(0), every: 1, from: 1, to: decade + 1)]
    #expect(halves.fingerprint == trace.fingerprint)
    #expect(late.fingerprint != trace.fingerprint)
  }

  @Test("Moving one run by a millisecond leaves a mark", arguments: UInt64(0)..<20)
  func moving(seed: UInt64) {
    let trace = Trace.random(seed: seed).made
    for row in trace.events.indices where trace.events[row].run != nil {
      var other = trace
      other.events[row].time = other.events[row].time + 1
      #expect(other.fingerprint != trace.fingerprint)
    }
  }

  @Test("Two runs that swap what they met leave a mark", arguments: UInt64(0)..<20)
  func swapping(seed: UInt64) {
    let trace = Trace.random(seed: seed).made
    let runs = trace.events.indices.filter { trace.events[$0].run != nil }
    for (one, two) in zip(runs, runs.dropFirst()) {
      guard trace.events[one].run?.verdict != trace.events[two].run?.verdict,
        trace.events[one].time != trace.events[two].time
      else { continue }
      var other = trace
      (other.events[one].run, other.events[two].run) = (
        trace.events[two].run, trace.events[one].run
      )
      #expect(other.fingerprint != trace.fingerprint)
    }
  }

  /// Equal sums of times, and of their squares and cubes, are what simple checksums miss.
  @Test(
    "Runs at other times whose sums are the same leave a mark",
    arguments: [
      ([0, 4, 5], [1, 2, 6]), ([0, 3, 5, 6], [1, 2, 4, 7]),
      ([0, 3, 5, 6, 9, 10, 12, 15], [1, 2, 4, 7, 8, 11, 13, 14]),
    ] as [([Int64], [Int64])],
    [1, 60_000, 86_400_000] as [Int64])
  func sums(times: ([Int64], [Int64]), unit: Int64) {
    let traces = [times.0, times.1].map { times in
      var trace = Trace()
      trace.verdicts = [.success]
      trace.events = times.map { .run(at: $0 * unit) }
      return trace
    }
    #expect(traces[0].fingerprint != traces[1].fingerprint)
  }

  static let changes: [(what: String, change: @Sendable (inout Trace) -> Void)] = [
    ("seed", { $0.seed += 1 }),
    ("an event's time", { $0.events[0].time = Instant(1) }),
    ("an event's kind", { $0.events[0].kind = .connectionBlocked }),
    ("an event's outcome", { $0.events[0].outcome = .blocked }),
    ("an event's actor", { $0.events[0].actor = UserID(1) }),
    ("an event's tenant", { $0.events[0].tenant = TenantID(1) }),
    ("an event's sign-in tenant", { $0.events[0].signInTenant = TenantID(1) }),
    ("an event's connection", { $0.events[0].connection = ConnectionID(1) }),
    ("an event's app", { $0.events[0].app = AppID(1) }),
    ("an event's flow", { $0.events[0].flow = FlowID(1) }),
    ("an event's data policy", { $0.events[0].dataPolicy = DataPolicyID(1) }),
    ("an event's policy", { $0.events[0].policy = 1 }),
    ("a policy's switch", { $0.policies[0].policy.isOn = true }),
    ("a policy's rule", { $0.policies[0].policy.allow(.inbound, for: .every) }),
    ("a rule's direction", { $0.policies[0].policy.allow(.outbound, for: .every) }),
    ("a rule's tenant", { $0.policies[0].policy.allow(.inbound, for: .tenant(TenantID(3))) }),
    ("when a policy comes into force", { $0.policies[0].inForceAt = Instant(9) }),
    ("an event's ground", { $0.events[0].grounds = [.outboundRule] }),
    ("an event's environment", { $0.events[0].environment = EnvironmentID(1) }),
    ("an event's attempt", { $0.events[1].attempt = .turnOff }),
    ("another attempt", { $0.events[1].attempt = .turnOn }),
    ("a third attempt", { $0.events[1].attempt = .delete }),
    ("an attempt to share", { $0.events[1].attempt = .share(.init(.everyone, .user)) }),
    ("an attempt's role", { $0.events[1].attempt = .share(.init(.everyone, .coOwner)) }),
    ("an attempt's rule", { $0.events[1].attempt = .allow(.every, .both) }),
    ("an attempt's direction", { $0.events[1].attempt = .allow(.every, .inbound) }),
    ("an attempt's operation", { $0.events[1].attempt = .cancel(AdminOperationID(0)) }),
    ("an event's ways", { $0.events[0].ways = [.way] }),
    ("what suspends a flow", { $0.events[1].isTurningOn = true }),
    ("why a flow is off", { $0.events[1].isWorkDone = true }),
    ("an event's line", { $0.events[0].line = 2 }),
    ("an event's failure", { $0.events[0].failure = nil }),
    ("the order of events", { $0.events.swapAt(0, 1) }),
    ("an event less", { $0.events.removeFirst() }),
    ("a failure's surface", { $0.events[0].failure?.surface = .appData }),
    ("a failure's cause", { $0.events[0].failure?.cause = .credentials }),
    ("a failure's tenant", { $0.events[0].failure?.tenant = TenantID(1) }),
    ("a failure's creator", { $0.events[0].failure?.creator = TenantID(1) }),
    ("a failure's sign-in", { $0.events[0].failure?.signIn = TenantID(1) }),
    ("a failure's connection", { $0.events[0].failure?.connection = ConnectionID(1) }),
    ("a failure's connector", { $0.events[0].failure?.connector = ConnectorID(1) }),
    ("a failure's other connector", { $0.events[0].failure?.otherConnector = ConnectorID(1) }),
    ("a failure's user", { $0.events[0].failure?.user = UserID(1) }),
    ("a failure's operation", { $0.events[0].failure?.operation = OperationID(1) }),
    ("a failure's data policy", { $0.events[0].failure?.dataPolicy = DataPolicyID(1) }),
    ("a failure's limit", { $0.events[0].failure?.limit = 1 }),
    ("a failure's environment", { $0.events[0].failure?.environment = EnvironmentID(1) }),
    ("a failure's package", { $0.events[0].failure?.package = PackageID(1) }),
    ("a failure's registration", { $0.events[0].failure?.registration = RegistrationID(1) }),
    ("a feed's error", { $0.events[0].failure?.feed = .init(.timeRange, .listContent, nil) }),
    ("a feed's call", { $0.events[0].failure?.feed = .init(.timeRange, .fetchContent, nil) }),
    ("a feed's type", { $0.events[0].failure?.feed = .init(.timeRange, .listContent, .dlp) }),
    (
      "a feed's page",
      {
        $0.events[0].failure?.feed = .init(
          .timeRange, .listContent, nil, of: ContentPageID(1))
      }
    ),
    (
      "a feed's content",
      {
        $0.events[0].failure?.feed = .init(
          .timeRange, .listContent, nil, content: .row(1))
      }
    ),
    (
      "a feed's place on a page",
      {
        $0.events[0].failure?.feed = .init(
          .timeRange, .listContent, nil, content: .number(1))
      }
    ),
    ("a question's app", { $0.approvals[0].app = AppID(1) }),
    ("a question's recipient", { $0.approvals[0].recipient = .user(UserID(1)) }),
    ("a manual run's time", { $0.events[2].time = Instant(8) }),
    ("a manual run's actor", { $0.events[2].actor = UserID(1) }),
    ("a manual run's flow", { $0.events[2].flow = FlowID(1) }),
    ("a manual run's line", { $0.events[2].line = 5 }),
    ("a manual run's trigger", { $0.events[2].run?.trigger = .signal }),
    ("a segment's flow", { $0.segments[0].flow = FlowID(1) }),
    ("a segment's line", { $0.segments[0].line = 9 }),
    ("a segment's anchor", { $0.segments[0].recurrence.anchor = Instant(1) }),
    ("a segment's period", { $0.segments[0].recurrence.period = 11 }),
    ("a run more", { $0.segments[0].interval = Instant(0)..<Instant(31) }),
    ("a run less", { $0.segments[0].interval = Instant(1)..<Instant(30) }),
    ("a run's grounds", { $0.verdicts[0].grounds = [.outboundRule] }),
    ("a run's ways", { $0.verdicts[0].ways = [.way] }),
    ("a run's order of grounds", { $0.verdicts[0].grounds = [.dataPolicy, .outboundBlocked] }),
    ("a run's failure", { $0.verdicts[0].failure?.cause = .blockedAction }),
    ("a run's success", { $0.verdicts[0].failure = nil }),
    ("a run's failed step", { $0.verdicts[0].failedStep = 1 }),
    ("a run's steps", { $0.verdicts[0].steps = [OperationID(1)] }),
    ("a run's kind", { $0.verdicts[0].kind = .flowTriggerFailed }),
  ]

  @Test("Whatever is changed leaves a mark, and each change its own")
  func changing() {
    var fingerprints = [Trace.small.fingerprint: "nothing"]
    for (what, change) in Self.changes {
      var trace = Trace.small
      change(&trace)
      let known = fingerprints.updateValue(what, forKey: trace.fingerprint)
      #expect(known == nil, "\(what) leaves the mark of \(known ?? "")")
    }
  }
}

extension Trace {
  /// One of everything.
  fileprivate static let small: Trace = {
    var trace = Trace()
    var failure = Failure(.connectionCreation, .isolation)
    failure.tenant = TenantID(0)
    var blocked = Record(.connectionCreated, at: Instant(0), line: 1, outcome: .allowed)
    blocked.policy = 0
    trace.policies = (0..<2).map {
      PolicyVersion(
        tenant: TenantID(0), policy: IsolationPolicy(), savedAt: nil, inForceAt: Instant(Int64($0)),
        line: 0)
    }
    blocked.failure = failure
    var asked = Record(.flowOff, at: Instant(0), line: 1)
    asked.approval = ApprovalID(0)
    trace.approvals = [
      Approval(
        by: FlowID(0), about: AppID(0), sharedWith: .everyone, record: 0, at: Instant(0),
        asking: [])
    ]
    trace.events = [blocked, asked, .run(at: 7, line: 4)]
    trace.verdicts = [
      RunVerdict(
        grounds: [.outboundBlocked, .dataPolicy], failure: Failure(.run, .isolation),
        failedStep: 0, steps: [OperationID(0)])
    ]
    trace.segments = [RunSegment(flow: FlowID(0), every: 10, from: 0, to: 30)]
    return trace
  }()

  /// The same with every run an event, in order.
  fileprivate var made: Trace {
    var trace = self
    trace.events = sortedRecords
    trace.segments = []
    return trace
  }
}

extension GroundWay {
  fileprivate static let way = GroundWay(
    .outboundBlocked, creator: TenantID(0), signIn: TenantID(1))
}

extension Record {
  fileprivate static func run(at time: Int64, line: Int = 0) -> Record {
    var record = Record(.flowRun, at: Instant(time), line: line, outcome: .succeeded)
    record.flow = FlowID(0)
    record.run = RunMention(0, .manual)
    return record
  }
}
