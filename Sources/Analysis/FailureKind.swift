import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// How an expectation fails, apart from times, numbers of runs and names: what two scenarios share
/// that fail alike.
public struct FailureKind: Hashable, Sendable {
  /// Whether it holds for some propagation delays.
  public var isUndecided = false
  /// What came out: with a range of delays, for the shortest and for the longest of all changes.
  fileprivate var got: [Result]

  /// What came out instead.
  fileprivate enum Result: Hashable {
    /// What was expected, for one end of a range of delays.
    case met
    case statement(Outcome?, [Ground], Cause?)
    /// Each sort of run once, in order; whether there are too many that fit; the flow's state.
    case runs([Run], isTooMany: Bool, FlowState)
    case flow(FlowState)
    case page(FlowState, hasWarning: Bool)
    case app(exists: Bool, uses: Bool)
    case connection(ConnectionState)
    case isolation(IsolationState, isAssessedAsOn: Bool)
    /// How far the report came, if there is one; and what of it an expectation asks about.
    case report(ReportStatus?, Listing)
    /// Whether somebody shared it, and what is said of that holds.
    case share(isShared: Bool, holds: Bool)
    /// What the saved policy's rule allows.
    case rule(Directions)
    case operation(OperationStatus?)
    case package(PackageState)
    /// The subjects of the mails that came, numbers apart, and what became of those who should have
    /// sent the one that is missing.
    case mails([String], [Sender])
    /// What came of a question about a share, and what became of those who should have asked it.
    case removal(Approval.State?, [Sender])
    /// What the audit log or its feed has, in words.
    case audit(String)
  }

  fileprivate enum Listing: Hashable {
    case isEmpty(Bool)
    /// The directions of all lines, where they are counted.
    case ways([Direction])
    /// Whether it lists anything; whether there was such a connection by then.
    case connection(isEmpty: Bool, exists: Bool)
  }

  /// A flow that mails or asks somebody: its state, and what its last run met.
  fileprivate struct Sender: Hashable {
    var state: FlowState
    var run: Run?
  }

  fileprivate struct Run: Hashable {
    var outcome: Outcome
    var grounds: [Ground]
    var cause: Cause?
    /// Whether it would fail under the policies as saved: what waits for its hour is part of why.
    var isBlockedAsSaved: Bool
  }
}

extension FailureKind {
  /// Whether this is a failure like another, if perhaps more certain: what fails for all delays of
  /// a range still does where there is one delay.
  public func isLike(_ other: FailureKind) -> Bool {
    if isUndecided || other.isUndecided { return self == other }
    return got.allSatisfy(other.got.contains)
  }
}

/// How an expectation of a scenario fails; nil where it is met.
public func failureKind(of expectation: Expectation, in scenario: Scenario) -> FailureKind? {
  var scenario = scenario
  scenario.expectations = [expectation]
  scenario.covers = []
  scenario.variants = []
  guard scenario.isRanged else {
    let result = simulate(scenario).result(of: expectation.claim, scenario)
    return result == .met ? nil : FailureKind(got: [result])
  }
  guard let verdict = explore(scenario).verdicts.first, !verdict.isMet else { return nil }
  let range = scenario.settings.propagation
  let got = [range.lowerBound, range.upperBound].map { delay in
    scenario.settings.propagation = delay...delay
    return simulate(scenario).result(of: expectation.claim, scenario)
  }
  return FailureKind(isUndecided: verdict.isUndecided, got: got)
}

extension Simulation {
  fileprivate func result(of claim: Claim, _ scenario: Scenario) -> FailureKind.Result {
    let finding = find(claim, Phrases(trace))
    return finding.isMet ? .met : failure(of: claim, scenario)
  }

