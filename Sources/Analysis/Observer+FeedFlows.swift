import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// What comes of flows that read the Activity API.
struct FeedFlowSight: Sendable {
  enum Kind: Hashable, Sendable {
    /// A flow mails what it read.
    case digest
    /// It leaves out of its mail what it told already.
    case told
    /// What a flow missed for want of room in the page, which another flow mails.
    case missed
    /// A run reads nothing because a policy blocks it, and what it would have read is never mailed.
    case blocked
    /// A run fails by what the Activity API answers.
    case failed
    /// A flow asks about a wide share; it lets one be, because the app is registered.
    case asked, registered
    /// A share is taken away, as somebody said, and the audit log records it.
    case removed, recorded
    /// A share stays: somebody said so, nobody said anything, or a policy blocks the flow.
    case rejected, unanswered, stuck
  }

  let kind: Kind
  var assertion = Assertion()
}

extension Observer {
  private var trace: Trace { scene.simulation.trace }

  mutating func observeFeedFlows() {
    guard scene.scenario.works.contains(where: \.readsFeed) else { return }
    for flow in scene.cast.flows.indices.map({ FlowID($0) }) {
      guard let row = scene.simulation.work(of: flow, at: trace.until) else { continue }
      switch scene.scenario.works[row.row] {
      case .digesting(let digest, let readers): observe(digest, of: flow, to: readers)
      case .guarding: observeLetBe(by: flow)
      case .polling: continue
      }
      observeFailures(of: flow)
    }
    for approval in trace.approvals { observe(approval) }
  }

  private mutating func note(_ kind: FeedFlowSight.Kind, _ isAsserted: Bool) {
    note(FeedFlowSight(kind: kind, assertion: Assertion(outcome: isAsserted)))
  }

  // MARK: Digests

  private mutating func observe(_ digest: FeedDigest, of flow: FlowID, to readers: [UserID]) {
    for mail in trace.mails where mail.flow == flow {
      let isSaid = says(mail)
      note(.digest, isSaid)
      if !digest.keepsDuplicates, cameTwice(to: flow, by: mail.time) { note(.told, isSaid) }
    }
    observeSilence(of: flow, to: readers)
    observeMisses(of: flow, to: readers)
  }

  /// Whether something is said of a mail, or that it was sent.
  private func says(_ mail: Mail) -> Bool {
    expected.ofPackages.contains {
      guard case .mail(let reader, isSent: true, let time, let text) = $0 else { return false }
      return mail.recipients.contains(reader) && mail.contains(text)
        && mail.time <= time ?? trace.until
    }
  }

  /// Whether a flow read a record twice until an instant.
  private func cameTwice(to flow: FlowID, by time: Instant) -> Bool {
    let records = fetched(by: flow, until: time)
    return Set(records).count < records.count
  }

  private func fetched(by flow: FlowID, until time: Instant) -> [Int] {
    trace.events.filter { $0.kind == .contentFetched && $0.flow == flow && $0.time <= time }
      .compactMap { $0.auditRow }
      .flatMap { trace.audit.calls[$0.row].blobs }
      .flatMap { trace.audit.blobs[$0].records }
  }

  /// Whether it is said that somebody got no mail with some words.
  private func saysNoMail(to readers: [UserID]) -> Bool {
    expected.ofPackages.contains {
      guard case .mail(let reader, isSent: false, _, _) = $0 else { return false }
      return readers.contains(reader)
    }
  }

  /// Notes runs that a policy kept from reading, where something was there to be read.
  private mutating func observeSilence(of flow: FlowID, to readers: [UserID]) {
    let failed = runs(of: flow) { $0.isByPolicy }
    let read = Set(fetched(by: flow, until: trace.until))
    let isMissed = trace.audit.records.indices.contains { row in
      !read.contains(row) && failed.contains { trace.audit.records[row].availableAt < $0.last }
    }
    if isMissed { note(.blocked, saysNoMail(to: readers)) }
  }

  /// Notes what had no room in a page that this flow read, and was read by another one.
  private mutating func observeMisses(of flow: FlowID, to readers: [UserID]) {
    let calls = trace.events.filter { $0.kind == .contentListed && $0.flow == flow }
    let isCut = calls.contains { $0.auditRow.map { trace.audit.calls[$0.row].hasMore } ?? false }
    let mine = Set(fetched(by: flow, until: trace.until))
    let others = trace.events.filter { $0.kind == .contentFetched && $0.flow != flow }
      .compactMap { $0.flow }.flatMap { fetched(by: $0, until: trace.until) }
    guard isCut, others.contains(where: { !mine.contains($0) }) else { return }
    note(.missed, saysNoMail(to: readers))
  }

