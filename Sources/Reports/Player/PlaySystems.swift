import SimulationTrace

/// The administrators' systems that a page lists, each with the records that belong to it.
///
/// A new kind of record needs its name here, or nothing where its first word is listed already.
enum PlaySystem {
  private static let all: [(title: StaticString, kinds: [StaticString])] = [
    ("Cross-tenant reports", ["report"]),
    ("Mails", ["mail"]),
    ("Operations", ["operation.changed"]),
    ("Packages", ["package"]),
    ("Sharing", ["share", "group", "flow.copied"]),
    ("Audit log", ["audit", "auditing"]),
    ("Activity API", ["subscription", "subscriptions", "content"]),
    ("Alerts", ["alert", "alertPolicy"]),
    ("Policy as an object", ["policy.read"]),
    ("Approvals", ["approval", "app.registered"]),
  ]

  /// What the systems are called.
  static var titles: [String] { all.map { "\($0.title)" } }

  /// The row of the system that a record belongs to; nil for what is not the administrators'.
  static func row(of record: Record, _ trace: Trace) -> Int? {
    if let attempt = record.attempt { return attempt.system(record).flatMap(row) }
    return row(of: kind(of: record, trace))
  }

  private static func row(of kind: String) -> Int? {
    let first = kind.prefix { $0 != "." }
    return all.firstIndex { system in
      system.kinds.contains { kind == "\($0)" || first == "\($0)" }
    }
  }

  /// What a record counts as: of saved policies, those that took the place of one as a whole are the
  /// object's, and whatever names a package is that package's.
  private static func kind(of record: Record, _ trace: Trace) -> String {
    if record.package != nil { return "package" }
    let isReplacement =
      record.kind == .policySaved && record.policy.flatMap { trace.policies[$0].replacement } != nil
    return isReplacement ? "policy.read" : "\(record.kind.name)"
  }
}

extension Attempt {
  /// The kind of record that would have come of it, as far as that is the administrators'.
  fileprivate func system(_ record: Record) -> String? {
    switch self {
    case .requestReport: "report"
    case .cancel: "operation.changed"
    case .listPackages, .install: "package"
    case .share, .unshare, .move, .send, .changeGroup: "share"
    case .turnAuditing: "auditing"
    case .call: "subscription"
    case .readPolicy, .replacePolicy: "policy.read"
    case .register, .answer: "approval"
    case .create, .delete: record.alertPolicy.map { _ in "alert" }
    case .turnIsolation, .allow, .changeRule, .retargetRule, .removeRule, .open, .run, .save,
      .turnOn, .turnOff, .add:
      nil
    }
  }
}
