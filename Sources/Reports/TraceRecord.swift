import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// One record's line of the trace, from its kind on.
extension ByteBuffer {
  /// Appends everything that follows a record's time, the line's end included.
  ///
  /// - Parameter detail: appends what else there is to say of a run.
  mutating func appendRest(
    of record: Record, in trace: Trace, detail: (inout ByteBuffer) -> Void = { _ in }
  ) {
    append(key: "kind", word: record.kind.name)
    appendNames(of: record, in: trace.cast)
    appendAttempt(of: record, in: trace)
    appendDecision(of: record, in: trace)
    appendPolicy(of: record, in: trace)
    appendReport(of: record, in: trace)
    appendShare(of: record, in: trace.cast)
    appendOperation(of: record, in: trace)
    appendPackage(of: record, in: trace)
    appendMail(of: record, in: trace)
    appendAudit(of: record, in: trace)
    appendApproval(of: record, in: trace)
    appendRun(of: record, in: trace)
    detail(&self)
    if record.line > 0 { append(key: "line", decimal: record.line) }
    append("}\n")
  }

  private mutating func appendNames(of record: Record, in cast: Cast) {
    if let actor = record.actor { append(key: "actor", cast.users[actor.row].name) }
    if let tenant = record.tenant { append(key: "tenant", cast.tenants[tenant.row].name) }
    if let tenant = record.signInTenant {
      append(key: "signInTenant", cast.tenants[tenant.row].name)
    }
    if let connection = record.connection {
      append(key: "connection", cast.connections[connection.row].name)
    }
    if let app = record.app { append(key: "app", cast.apps[app.row].name) }
    if let flow = record.flow { append(key: "flow", cast.flows[flow.row].name) }
    if record.isCreation { append(key: "isNew", true) }
    if let policy = record.dataPolicy {
      append(key: "dataPolicy", cast.dataPolicies[policy.row].name)
    }
  }

  private mutating func appendDecision(of record: Record, in trace: Trace) {
    if let outcome = record.outcome { append(key: "outcome", word: outcome.name) }
    if record.kind.isDecision || !record.grounds.isEmpty { append(grounds: record.grounds) }
    if let failure = record.failure {
      append(key: "error")
      append(trace.text(of: failure))
    }
  }

  /// Appends `,"grounds":["outbound-blocked"]`.
  public mutating func append(grounds: Grounds) {
    append(key: "grounds")
    appendList(grounds) { buffer, ground in
      buffer.append("\"")
      buffer.append(ground.name)
      buffer.append("\"")
    }
  }

  /// Appends an error as an object.
  public mutating func append(_ error: ErrorText) {
    append("{\"code\":")
    append(json: error.code)
    append(key: "message", error.message)
    append(key: "httpStatus", decimal: error.httpStatus)
    append(key: "basis", error.basis.rawValue)
    append(key: "codeBasis", error.codeBasis.rawValue)
    append("}")
  }

  private mutating func appendRun(of record: Record, in trace: Trace) {
    guard let run = record.run else { return }
    let verdict = trace.verdicts[run.verdict]
    append(key: "trigger", word: run.trigger.name)
    append(key: "durationMs", decimal: verdict.duration)
    guard let failed = verdict.failedStep, verdict.steps.indices.contains(failed) else { return }
    let operations = trace.cast.operations
    append(key: "failedAction", operations[verdict.steps[failed].row])
    append(key: "skippedActions", verdict.steps[(failed + 1)...].lazy.map { operations[$0.row] })
  }
}

// MARK: - Policies

extension ByteBuffer {
  /// The policy's keys are those of the tenant isolation policy in the public REST interface.
  private mutating func appendPolicy(of record: Record, in trace: Trace) {
    guard let row = record.policy, record.kind.tellsPolicy else { return }
    let version = trace.policies[row]
    append(key: "policy")
    if version.isConfigured || record.kind != .policyRead {
      append("{")
      appendMembers(of: version.policy, in: trace.cast)
      append("}")
    } else {
      append("null")
    }
    guard record.kind == .policySaved else { return }
    if let replacement = version.replacement { append(replacement, trace.cast) }
    append(key: "inForceAt", time: version.inForceAt, in: trace)
  }

  private mutating func append(_ replacement: PolicyReplaced, _ cast: Cast) {
    append(key: "isReplacement", true)
    if replacement.losesUpdate {
      append(key: "lostRules", rules: replacement.lost.gone, cast)
      append(key: "revivedRules", rules: replacement.lost.back, cast)
      append(key: "losesSwitch", replacement.lost.isSwitched)
    }
    if !replacement.ownUndone.isEmpty {
      append(key: "ownLostRules", rules: replacement.ownUndone.gone, cast)
      append(key: "ownRevivedRules", rules: replacement.ownUndone.back, cast)
      append(key: "losesOwnSwitch", replacement.ownUndone.isSwitched)
    }
  }

  /// Appends `"isDisabled":false,"allowedTenants":[…]`.
  public mutating func appendMembers(of policy: IsolationPolicy, in cast: Cast) {
    append("\"isDisabled\":")
    append(policy.isOn ? "false" : "true" as StaticString)
    append(key: "allowedTenants", rules: policy.rules, cast)
  }

  private mutating func append(key: StaticString, rules: [Rule], _ cast: Cast) {
    append(key: key)
    appendList(rules) { $0.append(rule: $1, cast) }
  }

  mutating func append(rule: Rule, _ cast: Cast) {
    append("{\"tenantId\":")
    append(json: cast.identifier(of: rule.subject))
    append(",\"direction\":{\"inbound\":")
    append(rule.directions.contains(.inbound) ? "true" : "false" as StaticString)
    append(key: "outbound", rule.directions.contains(Directions.outbound))
    append("}}")
  }

  /// Appends `,"key":"2025-03-03T08:01:00.000Z"`.
  mutating func append(key: StaticString, time: Instant, in trace: Trace) {
    append(key: key)
    append("\"")
    append(iso: trace.start + time.milliseconds)
    append("\"")
  }
}

extension Cast {
  /// What stands as a rule's `tenantId`.
  func identifier(of subject: RuleSubject) -> String {
    switch subject {
    case .every: "*"
    case .tenant(let tenant): tenants[tenant.row].identifier
    }
  }
}

extension RecordKind {
  /// Whether records of this kind show a policy.
  fileprivate var tellsPolicy: Bool {
    self == .policySaved || self == .policyInForce || self == .policyRead
  }

  /// Whether records of this kind answer the question "may it?", so that grounds belong to them.
  var isDecision: Bool {
    switch self {
    case .connectionCreated, .connectionBlocked, .appCreated, .appConnectionAdded,
      .appConnectionRefused, .appOpened, .flowSaved, .flowSuspended, .flowOn, .flowRun,
      .flowTriggerFailed:
      true
    default: false
    }
  }
}
