import PowerPlatform
import SimulationTrace
import TenantIsolation

// The page on sharing alerts up to its digest, and what the pages on audit activities and on the
// Management Activity API add to it.

extension Catalogue {
  static let audit = auditLog + alerts + preconditions + feed + beyondAudit

  private static let auditLog = [
    Behaviour(
      "audit.off", Source(.auditIntroduction, 4),
      sentence: "While auditing is off, nothing is recorded.",
      seenAs: .audit { $0.kind == .record(.appCreated, isRecorded: false) }),
    recorded("app-created", .appCreated, 1, "The log records that somebody created an app."),
    recorded("app-edited", .appEdited, 1, "The log records that somebody edited an app."),
    recorded("app-launched", .appLaunched, 1, "The log records that somebody launched an app."),
    recorded("app-deleted", .appDeleted, 1, "The log records that somebody deleted an app."),
    recorded(
      "app-shared", .appPermissionEdited, 1, "The log records that somebody shared an app."),
    recorded(
      "app-unshared", .appPermissionDeleted, 1,
      "The log records that somebody took an app's share away."),
    recorded("flow-created", .flowCreated, 2, "The log records that somebody created a flow."),
    recorded("flow-edited", .flowEdited, 2, "The log records that somebody edited a flow."),
    recorded("flow-deleted", .flowDeleted, 2, "The log records that somebody deleted a flow."),
    recorded(
      "flow-shared", .flowPermissionEdited, 2, "The log records that somebody shared a flow."),
    recorded(
      "flow-unshared", .flowPermissionDeleted, 2,
      "The log records that somebody took a flow's share away."),
    recorded(
      "connection-created", .connectionCreated, 3,
      "The log records that somebody created a connection."),
    Behaviour(
      "audit.found-later", Source(.auditActivities, 4),
      sentence: "A record is found some time after its making, mostly 60 to 90 minutes.",
      seenAs: .audit { $0.kind == .available }),
    Behaviour(
      "audit.kept-90-days", Source(.auditIntroduction, 5),
      sentence: "Records are kept 90 days; those made before October 17, 2023.",
      seenAs: expired { !$0.hasE5 && $0.retention == 90 * CivilTime.day }),
    Behaviour(
      "audit.kept-180-days", Source(.auditActivities, 5),
      sentence: "Records made since October 17, 2023 are kept 180 days.",
      seenAs: expired { !$0.hasE5 && $0.retention == 180 * CivilTime.day }),
    Behaviour(
      "audit.kept-a-year", Source(.auditIntroduction, 5), Source(.auditActivities, 6),
      sentence: "With E5 records are kept a year.",
      seenAs: expired { $0.hasE5 && $0.retention == 365 * CivilTime.day }),
    Behaviour(
      "audit.isolation", Source(.auditActivities, 1), basis: .assumed,
      sentence:
        "By a setting the log records changes of isolation, for which no event is documented.",
      seenAs: .audit { $0.kind == .record(.isolationChanged, isRecorded: true) }),
    Behaviour(
      "audit.blocked-connections", Source(.auditActivities, 3), basis: .assumed,
      sentence:
        "By a setting the log records blocked connections, for which no event is documented.",
      seenAs: .audit { $0.kind == .record(.connectionBlocked, isRecorded: true) }),
  ]

  private static func recorded(
    _ name: String, _ operation: AuditOperation, _ row: Int, _ sentence: String
  ) -> Behaviour {
    Behaviour(
      "audit.\(name)", Source(.auditActivities, row), sentence: sentence,
      seenAs: .audit { $0.kind == .record(operation, isRecorded: true) })
  }

  private static func expired(_ fits: @escaping @Sendable (AuditSight) -> Bool) -> Sight {
    .audit { $0.kind == .expired && fits($0) }
  }

