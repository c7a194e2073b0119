import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Puts identifiers, instants and grounds into the scenario's own words.
struct Phrases {
  private var trace: Trace

  /// - Parameter titled: whether things are called as people see them instead of as the scenario
  ///   does.
  init(_ trace: Trace, titled: Bool = false) {
    self.trace = trace
    if titled { self.trace.cast = trace.cast.titled }
  }

  func name(_ flow: FlowID) -> String { trace.cast.flows[flow.row].name }
  func name(_ app: AppID) -> String { trace.cast.apps[app.row].name }
  func name(_ connection: ConnectionID) -> String { trace.cast.connections[connection.row].name }
  func name(_ tenant: TenantID) -> String { trace.cast.tenants[tenant.row].name }
  func name(_ policy: DataPolicyID) -> String { trace.cast.dataPolicies[policy.row].name }
  func name(_ report: ReportID) -> String { trace.cast.reports[report.row].name }
  func name(_ operation: AdminOperationID) -> String {
    trace.cast.adminOperations[operation.row].name
  }
  func name(_ package: PackageID) -> String { trace.cast.packages[package.row].name }
  func name(_ environment: EnvironmentID) -> String {
    trace.cast.environments[environment.row].name
  }
  func name(_ policy: AlertPolicyID) -> String { trace.cast.alertPolicies[policy.row].name }
  func name(_ page: ContentPageID) -> String { trace.cast.contentPages[page.row].name }
  func name(_ id: RegistrationID) -> String { trace.cast.registrations[id.row].name }
  func name(_ user: UserID) -> String { trace.cast.users[user.row].name }
  func name(_ recipient: Recipient) -> String { trace.cast.name(of: recipient) }
  func record(_ row: Int) -> AuditRecord { trace.audit.records[row] }
  func displayName(_ connector: ConnectorID) -> String {
    trace.cast.connectors[connector.row].displayName
  }

  /// A message that has line breaks, in one line.
  func oneLine(_ message: String) -> String {
    message.split(separator: "\n").joined(separator: "; ")
  }

  func time(_ instant: Instant) -> String { trace.timeText(instant) }

  func because(_ grounds: [Ground]) -> String {
    grounds.isEmpty ? "" : " because " + grounds.map { "\($0.name)" }.joined(separator: ", ")
  }

  func described(_ description: RunDescription) -> String {
    var text = description.outcome.map { " " + $0.words } ?? ""
    text += because(description.because)
    if let error = description.error { text += " with the error \"\(error)\"" }
    return text
  }

  /// What happened: what a flow did by itself in words, all else by the record's kind.
  func happening(_ record: Record) -> String {
    switch (record.kind, record.flow) {
    case (.flowOff, let flow?) where record.isWorkDone:
      "flow \(name(flow)) was done and turned itself off"
    case (.flowOff, let flow?) where record.actor == nil:
      "flow \(name(flow)) had done nothing but fail and was turned off"
    case (.mailSent, let flow?): "flow \(name(flow)) mailed"
    default: "\(record.kind.name)"
    }
  }

  /// Runs in a line: `3 succeeded (09:00 to 09:30), 2 failed because outbound-blocked (09:45 …)`.
  func summary(_ groups: [RunGroup], of trace: Trace) -> String {
    guard !groups.isEmpty else { return "no runs" }
    return groups.map { group in
      let verdict = trace.verdicts[group.verdict]
      let when =
        group.count == 1
        ? "at \(time(group.first))" : "from \(time(group.first)) to \(time(group.last))"
      return "\(group.count) \(verdict.outcome.words)\(because(Array(verdict.grounds))) \(when)"
    }
    .joined(separator: "; ")
  }

  /// A rule's subject as the scenario writes it.
  func subject(_ subject: RuleSubject) -> String {
    switch subject {
    case .every: "*"
    case .tenant(let tenant): name(tenant)
    }
  }

  /// A policy in a few words: `on, rules: fabrikam outbound`.
  func content(_ policy: IsolationPolicy) -> String {
    (policy.isOn ? "on" : "off")
      + (policy.rules.isEmpty ? ", no rules" : ", rules: \(rules(policy.rules))")
  }

  /// Rules in a line, of a long list the first ones: `fabrikam outbound, * inbound`.
  func rules(_ rules: [Rule]) -> String {
    let isLong = rules.count > 8
    return all(Array(rules.prefix(isLong ? 4 : 8))) + (isLong ? " and \(rules.count - 4) more" : "")
  }

  /// A policy with every rule, however many it has.
  func whole(_ policy: IsolationPolicy) -> String {
    (policy.isOn ? "on" : "off")
      + (policy.rules.isEmpty ? ", no rules" : ", rules: \(all(policy.rules))")
  }

  /// Every one of some rules.
  func all(_ rules: [Rule]) -> String { rules.map(words).joined(separator: ", ") }

  private func words(_ rule: Rule) -> String {
    "\(subject(rule.subject)) \(directions(rule.directions))"
  }

  /// When a version of a policy was saved: `09:00 (on, no rules)`.
  func origin(_ version: PolicyVersion) -> String {
    let content = version.isConfigured ? content(version.policy) : "never configured"
    return "\(version.savedAt.map(time) ?? "the start") (\(content))"
  }

  /// What a data policy forbids: `blocks HTTP; keeps SharePoint, Teams apart`.
  func content(_ policy: DataPolicy) -> String {
    var parts: [String] = []
    if !policy.blocked.isEmpty { parts.append("blocks \(list(policy.blocked))") }
    for action in policy.blockedActions {
      let operation = trace.cast.operations[action.operation.row]
      parts.append("blocks \(operation) of \(displayName(action.connector))")
    }
    if let business = policy.business { parts.append("keeps \(list(business)) apart") }
    return parts.isEmpty ? "forbids nothing" : parts.joined(separator: "; ")
  }

  private func list(_ connectors: [ConnectorID]) -> String {
    connectors.map(displayName).joined(separator: ", ")
  }

  /// Directions as the scenario writes them.
  func directions(_ directions: Directions) -> String {
    directions == .both ? "both" : directions == .inbound ? "inbound" : "outbound"
  }
}