  private func failure(of claim: Claim, _ scenario: Scenario) -> FailureKind.Result {
    switch claim {
    case .outcome(let row, _, let because): return kind(results[row], because)
    case .error(let row, _), .returned(let row, _), .errorCode(let row, _):
      return kind(results[row], [])
    case .audit(let claim): return .audit(kind(of: claim))
    case .removal(let recipient, let app, _, let time):
      let state = approval(ofRemoving: recipient, from: app, at: time)
      return .removal(state, state == nil ? senders(at: time, scenario, where: \.isGuard) : [])
    case .report(let name, _, let time): return kind(report: name, nil, at: time)
    case .reportLists(let name, let listing, let time):
      return kind(report: name, listing, at: time ?? trace.until)
    case .package(let place, _, let time): return .package(state(of: place, at: time))
    case .mail(let recipient, let isSent, let time, let text):
      let end = time ?? trace.until
      let mails = mails(to: recipient, by: end)
      guard isSent else {
        return .mails(subjects(of: mails.filter { $0.contains(text) }.prefix(1)), [])
      }
      return .mails(
        subjects(of: mails),
        senders(at: end, scenario) { $0.recipients.contains(recipient) })
    case .runs(let flow, let count, let interval, let description):
      return kinds(
        of: flow, runs(of: flow, in: interval), count, description, at: interval.lowerBound)
    case .history(let flow, let count, let time, let description):
      return kinds(of: flow, runHistory(of: flow, at: time), count, description, at: time)
    case .run(let flow, let time, let description):
      return kinds(
        of: flow, runs(of: flow, in: time..<time + 1), 1, description, at: time)
    case .flow(let flow, _, let time): return .flow(state(of: flow, at: time))
    case .flowPage(let flow, _, let time):
      return .page(
        state(of: flow, at: time), hasWarning: !pageTexts(of: flow, at: time).isEmpty)
    case .app(let app, _, let connection, let time):
      return .app(
        exists: exists(app, at: time), uses: does(app, use: connection, at: time))
    case .connection(let connection, _, let time):
      return .connection(state(of: connection, at: time))
    case .isolation(let tenant, _, let time), .isolationAssessed(let tenant, _, let time):
      return .isolation(
        savedPolicy(of: tenant, at: time).state,
        isAssessedAsOn: policyInForce(of: tenant, at: time).policy.isOn)
    case .shared(let thing, let holds, _, _, let time),
      .widelyShared(let thing, let holds, let time):
      return .share(isShared: shares(of: thing, at: time) != nil, holds: !holds)
    case .visible(let app, let holds, _, let time):
      return .share(isShared: shares(of: .app(app), at: time) != nil, holds: !holds)
    case .rule(let tenant, let subject, _, let time):
      return .rule(savedPolicy(of: tenant, at: time).policy.directions(for: subject))
    case .operation(let name, _, let time):
      return .operation(operation(named: name, at: time)?.status(at: time))
    }
  }

  private func kind(
    report name: ReportID, _ listing: ReportListing?, at time: Instant
  ) -> FailureKind.Result {
    let report = report(named: name, at: time).map { self.report($0) }
    let lines = report?.connections ?? []
    let listed: FailureKind.Listing =
      switch listing {
      case .count: .ways(lines.map(\.direction).sorted { $0.rawValue < $1.rawValue })
      case .connection(let id, _):
        .connection(isEmpty: lines.isEmpty, exists: definition(of: id, at: time) != nil)
      case .way, nil: .isEmpty(lines.isEmpty)
      }
    return .report(report?.status(at: time), listed)
  }

  /// Each subject once, numbers apart.
  private func subjects(of mails: some Sequence<Mail>) -> [String] {
    var subjects: [String] = []
    for subject in mails.map({ $0.subject.filter { !$0.isNumber } })
    where !subjects.contains(subject) {
      subjects.append(subject)
    }
    return subjects
  }

  /// What flows met that do some work: those whose last run failed, or else all of them.
  private func senders(
    at time: Instant, _ scenario: Scenario, where fits: (FlowWork) -> Bool
  ) -> [FailureKind.Sender] {
    let flows = scenario.cast.flows.indices.map { FlowID($0) }
    var senders: [FailureKind.Sender] = []
    for flow in flows {
      guard let work = work(of: flow, at: time), fits(scenario.works[work.row]) else { continue }
      let last = runs(of: flow, in: .start..<max(.start, time + 1)).max { $0.last < $1.last }
      let sender = FailureKind.Sender(
        state: state(of: flow, at: time), run: last.map { run(of: flow, $0, []) })
      if !senders.contains(sender) { senders.append(sender) }
    }
    let failed = senders.filter { $0.run?.outcome == .failed }
    return failed.isEmpty ? senders : failed
  }

  private func kind(_ result: StatementResult, _ because: [Ground]) -> FailureKind.Result {
    .statement(result.outcome, result.grounds.decisive(because), result.failure?.cause)
  }

  private func kinds(
    of flow: FlowID, _ groups: [RunGroup], _ count: Int, _ description: RunDescription,
    at time: Instant
  ) -> FailureKind.Result {
    let runs = groups.filter { isRun($0) }
    var kinds: [FailureKind.Run] = []
    for run in runs {
      let kind = self.run(of: flow, run, description.because)
      if !kinds.contains(kind) { kinds.append(kind) }
    }
    let fitting = runs.filter { fits($0, description) }.reduce(0) { $0 + $1.count }
    return .runs(kinds, isTooMany: fitting > count, state(of: flow, at: time))
  }

  private func run(
    of flow: FlowID, _ group: RunGroup, _ because: [Ground]
  ) -> FailureKind.Run {
    let verdict = trace.verdicts[group.verdict]
    return FailureKind.Run(
      outcome: verdict.outcome, grounds: verdict.grounds.decisive(because),
      cause: verdict.failure?.cause,
      isBlockedAsSaved: encounter(of: flow, .saved, at: group.last)?.failure != nil)
  }
}

extension Grounds {
  /// What something fails on, and what an expectation names; all of them where nothing blocks.
  fileprivate func decisive(_ named: [Ground]) -> [Ground] {
    contains(where: \.isBlocking) ? filter { $0.isBlocking || named.contains($0) } : Array(self)
  }
}
