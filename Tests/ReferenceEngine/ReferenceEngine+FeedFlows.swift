import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// Flows that read the Activity API: the sharing digest, and the guard that asks about wide shares.

extension ReferenceEngine {
  /// Lists and fetches what was created in the period before now. Nothing is fetched where nothing is
  /// listed.
  mutating func read(
    _ id: RegistrationID, _ followsPages: Bool, _ period: Milliseconds
  ) throws(FeedProblem) -> [FeedCall] {
    var calls: [FeedCall] = []
    repeat {
      try access(id, .general)
      try requireSubscription(id, .general)
      let window = try window(FeedWindow(from: clock + -period, to: clock))
      let seen = calls.flatMap(\.blobs).count
      let before = calls.first?.offset ?? 0
      calls.append(page(id, .general, window, behind: before + seen))
    } while followsPages && (calls.last?.hasMore ?? false)
    var fetch = FeedCall(.fetchContent, id, .general)
    fetch.blobs = calls.flatMap(\.blobs)
    if fetch.blobs.isEmpty { return [] }
    try access(id, .general)
    try count(fetch.blobs.count - 1, id)
    return calls + [fetch]
  }

  /// What keeps a flow from reading, or what it read.
  mutating func readFailure(
    of flow: Flow, _ id: RegistrationID, followsPages: Bool, _ calls: inout [FeedCall]
  ) -> (Failure, Int?)? {
    guard case .every(let period, _) = flow.trigger else { return nil }
    var failure = Failure(.run, .feed)
    failure.user = flow.owner
    failure.tenant = scenario.cast.registrations[id.row].tenant
    failure.registration = id
    if let cause = refusal(of: flow.owner, id) {
      failure.cause = cause
    } else {
      do throws(FeedProblem) {
        calls = try read(id, followsPages, period)
        return nil
      } catch {
        failure.feed = FeedFailure(error.error, .listContent, .general)
      }
    }
    let step = askingStep(of: flow)
    failure.operation = step.map { operations(of: flow.uses, flow.trigger)[$0] }
    return (failure, step)
  }

  /// Tells of a flow's calls, and gives the records that they brought and that the flow does not know.
  private mutating func take(
    _ calls: [FeedCall], _ id: FlowID, keepsDuplicates: Bool, _ isMeant: (AuditRecord) -> Bool
  ) -> [Int] {
    var news: [Int] = []
    for call in calls {
      var record = Record(
        call.kind == .listContent ? .contentListed : .contentFetched, at: clock,
        line: flows[id]?.line ?? 0, outcome: .succeeded)
      record.flow = id
      record.tenant = scenario.cast.registrations[call.registration.row].tenant
      record.auditRow = keep(call)
      trace.events.append(record)
      guard call.kind == .fetchContent else { continue }
      for row in call.blobs.flatMap({ trace.audit.blobs[$0].records })
      where isMeant(trace.audit.records[row]) {
        if !keepsDuplicates, flows[id]?.dealtWith.contains(row) ?? false { continue }
        flows[id]?.dealtWith.append(row)
        news.append(row)
      }
    }
    return news
  }

  mutating func mail(
    _ subject: String, _ body: String, _ recipients: [UserID], _ id: FlowID, _ flow: Flow
  ) {
    trace.mails.append(
      Mail(at: clock, from: id, to: recipients, subject: subject, body: body))
    var record = Record(.mailSent, at: clock, line: flow.line)
    record.flow = id
    record.tenant = tenant(of: flow.uses, flow.owner)
    record.mail = MailID(trace.mails.count - 1)
    trace.events.append(record)
  }

  // MARK: Digest

