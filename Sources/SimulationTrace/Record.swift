import DiscreteEvents
import TenantIsolation

/// What kind of thing happened.
public enum RecordKind: UInt8, CaseIterable, Sendable {
  case policySaved, policyInForce
  case connectionCreated, connectionBlocked, connectionDeleted
  case connectionDisabled, connectionEnabled
  case appCreated, appConnectionAdded, appConnectionRefused, appOpened, appDeleted
  case flowSaved, flowSuspended, flowDeleted, flowOn, flowOff
  case flowRun, flowTriggerFailed
  /// A signal or a button press that met a flow which is off or suspended; nothing ran.
  case flowNotStarted
  case dataPolicySaved, dataPolicyInForce
  /// A role, a right or the thing itself is missing.
  case operationRefused
  /// A cross-tenant connection report: asked for, and one step further.
  case reportRequested, reportChanged
  /// Who may open, run or edit an app or a flow; who is in a group; a flow sent as a copy.
  case shareChanged, groupChanged, flowCopied
  /// Somebody looked at a tenant's isolation policy.
  case policyRead
  /// An administrator's operation: asked for, and one step further.
  case operationChanged
  /// An application package: read with all others of an environment, and one step further.
  case packagesListed, packageChanged
  /// A flow sends a mail.
  case mailSent
  /// Auditing switched on and off; an audit record's making, and that it can be found.
  case auditingOn, auditingOff, auditRecorded, auditAvailable
  /// An alert policy made or taken away, and an alert sent.
  case alertPolicySaved, alertRaised
  /// What the Activity API answered.
  case subscriptionChanged, subscriptionsListed, contentListed, contentFetched
  /// An app is entered among those that may be shared widely; a flow asks whether a share may stay,
  /// and somebody answers.
  case appRegistered, approvalRequested, approvalAnswered

  /// The kind as traces write it.
  public var name: StaticString {
    switch self {
    case .policySaved: "policy.saved"
    case .policyInForce: "policy.inForce"
    case .connectionCreated: "connection.created"
    case .connectionBlocked: "connection.blocked"
    case .connectionDeleted: "connection.deleted"
    case .connectionDisabled: "connection.disabled"
    case .connectionEnabled: "connection.enabled"
    case .appCreated: "app.created"
    case .appConnectionAdded: "app.connectionAdded"
    case .appConnectionRefused: "app.connectionRefused"
    case .appOpened: "app.opened"
    case .appDeleted: "app.deleted"
    case .flowSaved: "flow.saved"
    case .flowSuspended: "flow.suspended"
    case .flowDeleted: "flow.deleted"
    case .flowOn: "flow.on"
    case .flowOff: "flow.off"
    case .flowRun: "flow.run"
    case .flowTriggerFailed: "flow.triggerFailed"
    case .flowNotStarted: "flow.notStarted"
    case .dataPolicySaved: "dataPolicy.saved"
    case .dataPolicyInForce: "dataPolicy.inForce"
    case .operationRefused: "operation.refused"
    case .reportRequested: "report.requested"
    case .reportChanged: "report.changed"
    case .shareChanged: "share.changed"
    case .groupChanged: "group.changed"
    case .flowCopied: "flow.copied"
    case .policyRead: "policy.read"
    case .operationChanged: "operation.changed"
    case .packagesListed: "package.listed"
    case .packageChanged: "package.changed"
    case .mailSent: "mail.sent"
    case .auditingOn: "auditing.on"
    case .auditingOff: "auditing.off"
    case .auditRecorded: "audit.recorded"
    case .auditAvailable: "audit.available"
    case .alertPolicySaved: "alertPolicy.saved"
    case .alertRaised: "alert.raised"
    case .subscriptionChanged: "subscription.changed"
    case .subscriptionsListed: "subscriptions.listed"
    case .contentListed: "content.listed"
    case .contentFetched: "content.fetched"
    case .appRegistered: "app.registered"
    case .approvalRequested: "approval.requested"
    case .approvalAnswered: "approval.answered"
    }
  }

  /// Whether the record is a run, or the attempt at one.
  public var isRun: Bool { self == .flowRun || self == .flowTriggerFailed }
}

/// How something ended.
public enum Outcome: UInt8, CaseIterable, Sendable {
  case allowed, blocked, saved, suspended, added, notAdded, refused, succeeded, failed

  /// The outcome as traces write it.
  public var name: StaticString {
    switch self {
    case .allowed: "allowed"
    case .blocked: "blocked"
    case .saved: "saved"
    case .suspended: "suspended"
    case .added: "added"
    case .notAdded: "notAdded"
    case .refused: "refused"
    case .succeeded: "succeeded"
    case .failed: "failed"
    }
  }

  /// The outcome as people write it, in scenarios too.
  public var words: String { self == .notAdded ? "not added" : "\(name)" }

  /// Whether it is what whoever tried it wanted.
  public var isGood: Bool {
    switch self {
    case .allowed, .saved, .added, .succeeded: true
    case .blocked, .notAdded, .refused, .failed, .suspended: false
    }
  }
}

extension Grounds {
  /// ` (outbound-blocked, inbound-isolation-off)`; nothing for an empty list.
  public var inBrackets: String {
    isEmpty ? "" : " (\(map { "\($0.name)" }.joined(separator: ", ")))"
  }
}

/// What started a run.
public enum RunTrigger: UInt8, Sendable {
  case recurrence, signal, manual

  /// The word for it in traces.
  public var name: StaticString {
    switch self {
    case .recurrence: "recurrence"
    case .signal: "signal"
    case .manual: "manual"
    }
  }
}

