import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// One thing that a scenario shows.
enum Observation: Sendable {
  /// What the gateway says to one connection.
  case connection(ConnectionSight)
  /// What becomes of an administrator's statement.
  case policyChange(PolicyChangeSight)
  /// What people see of a flow besides its runs.
  case flow(FlowSight)
  /// A policy that is saved and not yet in force.
  case pending(PendingSight)
  /// What comes of asking for a cross-tenant connection report.
  case report(ReportSight)
  /// What comes of asking for application packages, and of flows that look after them.
  case package(PackageSight)
  /// What comes of sharing an app or a flow.
  case share(ShareSight)
  /// What the audit log records, and what comes of it.
  case audit(AuditSight)
  /// What comes of flows that read the Activity API.
  case feedFlow(FeedFlowSight)
  /// One step of an operation.
  case operation(OperationSight)

  /// What met expectations say of it.
  var assertion: Assertion {
    switch self {
    case .connection(let sight): sight.assertion
    case .policyChange(let sight): sight.assertion
    case .flow(let sight): sight.assertion
    case .pending(let sight): sight.assertion
    case .report(let sight): sight.assertion
    case .package(let sight): sight.assertion
    case .share(let sight): sight.assertion
    case .audit(let sight): sight.assertion
    case .feedFlow(let sight): sight.assertion
    case .operation(let sight): sight.assertion
    }
  }
}

/// When a connection is judged.
enum Moment: Sendable {
  case creation
  case appCreation, appEdit
  case flowCreation, flowEdit
  case run, appOpening

  /// Whether active apps and flows are judged, and not their makers.
  var isAtRunTime: Bool { self == .run || self == .appOpening }
  var isAppDesign: Bool { self == .appCreation || self == .appEdit }
  var isFlowDesign: Bool { self == .flowCreation || self == .flowEdit }
}

/// What the gateway says to one connection: when it is made, put into an app or a flow, or used.
struct ConnectionSight: Sendable {
  let scene: Scene
  let moment: Moment
  let time: Instant
  let definition: ConnectionDefinition
  /// Its own grounds, where it is one of several.
  let grounds: Grounds
  /// The outcome of the whole: of the statement, or the run.
  let outcome: Outcome
  /// What the person sees, where this connection is the cause.
  let failure: Failure?
  var app: AppID?
  var flow: FlowID?
  /// What a run does, its trigger's operation first.
  var steps: [OperationID] = []
  /// What started a run, where the schedule did not.
  var isBySignal = false
  var assertion = Assertion()

  var isAllowed: Bool { !grounds.isBlocking }
  var crosses: Bool { definition.creator != definition.signIn }
  var connector: Connector { scene.cast.connectors[definition.connector.row] }
  var owner: User { scene.cast.users[definition.owner.row] }

  func has(_ grounds: Ground...) -> Bool { grounds.contains { self.grounds.contains($0) } }

  /// Whether isolation blocks it.
  var isBlockedByIsolation: Bool { has(.outboundBlocked, .inboundBlocked) }
  /// Whether a rule for the other tenant lets it pass.
  var isAllowedByRule: Bool { isAllowed && has(.outboundRule, .inboundRule) }

  /// The policy of the tenant it lives in.
  var creatorPolicy: IsolationPolicy { policy(of: definition.creator) }
  /// The policy of the tenant it signs in to.
  var signInPolicy: IsolationPolicy { policy(of: definition.signIn) }
  /// Whether either of its tenants isolates itself.
  var meetsIsolation: Bool { creatorPolicy.isOn || signInPolicy.isOn }

  /// A tenant's policy as it counts here: makers meet the saved one.
  func policy(of tenant: TenantID) -> IsolationPolicy {
    scene.version(of: tenant, moment.isAtRunTime ? .inForce : scene.designView, at: time).policy
  }

  /// Whether the other of a tenant's two policies would say something else.
  func differs(under view: PolicyView) -> Bool {
    let other = scene.decide(definition, view, at: time)
    return isBlockedByIsolation == other.isAllowed
  }
}

extension ConnectionSight {
  /// The rule that lets it pass, and whose it is.
  var rule: (tenant: TenantID, subject: TenantID, directions: Directions)? {
    let (creator, signIn) = (definition.creator, definition.signIn)
    if grounds.contains(.outboundRule) {
      return (creator, signIn, creatorPolicy.directions(for: .tenant(signIn)))
    }
    guard grounds.contains(.inboundRule) else { return nil }
    return (signIn, creator, signInPolicy.directions(for: .tenant(creator)))
  }

  /// The policy whose rule lets it pass.
  var rulingPolicy: IsolationPolicy? { rule.map { policy(of: $0.tenant) } }

  /// The statement that made the rule what it is, where the timeline has it.
  var ruleStatement: Statement? {
    rule.flatMap { scene.lastChange(of: .tenant($0.subject), in: $0.tenant, before: time) }
  }

  /// The policies that block it.
  var blockingPolicies: [(policy: IsolationPolicy, other: TenantID, direction: Direction)] {
    var blocking: [(IsolationPolicy, TenantID, Direction)] = []
    if has(.outboundBlocked) { blocking.append((creatorPolicy, definition.signIn, .outbound)) }
    if has(.inboundBlocked) { blocking.append((signInPolicy, definition.creator, .inbound)) }
    return blocking
  }
}

/// What becomes of an administrator's statement about a tenant's isolation.
struct PolicyChangeSight: Sendable {
  let scene: Scene
  /// The statement's row in the timeline.
  let row: Int
  let tenant: TenantID
  let result: StatementResult
  var assertion = Assertion()

  var statement: Statement { scene.scenario.timeline[row] }
  var isSaved: Bool { result.outcome == .saved }
  var isRefused: Bool { result.outcome == .refused }
  var edition: Settings.Edition { scene.scenario.settings.edition }
  var actor: User? { statement.actor.map { scene.cast.users[$0.row] } }
  /// The tenant's policy as the statement found it.
  var before: IsolationPolicy { scene.policy(of: tenant, before: row) }

  func isRefused(for cause: Cause) -> Bool { isRefused && result.failure?.cause == cause }

  func isRefused(atLimit limit: Int) -> Bool {
    isRefused(for: .ruleLimit) && before.rules.count == limit
  }
}

/// What people see of a flow besides its runs.
struct FlowSight: Sendable {
  enum Kind: Sendable {
    /// It was suspended for a connection that isolation blocks, and does not run.
    case idle
    /// It is on while its runs fail.
    case failing
    /// Its run history leaves out runs that are older than it goes back.
    case forgetting
  }

  let kind: Kind
  var assertion = Assertion()
}

/// A policy between the moments when it is saved and when it is in force.
struct PendingSight: Sendable {
  /// How long that takes.
  let delay: Milliseconds
  /// Whether it switches isolation.
  let isSwitch: Bool
  var assertion = Assertion()
}
