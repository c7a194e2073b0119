import TenantIsolation

/// Says what a record records: who did what to what.
public struct Sentences {
  private let trace: Trace
  private let short: (String) -> String
  private lazy var previousPolicies = trace.previousPolicies
  /// A data policy is saved once when it is created and once more when it is deleted.
  private var isDataPolicyPresent: [Bool]

  /// Sentences about a trace's records.
  ///
  /// - Parameter short: a name as there is room for it.
  public init(_ trace: Trace, short: @escaping (String) -> String = { $0 }) {
    self.trace = trace
    self.short = short
    isDataPolicyPresent = Array(repeating: false, count: trace.cast.dataPolicies.count)
  }

  /// What a record records: `maya creates flow invoice-sync`. Of the records about a data policy each
  /// has to be told, in order: its making and its end look alike.
  public mutating func sentence(_ record: Record) -> String {
    let names = Names(record, trace, short)
    switch record.kind {
    case .policySaved: return policyChange(record, names)
    case .policyInForce: return policyInForce(record)
    case .connectionCreated, .connectionBlocked:
      return "\(names.actor) creates connection \(names.connection)"
    case .connectionDeleted: return "\(names.actor) deletes connection \(names.connection)"
    case .connectionDisabled:
      return "a data policy blocks the connector of connection \(names.connection)"
    case .connectionEnabled: return "connection \(names.connection) can be used again"
    case .appCreated: return "\(names.actor) creates app \(names.app)"
    case .appConnectionAdded:
      return "\(names.actor) adds \(names.connection) to app \(names.app)"
    case .appConnectionRefused:
      return "app \(names.app) does not take connection \(names.connection)"
    case .appOpened: return "\(names.actor) opens app \(names.app)"
    case .appDeleted: return "\(names.actor) deletes app \(names.app)"
    case .flowDeleted: return "\(names.actor) deletes flow \(names.flow)"
    case .flowSaved, .flowSuspended, .flowOn, .flowOff: return flowState(record, names)
    case .flowRun: return "flow \(names.flow) runs"
    case .flowTriggerFailed: return "the trigger of flow \(names.flow) fires"
    case .flowNotStarted: return "a start of flow \(names.flow), which is not on"
    case .dataPolicySaved: return dataPolicyChange(record, names)
    case .dataPolicyInForce:
      return "the change of data policy \(names.dataPolicy) for \(names.tenant)"
    case .operationRefused:
      return "\(names.actor) tries to \(record.attempt.map(names.words) ?? "do something")"
    case .reportRequested:
      return "\(names.actor) asks for \(names.tenant)'s cross-tenant report, \(names.report)"
    case .packagesListed: return "\(names.actor) lists the packages of \(names.environment)"
    case .packageChanged:
      return record.package.map { "package \(names.place($0.place))" } ?? "a package"
    case .mailSent: return "flow \(names.flow) mails \(recipients(record))"
    case .reportChanged: return "cross-tenant report \(names.report) of \(names.tenant)"
    case .shareChanged where record.approval != nil:
      return "flow \(names.guardian), as \(names.actor), \(names.sharing)"
    case .shareChanged, .groupChanged, .flowCopied: return "\(names.actor) \(names.sharing)"
    case .policyRead: return "\(names.actor) reads the isolation policy of \(names.tenant)"
    case .operationChanged: return operation(record, names)
    case .appRegistered: return "\(names.actor) registers app \(names.app)"
    case .approvalRequested, .approvalAnswered: return approval(record, names)
    case .auditingOn, .auditingOff, .auditRecorded, .auditAvailable, .alertPolicySaved,
      .alertRaised, .subscriptionChanged, .subscriptionsListed, .contentListed, .contentFetched:
      let isByFlow = record.actor == nil && record.flow != nil
      return trace.auditSentence(
        record, actor: isByFlow ? "flow \(names.flow)" : names.actor, tenant: names.tenant)
    }
  }

