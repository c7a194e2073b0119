import SimulationTrace
import TenantIsolation

extension ByteBuffer {
  /// What somebody tried who was refused: `,"attempt":{"action":"share","recipient":"uma"}`.
  mutating func appendAttempt(of record: Record, in trace: Trace) {
    guard let attempt = record.attempt else { return }
    append(key: "attempt")
    append("{\"action\":\"")
    append(attempt.name)
    append("\"")
    appendDetails(of: attempt, trace.cast)
    if case .call = attempt, let row = record.auditRow?.row {
      append(trace.audit.calls[row], trace.cast)
    }
    append("}")
  }

  private mutating func append(_ call: FeedCall, _ cast: Cast) {
    appendUse(in: call, cast)
    if let page = call.source { append(key: "page", cast.contentPages[page.row].name) }
  }

  private mutating func append(_ recipient: Recipient, _ role: ShareRole?, _ cast: Cast) {
    append(key: "recipient", cast.name(of: recipient))
    append(key: "recipientType", word: recipient.kind)
    if let role { append(key: "role", word: role.name) }
  }

  private mutating func appendDetails(of attempt: Attempt, _ cast: Cast) {
    switch attempt {
    case .allow(let subject, let directions), .changeRule(let subject, let directions):
      append(key: "rule")
      append(rule: Rule(subject, directions), cast)
    case .retargetRule(let subject, let other):
      append(key: "tenantId", cast.identifier(of: subject))
      append(key: "newTenantId", cast.identifier(of: other))
    case .removeRule(let subject): append(key: "tenantId", cast.identifier(of: subject))
    case .replacePolicy(let operation):
      if let operation { append(key: "operation", cast.adminOperations[operation.row].name) }
    case .install(let operation), .cancel(let operation):
      append(key: "operation", cast.adminOperations[operation.row].name)
    case .add(let connection): append(key: "connection", cast.connections[connection.row].name)
    case .share(let share): append(share.recipient, share.role, cast)
    case .unshare(let recipient, let role): append(recipient, role, cast)
    case .move(let user): append(.user(user), nil, cast)
    case .send(let user, let copy):
      append(.user(user), nil, cast)
      append(key: "copy", cast.flows[copy.row].name)
    case .changeGroup(let group, let user, _):
      append(key: "group", cast.groups[group.row].name)
      append(.user(user), nil, cast)
    case .requestReport(let report): append(key: "report", cast.reports[report.row].name)
    case .answer(let recipient, _): append(recipient, nil, cast)
    case .turnIsolation, .readPolicy, .create, .delete, .open, .run, .save, .turnOn, .turnOff,
      .listPackages, .turnAuditing, .call, .register:
      break
    }
  }
}
