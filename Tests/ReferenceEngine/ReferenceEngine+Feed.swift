import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// The Office 365 Management Activity API: all content and all starts and stops are kept, and whatever
// is asked for is looked for among all of them.

/// A start or a stop.
struct SubscriptionChange {
  var registration: RegistrationID
  var type: ContentType
  var isStart: Bool
  var time: Instant
}

/// What the API says instead of an answer.
struct FeedProblem: Error {
  var error: FeedError
  var content: FeedContent?
  var page: ContentPageID?

  init(_ error: FeedError, _ content: FeedContent? = nil, of page: ContentPageID? = nil) {
    (self.error, self.content, self.page) = (error, content, page)
  }
}

extension ReferenceEngine {
  // MARK: Content

  /// Makes a piece of content of a record for every subscription that was ever started.
  mutating func makeContent(of row: Int) {
    let settings = scenario.settings.audit
    for (id, registration) in scenario.cast.registrations.enumerated()
    where registration.tenant == trace.audit.records[row].tenant {
      let id = RegistrationID(id)
      let starts = subscriptionChanges.filter { $0.registration == id && $0.type == .general }
      guard let first = starts.first else { continue }
      let earliest = max(clock, first.time + settings.firstContent)
      let late = settings.disorder > 0 ? disorder.next(in: 0...settings.disorder) : 0
      addContent(row, id, earliest + late)
      if settings.duplicates > 0, duplicates.next(in: 1...100) <= Int64(settings.duplicates) {
        addContent(row, id, earliest + duplicates.next(in: 1...1800) * 1000)
      }
    }
  }

  private mutating func addContent(_ row: Int, _ id: RegistrationID, _ created: Instant) {
    trace.audit.blobs.append(
      ContentBlob(
        identifier: scenario.cast.contentIdentifier(id, trace.audit.blobs.count),
        registration: id, contentType: .general, createdAt: created, records: [row]))
  }

  func isEnabled(_ id: RegistrationID, _ type: ContentType, at time: Instant) -> Bool {
    let changes = subscriptionChanges.filter {
      $0.registration == id && $0.type == type && $0.time <= time
    }
    return changes.last?.isStart ?? false
  }

  /// What was created in a window until now, while the subscription was enabled, by its creation.
  private func content(
    _ id: RegistrationID, _ type: ContentType, _ window: Range<Instant>
  ) -> [Int] {
    let rows = trace.audit.blobs.indices.filter { row in
      let blob = trace.audit.blobs[row]
      return blob.registration == id && blob.contentType == type
        && window.contains(blob.createdAt) && blob.createdAt <= clock
        && isEnabled(id, type, at: blob.createdAt)
    }
    return rows.sorted {
      (trace.audit.blobs[$0].createdAt, $0) < (trace.audit.blobs[$1].createdAt, $1)
    }
  }

  /// A page of a window, behind so many pieces of it. What has expired is passed over.
  func page(
    _ id: RegistrationID, _ type: ContentType, _ window: Range<Instant>, behind count: Int
  ) -> FeedCall {
    let all = content(id, type, window)
    let expired = all.count { trace.audit.blobs[$0].createdAt + 7 * CivilTime.day <= clock }
    let rest = all.dropFirst(max(count, expired))
    var call = FeedCall(.listContent, id, type)
    call.window = window
    call.offset = all.count - rest.count
    call.blobs = Array(rest.prefix(scenario.settings.audit.pageSize))
    call.hasMore = rest.count > call.blobs.count
    return call
  }

  /// Both ends or none, at most 24 hours, at most seven days back.
  func window(_ asked: FeedWindow) throws(FeedProblem) -> Range<Instant> {
    if asked.start == nil && asked.end == nil { return clock + -CivilTime.day..<clock }
    guard let start = asked.start, var end = asked.end, start <= end,
      clock - start <= 7 * CivilTime.day
    else { throw FeedProblem(.timeRange) }
    if end - start > CivilTime.day {
      guard scenario.settings.audit.longWindow == .partial else { throw FeedProblem(.timeRange) }
      end = start + CivilTime.day
    }
    return start..<end
  }