  mutating func digest(
    _ digest: FeedDigest, _ recipients: [UserID], _ calls: [FeedCall], _ id: FlowID, _ flow: Flow
  ) {
    let news = take(calls, id, keepsDuplicates: digest.keepsDuplicates) {
      digest.operations.contains($0.operation)
    }
    if news.isEmpty { return }
    let cast = scenario.cast
    let lines = news.map { row in
      let record = trace.audit.records[row]
      var words: [String] = []
      if let app = record.app { words.append(cast.apps[app.row].displayName) }
      if let flow = record.flow { words.append(cast.flows[flow.row].displayName) }
      if let one = record.connection { words.append(cast.connections[one.row].displayName) }
      if let share = record.share { words.append(cast.name(of: share.recipient)) }
      words.append("by \(cast.users[record.actor.row].name)")
      return "\(text(record.createdAt)) \(record.operation.friendlyName): "
        + words.joined(separator: ", ")
    }
    mail(
      "\(cast.flows[id.row].displayName): \(lines.count) record\(lines.count == 1 ? "" : "s")",
      lines.joined(separator: "\n"), recipients, id, flow)
  }

  // MARK: Guard

  mutating func look(
    _ approvers: [UserID], _ calls: [FeedCall], _ id: FlowID, _ flow: Flow
  ) {
    for row in take(calls, id, keepsDuplicates: false, { _ in true }) {
      let record = trace.audit.records[row]
      guard record.operation == .appPermissionEdited, let app = record.app,
        let new = record.share?.recipient, !registeredApps.contains(app)
      else { continue }
      let tooMany = tooWide(app, new)
      for recipient in tooMany where !hasAsked(id, app, recipient, isNew: recipient == new) {
        ask(approvers, app, recipient, row, oneOf: tooMany.count, id, flow)
      }
    }
  }

  /// Everyone; or all people, if they are too many. Nobody, if what is new has gone already.
  private func tooWide(_ app: AppID, _ new: Recipient) -> [Recipient] {
    let recipients = (shares[.app(app)] ?? []).map(\.recipient)
    guard recipients.contains(new) else { return [] }
    if new == .everyone { return [.everyone] }
    guard case .user = new else { return [] }
    let people = recipients.filter { if case .user = $0 { true } else { false } }
    return people.count >= scenario.settings.widelyShared ? people : []
  }

  /// Whether a flow waits for an answer, or was told that a share may stay that is no new one.
  private func hasAsked(
    _ id: FlowID, _ app: AppID, _ recipient: Recipient, isNew: Bool
  ) -> Bool {
    trace.approvals.contains {
      guard $0.flow == id, $0.app == app, $0.recipient == recipient, $0.closedAt == nil else {
        return false
      }
      return isWaiting($0) || (!isNew && $0.answer?.isApproved == false)
    }
  }

  private func isWaiting(_ approval: Approval) -> Bool {
    approval.answer == nil && approval.closedAt == nil
      && clock - approval.askedAt < 30 * CivilTime.day
  }

  private mutating func ask(
    _ approvers: [UserID], _ app: AppID, _ recipient: Recipient, _ row: Int, oneOf count: Int,
    _ id: FlowID, _ flow: Flow
  ) {
    let audited = trace.audit.records[row]
    var record = Record(.approvalRequested, at: clock, line: flow.line)
    record.flow = id
    record.app = app
    record.tenant = audited.tenant
    record.approval = ApprovalID(trace.approvals.count)
    touchedApprovals.append(trace.approvals.count)
    trace.approvals.append(
      Approval(
        by: id, about: app, sharedWith: recipient, record: row, at: clock, asking: approvers))
    trace.events.append(record)
    let cast = scenario.cast
    let (name, other) = (cast.apps[app.row].displayName, cast.name(of: recipient))
    let found =
      recipient == .everyone
      ? "\(cast.users[audited.actor.row].name) shared \(name) with everyone"
      : "\(name) is shared with \(other), one of \(count) people"
    mail(
      "Approval: remove \(other) from \(name)?",
      "\(found), and it is not registered.\n"
        + "Approve to take the share away; nothing happens until somebody answers.",
      approvers, id, flow)
  }

