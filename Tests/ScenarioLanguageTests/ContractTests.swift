import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation
import Testing

/// Whole files with the sentences that users were promised.
@Suite struct ContractTests {
  @Test func headerAndWorld() throws {
    let loaded = load([
      (
        "folder/main.scenario",
        """
        scenario "Isolation on: runs keep working for about an hour, then fail"
        about    "What the audience should learn."
        covers   two-way-isolation.contoso-to-fabrikam, propagation        # checked
        start    2025-03-03 08:00
        until    2025-03-03 11:00          # or +3h
        seed     7
        use      "shared/two-tenants.scenario"
        set      propagation 60m
        set      edition 2023

        isolation on for contoso                        # on | off
        rule    for contoso allows fabrikam outbound
        admin   ada of contoso
        global-admin glen of contoso
        maker   maya of contoso
        maker   gus of fabrikam guest in contoso
        user    uma of contoso
        group   sales of contoso with uma, maya
        connector my-erp "My ERP" signs in with entra-id
        connection old-mail of maya using office365-outlook signed in to fabrikam
        app     ledger of maya using old-mail
        flow    nightly of maya every 1d from 02:00 using old-mail
        flow    mirror of maya when old-mail signals
        flow    button of maya manually
        """
      ),
      (
        "folder/shared/two-tenants.scenario",
        """
        tenant  contoso "Contoso" domains contoso.com, contoso.onmicrosoft.com id \
        11111111-1111-1111-1111-111111111111
        tenant fabrikam
        set edition 2025
        set design-time propagated
        """
      ),
    ])
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics.map(\.short))")
    #expect(scenario.title == "Isolation on: runs keep working for about an hour, then fail")
    #expect(scenario.covers.map(\.id) == ["two-way-isolation.contoso-to-fabrikam", "propagation"])
    #expect(scenario.until == Instant(3 * 3_600_000))
    #expect(scenario.seed == 7)
    #expect(scenario.settings.edition == .of2023)
    #expect(scenario.settings.designTime == .propagated)
    #expect(scenario.policies[0].isOn && !scenario.policies[1].isOn)
    #expect(scenario.policies[0].directions(for: .tenant(TenantID(1))) == .outbound)
    #expect(scenario.policyLines == [11, 0])
    #expect(
      scenario.cast.users.map(\.role) == [
        .administrator, .globalAdministrator, .maker, .maker, .user,
      ])
    #expect(scenario.groups.map(\.members) == [[UserID(4), UserID(2)]])
    #expect(scenario.cast.connectors.last?.displayName == "My ERP")
    #expect(scenario.declarations.count == 5)
    guard case .flow(_, let nightly) = scenario.declarations[2].item else {
      Issue.record("no flow")
      return
    }
    #expect(nightly.trigger == .every(CivilTime.day, anchor: Instant(-6 * 3_600_000)))
  }

  @Test func timeline() throws {
    let scenario = try scenario(
      """
      connection fab-drive of maya using onedrive-for-business signed in to fabrikam
      connection con-teams of maya using teams signed in to contoso
      at 08:05 maya creates connection mail using office365-outlook signed in to fabrikam
      at 08:05 gus creates connection g using sharepoint in contoso signed in to contoso
      at 08:05 maya creates connection bad using sharepoint signed in to fabrikam without valid credentials
      at 08:06 maya deletes connection mail
      at 08:10 maya creates app costs using con-sp, fab-mail
      at 08:11 maya adds fab-mail to app costs
      at 08:12 uma opens app costs
      at 08:13 maya creates flow sync every 15m using fab-mail
      at 08:13 maya creates flow copy when fab-drive signals using fab-drive, con-teams
      at 08:20 fab-drive signals
      at 08:20 maya creates flow ask manually using fab-mail
      at 08:30 maya runs flow ask
      at 08:30 maya saves flow sync
      at 08:30 maya saves flow sync using con-sp
      at 08:30 maya turns off flow sync
      at 08:30 maya turns on flow sync
      at 08:30 maya deletes flow sync
      at 08:30 maya deletes app costs
      at 09:00 ada turns isolation on
      at 09:00 ada turns isolation off for contoso
      at 09:00 ada allows fabrikam outbound
      at 09:00 ada allows fabrikam.com inbound for contoso
      at 09:00 ada allows 22222222-2222-2222-2222-222222222222 both
      at 09:00 ada allows * inbound
      at 09:10 ada changes rule fabrikam to both
      at 09:20 ada removes rule fabrikam
      at 10:00 ada creates data policy no-devops blocking azure-devops
      at 10:00 ada creates data policy apart business sharepoint, teams
      at 10:00 ada deletes data policy no-devops
      """)
    let (contoso, fabrikam) = (TenantID(0), TenantID(1))
    let actions = scenario.timeline.map(\.action)
    #expect(actions.count == 29)
    #expect(
      actions[1]
        == .createConnection(
          ConnectionID(5),
          ConnectionDefinition(
            owner: UserID(2), connector: ConnectorID(1), creator: contoso, signIn: contoso)))
    #expect(scenario.timeline[9].actor == nil && actions[9] == .signal(ConnectionID(2)))
    #expect(actions[18] == .turnIsolation(on: true, tenant: contoso))
    #expect(actions[21] == .allow(.tenant(fabrikam), .inbound, tenant: contoso))
    #expect(actions[22] == .allow(.tenant(TenantID(2)), .both, tenant: contoso))
    #expect(actions[23] == .allow(.every, .inbound, tenant: contoso))
    #expect(scenario.cast.tenants.count == 3 && scenario.policies.count == 3)
    #expect(scenario.until == Instant(3 * 3_600_000))
  }

  @Test func expectations() throws {
    let scenario = try scenario(
      """
      at 08:30 maya creates connection m using sharepoint signed in to fabrikam
          expect allowed   because outbound-isolation-off, inbound-isolation-off
          expect not added
          expect error "part of the text"
      expect 4 runs of invoice-sync from 09:00 to 10:00 succeeded because outbound-rule
      expect 1 run of invoice-sync from 09:00 to 10:00
      expect no runs of invoice-sync from 09:00 to 10:00 failed
      expect run of invoice-sync from 09:00 to 10:00 "message"
      expect run of invoice-sync at 09:55 succeeded
      expect flow invoice-sync is on at 09:30
      expect app expenses uses con-sp at 09:30
      expect app expenses does not use con-sp at 09:30
      expect connection fab-mail is connected at 09:30 # comment
      expect isolation of contoso is on at 09:00
      expect isolation of contoso is assessed as off at 09:30
      expect possibly run of invoice-sync at 10:10 failed
      expect flow invoice-sync shows "Flow checker" at 09:30
      """)
    let claims = scenario.expectations.map(\.claim)
    let half = Instant(90 * 60_000)
    #expect(claims.count == 16)
    #expect(
      claims[0]
        == .outcome(
          statement: 0, .allowed, because: [.outboundIsolationOff, .inboundIsolationOff]))
    #expect(claims[1] == .outcome(statement: 0, .notAdded, because: []))
    #expect(
      claims[3]
        == .runs(
          FlowID(0), count: 4, in: Instant(3_600_000)..<Instant(7_200_000),
          RunDescription(.succeeded, because: [.outboundRule])))
    #expect(scenario.expectations[6].message == "message")
    #expect(claims[8] == .flow(FlowID(0), .on, at: half))
    #expect(claims[10] == .app(AppID(0), uses: false, ConnectionID(1), at: half))
    #expect(claims[13] == .isolationAssessed(TenantID(0), isOn: false, at: half))
    #expect(scenario.expectations[14].isPossibility)
    #expect(scenario.expectations[11].source == "expect connection fab-mail is connected at 09:30")
    #expect(scenario.expectations[0].column == 5)
  }

  @Test func packages() throws {
    let scenario = try scenario(
      """
      environment sandbox of fabrikam
      set install-duration 30m
      set install-ending failed
      at 10:10 ada installs package Office365Groups in production as op-2
      at 10:11 maya creates flow watch every 5m using con-sp polls op-2 and mails ada, uma
      at 10:12 ada cancels operation op-2
      at 10:13 ada lists packages in sandbox
      expect package Office365Groups in production is installed at 10:30
      expect operation op-2 is canceled at 10:30
      expect mail to ada by 10:30 containing "op-2"
      expect no mail to uma
      """)
    let (package, half) = (PackagePlace(PackageID(0), in: EnvironmentID(0)), Instant(150 * 60_000))
    #expect(scenario.cast.environments.map(\.hasDataverse) == [true, false])
    #expect(scenario.cast.packages.first?.details?.version == "2.9.0.3")
    let uses = UseList(start: UInt32(scenario.uses.count - 1), count: 1)
    #expect(
      scenario.timeline.map(\.action) == [
        .installPackage(package, as: AdminOperationID(0)),
        .createFlow(
          FlowID(2),
          FlowDefinition(
            owner: UserID(1), trigger: .every(300_000, anchor: nil), uses: uses, work: WorkID(0))),
        .cancelOperation(AdminOperationID(0)), .listPackages(EnvironmentID(1)),
      ])
    #expect(scenario.works == [.polling(AdminOperationID(0), mailing: [UserID(0), UserID(3)])])
    #expect(
      scenario.expectations.map(\.claim) == [
        .package(package, .installed, at: half),
        .operation(AdminOperationID(0), .canceled, at: half),
        .mail(to: UserID(0), isSent: true, by: half, containing: "op-2"),
        .mail(to: UserID(3), isSent: false, by: nil, containing: ""),
      ])
    #expect(scenario.settings.installs.course.duration == 1_800_000)
    #expect(scenario.settings.installs.course.ending == .failed)
  }

  @Test func reports() throws {
    let scenario = try scenario(
      """
      set report-window 14d
      set report-repeat refused
      at 10:00 ada requests cross-tenant report as may-report
          expect returned may-report
      expect report may-report is completed at 10:30
      expect report may-report is in-progress at 10:30
      expect report may-report lists 3 connections
      expect report may-report lists outbound fabrikam
      expect report may-report does not list inbound fabrikam.com at 10:40
      expect report may-report lists connection fab-mail
      at 12:00 ada requests cross-tenant report as may-report for fabrikam
      """)
    let (report, contoso, fabrikam) = (ReportID(0), TenantID(0), TenantID(1))
    let half = Instant(150 * 60_000)
    #expect(
      scenario.timeline.map(\.action) == [
        .requestReport(report, tenant: contoso), .requestReport(report, tenant: fabrikam),
      ])
    #expect(
      scenario.expectations.map(\.claim) == [
        .returned(statement: 0, report), .report(report, .completed, at: half),
        .report(report, .inProgress, at: half), .reportLists(report, .count(3), at: nil),
        .reportLists(report, .way(.outbound, fabrikam, isListed: true), at: nil),
        .reportLists(
          report, .way(.inbound, fabrikam, isListed: false), at: Instant(160 * 60_000)),
        .reportLists(report, .connection(ConnectionID(0), isListed: true), at: nil),
      ])
    #expect(scenario.settings.reports.window == 14 * CivilTime.day)
    #expect(scenario.settings.reports.again == .refused)
  }

  @Test func auditLog() throws {
    let scenario = try scenario(
      """
      set audit-delay 75m
      licence e5 for contoso
      licence premium for maya
      app-registration poll of contoso with delegated activity-feed-read, \
      application activity-feed-read, application service-health-read consented \
      secret until 2026-01-01
      at 08:00 ada turns auditing on
      at 09:08 ada creates alert policy wide-share on app-permission-edited, \
      flow-permission-edited to ada
      at 09:10 ada starts subscription to audit-general using poll
      at 12:00 ada lists content from 10:00 to 12:00 using poll as page
          expect error AF20022
      expect alert wide-share to ada about expenses by 10:45
      expect audit of contoso has 2 records app-permission-edited from 09:00 to 10:00 \
      available by 11:00
      """)
    func at(_ hour: Int64, _ minute: Int64 = 0) -> Instant {
      Instant(((hour - 8) * 60 + minute) * 60_000)
    }
    let (contoso, ada, poll) = (TenantID(0), UserID(0), RegistrationID(1))
    let policy = AlertPolicy(
      tenant: contoso, operations: [.appPermissionEdited, .flowPermissionEdited],
      recipients: [.user(ada)])
    #expect(
      scenario.timeline.map(\.action) == [
        .audit(.turnAuditing(on: true, tenant: contoso)),
        .audit(.createAlertPolicy(AlertPolicyID(0), policy)),
        .audit(.feed(poll, .start(.general, publisher: .none))),
        .audit(.feed(poll, .list(.general, at(10)..<at(12), as: ContentPageID(0)))),
      ])
    #expect(
      scenario.expectations.map(\.claim) == [
        .errorCode(statement: 3, "AF20022"),
        .audit(
          .alert(
            AlertPolicyID(0), isSent: true, to: .user(ada), about: .app(AppID(0)), by: at(10, 45))),
        .audit(
          .records(
            contoso, count: 2, .appPermissionEdited, in: at(9)..<at(10), availableBy: at(11))),
      ])
    let registration = scenario.cast.registrations[1]
    #expect(registration.delegated == [.activityFeedRead])
    #expect(registration.application == [.activityFeedRead, .serviceHealthRead])
    #expect(registration.isConsented)
    #expect(registration.secretUntil == CivilTime(year: 2026, month: 1, day: 1))
    #expect(scenario.licences.e5 == [contoso])
    #expect(scenario.licences.premium == [UserID(1)])
    #expect(scenario.settings.audit.delay == 4_500_000...4_500_000)
  }

  @Test func flowsThatReadTheActivityAPI() throws {
    let scenario = try scenario(
      """
      registered app expenses
      at 08:10 ada creates flow digest "Sharing digest" every 1d using con-sp digests feed \
      on app-permission-edited following pages keeping duplicates and mails ada, uma
      at 08:10 ada creates flow plain every 1h using con-sp digests feed and mails ada
      at 08:10 ada creates flow guard every 15m using con-sp guards feed and asks ada
      at 11:00 ada approves removal of everyone from app expenses
      at 11:00 ada rejects removal of uma from app expenses
      at 11:10 ada registers app expenses
      expect removal of everyone from app expenses is approved at 11:00
      expect removal of uma from app expenses is absent at 10:00
      """)
    let (ada, uma, feed, expenses) = (UserID(0), UserID(3), RegistrationID(0), AppID(0))
    let whole = FeedDigest(
      feed, of: [.appPermissionEdited], followsPages: true, keepsDuplicates: true)
    let plain = FeedDigest(
      feed, of: FeedDigest.standard, followsPages: false, keepsDuplicates: false)
    #expect(
      scenario.works == [
        .digesting(whole, mailing: [ada, uma]), .digesting(plain, mailing: [ada]),
        .guarding(feed, asking: [ada]),
      ])
    #expect(scenario.registeredApps == [expenses])
    #expect(
      scenario.timeline.dropFirst(3).map(\.action) == [
        .answerRemoval(of: .everyone, from: expenses, isApproved: true),
        .answerRemoval(of: .user(uma), from: expenses, isApproved: false),
        .registerApp(expenses),
      ])
    #expect(
      scenario.expectations.map(\.claim) == [
        .removal(of: .everyone, from: expenses, .approved, at: Instant(3 * 3_600_000)),
        .removal(of: .user(uma), from: expenses, nil, at: Instant(2 * 3_600_000)),
      ])
  }

  @Test func sharing() throws {
    let scenario = try scenario(
      """
      set widely-shared 5
      group sales of contoso with uma
      share app expenses with sales, uma
      at 09:05 maya shares app expenses with everyone
      at 09:05 maya shares flow invoice-sync with uma as run-only
      at 09:05 maya shares flow invoice-sync with sales
      at 09:06 maya sends flow invoice-sync to uma as a copy
      at 09:07 maya unshares app expenses from everyone
      at 09:08 uma leaves group sales
      at 09:09 uma deletes flow invoice-sync-of-uma
      expect app expenses is shared with everyone at 09:30
      expect flow invoice-sync is not shared with uma as co-owner at 09:30
      expect app expenses is not visible to uma at 09:30
      expect widely shared at 09:30 lists app expenses
      """)
    let (app, flow) = (Shareable.app(AppID(0)), Shareable.flow(FlowID(0)))
    let uma = try #require(scenario.cast.users.firstIndex { $0.name == "uma" }.map { UserID($0) })
    let copy = try #require(
      scenario.cast.flows.firstIndex { $0.name == "invoice-sync-of-uma" }.map { FlowID($0) })
    let half = Instant(90 * 60_000)
    #expect(
      scenario.timeline.map(\.action) == [
        .share(app, Share(.everyone, .user)), .share(flow, Share(.user(uma), .runOnly)),
        .share(flow, Share(.group(GroupID(0)), .coOwner)),
        .sendCopy(FlowID(0), to: uma, as: copy), .unshare(app, from: .everyone, nil),
        .changeGroup(GroupID(0), uma, isMember: false), .deleteFlow(copy),
      ])
    #expect(
      scenario.expectations.map(\.claim) == [
        .shared(app, isShared: true, .everyone, nil, at: half),
        .shared(flow, isShared: false, .user(uma), .coOwner, at: half),
        .visible(AppID(0), isVisible: false, uma, at: half),
        .widelyShared(app, isListed: true, at: half),
      ])
    #expect(scenario.settings.widelyShared == 5)
  }
}
