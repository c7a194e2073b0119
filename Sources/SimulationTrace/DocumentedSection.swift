/// A page that says how tenant isolation behaves.
public enum DocumentedPage: String, CaseIterable, Sendable {
  case crossTenantRestrictions = "cross-tenant-restrictions"
  case blog = "tenant-isolation-blog"
  case laterEdition = "cross-tenant-restrictions-2025"
  case pictures = "tenant-isolation-pictures-2021"
  case runHistory = "flow-run-history"
  case reports = "cross-tenant-reports"
  case reportReference = "cross-tenant-report-reference"
  case reportOtherEditions = "cross-tenant-reports-elsewhere"
  case reportSample = "cross-tenant-report-sample"
  case packages = "isolation-policy-tutorial"
  case packageReference = "application-package-reference"
  case sharingAlerts = "sharing-alerts"
  case teamFlows = "create-team-flows"
  case auditActivities = "audit-log-activities"
  case activityAPI = "management-activity-api"
  case activityAPIMet = "management-activity-api-met"
  case policyClients = "tenant-isolation-policy"
  case sharingApprovalSample = "sharing-approval-sample"

  /// The page's title, with the edition that is meant.
  public var title: String {
    switch self {
    case .crossTenantRestrictions: "Cross-tenant inbound and outbound restrictions (October 2023)"
    case .blog: "Tenant Isolation, a blog by Michael Roth (May 2022)"
    case .laterEdition: "Cross-tenant inbound and outbound restrictions (April 2025)"
    case .pictures: "Power Platform & Tenant isolation, a blog with pictures (July 2021)"
    case .runHistory: "A cloud flow's run history (August 2024)"
    case .reports: "Tutorial: Create cross tenant isolation reports (July 2024)"
    case .reportReference: "Power Platform REST reference, cross-tenant connection reports"
    case .reportOtherEditions: "The tutorial on reports in its editions of 2023 and 2026"
    case .reportSample: "A report as one client received it (May 2026)"
    case .packages:
      "Tutorial: Manage tenant isolation policy, a template about packages (July 2023)"
    case .packageReference: "Other pages and clients on application packages"
    case .sharingAlerts: "Set up sharing alerts and mitigation (April 2020)"
    case .teamFlows: "Share a cloud flow (June 2021)"
    case .auditActivities: "Audit log activities of the Power Platform, and how long they are kept"
    case .activityAPI: "Office 365 Management Activity API reference (October 2022)"
    case .activityAPIMet: "The Activity API as its clients met it"
    case .sharingApprovalSample:
      "A sample of Microsoft's: approval of canvas apps' shares by a webhook and flows"
    case .policyClients:
      "The isolation policy as public programs read and write it (Terraform's provider, "
        + "Microsoft365DSC, ScubaGear; 2022 to 2026)"
    }
  }

  /// Where it is published; nil where that is not known for certain. An older edition's address
  /// leads to the newest one.
  public var url: String? {
    switch self {
    case .crossTenantRestrictions, .laterEdition:
      "https://learn.microsoft.com/power-platform/admin/cross-tenant-restrictions"
    case .pictures: "https://www.thijoubert.com/2021-07/PowerPlatform-TenantIsolation/"
    case .reports, .reportOtherEditions:
      "https://learn.microsoft.com/power-platform/admin/programmability-tutorial-cross-tenant-reporting"
    case .reportReference:
      "https://learn.microsoft.com/rest/api/power-platform/governance/cross-tenant-connection-reports"
    case .packageReference:
      "https://learn.microsoft.com/rest/api/power-platform/appmanagement/applications"
    case .teamFlows: "https://learn.microsoft.com/power-automate/create-team-flows"
    case .auditActivities:
      "https://learn.microsoft.com/power-platform/admin/logging-powerapps"
    case .activityAPI:
      "https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-reference"
    case .blog, .runHistory, .reportSample, .packages, .policyClients, .sharingAlerts,
      .activityAPIMet, .sharingApprovalSample:
      nil
    }
  }
}

/// A section of a page; the raw values are anchors of our own, shorter than the headings.
public enum DocumentedSection: String, CaseIterable, Sendable {
  case summary, introduction, impact
  case twoWay = "two-way"
  case allowlists
  case outboundAllowlist = "outbound-allowlist"
  case bidirectionalAllowlist = "bidirectional-allowlist"
  case configuration
  case designTime = "design-time"
  case runtime
  case knownIssues = "known-issues"
  case switchFound = "switch"
  case demonstration, rules
  case laterEdition = "changes"
  case pictures
  case runHistory = "window"
  case reportIntroduction = "reports"
  case reportAuthentication = "authenticate"
  case reportCreation = "create"
  case reportList = "list"
  case reportFetch = "fetch"
  case reportReference = "report"
  case reportOtherEditions = "other-editions"
  case reportSample = "sample"
  case packageIntroduction = "tutorial"
  case packageAuthentication = "sign-in"
  case packageList = "packages"
  case packageInstallation = "install"
  case packagePoll = "poll"
  case packageVerification = "verify"
  case packageReference = "package"
  case widelyShared = "widely-shared"
  case teamFlows = "owners"
  case auditIntroduction = "audit"
  case alertPolicies = "alert-policies"
  case alertFlow = "alerts-by-flow"
  case appRegistration = "app-registration"
  case customConnector = "custom-connector"
  case subscription = "subscription"
  case auditActivities = "activities"
  case activityAPI = "operations"
  case activityAPIMet = "answers"
  case policyObject = "object"
  case sharingDigest = "digest"
  case sharingApproval = "receiver"