  // MARK: Rights

  /// Why somebody may not call with a registration's connector.
  func refusal(of user: UserID, _ id: RegistrationID) -> Cause? {
    let caller = scenario.cast.users[user.row]
    let mayCall = caller.role == .administrator || caller.role == .globalAdministrator
    guard mayCall, caller.home == scenario.cast.registrations[id.row].tenant else {
      return .notAuditAdministrator
    }
    let asksForLicence = scenario.settings.audit.checksLicences
    return asksForLicence && !scenario.licences.premium.contains(user) ? .notLicensed : nil
  }

  /// Signs in and counts one call.
  mutating func access(
    _ id: RegistrationID, _ type: ContentType?, isByItself: Bool = false
  ) throws(FeedProblem) {
    let registration = scenario.cast.registrations[id.row]
    if registration.resource != "https://manage.office.com" { throw FeedProblem(.wrongResource) }
    if registration.redirect != "https://global.consent.azure-apim.net/redirect" {
      throw FeedProblem(.wrongRedirect)
    }
    if !registration.isConsented { throw FeedProblem(.noConsent) }
    guard let end = registration.secretUntil else { throw FeedProblem(.noSecret) }
    if scenario.start + clock.milliseconds >= end { throw FeedProblem(.expiredSecret) }
    let permissions = isByItself ? registration.application : registration.delegated
    var needed: [FeedPermission] = [.activityFeedRead, .activityFeedReadDlp]
    if let type { needed = type == .dlp ? [.activityFeedReadDlp] : [.activityFeedRead] }
    guard needed.contains(where: permissions.contains) else {
      throw FeedProblem(.permissionMissing)
    }
    try count(1, id)
  }

  /// Counts calls of a tenant, of which so many are admitted in a minute.
  mutating func count(_ calls: Int, _ id: RegistrationID) throws(FeedProblem) {
    let tenant = scenario.cast.registrations[id.row].tenant
    feedCalls.removeAll { clock - $0.time >= 60_000 }
    for _ in 0..<max(0, calls) {
      guard feedCalls.count(where: { $0.tenant == tenant }) < scenario.settings.audit.requestLimit
      else {
        throw FeedProblem(.tooManyRequests)
      }
      feedCalls.append((tenant, clock))
    }
  }

  func requireSubscription(_ id: RegistrationID, _ type: ContentType) throws(FeedProblem) {
    guard isEnabled(id, type, at: clock) else { throw FeedProblem(.noSubscription) }
  }

  // MARK: Calls

  mutating func call(_ request: FeedRequest, _ id: RegistrationID, _ statement: Statement) {
    var call = question(request, id)
    let tenant = scenario.cast.registrations[id.row].tenant
    if let actor = statement.actor, let cause = refusal(of: actor, id) {
      let row = keep(call)
      return refuse(statement, cause) {
        $0.tenant = tenant
        $0.auditRow = row
      }
    }
    var failure: Failure?
    do throws(FeedProblem) {
      try access(id, call.contentType, isByItself: statement.actor == nil)
      try answer(request, &call)
    } catch {
      failure = Failure(.request, .feed)
      failure?.user = statement.actor
      failure?.tenant = tenant
      failure?.registration = id
      failure?.feed = FeedFailure(
        error.error, call.kind, call.contentType, content: error.content, of: error.page)
    }
    let isRefused = failure != nil && failure?.feed?.error != .alreadyEnabled
    let row = keep(call)
    note(
      isRefused ? .operationRefused : call.kind.recordKind, statement,
      isRefused ? .refused : .succeeded
    ) {
      $0.tenant = tenant
      $0.auditRow = row
      $0.failure = failure
      if isRefused { $0.attempt = statement.action.attempt }
    }
  }

  mutating func keep(_ call: FeedCall) -> AuditRowID {
    trace.audit.calls.append(call)
    if let page = call.page { pages[page] = call }
    return AuditRowID(trace.audit.calls.count - 1)
  }