  private func flowState(_ record: Record, _ names: Names) -> String {
    switch (record.kind, record.actor) {
    case (.flowSuspended, nil): "a data policy forbids flow \(names.flow)"
    case (.flowOn, nil): "flow \(names.flow) complies again and is turned back on"
    case (.flowOff, nil) where record.isWorkDone: "flow \(names.flow) is done and turns itself off"
    case (.flowOff, nil): "flow \(names.flow) has done nothing but fail and is turned off"
    case (.flowOn, _): "\(names.actor) turns on flow \(names.flow)"
    case (.flowSuspended, _) where record.isTurningOn:
      "\(names.actor) turns on flow \(names.flow)"
    case (.flowOff, _): "\(names.actor) turns off flow \(names.flow)"
    case _ where record.isCreation: "\(names.actor) creates flow \(names.flow)"
    default: "\(names.actor) saves flow \(names.flow)"
    }
  }

  private mutating func policyChange(_ record: Record, _ names: Names) -> String {
    guard let row = record.policy else { return "\(names.actor) saves the policy" }
    let previous = previousPolicies[row].map { trace.policies[$0] }
    let change = trace.change(in: trace.policies[row], since: previous)
    return trace.policies[row].replacement == nil
      ? "\(names.actor) \(change) for \(names.tenant)"
      : "\(names.actor) replaces the whole policy of \(names.tenant): \(change)"
  }

  /// Who asks for what, or whose operation gets further.
  private func operation(_ record: Record, _ names: Names) -> String {
    let name = names.operation.isEmpty ? "" : ", \(names.operation)"
    let work = work(record, names)
    guard record.actor != nil else { return "operation\(name): \(work)" }
    guard record.operation?.status != .canceled else {
      return "\(names.actor) cancels \(work)\(name)"
    }
    return "\(names.actor) asks for \(work)\(name)"
  }

  private func policyInForce(_ record: Record) -> String {
    guard let row = record.policy, let tenant = record.tenant else { return "a policy is in force" }
    let version = trace.policies[row]
    let saved = version.savedAt.map { " of \(trace.timeText($0))" } ?? ""
    return "\(trace.cast.displayName(tenant))'s policy\(saved): \(trace.cast.words(version.policy))"
  }

  /// What an operation is to bring about.
  private func work(_ record: Record, _ names: Names) -> String {
    switch record.operation.map({ trace.adminOperations[$0.operation.row].task }) {
    case nil, .policyReplacement: "the replacement of the isolation policy of \(names.tenant)"
    case .packageInstallation(let place): "the installation of \(names.place(place))"
    }
  }

  /// Who is asked whether a share may stay, or what somebody says to that.
  private func approval(_ record: Record, _ names: Names) -> String {
    guard let approval = record.approval.map({ trace.approvals[$0.row] }) else { return "" }
    let share = "\(names.short(trace.cast.name(of: approval.recipient))) from app \(names.app)"
    guard record.kind == .approvalAnswered else {
      return "flow \(names.flow) asks \(list(approval.approvers)) about removing \(share)"
    }
    let verb = approval.answer?.isApproved == true ? "approves" : "rejects"
    return "\(names.actor) \(verb) removing \(share)"
  }

  private func recipients(_ record: Record) -> String {
    list(record.mail.map { trace.mails[$0.row].recipients } ?? [])
  }

  private func list(_ people: [UserID]) -> String {
    people.map { short(printable(trace.cast.users[$0.row].name)) }.joined(separator: ", ")
  }

  private mutating func dataPolicyChange(_ record: Record, _ names: Names) -> String {
    guard let policy = record.dataPolicy else { return "\(names.actor) changes data policies" }
    isDataPolicyPresent[policy.row].toggle()
    let verb = isDataPolicyPresent[policy.row] ? "creates" : "deletes"
    return "\(names.actor) \(verb) data policy \(names.dataPolicy) for \(names.tenant)"
  }
}

