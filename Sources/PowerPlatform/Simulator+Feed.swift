import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Calls of the Office 365 Management Activity API: by people, through a custom connector, or by an
// application itself, where nobody acts.

extension Simulator {
  mutating func call(
    _ request: FeedRequest, using id: RegistrationID, _ step: Step
  ) {
    let asked = asked(request, id)
    let registration = world.cast.registrations[id.row]
    if let cause = step.actor.flatMap({ refusal(of: $0, registration) }) {
      let row = AuditRowID(audit.feed.add(asked, at: clock))
      return refuse(step, cause) {
        $0.tenant = registration.tenant
        $0.auditRow = row
      }
    }
    do throws(FeedFault) {
      try checkAccess(asked, isByItself: step.actor == nil)
      let call = try answer(request, asked)
      conclude(call, step)
    } catch {
      fail(error, asked, step)
    }
  }

  /// The call before it is answered.
  private func asked(_ request: FeedRequest, _ id: RegistrationID) -> FeedCall {
    switch request {
    case .start(let type, let publisher):
      var call = FeedCall(.start, id, type)
      call.publisher = publisher
      return call
    case .stop(let type): return FeedCall(.stop, id, type)
    case .listSubscriptions: return FeedCall(.listSubscriptions, id)
    case .list(let type, _, _): return FeedCall(.listContent, id, type)
    case .listNext(let page, _): return asked(.listContent, page, id)
    case .fetchPage(let page), .fetchBlob(_, let page): return asked(.fetchContent, page, id)
    }
  }

  private func asked(
    _ kind: FeedCall.Kind, _ page: ContentPageID, _ id: RegistrationID
  ) -> FeedCall {
    var call = FeedCall(kind, id, self.page(page, of: id)?.contentType)
    call.source = page
    return call
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
    _ call: FeedCall, isByItself: Bool
  ) throws(FeedFault) {
    let registration = world.cast.registrations[call.registration.row]
    if let error = registration.signInError(at: scenario.civil(clock)) { throw FeedFault(error) }
    let permissions = registration.permissions(isByItself: isByItself)
    guard call.isPermitted(permissions) else { throw FeedFault(.permissionMissing) }
    guard audit.feed.quota.admits(registration.tenant, at: clock) else {
      throw FeedFault(.tooManyRequests)
    }
  }

  private mutating func answer(
    _ request: FeedRequest, _ asked: FeedCall
  ) throws(FeedFault) -> FeedCall {
    let id = asked.registration
    switch request {
    case .start(let type, _): return try start(type, asked)
    case .stop(let type):
      audit.feed.set(try enabled(type, id), isEnabled: false, at: clock)
      return asked
    case .listSubscriptions:
      var call = asked
      call.subscriptions = audit.feed.enabledTypes(id, at: clock)
      return call
    case .list(let type, let window, let page):
      return try list(type, window, from: 0, as: page, id)
    case .listNext(let previous, let page): return try listNext(after: previous, as: page, id)
    case .fetchPage(let page): return try fetch(page, id)
    case .fetchBlob(let number, let page): return try fetch(page, number: number, id)
    }
  }

  // MARK: Subscriptions

  private mutating func start(
    _ type: ContentType, _ asked: FeedCall
  ) throws(FeedFault) -> FeedCall {
    let key = FeedBook.Key(registration: asked.registration, type: type)
    if let error = audit.feed.startError(key, at: clock) { throw FeedFault(error) }
    audit.feed.set(key, isEnabled: true, at: clock)
    return asked
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

  /// A page that a registration listed: others have no part in it.
  private func page(_ name: ContentPageID, of id: RegistrationID) -> FeedCall? {
    let page = audit.feed.page(name, at: clock)
    return page?.registration == id ? page : nil
  }

  private func list(
    _ type: ContentType, _ window: FeedWindow, from offset: Int, as page: ContentPageID,
    _ id: RegistrationID
  ) throws(FeedFault) -> FeedCall {
    let key = try enabled(type, id)
    let listing = audit.feed.listing(
      key, try audit.feed.window(window, at: clock).get(), at: clock)
    var call = listing.page(from: offset)
    call.page = page
    return call
  }

  private func listNext(
    after name: ContentPageID, as page: ContentPageID, _ id: RegistrationID
  ) throws(FeedFault) -> FeedCall {
    guard let previous = self.page(name, of: id), previous.hasMore,
      let type = previous.contentType, let window = previous.window
    else { throw FeedFault(.nextPageInvalid, of: name) }
    var call = try list(
      type, FeedWindow(from: window.lowerBound, to: window.upperBound),
      from: previous.offset + previous.blobs.count, as: page, id)
    call.source = name
    return call
  }

  /// - Parameter number: which piece of the page, from 1; all of them where nil.
  private func fetch(
    _ name: ContentPageID, number: Int? = nil, _ id: RegistrationID
  ) throws(FeedFault) -> FeedCall {
    guard let page = page(name, of: id), let type = page.contentType,
      number.map({ page.blobs.indices.contains($0 - 1) }) ?? true
    else {
      let place = number.map { FeedContent.number(Int32(clamping: $0)) }
      throw FeedFault(.contentMissing, content: place, of: name)
    }
    let chosen = number.map { [page.blobs[$0 - 1]] } ?? page.blobs
    if let expired = chosen.first(where: { audit.feed.blobs[$0].expiresAt <= clock }) {
      throw FeedFault(.contentExpired, content: .row(Int32(clamping: expired)))
    }
    _ = try enabled(type, id)
    var call = FeedCall(.fetchContent, id, type)
    call.source = name
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
  private mutating func fail(_ fault: FeedFault, _ asked: FeedCall, _ step: Step) {
    let isHarmless = fault.error == .alreadyEnabled
    var record = record(
      isHarmless ? .subscriptionChanged : .operationRefused, step,
      isHarmless ? .succeeded : .refused)
    record.tenant = world.cast.registrations[asked.registration.row].tenant
    record.auditRow = AuditRowID(audit.feed.add(asked, at: clock))
    if !isHarmless { record.attempt = step.statement.action.attempt }
    var failure = Failure(.request, .feed)
    failure.user = step.actor
    failure.tenant = record.tenant
    failure.registration = asked.registration
    failure.feed = fault.failure(of: asked)
    record.failure = failure
    conclude(step, with: record)
  }
}

extension FeedCall {
  /// Whether permissions are enough for it; where it is about no type, one of any type's are.
  fileprivate func isPermitted(_ permissions: [FeedPermission]) -> Bool {
    let needed = contentType.map { [$0.permission] } ?? ContentType.allCases.map(\.permission)
    return needed.contains { permissions.contains($0) }
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
