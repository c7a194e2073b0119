import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Something that happens and is no run, in words that do not depend on tables and lines.
struct Happening {
  var time: Instant
  var kind: RecordKind
  /// All that the trace says of it, identifiers apart, which are derived from rows, and what shows
  /// in time by itself: when a policy comes into force, a record can be found, or is kept no longer.
  var text: String
  /// Whom and what it is about: what happens differently to one thing is one difference.
  var subject: Subject
  /// Its row in the trace's events.
  var row: Int

  struct Subject: Hashable {
    var names: [String?]
    var isPolicyInForce: Bool
  }

  static func all(in trace: Trace) -> [Happening] {
    let telling = Telling(trace)
    return trace.events.enumerated().filter { $1.run == nil }.map { row, event in
      Happening(
        time: event.time, kind: event.kind, text: telling.text(event),
        subject: Subject(event, trace.cast), row: row)
    }
  }
}

extension Happening.Subject {
  init(_ record: Record, _ cast: Cast) {
    names = [
      record.flow.map { cast.flows[$0.row].name }, record.app.map { cast.apps[$0.row].name },
      record.connection.map { cast.connections[$0.row].name },
      record.dataPolicy.map { cast.dataPolicies[$0.row].name },
      record.tenant.map { cast.tenants[$0.row].name },
      record.actor.map { cast.users[$0.row].name },
    ]
    isPolicyInForce = record.kind == .policyInForce || record.kind == .dataPolicyInForce
  }
}

/// Says what records say.
private struct Telling {
  private let trace: Trace
  private let phrases: Phrases

  init(_ trace: Trace) {
    self.trace = trace
    phrases = Phrases(trace)
  }

  func text(_ record: Record) -> String {
    let details = [
      record.share.map(words), record.mail.map { words(trace.mails[$0.row]) },
      approval(of: record), audit(of: record), record.report.map { words($0, record.kind) },
      record.operation.map(words), package(of: record), replacement(of: record),
    ].compactMap(\.self)
    let error = record.failure.map { ": \(words($0))" } ?? ""
    return ([subject(of: record)] + details).joined(separator: "; ")
      + record.grounds.inBrackets + error
  }

  /// `policy.saved in contoso (isolation on, no rules) by ada saved`.
  private func subject(of record: Record) -> String {
    var words = ["\(record.kind.name)"]
    if let attempt = record.attempt { words.append("(\(self.words(attempt)))") }
    if let tenant = record.tenant { words.append("in \(phrases.name(tenant))") }
    if let policy = record.policy {
      words.append("(isolation \(phrases.whole(trace.policies[policy].policy)))")
    }
    if record.isCreation { words.append("new") }
    if let id = record.dataPolicy { words.append("data policy \(phrases.name(id))") }
    if let id = record.flow { words.append("flow \(phrases.name(id))") }
    if let id = record.app { words.append("app \(phrases.name(id))") }
    if let id = record.connection { words.append("connection \(phrases.name(id))") }
    if let id = record.signInTenant { words.append("to \(phrases.name(id))") }
    if let id = record.actor { words.append("by \(phrases.name(id))") }
    if let outcome = record.outcome { words.append("\(outcome.name)") }
    return words.joined(separator: " ")
  }

  private func words(_ failure: Failure) -> String {
    let text = trace.text(of: failure)
    let registration = failure.registration.map { " using \(phrases.name($0))" } ?? ""
    return "\(text.code)\(registration): \(phrases.oneLine(text.message))"
  }

  private func names(_ recipients: [Recipient]) -> String {
    recipients.map { phrases.name($0) }.joined(separator: ", ")
  }

  private func names(_ users: [UserID]) -> String { names(users.map { .user($0) }) }
}

// MARK: - Sharing, mails and questions

extension Telling {
  private func words(_ mention: ShareMention) -> String {
    "\(mention.change.name) \(phrases.name(mention.recipient))"
      + (mention.role.map { " as \($0.name)" } ?? "")
      + (mention.group.map { " of group \(trace.cast.groups[$0.row].name)" } ?? "")
      + (mention.original.map { " of flow \(phrases.name($0))" } ?? "")
      + (mention.isWide ? ", widely shared" : "")
  }

  private func words(_ mail: Mail) -> String {
    "to \(names(mail.recipients)): \(mail.subject): \(phrases.oneLine(mail.body))"
  }

  private func approval(of record: Record) -> String? {
    guard let approval = record.approval.map({ trace.approvals[$0.row] }) else { return nil }
    guard record.kind != .shareChanged else { return "by flow \(phrases.name(approval.flow))" }
    let answer = record.kind == .approvalAnswered ? approval.answer : nil
    return "remove \(phrases.name(approval.recipient))? asking \(names(approval.approvers))"
      + (answer.map { $0.isApproved ? ", approved" : ", rejected" } ?? "")
  }
}

// MARK: - What is tried in vain

