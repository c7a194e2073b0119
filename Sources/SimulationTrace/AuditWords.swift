import DiscreteEvents
import TenantIsolation

/// How a verb stands: `starts`, or `start` behind another one.
private enum Verb {
  case present, plain

  func of(_ verb: String) -> String {
    guard self == .present else { return verb }
    return verb.hasSuffix("tch") ? verb + "es" : verb + "s"
  }
}

extension RecordKind {
  /// The verdict on what becomes of an audit record.
  var verdict: String {
    switch self {
    case .auditRecorded: "recorded"
    case .auditAvailable: "available"
    default: "sent"
    }
  }
}

extension Trace {
  /// Says what a record about the audit log records.
  func auditSentence(_ record: Record, actor: String, tenant: String) -> String {
    let policy = record.alertPolicy.map { printable(cast.alertPolicies[$0.row].name) } ?? ""
    switch record.kind {
    case .auditingOn: return "\(actor) turns auditing on for \(tenant)"
    case .auditingOff: return "\(actor) turns auditing off for \(tenant)"
    case .alertPolicySaved:
      return "\(actor) \(record.isCreation ? "creates" : "deletes") alert policy \(policy)"
    case .auditRecorded, .auditAvailable:
      return record.auditRow.map { words(audit.records[$0.row]) } ?? "an audit record"
    case .alertRaised: return alertSentence(record, policy)
    default:
      let call = record.auditRow.map { words(audit.calls[$0.row], .present) } ?? "calls"
      return "\(actor) \(call)\(code(of: record))"
    }
  }

  /// The call that somebody tried: `list Audit.General content using feed (AF20022, status 400)`.
  func callTried(_ record: Record) -> String {
    (record.auditRow.map { words(audit.calls[$0.row], .plain) } ?? "call") + code(of: record)
  }

  /// Code and status of an answer that is an error: ` (AF20022, status 400)`.
  private func code(of record: Record) -> String {
    guard let failure = record.failure, failure.feed != nil else { return "" }
    let text = text(of: failure)
    return " (\(text.code), status \(text.httpStatus))"
  }

  /// `"Edited app permission" of app expenses by maya`.
  public func words(_ record: AuditRecord) -> String {
    let thing =
      record.app.map { " of app \(printable(cast.apps[$0.row].name))" }
      ?? record.flow.map { " of flow \(printable(cast.flows[$0.row].name))" }
      ?? record.connection.map { " of connection \(printable(cast.connections[$0.row].name))" }
      ?? ""
    let actor = printable(cast.users[record.actor.row].name)
    let isAssumed = record.basis == .assumed && record.operation.basis != .assumed
    return "audit record \"\(record.operation.friendlyName)\"\(thing) by \(actor)"
      + (isAssumed ? " (assumed)" : "")
  }

  private func alertSentence(_ record: Record, _ policy: String) -> String {
    guard let alert = record.auditRow.map({ audit.alerts[$0.row] }) else { return "an alert" }
    let readers = alert.recipients.map { printable(cast.name(of: $0)) }.joined(separator: ", ")
    return "alert \(policy) to \(readers)"
  }

  /// `lists Audit.General content, noon using feed`, or `list …`.
  private func words(_ call: FeedCall, _ verb: Verb) -> String {
    let registration = printable(cast.registrations[call.registration.row].name)
    let type = call.contentType.map { "\($0.wireName)" }
    let content = type.map { "\($0) content" } ?? "content"
    let name = call.page.map { ", \(printable(cast.contentPages[$0.row].name))" } ?? ""
    let source = call.source.map { printable(cast.contentPages[$0.row].name) }
    let what =
      switch call.kind {
      case .start: "\(verb.of("start")) the subscription to \(type ?? "content")"
      case .stop: "\(verb.of("stop")) the subscription to \(type ?? "content")"
      case .listSubscriptions: "\(verb.of("list")) the subscriptions"
      case .listContent:
        "\(verb.of("list")) \(content)\(name)" + (source.map { " behind page \($0)" } ?? "")
      case .fetchContent:
        "\(verb.of("fetch")) "
          + (verb == .plain ? content : "\(counted(call.blobs.count, "piece")) of \(content)")
          + (source.map { " of page \($0)" } ?? "")
      }
    return "\(what) using \(registration)"
  }
}
