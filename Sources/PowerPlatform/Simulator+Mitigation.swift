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
      for row in feedFlows.unknown(rows, to: id) { ask(about: row, approvers, id, flow) }
      return .goesOn
    }
  }

  private mutating func ask(
    about row: Int, _ approvers: [UserID], _ id: FlowID, _ flow: World.Flow
  ) {
    let record = audit.records[row]
    guard record.operation == .appPermissionEdited, let app = record.app,
      let recipient = record.share?.recipient, isTooWide(app, recipient),
      !feedFlows.isPending(app, recipient, at: clock)
    else { return }
    let approval = Approval(
      by: id, about: app, sharedWith: recipient, record: row, at: clock, asking: approvers)
    var event = Record(.approvalRequested, at: clock, line: flow.line)
    event.flow = id
    event.app = app
    event.tenant = record.tenant
    event.approval = feedFlows.add(approval)
    events.append(event)
    let (name, other) = (world.cast.apps[app.row].displayName, world.cast.name(of: recipient))
    send(
      "Approval: remove \(other) from \(name)?",
      "\(world.cast.users[record.actor.row].name) shared \(name) with \(other), and it is not "
        + "registered.\nApprove to take the share away; nothing happens until somebody answers.",
      to: approvers, by: id, flow)
  }

  /// Whether a share is still there, is wide, and is of an app that is not registered. A group's is
  /// never too wide.
  private func isTooWide(_ app: AppID, _ recipient: Recipient) -> Bool {
    if case .group = recipient { return false }
    let shares = world.sharing.shares(of: .app(app), at: clock) ?? []
    return !feedFlows.registeredApps.contains(app)
      && shares.contains { $0.recipient == recipient }
      && shares.isWide(from: scenario.settings.widelyShared)
  }

  // MARK: Answers

  /// Takes somebody's answer; the run that waits for it goes on at once.
  mutating func answer(
    _ recipient: Recipient, _ app: AppID, isApproved: Bool, _ step: Step
  ) {
    guard let actor = step.actor,
      let approval = feedFlows.open(app, recipient, to: actor, at: clock)
    else { return refuse(step, .notAsked) { $0.app = app } }
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

  /// Has the flow take a share away, as its owner and over its connections as they are now. A flow
  /// that was deleted takes nothing away.
  private mutating func remove(
    _ recipient: Recipient, from app: AppID, _ asked: Approval, _ step: Step
  ) -> (gone: [Share], grounds: Grounds, failure: Failure?) {
    guard let flow = present(asked.flow) else { return ([], [], Failure(.request, .absent)) }
    noteTies(with: world.decidingChanges(of: world[flow.definition.uses], at: clock), step)
    let verdict = world.verdict(
      of: flow, at: clock, blockedTrigger: scenario.settings.blockedTrigger)
    if let failure = verdict.failure { return ([], verdict.grounds, failure) }
    let tenant = audit.records[asked.record].tenant
    guard administers(flow.definition.owner, tenant) else {
      return ([], verdict.grounds, failure(.notOwner, flow.definition.owner, verdict))
    }
    let gone = world.sharing.remove(recipient, nil, from: .app(app), at: clock)
    let failure = gone.isEmpty ? failure(.notShared, flow.definition.owner, verdict) : nil
    return (gone, verdict.grounds, failure)
  }

  private func failure(_ cause: Cause, _ user: UserID, _ verdict: RunVerdict) -> Failure {
    var failure = Failure(.run, cause)
    failure.user = user
    failure.operation = verdict.steps.last
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
    let shares = world.sharing.shares(of: .app(app), at: clock) ?? []
    record.share?.isWide = shares.isWide(from: scenario.settings.widelyShared)
    events.append(record)
    audit(record)
  }

  // MARK: Registered apps

  /// Enters an app among those that may be shared widely.
  mutating func register(_ app: AppID, _ step: Step) {
    guard let current = present(app) else { return refuse(step, .absent) { $0.app = app } }
    let tenant = world.tenant(of: current.uses, owner: current.owner, at: clock)
    guard administers(step, tenant) else {
      return refuse(step, .notAppRegistrar) {
        $0.app = app
        $0.tenant = tenant
      }
    }
    feedFlows.register(app)
    var record = record(.appRegistered, step, .saved)
    record.app = app
    record.tenant = tenant
    conclude(step, with: record)
  }
}
