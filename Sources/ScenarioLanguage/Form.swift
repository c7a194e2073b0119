/// Where a sentence may stand.
enum Section: String, CaseIterable, Sendable {
  case header, world, timeline, expectation
  /// Anywhere: what is told and asked, and what else there is to play.
  case script
}

/// One sentence of the language, as data.
///
/// The table of forms is all there is: what is read, what is suggested and what the reference says
/// come from it, so they cannot differ.
struct Form: Sendable {
  /// Which sentence it is, for whoever gives it a meaning.
  var sentence: Sentence
  /// Where it stands.
  var section: Section
  /// Its words and the places for names and values; see ``Notation``.
  var notation: String
  /// What it says, in a sentence.
  var summary: String
  /// A line that is right wherever its names are known.
  var example: String
  /// What holds where the sentence is absent, for settings.
  var standard: String?

  init(
    _ sentence: Sentence, _ section: Section, _ notation: String, _ summary: String,
    example: String, standard: String? = nil
  ) {
    self.sentence = sentence
    self.section = section
    self.notation = notation
    self.summary = summary
    self.example = example
    self.standard = standard
  }
}

extension Form {
  /// Its words and places in order.
  var items: [Notation] {
    var reader = NotationReader(notation)
    return reader.items()
  }

  /// As ``items``, with the variant that what happens and what is expected may begin with.
  var itemsInVariant: [Notation] {
    section == .timeline || section == .expectation ? [Self.inVariant] + items : items
  }

  /// `in VARIANT`, before what happens and before what is expected.
  private static let inVariant = Notation.optional([.word("in"), .slot(.variant, .variant)])
}

/// The sentences that have a meaning of their own; their names are the JSON form's words for them.
enum Sentence: String, CaseIterable, Sendable {
  case scenario, about, covers, start, until, seed, use
  case setPropagation, setDesignTime, setBlockedTrigger, setDataPolicyPropagation
  case setReactivation, setReactivationOff, setAlwaysFailing, setAlwaysFailingOff, setEdition
  case setReportStart, setReportDuration, setReportWindow, setReportEnding, setReportRepeat
  case setPolicyOperation, setPolicyOperationStart, setPolicyOperationDuration
  case setPolicyOperationEnding
  case setInstallStart, setInstallDuration, setInstallEnding
  case setAuditDelay, setAuditIsolation, setFeedFirstContent, setFeedRestart, setFeedDuplicates
  case setFeedDisorder, setFeedPageSize, setFeedRequestLimit, setFeedLongWindow, setFeedLicences

  case setWidelyShared

  case tenant, isolation, rule, person, group, connector, connection, app
  case recurringFlow, signalledFlow, manualFlow
  case sharedApp, sharedFlow, dataAccess
  case environment
  case licence, premiumLicence, appRegistration, registeredApp

  case turnIsolation, allow, changeRule, removeRule
  case createConnection, deleteConnection, createApp, addConnection, openApp, deleteApp
  case createRecurringFlow, createSignalledFlow, createManualFlow
  case saveFlow, turnFlow, deleteFlow, runFlow, signal
  case createDataPolicy, deleteDataPolicy
  case requestReport
  case shareApp, shareFlow, unshareApp, unshareFlow, sendCopy, moveFlow
  case addMember, removeMember, leaveGroup
  case readPolicy, replacePolicy
  case installPackage, cancelOperation, listPackages, createPollingFlow
  case createDigestFlow, createGuardFlow, approveRemoval, rejectRemoval, registerApp
  case turnAuditing, createAlertPolicy, deleteAlertPolicy
  case startSubscription, stopSubscription, listSubscriptions, listContent, listNextPage
  case fetchContent, fetchBlob

  case expectOutcome, expectError, expectRuns, expectOneRun, expectNoRuns, expectRunAt
  case expectHistory
  case expectFlow, expectFlowPage, expectApp, expectConnection
  case expectIsolation, expectAssessed
  case expectReturned, expectReport, expectReportCount, expectReportLists, expectReportNames
  case expectAppShared, expectFlowShared, expectVisible, expectWideApp, expectWideFlow
  case expectRule, expectOperation
  case expectPackage, expectMail, expectNoMail
  case expectErrorCode, expectAuditRecords, expectNoAuditRecords, expectAlert, expectNoAlert
  case expectSubscription, expectPage, expectPageRecords
  case expectRemoval

