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
    /// How far the report came, if there is one; and whether it lists anything.
    case report(ReportStatus?, isEmpty: Bool)
    /// Whether somebody shared it, and what is said of that holds.
    case share(isShared: Bool, holds: Bool)
    /// What the saved policy's rule allows.
    case rule(Directions)
    case operation(OperationStatus?)
    case package(PackageState)
    /// Whether a mail with these words was sent.
    case mails(Bool)
    /// What came of a question about a share.
    case removal(Approval.State?)
    /// What the audit log or its feed has, in words.
    case audit(String)
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
    let result = simulate(scenario).result(of: expectation.claim)
    return result == .met ? nil : FailureKind(got: [result])
  }
  guard let verdict = explore(scenario).verdicts.first, !verdict.isMet else { return nil }
  let range = scenario.settings.propagation
  let got = [range.lowerBound, range.upperBound].map { delay in
    scenario.settings.propagation = delay...delay
    return simulate(scenario).result(of: expectation.claim)
  }
  return FailureKind(isUndecided: verdict.isUndecided, got: got)
}

extension Simulation {
  fileprivate func result(of claim: Claim) -> FailureKind.Result {
    let finding = find(claim, Phrases(trace))
    return finding.isMet ? .met : failure(of: claim)
  }

  private func failure(of claim: Claim) -> FailureKind.Result {
    switch claim {
    case .outcome(let row, _, let because): return kind(results[row], because)
    case .error(let row, _), .returned(let row, _), .errorCode(let row, _):
      return kind(results[row], [])
    case .audit(let claim): return .audit(kind(of: claim))
    case .removal(let recipient, let app, _, let time):
      return .removal(approval(ofRemoving: recipient, from: app, at: time))
    case .report(let name, _, let time): return kind(report: name, at: time)
    case .reportLists(let name, _, let time):
      return kind(report: name, at: time ?? trace.until)
    case .package(let place, _, let time): return .package(state(of: place, at: time))
    case .mail(let recipient, _, let time, let text):
      return .mails(mails(to: recipient, by: time ?? trace.until).contains { $0.contains(text) })
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

  private func kind(report name: ReportID, at time: Instant) -> FailureKind.Result {
    let row = report(named: name, at: time)
    let report = row.map { self.report($0) }
    return .report(report?.status(at: time), isEmpty: report?.connections.isEmpty ?? true)
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
      let verdict = trace.verdicts[run.verdict]
      let kind = FailureKind.Run(
        outcome: verdict.outcome, grounds: verdict.grounds.decisive(description.because),
        cause: verdict.failure?.cause,
        isBlockedAsSaved: encounter(of: flow, .saved, at: run.last)?.failure != nil)
      if !kinds.contains(kind) { kinds.append(kind) }
    }
    let fitting = runs.filter { fits($0, description) }.reduce(0) { $0 + $1.count }
    return .runs(kinds, isTooMany: fitting > count, state(of: flow, at: time))
  }
}

extension Grounds {
  /// What something fails on, and what an expectation names; all of them where nothing blocks.
  fileprivate func decisive(_ named: [Ground]) -> [Ground] {
    contains(where: \.isBlocking) ? filter { $0.isBlocking || named.contains($0) } : Array(self)
  }
}