  /// An answer goes to the first question that its author was asked and that still waits.
  mutating func answer(
    _ recipient: Recipient, _ app: AppID, isApproved: Bool, _ statement: Statement
  ) {
    let row = trace.approvals.firstIndex {
      guard let actor = statement.actor else { return false }
      return $0.app == app && $0.recipient == recipient && $0.approvers.contains(actor)
        && isWaiting($0)
    }
    guard let row, let actor = statement.actor else {
      return refuse(statement, .notAsked) { $0.app = app }
    }
    touchedApprovals.append(row)
    trace.approvals[row].answer = .init(isApproved: isApproved, by: actor, at: clock)
    let asked = trace.approvals[row]
    let judgement = isApproved ? judgeRemoval(asked, statement) : Judgement()
    let tenant = trace.audit.records[asked.record].tenant
    let outcome: Outcome = judgement.failure == nil ? .succeeded : .failed
    note(.approvalAnswered, statement, isApproved ? outcome : .saved) {
      $0.app = app
      $0.flow = asked.flow
      $0.tenant = tenant
      $0.approval = ApprovalID(row)
      $0.grounds = judgement.grounds
      $0.failure = judgement.failure
    }
    guard isApproved, judgement.failure == nil else { return }
    let gone = (shares[.app(app)] ?? []).filter { $0.recipient == recipient }
    shares[.app(app)]?.removeAll { $0.recipient == recipient }
    for share in gone {
      var record = Record(.shareChanged, at: clock, line: statement.line, outcome: .saved)
      record.actor = flows[asked.flow]?.owner
      record.app = app
      record.tenant = tenant
      record.approval = ApprovalID(row)
      record.share = ShareMention(.removed, share.recipient, share.role)
      record.share?.isWide = isWide(.app(app))
      trace.events.append(record)
      log(record)
    }
  }

  /// The flow's connections are used as in a run; then its owner needs the right to unshare, and there
  /// must be something to take away.
  private mutating func judgeRemoval(_ asked: Approval, _ statement: Statement) -> Judgement {
    guard let flow = flows[asked.flow], let app = apps[asked.app] else { return Judgement() }
    noteTies(flow.uses, line: statement.line)
    var judgement = judge(
      flow.uses, trigger: flow.trigger, tenant(of: flow.uses, flow.owner), inForce, inForceData,
      .run)
    if judgement.failure != nil { return judgement }
    let owner = scenario.cast.users[flow.owner.row]
    let isAdministrator =
      owner.role.isAdministrator && owner.home == tenant(of: app.uses, app.owner)
    let isShared = (shares[.app(asked.app)] ?? []).contains { $0.recipient == asked.recipient }
    let mayRemove = app.owner == flow.owner || isAdministrator
    if mayRemove && isShared { return judgement }
    judgement.failure = Failure(.run, mayRemove ? .notShared : .notOwner)
    judgement.failure?.user = flow.owner
    judgement.failure?.operation = askingStep(of: flow).map {
      operations(of: flow.uses, flow.trigger)[$0]
    }
    return judgement
  }

  /// Nobody waits for an answer any more.
  mutating func closeQuestions(_ isGone: (Approval) -> Bool) {
    for row in trace.approvals.indices
    where trace.approvals[row].closedAt == nil && isGone(trace.approvals[row]) {
      trace.approvals[row].closedAt = clock
    }
  }

  mutating func register(_ id: AppID, _ statement: Statement) {
    guard let app = apps[id] else { return refuse(statement, .absent) { $0.app = id } }
    let tenant = tenant(of: app.uses, app.owner)
    guard administers(statement, tenant) else {
      return refuse(statement, .notAppRegistrar) {
        $0.app = id
        $0.tenant = tenant
      }
    }
    if !registeredApps.contains(id) { registeredApps.append(id) }
    note(.appRegistered, statement, .saved) {
      $0.app = id
      $0.tenant = tenant
    }
  }
}
