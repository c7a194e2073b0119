import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// The audit log, alerts about it, and its feed.
extension Checker {
  // MARK: Settings

  mutating func setAudit(_ sentence: Sentence) {
    let isSecond = choice(.value) == 1
    switch sentence {
    case .setAuditDelay:
      guard let capture = capture(.value) else { return }
      do {
        scenario.settings.audit.delay = try TimeReader.range(bytes(capture))
      } catch {
        report(error, capture)
      }
    case .setAuditIsolation: scenario.settings.audit.recordsIsolation = isSecond
    case .setFeedFirstContent: set(\.firstContent)
    case .setFeedRestart: set(\.restart)
    case .setFeedDisorder: set(\.disorder)
    case .setFeedDuplicates: set(\.duplicates, 0...100)
    case .setFeedPageSize: set(\.pageSize, 1...10_000)
    case .setFeedRequestLimit: set(\.requestLimit, 1...1_000_000)
    case .setFeedLongWindow: scenario.settings.audit.longWindow = isSecond ? .partial : .refused
    case .setFeedLicences: scenario.settings.audit.checksLicences = isSecond
    default: break
    }
  }

  private mutating func set(_ setting: WritableKeyPath<AuditSettings, Milliseconds>) {
    if let length = duration(.value) { scenario.settings.audit[keyPath: setting] = length }
  }