  /// The section with this name, `cross-tenant-restrictions#runtime`; nil where there is none.
  public init?(name: String) {
    guard let section = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = section
  }

  /// The section with its page: `cross-tenant-restrictions#runtime`.
  public var name: String { "\(page.rawValue)#\(rawValue)" }

  /// The page: `cross-tenant-restrictions` in its edition of October 2023, and
  /// `tenant-isolation-blog` of May 2022, and `cross-tenant-reports` of July 2024 are in the
  /// catalogue of behaviours sentence by sentence;
  /// of the others only what adds to them.
  public var page: DocumentedPage {
    switch self {
    case .summary, .introduction, .impact, .twoWay, .allowlists, .outboundAllowlist,
      .bidirectionalAllowlist, .configuration, .designTime, .runtime, .knownIssues:
      .crossTenantRestrictions
    case .switchFound, .demonstration, .rules: .blog
    case .laterEdition: .laterEdition
    case .pictures: .pictures
    case .runHistory: .runHistory
    case .reportIntroduction, .reportAuthentication, .reportCreation, .reportList, .reportFetch:
      .reports
    case .reportReference: .reportReference
    case .reportOtherEditions: .reportOtherEditions
    case .reportSample: .reportSample
    case .packageIntroduction, .packageAuthentication, .packageList, .packageInstallation,
      .packagePoll, .packageVerification:
      .packages
    case .packageReference: .packageReference
    case .widelyShared, .auditIntroduction, .alertPolicies, .alertFlow, .appRegistration,
      .customConnector, .subscription, .sharingDigest:
      .sharingAlerts
    case .sharingApproval: .sharingApprovalSample
    case .auditActivities: .auditActivities
    case .activityAPI: .activityAPI
    case .activityAPIMet: .activityAPIMet
    case .teamFlows: .teamFlows
    case .policyObject: .policyClients
    }
  }

  /// What the section is about, mostly its heading.
  public var title: String {
    switch self {
    case .summary: "Summary of the page"
    case .introduction: "Tenant isolation"
    case .impact: "Tenant isolation scenarios and their impact"
    case .twoWay: "Two-way tenant isolation"
    case .allowlists: "Tenant isolation with allowlists"
    case .outboundAllowlist: "Scenario: outbound allowlist"
    case .bidirectionalAllowlist: "Scenario: bidirectional allowlist"
    case .configuration: "Enable tenant isolation and configure allowlist"
    case .designTime: "Design time impact on apps and flows"
    case .runtime: "Runtime impact on apps and flows"
    case .knownIssues: "Known issues"
    case .switchFound: "The switch, found"
    case .demonstration: "A file in one tenant becomes a message in another"
    case .rules: "Rules"
    case .laterEdition: "What the edition of 2025 changes"
    case .pictures: "Pictures of blocked connections and runs"
    case .runHistory: "Runs of the last 28 days"
    case .reportIntroduction: "Create cross tenant isolation reports"
    case .reportAuthentication: "Authenticate"
    case .reportCreation: "Create a report"
    case .reportList: "List all reports for the tenant"
    case .reportFetch: "Fetch a single report"
    case .reportReference: "Operations and fields"
    case .reportOtherEditions: "What other editions say"
    case .reportSample: "A report's days"
    case .packageIntroduction: "Manage tenant isolation policy"
    case .packageAuthentication: "Choose a tool that can authenticate"
    case .packageList: "Call the GET"
    case .packageInstallation: "Review the output"
    case .packagePoll: "Make updates using POST"
    case .packageVerification: "Verify in the admin center"
    case .packageReference: "Statuses, states and conditions"
    case .widelyShared: "Widely shared apps and flows"
    case .teamFlows: "Owners and run-only users of a flow"
    case .auditIntroduction: "Set up sharing alerts and mitigation"
    case .alertPolicies: "Set up alerts using alert policies"
    case .alertFlow: "Set up alerts using Power Automate"
    case .appRegistration: "Set up an application to connect to the Management API"
    case .customConnector: "Set up the custom connector, and the redirect URL"
    case .subscription: "Start a subscription to the audit log content"
    case .auditActivities: "What is recorded, when it is found, and how long it is kept"
    case .activityAPI: "Subscriptions, windows and content"
    case .activityAPIMet: "Answers that the reference does not have"
    case .policyObject: "Reading and replacing"
    case .sharingDigest: "Set up a daily sharing digest flow"
    case .sharingApproval: "Flows that list, subscribe, unsubscribe and receive"
    }
  }

  /// Where it is published, at the heading where that has an address of its own; nil where the page's
  /// address is not known.
  public var url: String? { page.url.map { $0 + (heading.map { "#\($0)" } ?? "") } }

  private var heading: String? {
    switch self {
    case .impact: "understand-tenant-isolation-scenarios-and-impact"
    case .twoWay: "two-way-tenant-isolation-inbound-and-outbound-connection-restriction"
    case .allowlists, .outboundAllowlist, .bidirectionalAllowlist:
      "tenant-isolation-with-allowlists"
    case .configuration: "enable-tenant-isolation-and-configure-allowlist"
    case .designTime: "design-time-impact-on-apps-and-flows"
    case .runtime: "runtime-impact-on-apps-and-flows"
    case .knownIssues: "known-issues"
    default: nil
    }
  }
}
