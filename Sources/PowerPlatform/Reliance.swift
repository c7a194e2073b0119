import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What an outcome relied on: settings that were asked, and facts that no source has.
///
/// Read off the trace, so that nothing is listed that played no part.
struct Reliance {
  private(set) var settings: [String] = []
  private(set) var assumptions: [String] = []

  init(of trace: Trace, on settings: Settings) {
    let seen = Evidence(trace)
    self.settings = Self.settings(seen, settings)
    assumptions = Self.assumptions(seen)
  }

  private static func settings(_ seen: Evidence, _ settings: Settings) -> [String] {
    var lines: [String] = []
    func rely(on key: String, if isUsed: Bool, _ reason: String) {
      if isUsed { lines.append("\(key): \(reason)") }
    }
    rely(
      on: "propagation \(rangeText(settings.propagation))", if: seen.kinds.contains(.policySaved),
      "documented as about an hour until active apps and flows feel a change")
    rely(
      on: "design-time \(settings.designTime == .immediate ? "immediate" : "propagated")",
      if: seen.judgedDesign,
      "the documented hour speaks of active apps and flows only; what makers meet is assumed")
    rely(
      on: settings.blockedTrigger == .failedRun
        ? "blocked-trigger failed-run" : "blocked-trigger trigger-failure",
      if: seen.blockedTrigger,
      "seen as a failed run in 2021; a later page says that a failed trigger is no run")
    rely(
      on: "data-policy-propagation \(durationText(settings.dataPolicyPropagation))",
      if: seen.kinds.contains(.dataPolicySaved),
      "in most cases within an hour; only what exists already waits for it")
    rely(
      on: "reactivation \(settings.reactivation.map(durationText) ?? "off")",
      if: seen.suspendedByDataPolicy,
      "two revisions of one page disagree on whether suspended flows come back by themselves")
    rely(
      on: "always-failing \(settings.alwaysFailing.map(durationText) ?? "off")",
      if: settings.alwaysFailing != nil && seen.failedRun,
      "flows that fail without a break are documented to be turned off after 14 days")
    rely(
      on: "edition \(settings.edition.name)", if: seen.askedForRole,
      settings.edition == .of2023
        ? "Global and Power Platform administrators set the policy; at most 50 rules (assumed)"
        : "Power Platform administrators set the policy; at most 500 rules")
    rely(
      on: "widely-shared \(settings.widelyShared)", if: seen.kinds.contains(.shareChanged),
      "from how many people on something counts as widely shared is documented nowhere")
    return lines + settings.reports.reasons(seen.kinds, settings.edition)
      + settings.policyOperation.reasons(seen.replacedPolicy)
      + settings.installs.reasons(seen.kinds)
      + settings.audit.reasons(seen.kinds)
  }

  private static let pollingCauses: Set<Cause> = [
    .operationUnknown, .pollForbidden, .noConnectionToAsk, .noConnectionToMail,
  ]

  private static func assumptions(_ seen: Evidence) -> [String] {
    var lines: [String] = []
    func assume(_ sentence: String, if isUsed: Bool) {
      if isUsed { lines.append(sentence) }
    }
    assume(
      "error codes and HTTP statuses of tenant isolation: no source has them",
      if: seen.isolationFailure)
    assume(
      "the account in error texts: the user's name at the sign-in tenant's first domain",
      if: seen.isolationFailure)
    assume(
      "where both tenants block, the error names the creator's", if: seen.bothSidesBlocked)
    assume(
      "a connection that isolation blocks stays connected and works again once it is allowed",
      if: seen.failedRun)
    assume(
      "a blocked run takes 51 ms (seen once, in 2021), any other a second a step",
      if: seen.kinds.contains(.flowRun))
    assume(
      "an app with a blocked connection opens and its data call fails, with the text seen for flows",
      if: seen.blockedApp)
    assume("the texts of refused requests", if: seen.kinds.contains(.operationRefused))
    assume("a connection that is gone fails with a text of our own", if: seen.absentConnection)
    assume(
      "an app or flow that nobody shared is open to its whole tenant; the first share closes it to "
        + "all but its owners and those it is shared with",
      if: seen.kinds.contains(.shareChanged) || seen.causes.contains(.notSharedWithActor))
    assume(
      "a group counts for nothing in what is widely shared", if: seen.kinds.contains(.shareChanged))
    assume(
      "a copy is off, and nobody turns it on before it is saved with connections of its owner's",
      if: seen.kinds.contains(.flowCopied))
    assume(
      "a flow that is moved is saved for its new owner, and its owner before keeps no part in it; "
        + "connections that stay in it work on, in it alone",
      if: seen.isMoved)
    assume(
      "only a flow's owner and its tenant's administrators move it",
      if: seen.causes.contains(.ownerAlone))
    assume(
      "sharing something with its owner is refused and changes nothing",
      if: seen.causes.contains(.ownedAlready))
    assume("a flow is shared with everyone as with a group", if: seen.isFlowForAll)
    assume(
      "the text for who has no access to an app's data; a connection's owner always has access",
      if: seen.causes.contains(.noDataAccess))
    if seen.kinds.contains(.reportRequested) { lines += ReportSettings.assumptions }
    if seen.replacedPolicy { lines += PolicyOperationSettings.assumptions }
    if seen.kinds.contains(.packageChanged) || seen.kinds.contains(.packagesListed) {
      lines += InstallSettings.assumptions
    }
    assume(InstallSettings.cancelling, if: seen.isCanceled)
    assume(
      "a flow mails an end once, in the first run that finds it, and turns itself off when that run is "
        + "over",
      if: seen.isPolled)
    assume(
      "a flow asks about an operation as the account of its first connection that can, in the tenant "
        + "that this signs in to: without the role there 403, about none 404; it needs a connection to "
        + "ask with and one to mail with",
      if: seen.isPolled || !seen.causes.isDisjoint(with: pollingCauses))
    lines += AuditSettings.assumptions(seen.kinds)
    assume(
      "a flow that reads the Activity API asks for the content of the period before each run, a "
        + "digest for its first page only; where nothing is new, nobody is mailed; it reads with the "
        + "registration's rights and mails by itself, whatever its connections",
      if: seen.flowReads)
    assume(
      "a run fails when what its flow asks for is answered with an error",
      if: seen.failedByWork)
    assume(
      "who approves that a share goes has the flow take it away at once, over its connections as "
        + "they are then; nobody answers after 30 days",
      if: seen.kinds.contains(.approvalRequested))
    return lines
  }
}