  case chapter, note, question, variant
}

extension Sentence {
  /// Whether it expects something of the `at` line above: it names no time of its own.
  var speaksOfStatementAbove: Bool {
    switch self {
    case .expectOutcome, .expectError, .expectErrorCode, .expectReturned: true
    default: false
    }
  }
}

/// The places that sentences have; the names are those of the JSON form's keys.
enum Field: String, CaseIterable, Sendable {
  case title, text, behaviours, time, seed, path, value
  case name, display, domains, id, state, tenant, other, directions, role, guestIn, members
  case token, owner, connector, signIn, `in`, withoutCredentials, connection, uses, operation
  case app, flow, period, from, signal, actor, to, delay, policy, blocked, actions, of, business
  case outcome, because, error, possibly, count, has, message
  case section, until, options, answer, variant
  case report
  case recipient, recipients, person, group
  case environment, withDataverse, package, polled
  case rules
  case level, user, permissions, consented, resource, redirect, registration
  case activities, alertPolicy, contentType, publisher, page, after, number
  case code, activity, by, about, more
  case followingPages, keepingDuplicates
}

/// What may stand in a place.
enum SlotKind: String, CaseIterable, Sendable {
  case text, path, behaviour, time, duration, delay, range, number
  case domain, guid, operation, ground, section
  case newTenant = "new tenant"
  case newUser = "new user"
  case newGroup = "new group"
  case newConnector = "new connector"
  case newConnection = "new connection"
  case newApp = "new app"
  case newFlow = "new flow"
  case newDataPolicy = "new data policy"
  case newVariant = "new variant"
  case newReport = "new report"
  case newAdminOperation = "new operation"
  case adminOperation = "admin operation"
  case newEnvironment = "new environment"
  case environment, package
  case newAlertPolicy = "new alert policy"
  case newRegistration = "new registration"
  case newContentPage = "new content page"
  case tenant, user, connector, connection, app, flow, variant, report
  case dataPolicy = "data policy"
  case group, recipient
  case date, code, registration, publisher
  case alertPolicy = "alert policy"
  case contentPage = "content page"
  case reader = "person or group"
  case auditSubject = "app, flow or connection"
  case ruleTenant = "tenant or *"
  case ruleTarget = "directions or tenant"

  /// The place as messages name it.
  var description: String {
    switch self {
    case .text: "a quoted text"
    case .path: "a path in quotes"
    case .behaviour: "the id of a behaviour"
    case .time: "a time"
    case .duration: "a duration"
    case .delay: "a duration, and last where all else of that instant comes first"
    case .range: "a duration or a range of durations"
    case .number: "a whole number"
    case .domain: "a domain"
    case .guid: "a GUID"
    case .operation: "the name of a trigger or an action"
    case .ground: "a ground"
    case .section: "a section of the documentation"
    case .newTenant, .tenant: "a tenant"
    case .newUser, .user: "a person"
    case .newGroup, .group: "a group"
    case .newConnector, .connector: "a connector"
    case .newConnection, .connection: "a connection"
    case .newApp, .app: "an app"
    case .newFlow, .flow: "a flow"
    case .newDataPolicy, .dataPolicy: "a data policy"
    case .newVariant, .variant: "a variant"
    case .newReport, .report: "a report"
    case .recipient: "a person, a group or everyone"
    case .newAdminOperation, .adminOperation: "an operation"
    case .newEnvironment, .environment: "an environment"
    case .package: "the unique name of a package"
    case .newAlertPolicy, .alertPolicy: "an alert policy"
    case .newRegistration, .registration: "an app registration"
    case .newContentPage, .contentPage: "a page of content"
    case .date: "a date"
    case .code: "the code of an error"
    case .publisher: "a tenant or an app registration"
    case .reader: "a person or a group"
    case .auditSubject: "an app, a flow or a connection"
    case .ruleTenant: "a tenant or *"
    case .ruleTarget: "directions"
    }
  }
}
