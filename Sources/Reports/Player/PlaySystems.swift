import SimulationTrace

/// The administrators' systems that a page lists, each with the records that belong to it.
///
/// A new kind of record needs its name here, or nothing where its first word is listed already; the
/// cause of a new refusal, the system that refuses.
enum PlaySystem {
  private static let all: [(title: StaticString, kinds: [StaticString], refusals: Set<Cause>)] = [
    ("Cross-tenant reports", ["report"], [.notReportAdministrator, .reportRepeated]),
    ("Mails", ["mail"], []),
    ("Operations", ["operation.changed"], [.notCancelable, .operationEnded, .operationRefused]),
    (
      "Packages", ["package"],
      [.notPackageAdministrator, .noDataverse, .packageUnknown, .installInProgress]
    ),
    (
      "Sharing", ["share", "group", "flow.copied"],
      [.notShared, .recipientElsewhere, .notGroupAdministrator]
    ),
    (
      "Audit log", ["audit", "auditing", "subscription", "subscriptions", "content"],
      [.notAuditAdministrator]
    ),
    ("Alerts", ["alert", "alertPolicy"], []),
    (
      "Policy as an object", ["policy.read"],
      [.policyForbidden, .ruleRepeated, .ruleWithoutDirection, .ruleLimit]
    ),
    ("Approvals", ["approval", "app.registered"], [.notAppRegistrar, .notAsked]),
  ]

  /// What the systems are called.
  static var titles: [String] { all.map { "\($0.title)" } }

  /// The row of the system that a record belongs to; nil for what is not the administrators'.
  static func row(of record: Record, _ trace: Trace) -> Int? {
    if record.auditAttempt != nil { return row(of: record.alertPolicy == nil ? "audit" : "alert") }
    if record.kind == .operationRefused { return record.failure.flatMap { refuser(for: $0.cause) } }
    return row(of: kind(of: record, trace))
  }

  private static func row(of kind: String) -> Int? {
    let first = kind.prefix { $0 != "." }
    return all.firstIndex { system in
      system.kinds.contains { kind == "\($0)" || first == "\($0)" }
    }
  }

  private static func refuser(for cause: Cause) -> Int? {
    all.firstIndex { $0.refusals.contains(cause) }
  }

  /// What a record counts as: of saved policies, those that took the place of one as a whole are the
  /// object's, and whatever names a package is that package's.
  private static func kind(of record: Record, _ trace: Trace) -> String {
    if record.package != nil { return "package" }
    let isReplacement =
      record.kind == .policySaved && record.policy.map { trace.policies[$0].replacement } != nil
    return isReplacement ? "policy.read" : "\(record.kind.name)"
  }
}