  private func question(_ request: FeedRequest, _ id: RegistrationID) -> FeedCall {
    switch request {
    case .start(let type, let publisher):
      var call = FeedCall(.start, id, type)
      call.publisher = publisher
      return call
    case .stop(let type): return FeedCall(.stop, id, type)
    case .listSubscriptions: return FeedCall(.listSubscriptions, id)
    case .list(let type, _, _): return FeedCall(.listContent, id, type)
    case .listNext(let page, _), .fetchPage(let page), .fetchBlob(_, let page):
      var call = FeedCall(.fetchContent, id, known(page, id)?.contentType)
      if case .listNext = request { call.kind = .listContent }
      call.source = page
      return call
    }
  }

  /// A page, if this registration listed it.
  private func known(_ page: ContentPageID, _ id: RegistrationID) -> FeedCall? {
    pages[page]?.registration == id ? pages[page] : nil
  }

  /// Completes a call with its answer.
  private mutating func answer(
    _ request: FeedRequest, _ call: inout FeedCall
  ) throws(FeedProblem) {
    let id = call.registration
    switch request {
    case .start(let type, _): try start(type, id)
    case .stop(let type):
      try requireSubscription(id, type)
      change(type, id, isStart: false)
    case .listSubscriptions:
      call.subscriptions = ContentType.allCases.filter { isEnabled(id, $0, at: clock) }
    case .list(let type, let window, let name):
      try requireSubscription(id, type)
      call = page(id, type, try self.window(window), behind: 0)
      call.page = name
    case .listNext(let before, let name):
      guard let previous = known(before, id), previous.hasMore, let type = previous.contentType,
        let window = previous.window
      else { throw FeedProblem(.nextPageInvalid, of: before) }
      try requireSubscription(id, type)
      let asked = FeedWindow(from: window.lowerBound, to: window.upperBound)
      call = page(
        id, type, try self.window(asked), behind: previous.offset + previous.blobs.count)
      call.page = name
      call.source = before
    case .fetchPage(let name): try fetch(name, nil, &call)
    case .fetchBlob(let number, let name): try fetch(name, number, &call)
    }
  }

  private mutating func start(_ type: ContentType, _ id: RegistrationID) throws(FeedProblem) {
    if isEnabled(id, type, at: clock) { throw FeedProblem(.alreadyEnabled) }
    let latest = subscriptionChanges.last {
      $0.registration == id && $0.type == type && $0.isStart
    }
    if let latest, clock - latest.time < scenario.settings.audit.restart {
      throw FeedProblem(.tooManyRequests)
    }
    change(type, id, isStart: true)
  }

  private mutating func change(_ type: ContentType, _ id: RegistrationID, isStart: Bool) {
    subscriptionChanges.append(
      SubscriptionChange(registration: id, type: type, isStart: isStart, time: clock))
  }

  private mutating func fetch(
    _ name: ContentPageID, _ number: Int?, _ call: inout FeedCall
  ) throws(FeedProblem) {
    let id = call.registration
    guard let page = known(name, id), let type = page.contentType else {
      throw FeedProblem(.contentMissing, number.map { .number(Int32($0)) }, of: name)
    }
    var rows = page.blobs
    if let number {
      guard number >= 1, number <= rows.count else {
        throw FeedProblem(.contentMissing, .number(Int32(number)), of: name)
      }
      rows = [rows[number - 1]]
    }
    for row in rows where trace.audit.blobs[row].createdAt + 7 * CivilTime.day <= clock {
      throw FeedProblem(.contentExpired, .row(Int32(row)))
    }
    try requireSubscription(id, type)
    // Each piece is a call, the first of which is counted already.
    try count(rows.count - 1, id)
    call.blobs = rows
  }
}

extension FeedCall.Kind {
  fileprivate var recordKind: RecordKind {
    switch self {
    case .start, .stop: .subscriptionChanged
    case .listSubscriptions: .subscriptionsListed
    case .listContent: .contentListed
    case .fetchContent: .contentFetched
    }
  }
}
