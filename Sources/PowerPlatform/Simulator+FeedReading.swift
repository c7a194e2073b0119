import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Flows that read the Activity API: each run asks for the content of one period, which ends with it.

/// What a run reads.
enum FeedReading {
  /// Audit records in the order of their content, one that came twice twice.
  case records([Int])
  /// Nothing: it fails, in its first step.
  case failure(FailedWork)
}

extension Simulator {
  /// Reads what was created since the flow's run before.
  ///
  /// What a run that fails would have read, no later one asks for.
  mutating func read(
    _ id: RegistrationID, followingPages: Bool, by flow: FlowID, _ definition: FlowDefinition
  ) -> FeedReading {
    guard case .every(let period, _) = definition.trigger else { return .records([]) }
    let registration = world.cast.registrations[id.row]
    if let cause = refusal(of: definition.owner, registration) {
      return .failure(answer(failure(cause, definition.owner, id), definition))
    }
    do throws(FeedFault) {
      let pages = try list(id, over: period, followingPages: followingPages)
      return .records(try fetch(pages, id, by: flow))
    } catch {
      var failure = failure(.feed, definition.owner, id)
      failure.feed = error.failure(of: FeedCall(.listContent, id, .general))
      return .failure(answer(failure, definition))
    }
  }

  private func answer(_ failure: Failure, _ definition: FlowDefinition) -> FailedWork {
    FailedWork(failure: failure, step: askingStep(of: definition))
  }

  private func failure(_ cause: Cause, _ user: UserID, _ id: RegistrationID) -> Failure {
    var failure = Failure(.run, cause)
    failure.user = user
    failure.tenant = world.cast.registrations[id.row].tenant
    failure.registration = id
    return failure
  }

  private mutating func list(
    _ id: RegistrationID, over period: Milliseconds, followingPages: Bool
  ) throws(FeedFault) -> [FeedCall] {
    let call = FeedCall(.listContent, id, .general)
    try checkAccess(call, isByItself: false)
    let window = FeedWindow(from: clock + -period, to: clock)
    let listing = audit.feed.listing(
      try enabled(.general, id), try audit.feed.window(window, at: clock).get(), at: clock)
    var pages = [listing.page(from: 0)]
    while followingPages, let last = pages.last, last.hasMore {
      try checkAccess(call, isByItself: false)
      pages.append(listing.page(from: last.offset + last.blobs.count))
    }
    return pages
  }

  /// Fetches what the pages list. Where that is nothing, the run leaves no trace of its calls.
  private mutating func fetch(
    _ pages: [FeedCall], _ id: RegistrationID, by flow: FlowID
  ) throws(FeedFault) -> [Int] {
    let blobs = pages.flatMap(\.blobs)
    guard !blobs.isEmpty else { return [] }
    try checkAccess(FeedCall(.fetchContent, id, .general), isByItself: false)
    try count(blobs.count - 1, using: id)
    for page in pages { note(page, .contentListed, by: flow) }
    var call = FeedCall(.fetchContent, id, .general)
    call.blobs = blobs
    note(call, .contentFetched, by: flow)
    return blobs.flatMap { audit.feed.blobs[$0].records }
  }

  private mutating func note(_ call: FeedCall, _ kind: RecordKind, by flow: FlowID) {
    let line = world.flows.current(flow.row)?.line ?? 0
    var record = Record(kind, at: clock, line: line, outcome: .succeeded)
    record.flow = flow
    record.tenant = world.cast.registrations[call.registration.row].tenant
    record.auditRow = AuditRowID(audit.feed.add(call, at: clock))
    events.append(record)
  }
}