  private static let alerts = [
    Behaviour(
      "audit.alert-app", Source(.auditIntroduction, 7), Source(.alertPolicies, 3, 4, 5, 8),
      sentence: "An alert is sent when an app's permissions are edited.",
      seenAs: alert { $0.record?.operation == .appPermissionEdited }),
    Behaviour(
      "audit.alert-flow", Source(.alertPolicies, 6, 8),
      sentence: "An alert is sent when a flow's permissions are edited.",
      seenAs: alert { $0.record?.operation == .flowPermissionEdited }),
    Behaviour(
      "audit.alert-group", Source(.alertPolicies, 7),
      sentence: "An alert goes to people and to groups.",
      seenAs: alert { sight in
        let recipients = sight.alert?.recipients ?? []
        return recipients.contains { if case .group = $0 { true } else { false } }
          && recipients.contains { if case .user = $0 { true } else { false } }
      }),
  ]

  private static func alert(_ fits: @escaping @Sendable (AuditSight) -> Bool) -> Sight {
    .audit { $0.kind == .alert && fits($0) }
  }

  private static let preconditions = [
    Behaviour(
      "audit.no-consent", Source(.alertFlow, 8), Source(.appRegistration, 12, 13),
      sentence: "Without an administrator's consent nobody signs in for the Activity API.",
      needs: .anyText, seenAs: failed(.noConsent)),
    Behaviour(
      "audit.no-secret", Source(.appRegistration, 14, 15), Source(.customConnector, 12),
      sentence: "Without a client secret nobody signs in for the Activity API.",
      needs: .anyText, seenAs: failed(.noSecret)),
    Behaviour(
      "audit.expired-secret", Source(.appRegistration, 16),
      sentence: "When the client secret has expired, nobody signs in any more.",
      needs: .anyText, seenAs: failed(.expiredSecret)),
    Behaviour(
      "audit.wrong-resource", Source(.customConnector, 14),
      sentence: "With another resource URL there is no token for the Activity API.",
      needs: .anyText, seenAs: failed(.wrongResource)),
    Behaviour(
      "audit.no-redirect", Source(.customConnector, 15, 17, 18, 20),
      sentence: "Without the redirect URL in the app registration nobody signs in.",
      needs: .anyText, seenAs: failed(.wrongRedirect)),
    Behaviour(
      "audit.no-permission", Source(.alertFlow, 8), Source(.appRegistration, 8, 9, 10),
      Source(.activityAPI, 14),
      sentence: "Without the permission ActivityFeed.Read the Activity API refuses every call.",
      needs: .anyText, seenAs: failed(.permissionMissing)),
    Behaviour(
      "audit.no-role", Source(.alertFlow, 8),
      sentence: "Who is no administrator is refused the Activity API.",
      seenAs: .audit { $0.kind == .refused(.notAuditAdministrator) }),
    Behaviour(
      "audit.no-licence", Source(.alertFlow, 9),
      sentence: "Custom connectors and the management connector need a premium licence.",
      seenAs: .audit { $0.kind == .refused(.notLicensed) }),
  ]

  private static func failed(_ error: FeedError) -> Sight {
    .audit { $0.kind == .failed(error) }
  }

