import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Wide shares of apps that nobody registered: a flow asks whether they may stay, and takes those
// away of which somebody says that they may not.

extension Simulator {
  /// Asks about each wide share that was read and is not being asked about yet.
  mutating func look(
    using registration: RegistrationID, asking approvers: [UserID], _ id: FlowID,
    _ flow: World.Flow
  ) -> WorkResult {
    switch read(registration, followingPages: true, by: id, flow.definition) {
    case .failure(let failure): return .failed(failure)
    case .records(let rows):
      for row in feedFlows.unknown(rows, to: id) { look(at: row, asking: approvers, id, flow) }
      return .goesOn
    }
  }

  private mutating func look(
    at row: Int, asking approvers: [UserID], _ id: FlowID, _ flow: World.Flow
  ) {
    let record = audit.records[row]
    guard record.operation == .appPermissionEdited, let app = record.app,
      let new = record.share?.recipient, !feedFlows.registeredApps.contains(app)
    else { return }
    let recipients = wideShares(of: app, with: new)
    for recipient in recipients
    where !feedFlows.hasAsked(id, app, recipient, isNew: recipient == new, at: clock) {
      let approval = Approval(
        by: id, about: app, sharedWith: recipient, record: row, at: clock, asking: approvers)
      ask(approval, of: recipients.count, flow)
    }
  }

  /// The shares that make an app too wide together with one that is new, if that is still there:
  /// everyone's by itself, and those of people one by one where they are many. A group's never is.
  private func wideShares(of app: AppID, with new: Recipient) -> [Recipient] {
    let recipients = (world.sharing.shares(of: .app(app), at: clock) ?? []).map(\.recipient)
    guard recipients.contains(new) else { return [] }
    switch new {
    case .everyone: return [.everyone]
    case .group: return []
    case .user:
      let people = recipients.filter { if case .user = $0 { true } else { false } }
      return people.count >= scenario.settings.widelyShared ? people : []
    }
  }

  /// - Parameter count: how many shares are too wide together.
  private mutating func ask(_ approval: Approval, of count: Int, _ flow: World.Flow) {
    let record = audit.records[approval.record]
    var event = Record(.approvalRequested, at: clock, line: flow.line)
    event.flow = approval.flow
    event.app = approval.app
    event.tenant = record.tenant
    event.approval = feedFlows.add(approval)
    events.append(event)
    let name = world.cast.apps[approval.app.row].displayName
    let other = world.cast.name(of: approval.recipient)
    let found =
      approval.recipient == .everyone
      ? "\(world.cast.users[record.actor.row].name) shared \(name) with everyone"
      : "\(name) is shared with \(other), one of \(count) people"
    send(
      "Approval: remove \(other) from \(name)?",
      "\(found), and it is not registered.\n"
        + "Approve to take the share away; nothing happens until somebody answers.",
      to: approval.approvers, by: approval.flow, flow)
  }

  // MARK: Answers

  /// Takes somebody's answer; the run that waits for it goes on at once.
  mutating func answer(
    _ recipient: Recipient, _ app: AppID, isApproved: Bool, _ step: Step
  ) {
    guard let actor = step.actor,
      let approval = feedFlows.open(app, recipient, to: actor, at: clock)
    else { return refuse(app, step, .notAsked) }
    feedFlows.answer(approval, with: .init(isApproved: isApproved, by: actor, at: clock))
    let asked = feedFlows.approvals[approval.row]
    var record = record(.approvalAnswered, step, .saved)
    record.app = app
    record.flow = asked.flow
    record.tenant = audit.records[asked.record].tenant
    record.approval = approval
    guard isApproved else { return conclude(step, with: record) }
    let removal = remove(recipient, from: app, asked, step)
    record.outcome = removal.failure == nil ? .succeeded : .failed
    record.grounds = removal.grounds
    record.failure = removal.failure
    conclude(step, with: record)
    for share in removal.gone { note(share, gone: app, approval, step) }
  }

  /// Has the flow take a share away, as its owner and over its connections as they are now: where
  /// the owner may by hand.
  private mutating func remove(
    _ recipient: Recipient, from app: AppID, _ asked: Approval, _ step: Step
  ) -> (gone: [Share], grounds: Grounds, failure: Failure?) {
    guard let flow = present(asked.flow) else { return ([], [], Failure(.request, .absent)) }
    noteTies(with: world.decidingChanges(of: world[flow.definition.uses], at: clock), step)
    let verdict = world.verdict(
      of: flow, at: clock, blockedTrigger: scenario.settings.blockedTrigger)
    if let failure = verdict.failure { return ([], verdict.grounds, failure) }
    let tenant = audit.records[asked.record].tenant
    let owner = flow.definition.owner
    guard present(app)?.owner == owner || administers(owner, tenant) else {
      return ([], verdict.grounds, failure(.notOwner, owner, flow, verdict))
    }
    let gone = world.sharing.remove(recipient, nil, from: .app(app), at: clock)
    let failure = gone.isEmpty ? failure(.notShared, owner, flow, verdict) : nil
    return (gone, verdict.grounds, failure)
  }

  private func failure(
    _ cause: Cause, _ user: UserID, _ flow: World.Flow, _ verdict: RunVerdict
  ) -> Failure {
    var failure = Failure(.run, cause)
    failure.user = user
    failure.operation = askingStep(of: flow.definition).map { verdict.steps[$0] }
    return failure
  }

  /// Records that a share is gone, as its flow's owner's doing: the log knows no flows.
  private mutating func note(
    _ share: Share, gone app: AppID, _ approval: ApprovalID, _ step: Step
  ) {
    let asked = feedFlows.approvals[approval.row]
    var record = Record(.shareChanged, at: clock, line: step.line, outcome: .saved)
    record.statement = step.row
    record.actor = present(asked.flow)?.definition.owner
    record.app = app
    record.tenant = audit.records[asked.record].tenant
    record.approval = approval
    record.share = ShareMention(.removed, share.recipient, share.role)
    record.share?.isWide = isWide(.app(app))
    events.append(record)
    audit(record)
  }

  // MARK: Registered apps

  /// Enters an app among those that may be shared widely.
  mutating func register(_ app: AppID, _ step: Step) {
    guard let current = present(app) else { return refuse(app, step, .absent) }
    let tenant = world.tenant(of: world[current.uses], owner: current.owner, at: clock)
    guard administers(step, tenant) else { return refuse(app, step, .notAppRegistrar) }
    feedFlows.register(app)
    var record = record(.appRegistered, step, .saved)
    record.app = app
    record.tenant = tenant
    conclude(step, with: record)
  }
}