/// The names in a record, as the scenario writes them; long ones lose their middle.
struct Names {
  let record: Record
  let trace: Trace
  private let shortened: (String) -> String

  init(_ record: Record, _ trace: Trace, _ short: @escaping (String) -> String) {
    self.record = record
    self.trace = trace
    shortened = short
  }

  var cast: Cast { trace.cast }

  func short(_ name: String?) -> String { shortened(printable(name ?? "")) }

  var actor: String { record.actor.map { short(cast.users[$0.row].name) } ?? "the platform" }
  var tenant: String { record.tenant.map { short(cast.tenants[$0.row].name) } ?? "a tenant" }
  var app: String { short(record.app.map { cast.apps[$0.row].name }) }
  var flow: String { short(record.flow.map { cast.flows[$0.row].name }) }
  var connection: String { short(record.connection.map { cast.connections[$0.row].name }) }
  var dataPolicy: String { short(record.dataPolicy.map { cast.dataPolicies[$0.row].name }) }
  var alertPolicy: String { short(record.alertPolicy.map { cast.alertPolicies[$0.row].name }) }
  var environment: String { short(record.environment.map { cast.environments[$0.row].name }) }

  /// `Office365Groups in production`.
  func place(_ place: PackagePlace) -> String {
    let package = short(cast.packages[place.package.row].name)
    return "\(package) in \(short(cast.environments[place.environment.row].name))"
  }

  var report: String { short(record.report.map { cast.reports[$0.name.row].name }) }

  /// The flow whose question led to it.
  var guardian: String {
    short(record.approval.map { cast.flows[trace.approvals[$0.row].flow.row].name })
  }

  /// What somebody shares, or no longer does.
  var sharing: String {
    record.share.map { cast.words($0, thing, by: record.actor) { short($0) } } ?? ""
  }

  var operation: String {
    let row = record.operation.map { trace.adminOperations[$0.operation.row] }
    return short(row?.name.map { cast.adminOperations[$0.row].name })
  }

  /// What a record is about, of what people make.
  var thing: String {
    if record.app != nil { return "app \(app)" }
    if record.flow != nil { return "flow \(flow)" }
    if record.dataPolicy != nil {
      return "data policy \(dataPolicy)\(record.tenant == nil ? "" : " for \(tenant)")"
    }
    if record.alertPolicy != nil { return "alert policy \(alertPolicy)" }
    return "connection \(connection)"
  }
}

extension Record {
  /// How it ended, in a word or two; nothing where that is no question.
  public var verdict: String {
    switch kind {
    case .policyInForce, .dataPolicyInForce: "in force"
    case .connectionDisabled: "disabled"
    case .flowNotStarted: "lost"
    case .policyRead: "read"
    case .operationChanged: operation.map { "\($0.status.name)" } ?? ""
    case .reportRequested where !isCreation: "returned"
    case .packageChanged: package.map { "\($0.state.name)" } ?? ""
    case .packagesListed: ""
    case .mailSent: "sent"
    case .approvalRequested: "pending"
    case .auditRecorded, .auditAvailable, .alertRaised: kind.verdict
    case .reportRequested, .reportChanged: report.map { "\($0.status.name)" } ?? ""
    default: outcome.map { $0.words + ($0.isGood ? grounds.enforcement : "") } ?? ""
    }
  }
}

extension Grounds {
  /// `, not enforced` where something crosses from tenant to tenant and isolation does not look.
  ///
  /// A word for people: the outcome is still the one that the trace names.
  public var enforcement: String {
    var isOutOfReach = false
    for ground in self {
      switch ground {
      case .notEntraID, .ownTokenService: isOutOfReach = true
      case .sameTenant, .guestInHostTenant: break
      default: return ""
      }
    }
    return isOutOfReach ? ", not enforced" : ""
  }
}