  private static let feed = [
    Behaviour(
      "audit.subscription", Source(.alertFlow, 3, 4), Source(.subscription, 1, 5, 7, 8),
      sentence: "A subscription to the audit log's content is started, and the answer is 200.",
      seenAs: .audit { $0.kind == .call(.start) }),
    Behaviour(
      "audit.publisher-slip", Source(.subscription, 6), Source(.activityAPI, 10),
      sentence: "An application's id in the vendor's place is taken as the publisher.",
      seenAs: .audit { sight in
        if case .application = sight.call?.publisher { sight.kind == .call(.start) } else { false }
      }),
    Behaviour(
      "audit.started-twice", Source(.subscription, 9), Source(.activityAPIMet, 1), basis: .observed,
      sentence: "A subscription that is started again answers AF20024, and goes on as it was.",
      needs: .anyText, seenAs: failed(.alreadyEnabled)),
    Behaviour(
      "audit.no-subscription", Source(.activityAPI, 1),
      sentence: "Without a subscription there is no content to list.",
      needs: .anyText, seenAs: failed(.noSubscription)),
    Behaviour(
      "audit.content-listed", Source(.alertFlow, 2), Source(.activityAPI, 2),
      sentence: "Content is listed by when it was created, from a start up to an end.",
      seenAs: .audit { $0.kind == .call(.listContent) && $0.call?.window != nil }),
    Behaviour(
      "audit.window", Source(.activityAPI, 3),
      sentence: "A window is at most 24 hours long and begins at most seven days back.",
      needs: .anyText, seenAs: failed(.timeRange)),
    Behaviour(
      "audit.long-window", Source(.activityAPI, 4),
      sentence: "A window of more than 24 hours may give partial results.",
      seenAs: .audit {
        $0.kind == .call(.listContent) && $0.wasCut
      }),
    Behaviour(
      "audit.next-page", Source(.activityAPI, 5),
      sentence: "What has no room in a page is on the next one.",
      seenAs: .audit { $0.kind == .call(.listContent) && ($0.call?.offset ?? 0) > 0 }),
    Behaviour(
      "audit.fetched", Source(.activityAPI, 6),
      sentence: "Content is fetched, and is a collection of audit records.",
      seenAs: .audit { $0.kind == .call(.fetchContent) }),
    Behaviour(
      "audit.content-expires", Source(.activityAPI, 7),
      sentence: "Content can't be fetched after seven days.",
      needs: .anyText, seenAs: failed(.contentExpired)),
    Behaviour(
      "audit.stopped", Source(.activityAPI, 8),
      sentence: "What comes between a stop and the next start of a subscription is lost.",
      seenAs: .audit { $0.kind == .lost }),
    Behaviour(
      "audit.first-content", Source(.activityAPI, 9),
      sentence: "After its first start a subscription may have no content for up to 12 hours.",
      seenAs: .audit { $0.kind == .call(.listContent) && $0.waitsForContent }),
    Behaviour(
      "audit.disorder", Source(.activityAPI, 11),
      sentence: "Content does not come in the order in which things happened.",
      seenAs: .audit { $0.kind == .call(.listContent) && $0.isDisordered }),
    Behaviour(
      "audit.duplicates", Source(.activityAPIMet, 2), basis: .observed,
      sentence: "A record may come twice, in two pieces of content.",
      seenAs: .audit { $0.kind == .duplicate }),
    Behaviour(
      "audit.throttled", Source(.activityAPI, 12),
      sentence: "Too many calls in a minute are refused with AF429.",
      needs: .anyText, seenAs: failed(.tooManyRequests)),
    Behaviour(
      "audit.subscriptions", Source(.activityAPI, 13),
      sentence: "The current subscriptions are listed.",
      seenAs: .audit { $0.kind == .call(.listSubscriptions) }),
  ]

  private static let beyondAudit = [
    Behaviour(
      "audit.prose", Source(.auditIntroduction, 1, 2, 3, 6, 8), Source(.alertFlow, 1, 5, 6, 7),
      Source(.appRegistration, 2, 20, 21), Source(.subscription, 2, 10),
      sentence: "Sentences of the page on alerts that say what it is good for or lead elsewhere.",
      leftOutBecause: "they state no behaviour"),
    Behaviour(
      "audit.portals", Source(.alertPolicies, 1, 2), Source(.appRegistration, 1, 3, 4, 5, 6, 7, 11),
      Source(.appRegistration, 17, 18, 19), Source(.customConnector, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
      Source(.customConnector, 11, 13, 16, 19, 21), Source(.subscription, 3, 4),
      sentence: "Where to click in the portals to set an alert, an application or a connector up.",
      leftOutBecause: "a declaration says what comes of it"),
  ]
}