  private func runs(of flow: FlowID, where fits: (Failure) -> Bool) -> [RunGroup] {
    scene.simulation.runs(of: flow, in: .start..<max(.start, trace.until)).filter {
      trace.verdicts[$0.verdict].failure.map(fits) ?? false
    }
  }

  private mutating func observeFailures(of flow: FlowID) {
    for group in runs(of: flow, where: { $0.cause.isAboutWork }) {
      note(
        .failed,
        expected.claims(on: flow).contains {
          switch $0 {
          case .run(_, let time, let run):
            (group.first...group.last).contains(time) && run.outcome == .failed
          case .runs(_, _, let interval, let run):
            interval.overlaps(group.first..<group.last + 1) && run.outcome == .failed
          default: false
          }
        })
    }
  }

  // MARK: Questions about shares

  private mutating func observe(_ approval: Approval) {
    let states = expected.ofApprovals.compactMap { claim -> (Approval.State, Instant)? in
      guard case .removal(approval.recipient, approval.app, let state?, let time) = claim else {
        return nil
      }
      return (state, time)
    }
    note(.asked, states.contains { $0.1 >= approval.askedAt })
    guard let answer = approval.answer else {
      if isShared(approval) { note(.unanswered, states.contains { $0.0 == .pending }) }
      return
    }
    observe(answer, to: approval, states.contains { $0.0 == answer.wantedState } || says(answer))
  }

  private func isShared(_ approval: Approval) -> Bool {
    let shares = scene.simulation.shares(of: .app(approval.app), at: trace.until) ?? []
    return shares.contains { $0.recipient == approval.recipient }
  }

  private mutating func observe(
    _ answer: Approval.Answer, to approval: Approval, _ isSaid: Bool
  ) {
    let events = trace.events.filter {
      $0.time == answer.time && $0.approval.map { trace.approvals[$0.row] } == approval
    }
    guard answer.isApproved else { return note(.rejected, isSaid) }
    guard events.contains(where: { $0.kind == .shareChanged }) else {
      if events.contains(where: { $0.failure?.isByPolicy ?? false }) { note(.stuck, isSaid) }
      return
    }
    note(.removed, isSaid)
    let record = trace.audit.records.first {
      $0.operation == .appPermissionDeleted && $0.createdAt == answer.time
        && $0.app == approval.app
    }
    if let record { note(.recorded, expected.ofAudit.contains { $0.counts(record) }) }
  }

  /// Whether something is said of the statement that is the answer.
  private func says(_ answer: Approval.Answer) -> Bool {
    scene.scenario.timeline.indices.contains { row in
      guard case .answerRemoval = scene.scenario.timeline[row].action else { return false }
      return scene.scenario.timeline[row].time == answer.time && expected.statement(row).outcome
    }
  }

  /// Notes wide shares that a flow read and let be, because their app is registered.
  private mutating func observeLetBe(by flow: FlowID) {
    let added = trace.events.filter { $0.kind == .appRegistered }.compactMap(\.app)
    let registered = scene.scenario.registeredApps + added
    for row in Set(fetched(by: flow, until: trace.until)).sorted() {
      let record = trace.audit.records[row]
      guard record.operation == .appPermissionEdited, let app = record.app,
        let recipient = record.share?.recipient, registered.contains(app),
        scene.simulation.isWidelyShared(.app(app), at: trace.until)
      else { continue }
      note(
        .registered,
        expected.ofApprovals.contains {
          if case .removal(recipient, app, nil, let time) = $0 {
            time >= record.availableAt
          } else {
            false
          }
        })
    }
  }
}

extension Failure {
  /// Whether a policy stands in the way.
  fileprivate var isByPolicy: Bool {
    switch cause {
    case .isolation, .blockedConnector, .blockedAction, .connectorMix: true
    default: false
    }
  }
}

extension Approval.Answer {
  fileprivate var wantedState: Approval.State { isApproved ? .approved : .rejected }
}

extension AuditClaim {
  /// Whether it counts a record, among others.
  fileprivate func counts(_ record: AuditRecord) -> Bool {
    guard case .records(record.tenant, let count, let operation, let interval, _) = self else {
      return false
    }
    return count > 0 && interval.contains(record.createdAt)
      && (operation == nil || operation == record.operation)
  }
}