/// The connection that a judgement of several is about, and its way: the one that fails, or else the
/// first one that crosses between tenants, or else the first.
public struct Subject: Hashable, Sendable {
  /// The connection; nil where none is used.
  @Optionally public var connection: ConnectionID?
  /// The tenant it lives in; without a connection, the app's or flow's.
  @Optionally public var creator: TenantID?
  /// The tenant it signs in to.
  @Optionally public var signIn: TenantID?

  /// No connection, or one of which these things are known.
  public init(
    _ connection: ConnectionID? = nil, creator: TenantID? = nil, signIn: TenantID? = nil
  ) {
    self.connection = connection
    self.creator = creator
    self.signIn = signIn
  }
}

/// What a run meets, shared by all runs that meet the same.
public struct RunVerdict: Hashable, Sendable {
  /// ``RecordKind/flowRun``, or ``RecordKind/flowTriggerFailed`` where a blocked trigger is no run.
  public var kind: RecordKind
  /// Each connection's grounds in declared order, each once.
  public var grounds: Grounds
  /// Which connection's they are, where there are several.
  public var ways: [GroundWay] = []
  /// The first blocked connection's error; nil where the run succeeds.
  public var failure: Failure?
  /// What it is about.
  public var subject = Subject()
  /// The step that fails, from 0; the later ones are skipped.
  public var failedStep: Int?
  /// What the flow does, its trigger's operation first where it has one on a connection.
  public var steps: [OperationID]

  /// How such a run ends.
  public var outcome: Outcome { failure == nil ? .succeeded : .failed }

  /// How long such a run takes, in milliseconds.
  ///
  /// A blocked run was observed once, in 2021, to take 51 ms. A second a step for one that succeeds
  /// is assumed.
  public var duration: Milliseconds {
    failure == nil ? 1000 * Milliseconds(max(1, steps.count)) : 51
  }

  /// What such runs meet.
  public init(
    kind: RecordKind = .flowRun, grounds: Grounds, failure: Failure?, failedStep: Int?,
    steps: [OperationID]
  ) {
    self.kind = kind
    self.grounds = grounds
    self.failure = failure
    self.failedStep = failedStep
    self.steps = steps
  }
}

/// What a record says of a run.
public struct RunMention: Hashable, Sendable {
  /// What it met, a row of ``Trace/verdicts``.
  public var verdict: Int
  /// What started it.
  public var trigger: RunTrigger

  /// A run in a record.
  public init(_ verdict: Int, _ trigger: RunTrigger) {
    self.verdict = verdict
    self.trigger = trigger
  }
}

/// One thing that happened.
public struct Record: Hashable, Sendable {
  /// When.
  public var time: Instant
  /// What.
  public var kind: RecordKind
  /// How it ended, where that is a question.
  public var outcome: Outcome?
  /// Whether an app, a flow or a report is new with this.
  public var isCreation = false
  /// Whether a flow does it in a recurring run, so that the run comes first.
  public var isInRecurringRun = false
  /// Whether a flow is suspended as somebody turns it on, and not as somebody saves it.
  public var isTurningOn = false
  /// Whether a flow is turned off because it has nothing more to do.
  public var isWorkDone = false
  /// Who did it; nil for what the platform does.
  @Optionally public var actor: UserID?
  /// Whose policy, or in which tenant.
  @Optionally public var tenant: TenantID?
  /// The tenant a connection signs in to.
  @Optionally public var signInTenant: TenantID?
  /// The connection it is about; see ``Subject`` for apps, flows and runs.
  @Optionally public var connection: ConnectionID?
  /// The app it is about.
  @Optionally public var app: AppID?
  /// The flow it is about.
  @Optionally public var flow: FlowID?
  /// The state in which it leaves its flow, where it makes, saves, switches or deletes one.
  public var flowState: FlowState?
  /// The data policy it is about.
  @Optionally public var dataPolicy: DataPolicyID?
  /// The policy that was saved, came into force or was read, a row of ``Trace/policies``.
  public var policy: Int?
  /// The report it is about.
  public var report: ReportMention?
  /// What it says about sharing.
  public var share: ShareMention?
  /// What somebody tried to do who was refused.
  public var attempt: Attempt?
  /// The operation it is about.
  public var operation: OperationMention?
  /// The environment it is about.
  @Optionally public var environment: EnvironmentID?
  /// The package it is about.
  public var package: PackageMention?
  /// The packages that somebody reads, a row of ``Trace/packageLists``.
  @Optionally public var packageList: PackageListID?
  /// The mail that it sends, a row of ``Trace/mails``.
  @Optionally public var mail: MailID?
  /// The audit record, the alert or the answered call it is about: a row of the trail's table.
  @Optionally public var auditRow: AuditRowID?
  /// The alert policy it is about.
  @Optionally public var alertPolicy: AlertPolicyID?
  /// What a flow asks, or what somebody's answer is to, a row of ``Trace/approvals``; with a share
  /// that is taken away, the question that led to it.
  @Optionally public var approval: ApprovalID?
  /// Why it ended so.
  public var grounds: Grounds = []
  /// Which connection's grounds they are, where several are judged.
  public var ways: [GroundWay] = []
  /// What the person sees.
  public var failure: Failure?
  /// The run it is.
  public var run: RunMention?
  /// The scenario's line behind it; 0 where there is none.
  public var line: Int
  /// The row of the scenario's timeline that it is a step of; nil for what the platform does. A line
  /// of a JSON image can hold many of them.
  public var statement: Int?

  /// Something that happened.
  public init(
    _ kind: RecordKind, at time: Instant, line: Int, actor: UserID? = nil, outcome: Outcome? = nil
  ) {
    self.kind = kind
    self.time = time
    self.line = line
    self.actor = actor
    self.outcome = outcome
  }
}
