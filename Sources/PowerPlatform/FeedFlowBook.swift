import DiscreteEvents
import SimulationTrace

/// What flows that read the Activity API remember and ask.
struct FeedFlowBook: Sendable {
  /// The apps that may be shared widely.
  private(set) var registeredApps: Set<AppID>
  /// What flows asked people, in that order.
  private(set) var approvals: [Approval] = []
  /// The audit records that each flow has dealt with.
  private var known: [FlowID: Set<Int>] = [:]

  init(_ scenario: Scenario) { registeredApps = Set(scenario.registeredApps) }

  mutating func register(_ app: AppID) { registeredApps.insert(app) }

  /// Those of some audit records that a flow meets for the first time, each once.
  mutating func unknown(_ records: [Int], to flow: FlowID) -> [Int] {
    records.filter { known[flow, default: []].insert($0).inserted }
  }

  // MARK: Approvals

  /// Keeps a question, and returns its row.
  mutating func add(_ approval: Approval) -> ApprovalID {
    approvals.append(approval)
    return ApprovalID(approvals.count - 1)
  }

  /// Whether somebody is being asked about a share.
  func isPending(_ app: AppID, _ recipient: Recipient, at time: Instant) -> Bool {
    approvals.contains {
      $0.app == app && $0.recipient == recipient && $0.isOpen(at: time)
    }
  }

  /// The first question about a share that somebody can answer.
  func open(
    _ app: AppID, _ recipient: Recipient, to user: UserID, at time: Instant
  ) -> ApprovalID? {
    approvals.firstIndex {
      $0.app == app && $0.recipient == recipient && $0.approvers.contains(user)
        && $0.isOpen(at: time)
    }.map { ApprovalID($0) }
  }

  mutating func answer(_ approval: ApprovalID, with answer: Approval.Answer) {
    approvals[approval.row].answer = answer
  }
}
