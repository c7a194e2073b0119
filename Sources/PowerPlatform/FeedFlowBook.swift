import DiscreteEvents
import SimulationTrace

/// What flows that read the Activity API remember and ask.
struct FeedFlowBook: Sendable {
  /// The apps that may be shared widely.
  private(set) var registeredApps: Set<AppID>
  /// What flows asked people, in that order.
  private(set) var approvals: [Approval] = []
  /// The rows of ``approvals`` by what they ask about: a guard looks up every person of an app.
  private var questions: [Question: [Int]] = [:]
  /// The audit records that each flow has dealt with.
  private var known: [FlowID: Set<Int>] = [:]

  private struct Question: Hashable {
    var app: AppID
    var recipient: Recipient
  }

  init(_ scenario: Scenario) { registeredApps = Set(scenario.registeredApps) }

  mutating func register(_ app: AppID) { registeredApps.insert(app) }

  /// Those of some audit records that a flow meets for the first time, each once.
  mutating func unknown(_ records: [Int], to flow: FlowID) -> [Int] {
    records.filter { known[flow, default: []].insert($0).inserted }
  }

  /// Whatever is made under the name of a flow that is deleted is another one: it has read nothing,
  /// and nobody waits for an answer any more.
  mutating func forget(_ flow: FlowID, at time: Instant) {
    known[flow] = nil
    close(at: time) { $0.flow == flow }
  }

  /// So it is with an app, which is no longer registered.
  mutating func forget(_ app: AppID, at time: Instant) {
    registeredApps.remove(app)
    close(at: time) { $0.app == app }
  }

  // MARK: Approvals

  private mutating func close(at time: Instant, where fits: (Approval) -> Bool) {
    for row in approvals.indices where fits(approvals[row]) && approvals[row].closedAt == nil {
      approvals[row].closedAt = time
    }
  }

  /// Keeps a question, and returns its row.
  mutating func add(_ approval: Approval) -> ApprovalID {
    let question = Question(app: approval.app, recipient: approval.recipient)
    questions[question, default: []].append(approvals.count)
    approvals.append(approval)
    return ApprovalID(approvals.count - 1)
  }

  /// Whether a flow need not ask about a share: somebody is being asked, or has said no and it is
  /// not new.
  func hasAsked(
    _ flow: FlowID, _ app: AppID, _ recipient: Recipient, isNew: Bool, at time: Instant
  ) -> Bool {
    rows(about: app, recipient).contains { row in
      let asked = approvals[row]
      return asked.flow == flow && asked.closedAt == nil
        && (asked.isOpen(at: time) || !isNew && asked.state(at: time) == .rejected)
    }
  }

  /// The first question about a share that somebody can answer.
  func open(
    _ app: AppID, _ recipient: Recipient, to user: UserID, at time: Instant
  ) -> ApprovalID? {
    rows(about: app, recipient).first {
      approvals[$0].approvers.contains(user) && approvals[$0].isOpen(at: time)
    }.map { ApprovalID($0) }
  }

  private func rows(about app: AppID, _ recipient: Recipient) -> [Int] {
    questions[Question(app: app, recipient: recipient)] ?? []
  }

  mutating func answer(_ approval: ApprovalID, with answer: Approval.Answer) {
    approvals[approval.row].answer = answer
  }
}
