import SimulationTrace

/// The administrators' systems that a page lists, each with the records that belong to it.
///
/// A new kind of record needs its name here, or nothing where its first word is listed already.
enum PlaySystem {
  private static let all: [(title: StaticString, kinds: [StaticString])] = [
    ("Cross-tenant reports", ["report"]), ("Mails", ["mail"]),
    ("Operations", ["operation.changed"]),
    ("Packages", ["package"]), ("Sharing", ["share", "group", "flow.copied"]),
    ("Audit log", ["audit", "auditing", "subscription", "subscriptions", "content"]),
    ("Alerts", ["alert", "alertPolicy"]),
    ("Policies read", ["policy.read"]), ("Approvals", ["approval", "app.registered"]),
  ]

  /// What the systems are called.
  static var titles: [String] { all.map { "\($0.title)" } }

  /// The row of the system that a record belongs to; nil for what is not the administrators'.
  static func row(of record: Record) -> Int? {
    if record.failure?.cause.isAboutReports ?? false { return 0 }
    let kind = record.package == nil ? "\(record.kind.name)" : "package"
    let first = kind.prefix { $0 != "." }
    return all.firstIndex { system in
      system.kinds.contains { kind == "\($0)" || first == "\($0)" }
    }
  }
}
