import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Calls of the Office 365 Management Activity API: by people, through a custom connector, or by an
// application itself, where nobody acts.

extension Simulator {
  mutating func call(
    _ request: FeedRequest, using id: RegistrationID, _ step: Step
  ) {
    let registration = world.cast.registrations[id.row]
    if let cause = step.actor.flatMap({ refusal(of: $0, registration) }) {
      return refuse(step, cause) { $0.tenant = registration.tenant }
    }
    do throws(FeedFault) {
      try checkAccess(registration, isByItself: step.actor == nil)
      let call = try answer(request, id)
      conclude(call, step)
    } catch {
      fail(error, id, step)
    }
  }

  /// Why somebody may not call through a custom connector; nil where they may.
  func refusal(of user: UserID, _ registration: AppRegistration) -> Cause? {
    guard mayCallFeed(user, registration.tenant) else { return .notAuditAdministrator }
    let isLicensed =
      !scenario.settings.audit.checksLicences || scenario.licences.premium.contains(user)
    return isLicensed ? nil : .notLicensed
  }

  /// The documentation asks for a Global administrator, who consents; that a Power Platform
  /// administrator calls as well is assumed.
  private func mayCallFeed(_ user: UserID, _ tenant: TenantID) -> Bool {
    administers(user, tenant) && world.cast.users[user.row].role != .dynamicsAdministrator
  }

  mutating func checkAccess(
    _ registration: AppRegistration, isByItself: Bool
  ) throws(FeedFault) {
    if let error = registration.signInError(at: scenario.civil(clock)) { throw FeedFault(error) }
    let permissions = isByItself ? registration.application : registration.delegated
    guard permissions.contains(.activityFeedRead) else {
      throw FeedFault(.permissionMissing)
    }
    guard audit.feed.count(callOf: registration.tenant, at: clock) else {
      throw FeedFault(.tooManyRequests)
    }
  }

  private mutating func answer(
    _ request: FeedRequest, _ id: RegistrationID
  ) throws(FeedFault) -> FeedCall {
    switch request {
    case .start(let type, let publisher): return try start(type, publisher, id)
    case .stop(let type): return try stop(type, id)
    case .listSubscriptions:
      var call = FeedCall(.listSubscriptions, id)
      call.subscriptions = audit.feed.enabledTypes(id, at: clock)
      return call
    case .list(let type, let window, let page):
      let key = try enabled(type, id)
      var call = audit.feed.list(
        key, try audit.feed.window(window, at: clock).get(), from: 0, at: clock)
      call.page = page
      return call
    case .listNext(let previous, let page): return try listNext(after: previous, as: page, id)
    case .fetchPage(let page): return try fetch(page, id) { $0 }
    case .fetchBlob(let number, let page):
      return try fetch(page, id) { $0.indices.contains(number - 1) ? [$0[number - 1]] : [] }
    }
  }

  // MARK: Subscriptions

  private mutating func start(
    _ type: ContentType, _ publisher: FeedPublisher, _ id: RegistrationID
  ) throws(FeedFault) -> FeedCall {
    let key = FeedBook.Key(registration: id, type: type)
    if let error = audit.feed.startError(key, at: clock) { throw FeedFault(error) }
    audit.feed.set(key, isEnabled: true, at: clock)
    var call = FeedCall(.start, id, type)
    call.publisher = publisher
    return call
  }

  private mutating func stop(
    _ type: ContentType, _ id: RegistrationID
  ) throws(FeedFault) -> FeedCall {
    audit.feed.set(try enabled(type, id), isEnabled: false, at: clock)
    return FeedCall(.stop, id, type)
  }

  /// The subscription, which has to be enabled.
  func enabled(
    _ type: ContentType, _ id: RegistrationID
  ) throws(FeedFault) -> FeedBook.Key {
    let key = FeedBook.Key(registration: id, type: type)
    guard audit.feed.isEnabled(key, at: clock) else { throw FeedFault(.noSubscription) }
    return key
  }

  // MARK: Content

  private func listNext(
    after name: ContentPageID, as page: ContentPageID, _ id: RegistrationID
  ) throws(FeedFault) -> FeedCall {
    guard let previous = audit.feed.page(name, at: clock), previous.hasMore,
      let type = previous.contentType, let window = previous.window
    else { throw FeedFault(.nextPageInvalid) }
    let offset = previous.offset + previous.blobs.count
    var call = audit.feed.list(try enabled(type, id), window, from: offset, at: clock)
    call.page = page
    return call
  }

  private func fetch(
    _ name: ContentPageID, _ id: RegistrationID, _ choose: ([Int]) -> [Int]
  ) throws(FeedFault) -> FeedCall {
    guard let page = audit.feed.page(name, at: clock) else { throw FeedFault(.contentMissing) }
    let chosen = choose(page.blobs)
    if chosen.isEmpty, !page.blobs.isEmpty { throw FeedFault(.contentMissing) }
    if let expired = chosen.first(where: { audit.feed.blobs[$0].expiresAt <= clock }) {
      throw FeedFault(.contentExpired, content: expired)
    }
    _ = try enabled(.general, id)
    var call = FeedCall(.fetchContent, id, page.contentType)
    call.page = nil
    call.blobs = chosen
    return call
  }

  // MARK: Records

  private mutating func conclude(_ call: FeedCall, _ step: Step) {
    let row = audit.feed.add(call, at: clock)
    var record = record(call.kind.recordKind, step, .succeeded)
    record.tenant = world.cast.registrations[call.registration.row].tenant
    record.auditRow = AuditRowID(row)
    conclude(step, with: record)
  }

  /// An error is an answer. That a subscription is enabled already is none to worry about: all is
  /// as was asked.
  private mutating func fail(_ fault: FeedFault, _ id: RegistrationID, _ step: Step) {
    let isHarmless = fault.error == .alreadyEnabled
    var record = record(
      isHarmless ? .subscriptionChanged : .operationRefused, step,
      isHarmless ? .succeeded : .refused)
    record.tenant = world.cast.registrations[id.row].tenant
    var failure = Failure(.request, .feed)
    failure.user = step.actor
    failure.tenant = record.tenant
    failure.feedError = fault.error
    failure.registration = id
    failure.limit = fault.content
    record.failure = failure
    if isHarmless { record.auditRow = AuditRowID(audit.feed.add(repeated(id, step), at: clock)) }
    conclude(step, with: record)
  }

  private func repeated(_ id: RegistrationID, _ step: Step) -> FeedCall {
    guard case .audit(.feed(_, .start(let type, let publisher))) = step.statement.action else {
      return FeedCall(.start, id)
    }
    var call = FeedCall(.start, id, type)
    call.publisher = publisher
    return call
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
