import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// The claims that a scenario's met expectations make, by what they speak of.
struct Expected {
  private var ofStatement: [Int: Assertion] = [:]
  private var ofFlow: [FlowID: [Claim]] = [:]
  private var ofApp: [AppID: [Claim]] = [:]
  private var ofTenant: [TenantID: [Claim]] = [:]
  private var ofOperation: [AdminOperationID: [Claim]] = [:]
  /// What is said of reports, in file order.
  private(set) var ofReports: [Claim] = []
  /// What is said of shares, in file order.
  private(set) var ofSharing: [Claim] = []
  /// What is said of flows' questions about shares, in file order.
  private(set) var ofApprovals: [Claim] = []
  /// What is said of packages and mails, in file order.
  private(set) var ofPackages: [Claim] = []
  /// What is said of the audit log and what comes of it, in file order.
  private(set) var ofAudit: [AuditClaim] = []

  /// Gathers the expectations whose verdicts are met. What only has to be possible asserts nothing,
  /// and neither do variants, whose verdicts stand behind the others.
  init(_ scenario: Scenario, _ verdicts: [Verdict]) {
    for (expectation, verdict) in zip(scenario.expectations, verdicts)
    where verdict.isMet && !expectation.isPossibility {
      add(expectation.claim)
    }
  }

  private mutating func add(_ claim: Claim) {
    switch claim {
    case .outcome(let row, _, let because):
      var assertion = Assertion(outcome: true)
      for ground in because { assertion.grounds.append(ground) }
      ofStatement[row, default: Assertion()].add(assertion)
    case .error(let row, let text):
      ofStatement[row, default: Assertion()].add(Assertion(texts: [text]))
    case .runs(let flow, _, _, _), .run(let flow, _, _), .history(let flow, _, _, _),
      .flow(let flow, _, _), .flowPage(let flow, _, _):
      ofFlow[flow, default: []].append(claim)
    case .app(let app, _, _, _): ofApp[app, default: []].append(claim)
    case .isolationAssessed(let tenant, _, _), .isolation(let tenant, _, _),
      .rule(let tenant, _, _, _):
      ofTenant[tenant, default: []].append(claim)
    case .connection: break
    case .returned(let row, _):
      ofStatement[row, default: Assertion()].add(Assertion(outcome: true))
    case .report, .reportLists: ofReports.append(claim)
    case .shared, .visible, .widelyShared: ofSharing.append(claim)
    case .operation(let name, _, _): ofOperation[name, default: []].append(claim)
    case .package, .mail: ofPackages.append(claim)
    case .errorCode(let row, let code):
      ofStatement[row, default: Assertion()].add(Assertion(outcome: true, texts: [code]))
    case .audit(let claim): ofAudit.append(claim)
    case .removal: ofApprovals.append(claim)
    }
  }

  /// What is said of a statement.
  func statement(_ row: Int) -> Assertion { ofStatement[row] ?? Assertion() }

  /// What is said of a flow's runs, its state and its page.
  func claims(on flow: FlowID) -> [Claim] { ofFlow[flow] ?? [] }

  /// What is said of an operation.
  func claims(on operation: AdminOperationID) -> [Claim] { ofOperation[operation] ?? [] }

  /// What is said of a tenant's policy, saved or in force.
  func claims(on tenant: TenantID) -> [Claim] { ofTenant[tenant] ?? [] }

  /// Whether it is said that an app has a connection, or has it not, at an instant or later.
  func says(_ app: AppID, uses: Bool, _ connection: ConnectionID, since time: Instant) -> Bool {
    (ofApp[app] ?? []).contains {
      guard case .app(_, uses, connection, let instant) = $0 else { return false }
      return instant >= time
    }
  }

  /// Whether it is said within an interval that apps and flows are judged as isolated, or not.
  func says(_ tenant: TenantID, isAssessedAsOn isOn: Bool, in interval: Range<Instant>) -> Bool {
    (ofTenant[tenant] ?? []).contains {
      guard case .isolationAssessed(_, isOn, let instant) = $0 else { return false }
      return interval.contains(instant)
    }
  }
}
