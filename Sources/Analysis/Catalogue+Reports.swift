import PowerPlatform
import SimulationTrace
import TenantIsolation

// The tutorial on cross-tenant connection reports, and what other pages add to it.

extension Catalogue {
  static let reports = asking + progress + contents + beyondReports

  private static let asking = [
    Behaviour(
      "reports.created", Source(.reportIntroduction, 1, 4), Source(.reportCreation, 1, 3),
      Source(.reportReference, 1),
      sentence: "A request creates a cross-tenant report and gives it back, with an id.",
      seenAs: .report { $0.kind == .request && $0.isNew }),
    Behaviour(
      "reports.administrator", Source(.reportAuthentication, 2),
      sentence: "A Power Platform administrator asks for the report.",
      seenAs: .report {
        $0.kind == .request && $0.isNew && $0.actor?.role == .administrator
      }),
    Behaviour(
      "reports.nobody-else", Source(.reportAuthentication, 2), basis: .assumed,
      sentence: "Makers and users are refused the report.",
      seenAs: .report {
        $0.isRefused(for: .notReportAdministrator)
          && ($0.actor?.role == .maker || $0.actor?.role == .user)
      }),
    Behaviour(
      "reports.global-administrator", Source(.reportOtherEditions, 1),
      sentence: "By the edition of 2023 a Global administrator asks for the report, too.",
      seenAs: .report {
        $0.kind == .request && $0.isNew && $0.edition == .of2023
          && $0.actor?.role == .globalAdministrator
      }),
    Behaviour(
      "reports.no-global-administrator", Source(.reportAuthentication, 2), basis: .assumed,
      sentence: "By the edition of 2025 a Global administrator is refused the report.",
      seenAs: .report {
        $0.isRefused(for: .notReportAdministrator) && $0.edition == .of2025
          && $0.actor?.role == .globalAdministrator
      }),
    Behaviour(
      "reports.once-a-day", Source(.reportCreation, 2), Source(.reportReference, 2),
      sentence: "A tenant has one report a calendar day: asked again, the same one comes back.",
      seenAs: .report { $0.kind == .request && $0.result?.report != nil && !$0.isNew }),
    Behaviour(
      "reports.next-day", Source(.reportCreation, 2),
      sentence: "On the next calendar day a tenant gets a new report.",
      seenAs: .report { $0.kind == .request && $0.isNew && $0.hasEarlier }),
    Behaviour(
      "reports.repeat-refused", Source(.reportCreation, 2), basis: .assumed,
      sentence: "Read strictly, a second request in a calendar day is refused.",
      seenAs: .report { $0.isRefused(for: .reportRepeated) }),
  ]

  private static let progress = [
    status("received", .received, "A report that was asked for is received first."),
    status("in-progress", .inProgress, "A report is in progress while it is made."),
    status("completed", .completed, "A report is completed when its connections are listed."),
    status("failed", .failed, "A report may fail instead of being completed."),
  ]

  private static func status(
    _ name: String, _ status: ReportStatus, _ sentence: String
  ) -> Behaviour {
    Behaviour(
      "reports.\(name)", Source(.reportReference, 3), sentence: sentence,
      seenAs: .report { $0.kind == .status(status) })
  }

  private static let contents = [
    Behaviour(
      "reports.outbound", Source(.reportFetch, 1), Source(.reportReference, 4),
      sentence: "A report lists connections from its tenant to another one as outbound.",
      seenAs: .report { $0.kind == .line(.outbound) }),
    Behaviour(
      "reports.inbound", Source(.reportFetch, 1), Source(.reportReference, 4),
      sentence: "A report lists connections from another tenant to its own as inbound.",
      seenAs: .report { $0.kind == .line(.inbound) }),
    Behaviour(
      "reports.uses", Source(.reportFetch, 1),
      sentence: "A report lists connections that are older than its days and used in them.",
      seenAs: .report { $0.isUse }),
    Behaviour(
      "reports.blocked-attempts", Source(.reportOtherEditions, 2),
      sentence: "A report lists attempts that isolation blocked, on either tenant's side.",
      seenAs: .report { $0.isBlockedAttempt }),
    Behaviour(
      "reports.deleted-connections", Source(.reportOtherEditions, 3),
      sentence: "A report lists connections that have been deleted since.",
      seenAs: .report { $0.isDeleted }),
    Behaviour(
      "reports.connection-names", Source(.reportOtherEditions, 4),
      sentence: "A later edition's report names each connection that it lists.",
      seenAs: .report { $0.edition == .of2025 && $0.isNamed }),
    Behaviour(
      "reports.window", Source(.reportSample, 1), basis: .observed,
      sentence: "A report goes back seven days: what was last used before is not in it.",
      seenAs: .report { $0.kind == .leftOut }),
  ]

  private static let beyondReports = [
    Behaviour(
      "cross-tenant-reports", Source(.impact, 5),
      sentence: "A report tells which tenants need an exception before isolation is turned on.",
      seenAs: .policyChange { $0.isSaved && $0.isAdvisedByReport }),
    Behaviour(
      "reports.listed-and-fetched", Source(.reportIntroduction, 5, 6), Source(.reportList, 1, 2),
      Source(.reportFetch, 2), Source(.reportReference, 5),
      sentence: "All reports of a tenant are listed, page by page, and one is fetched by its id.",
      leftOutBecause: "scenarios make no calls; the operations of the admin services do it"),
    Behaviour(
      "reports.sign-in", Source(.reportIntroduction, 3), Source(.reportAuthentication, 1, 3),
      sentence: "A script signs in for the Power Platform API and sends its token with each call.",
      leftOutBecause: "scenarios make no calls; the operations are told who calls"),
    Behaviour(
      "reports.correlation", Source(.reportCreation, 4),
      sentence: "A call that fails has a correlation id, a status and a body to show.",
      leftOutBecause: "scenarios make no calls; the operations of the admin services answer so"),
    Behaviour(
      "reports.preview", Source(.reportIntroduction, 7, 8, 9, 10),
      sentence: "The API is a preview, whose host name and data contracts may change.",
      leftOutBecause: "it states no behaviour of the platform"),
    Behaviour(
      "reports.prose", Source(.reportIntroduction, 2, 11), Source(.reportCreation, 5),
      Source(.reportList, 3), Source(.reportFetch, 3),
      sentence: "Sentences of the tutorial that lead to the next step or to another page.",
      leftOutBecause: "they state no behaviour"),
  ]
}

extension PolicyChangeSight {
  /// Whether it makes an exception, with isolation off, for what a completed report lists.
  fileprivate var isAdvisedByReport: Bool {
    guard case .allow(.tenant(let other), let directions, _) = statement.action, !before.isOn else {
      return false
    }
    return scene.simulation.reports(of: tenant, at: statement.time).contains { report in
      report.status(at: statement.time) == .completed
        && report.connections.contains {
          $0.tenant == other && directions.contains($0.direction)
        }
    }
  }
}