extension Telling {
  private func words(_ attempt: Attempt) -> String {
    let name = "\(attempt.name)"
    func with(_ details: String?...) -> String {
      ([name] + details.compactMap(\.self)).joined(separator: " ")
    }
    return switch attempt {
    case .allow(let subject, let directions), .changeRule(let subject, let directions):
      with(phrases.all([Rule(subject, directions)]))
    case .retargetRule(let subject, let other):
      with(phrases.subject(subject), phrases.subject(other))
    case .removeRule(let subject): with(phrases.subject(subject))
    case .replacePolicy(let operation): with(operation.map { phrases.name($0) })
    case .install(let operation), .cancel(let operation): with(phrases.name(operation))
    case .add(let connection): with(phrases.name(connection))
    case .share(let share): with(phrases.name(share.recipient), "\(share.role.name)")
    case .unshare(let recipient, let role):
      with(phrases.name(recipient), role.map { "\($0.name)" })
    case .move(let user): with(phrases.name(user))
    case .send(let user, let copy): with(phrases.name(user), phrases.name(copy))
    case .changeGroup(let group, let user, _):
      with(trace.cast.groups[group.row].name, phrases.name(user))
    case .requestReport(let report): with(phrases.name(report))
    case .answer(let recipient, _): with(phrases.name(recipient))
    case .turnIsolation, .readPolicy, .create, .delete, .open, .run, .save, .turnOn, .turnOff,
      .listPackages, .turnAuditing, .call, .register:
      name
    }
  }
}

// MARK: - The audit log and its feed

extension Telling {
  private func audit(of record: Record) -> String? {
    let policy = record.alertPolicy.map { "alert policy \(phrases.name($0))" }
    guard let row = record.auditRow?.row else { return policy }
    switch record.kind {
    case .auditRecorded, .auditAvailable: return words(trace.audit.records[row])
    case .alertRaised:
      let alert = trace.audit.alerts[row]
      return "\(policy ?? "") to \(names(alert.recipients)): "
        + words(trace.audit.records[alert.record])
    case .operationRefused: return use(in: trace.audit.calls[row])
    default: return words(trace.audit.calls[row])
    }
  }

  private func words(_ record: AuditRecord) -> String {
    "\(record.wireName) by \(phrases.name(record.actor)) at \(phrases.time(record.createdAt))"
      + (record.share.map { " with \(phrases.name($0.recipient))" } ?? "")
      + (record.basis == .assumed ? " (assumed)" : "")
  }

  /// `using feed audit-general of noon`.
  private func use(in call: FeedCall) -> String {
    "using \(phrases.name(call.registration))"
      + (call.contentType.map { " \($0.name)" } ?? "")
      + (call.source.map { " of \(phrases.name($0))" } ?? "")
  }

  private func words(_ call: FeedCall) -> String {
    let page = call.page.map { " as \(phrases.name($0))" } ?? ""
    let window = call.window.map {
      " from \(phrases.time($0.lowerBound)) to \(phrases.time($0.upperBound))"
    }
    let publisher =
      switch call.publisher {
      case .none: ""
      case .tenant(let tenant): " publisher \(phrases.name(tenant))"
      case .application(let registration): " publisher \(phrases.name(registration))"
      }
    let what =
      switch call.kind {
      case .start: "enabled"
      case .stop: "disabled"
      case .listSubscriptions:
        "subscriptions " + call.subscriptions.map { "\($0.name)" }.joined(separator: ", ")
      case .listContent, .fetchContent:
        call.blobs.map(words).joined(separator: ", ") + (call.hasMore ? " and more" : "")
      }
    return "\(use(in: call))\(publisher)\(page)\(window ?? ""): "
      + (what.isEmpty ? "nothing" : what)
  }

  private func words(_ blob: Int) -> String {
    let content = trace.audit.blobs[blob]
    let records = content.records.map { words(trace.audit.records[$0]) }.joined(separator: " and ")
    return "of \(phrases.time(content.createdAt)) \(records)"
  }
}

// MARK: - Reports, operations, packages and whole policies

extension Telling {
  private func words(_ mention: ReportMention, _ kind: RecordKind) -> String {
    let report = trace.reports[mention.row]
    let tells = mention.status == .completed && kind == .reportChanged
    let lines = tells ? report.connections.map { words($0, report) } : []
    return "report \(phrases.name(mention.name)) from \(report.startDate.dateText) to "
      + "\(report.endDate.dateText) \(mention.status.name)"
      + (tells ? ": " + lines.joined(separator: ", ") : "")
  }

  private func words(_ line: CrossTenantConnection, _ report: CrossTenantReport) -> String {
    "\(phrases.name(line.tenant)) \(line.direction.connectionType)"
      + (report.namesConnections ? " \(phrases.name(line.connection))" : "")
  }

  private func words(_ mention: OperationMention) -> String {
    let name = trace.adminOperations[mention.operation.row].name
    return "operation\(name.map { " \(phrases.name($0))" } ?? "") \(mention.status.name)"
  }

  private func package(of record: Record) -> String? {
    var words: [String] = []
    if let environment = record.environment { words.append("in \(phrases.name(environment))") }
    if let list = record.packageList.map({ trace.packageLists[$0.row] }) {
      words += list.entries.map { "\($0.name) \($0.state.wireName)" }
    }
    if let mention = record.package {
      words.append("package \(phrases.name(mention.place.package)) \(mention.state.wireName)")
    }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  private func replacement(of record: Record) -> String? {
    guard record.kind == .policySaved, let row = record.policy,
      let replacement = trace.policies[row].replacement
    else { return nil }
    return "replaced" + words(replacement.lost, of: "others'")
      + words(replacement.ownUndone, of: "their own")
  }

  private func words(_ undone: UndoneChanges, of whose: String) -> String {
    var words: [String] = []
    if !undone.gone.isEmpty { words.append("removing \(phrases.all(undone.gone))") }
    if !undone.back.isEmpty { words.append("reviving \(phrases.all(undone.back))") }
    if undone.isSwitched { words.append("switching it back") }
    return words.isEmpty
      ? "" : " undoing \(whose) changes: \(words.joined(separator: ", "))"
  }
}