  private mutating func set(
    _ setting: WritableKeyPath<AuditSettings, Int>, _ range: ClosedRange<Int>
  ) {
    guard let capture = capture(.number) else { return }
    let number = number(.number, upTo: UInt64(range.upperBound)).map { Int($0) }
    guard let number else { return }
    guard range.contains(number) else {
      return report(
        .badNumber, capture,
        "this is a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    scenario.settings.audit[keyPath: setting] = number
  }

  // MARK: World

  mutating func giveLicence(_ sentence: Sentence) {
    if sentence == .premiumLicence {
      if let user = user(.user) { scenario.licences.premium.append(user) }
    } else if let tenant = tenant(.tenant), isFirst(.licence(tenant: tenant.row)) {
      scenario.licences.e5.removeAll { $0 == tenant }
      if choice(.level) == 1 { scenario.licences.e5.append(tenant) }
    }
  }

  mutating func declareRegistration() {
    let row = scenario.cast.registrations.count
    let name = declare(.registration, row: row)
    let tenant = tenant(.tenant)
    var registration = AppRegistration(name: name, tenant: tenant ?? TenantID(0))
    for capture in captures(.permissions) {
      let permission = FeedPermission.allCases[Int(capture.choice) / 2]
      if capture.choice % 2 == 0 {
        registration.delegated.append(permission)
      } else {
        registration.application.append(permission)
      }
    }
    registration.isConsented = capture(.consented) != nil
    registration.secretUntil = date(.until)
    if let resource = text(.resource) { registration.resource = resource }
    if let redirect = text(.redirect) { registration.redirect = redirect }
    scenario.cast.registrations.append(registration)
  }

  private mutating func date(_ field: Field) -> CivilTime? {
    guard let capture = capture(field) else { return nil }
    var reader = TimeReader(bytes(capture))
    do {
      return try reader.date()
    } catch {
      report(error, capture)
      return nil
    }
  }

  // MARK: Timeline

  mutating func auditAction(_ sentence: Sentence, by actor: UserID?) -> AuditAction? {
    switch sentence {
    case .turnAuditing:
      let isOn = choice(.state) == 0
      return tenant(.tenant, ofActor: actor).map { .turnAuditing(on: isOn, tenant: $0) }
    case .createAlertPolicy: return createAlertPolicy(by: actor)
    case .deleteAlertPolicy:
      return row(.alertPolicy, .alertPolicy).map { .deleteAlertPolicy(AlertPolicyID($0)) }
    default:
      let registration = row(.registration, .registration).map { RegistrationID($0) }
      guard let request = feedRequest(sentence), let registration else { return nil }
      return .feed(registration, request)
    }
  }

  private mutating func createAlertPolicy(by actor: UserID?) -> AuditAction? {
    let row = create(.alertPolicy, in: \.alertPolicies)
    let tenant = tenant(.tenant, ofActor: actor)
    let operations = captures(.activities).map { AuditOperation.allCases[Int($0.choice)] }
    let named = captures(.recipients)
    let recipients = readers(named)
    guard let tenant, recipients.count == named.count else { return nil }
    return .createAlertPolicy(
      AlertPolicyID(row),
      AlertPolicy(tenant: tenant, operations: operations, recipients: recipients))
  }

  private mutating func readers(_ captures: [Document.Capture]) -> [Recipient] {
    var readers: [Recipient] = []
    for capture in captures {
      guard let reader = reader(capture) else { continue }
      if readers.contains(reader) {
        report(
          .repeatedName, capture, "\"\(shown(capture))\" is told already")
      }
      readers.append(reader)
    }
    return readers
  }

  private mutating func reader(_ capture: Document.Capture) -> Recipient? {
    row(capture, .person).map {
      $0 < Self.firstGroup ? .user(UserID($0)) : .group(GroupID($0 - Self.firstGroup))
    }
  }

  private mutating func feedRequest(_ sentence: Sentence) -> FeedRequest? {
    let type = ContentType.allCases[choice(.contentType)]
    switch sentence {
    case .startSubscription:
      guard let capture = capture(.publisher) else { return .start(type, publisher: .none) }
      return publisher(capture).map { .start(type, publisher: $0) }
    case .stopSubscription: return .stop(type)
    case .listSubscriptions: return .listSubscriptions
    case .listContent:
      let window = feedWindow()
      let page = ContentPageID(pageName())
      return window.map { .list(type, $0, as: page) }
    case .listNextPage:
      let previous = row(.after, .contentPage)
      let page = ContentPageID(pageName())
      return previous.map { .listNext(after: ContentPageID($0), as: page) }
    case .fetchContent: return row(.of, .contentPage).map { .fetchPage(ContentPageID($0)) }
    default:
      let number = number(.number, upTo: 1_000_000_000)
      guard let page = row(.of, .contentPage), let number else { return nil }
      return .fetchBlob(Int(number), of: ContentPageID(page))
    }
  }

  /// A tenant, or the slip of giving an application's id.
  private mutating func publisher(_ capture: Document.Capture) -> FeedPublisher? {
    let id = intern(capture, .registration)
    if let row = names.row(id) { return .application(RegistrationID(row)) }
    return tenant(capture).map { .tenant($0) }
  }

  /// The window of a list: it may be anywhere, what is wrong with it the API says.
  private mutating func feedWindow() -> FeedWindow? {
    let ends = [capture(.from), capture(.to)]
    let times = ends.map { $0.flatMap { instant($0) } }
    guard zip(ends, times).allSatisfy({ ($0 == nil) == ($1 == nil) }) else { return nil }
    return FeedWindow(from: times[0], to: times[1])
  }

  /// The row of the name that a page is listed under; it may be used again.
  private mutating func pageName() -> Int {
    guard let capture = capture(.name) else { return 0 }
    let id = intern(capture, .contentPage)
    guard let row = names.row(id) else { return create(.contentPage, in: \.contentPages) }
    noteCreation(.contentPage, row: row, isNew: false)
    return row
  }

  // MARK: Expectations

  mutating func auditClaim(_ sentence: Sentence) -> AuditClaim? {
    switch sentence {
    case .expectAuditRecords, .expectNoAuditRecords: return recordsClaim(sentence)
    case .expectAlert, .expectNoAlert: return alertClaim(isSent: sentence == .expectAlert)
    case .expectSubscription:
      let time = watchedInstant(.time)
      guard let registration = row(.registration, .registration), let time else { return nil }
      return .subscription(
        ContentType.allCases[choice(.contentType)], RegistrationID(registration),
        isEnabled: [true, false, nil][choice(.state)], at: time)
    default: return pageClaim(sentence)
    }
  }

  private var activity: AuditOperation? {
    capture(.activity).map { AuditOperation.allCases[Int($0.choice)] }
  }

  private mutating func recordsClaim(_ sentence: Sentence) -> AuditClaim? {
    let (tenant, interval) = (tenant(.tenant), interval())
    var count: UInt64? = 0
    if sentence != .expectNoAuditRecords { count = number(.count, upTo: 1_000_000_000_000) }
    let by = capture(.by) == nil ? nil : watchedInstant(.by)
    guard let tenant, let interval, let count, by != nil || capture(.by) == nil else { return nil }
    return .records(tenant, count: Int(count), activity, in: interval, availableBy: by)
  }

  private mutating func alertClaim(isSent: Bool) -> AuditClaim? {
    let policy = row(.alertPolicy, .alertPolicy)
    let recipient = capture(.recipient).flatMap { reader($0) }
    let subject = capture(.about).flatMap { auditSubject($0) }
    guard let policy, let time = watchedInstant(.by),
      recipient != nil || capture(.recipient) == nil, subject != nil || capture(.about) == nil
    else { return nil }
    return .alert(AlertPolicyID(policy), isSent: isSent, to: recipient, about: subject, by: time)
  }

  /// An app, a flow or a connection, whichever has the name first.
  private mutating func auditSubject(_ capture: Document.Capture) -> AuditSubject? {
    let kinds = [NameKind.app, .flow, .connection]
    let known = kinds.compactMap { kind in
      let id = intern(capture, kind)
      return names.row(id).map { (kind: kind, row: $0) }
    }
    let here = known.first { foreignScope($0.kind, row: $0.row) == nil }
    guard let kind = (here ?? known.first)?.kind else {
      reportUnknownSubject(capture, kinds)
      return nil
    }
    return row(capture, kind).map { row in
      switch kind {
      case .app: .app(AppID(row))
      case .flow: .flow(FlowID(row))
      default: .connection(ConnectionID(row))
      }
    }
  }

  private mutating func reportUnknownSubject(_ capture: Document.Capture, _ kinds: [NameKind]) {
    guard isNewlyUnknown(intern(capture, kinds[0])) else { return }
    report(
      .unknownAuditSubject, capture,
      "\"\(shown(capture))\" is not the name of an app, a flow or a connection declared or created "
        + "above",
      suggestion: nearest(
        to: word(capture), among: kinds.flatMap { names.all($0).prefix(2000) }))
  }

  private mutating func pageClaim(_ sentence: Sentence) -> AuditClaim? {
    let page = row(.page, .contentPage).map { ContentPageID($0) }
    let count = number(.count, upTo: 1_000_000_000_000).map { Int($0) }
    let time = capture(.time) == nil ? nil : watchedInstant(.time)
    guard let page, let count, time != nil || capture(.time) == nil else { return nil }
    guard sentence == .expectPage else {
      return .pageRecords(page, count: count, activity, at: time)
    }
    let hasMore = capture(.more).map { $0.choice == 0 }
    return .page(page, blobs: count, hasMore: hasMore, at: time)
  }
}