/// What a trace shows, gathered in one walk over its events and verdicts.
private struct Evidence {
  var kinds: Set<RecordKind> = []
  var judgedDesign = false
  var blockedTrigger = false
  var suspendedByDataPolicy = false
  var failedRun = false
  var askedForRole = false
  var isolationFailure = false
  var bothSidesBlocked = false
  var blockedApp = false
  var absentConnection = false
  var replacedPolicy = false
  var isCanceled = false
  var causes: Set<Cause> = []
  var isMoved = false
  var isPolled = false
  var flowReads = false
  var failedByWork = false
  var isFlowForAll = false

  init(_ trace: Trace) {
    replacedPolicy =
      trace.policies.contains { $0.replacement != nil }
      || trace.adminOperations.contains { $0.task == .policyReplacement }
    isCanceled = trace.adminOperations.contains { $0.ending == .canceled }
    for event in trace.events {
      kinds.insert(event.kind)
      note(event)
    }
    for verdict in trace.verdicts {
      kinds.insert(verdict.kind)
      note(verdict.grounds, verdict.failure, isRun: true)
    }
  }

  private mutating func note(_ event: Record) {
    note(event.grounds, event.failure, isRun: event.kind.isRun)
    switch event.failure?.cause {
    case .ruleLimit, .notAdministrator, .policyForbidden: askedForRole = true
    case .ruleRepeated, .ruleWithoutDirection: replacedPolicy = true
    default: break
    }
    if event.share?.role == .owner { isMoved = true }
    if event.isWorkDone { isPolled = true }
    if event.kind == .contentFetched, event.flow != nil { flowReads = true }
    if event.flow != nil, event.share?.recipient == .everyone { isFlowForAll = true }
    switch event.kind {
    case .policySaved, .policyRead: askedForRole = true
    case .flowSuspended where event.actor == nil: suspendedByDataPolicy = true
    case .appOpened where event.failure != nil && event.failure?.cause != .noDataAccess:
      blockedApp = true
    case .connectionCreated, .connectionBlocked, .appCreated, .appConnectionAdded,
      .appConnectionRefused, .flowSaved, .flowSuspended, .flowOn:
      judgedDesign = judgedDesign || event.grounds.wereEvaluated
    case .flowRun, .flowTriggerFailed:
      if event.run?.trigger == .signal, event.outcome == .failed { blockedTrigger = true }
    default: break
    }
  }

  private mutating func note(_ grounds: Grounds, _ failure: Failure?, isRun: Bool) {
    if grounds.contains(.outboundBlocked), grounds.contains(.inboundBlocked) {
      bothSidesBlocked = true
    }
    if isRun, failure != nil { failedRun = true }
    if isRun, failure?.cause.isAboutWork == true { failedByWork = true }
    if let failure { causes.insert(failure.cause) }
    if failure?.cause == .isolation { isolationFailure = true }
    if failure?.cause == .connectionAbsent { absentConnection = true }
  }
}

extension Grounds {
  /// Whether isolation looked at the two tenants' policies.
  fileprivate var wereEvaluated: Bool {
    contains { ground in
      switch ground {
      case .outboundIsolationOff, .outboundRule, .outboundWildcard, .outboundBlocked: true
      default: false
      }
    }
  }
}
