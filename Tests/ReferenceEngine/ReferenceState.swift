import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// What the reference engine knows and keeps.

extension ReferenceEngine {
  struct Connection {
    var definition: ConnectionDefinition
    var isPresent: Bool
  }

  struct App {
    var owner: UserID
    var uses: [Use]
  }

  struct Flow {
    var owner: UserID
    var trigger: FlowTrigger
    var uses: [Use]
    var state: FlowState
    var line: Int
    var nextRun: Instant?
    var failingSince: Instant?
    var suspendedByDataPolicy: Instant?
    /// Whether it is a copy without connections of its own.
    var isUnconnected = false
    /// The connections that were left in it when it was moved.
    var lent: Set<ConnectionID> = []
    var work: WorkID?
    /// The change that turns it off, where there is nothing more to do.
    var end: Int?
    /// The audit records that it told or asked about.
    var dealtWith: [Int] = []
  }

  /// A data policy of a tenant; `row` tells apart what bears the same name at different times.
  struct DataPolicyInstance: Equatable {
    var row: Int
    var id: DataPolicyID
    var policy: DataPolicy
  }

  /// How a statement ended.
  package struct Result: Equatable {
    package var outcome: Outcome?
    package var grounds: Grounds
    package var failure: Failure?

    package init(outcome: Outcome? = nil, grounds: Grounds = [], failure: Failure? = nil) {
      self.outcome = outcome
      self.grounds = grounds
      self.failure = failure
    }
  }

  /// Something saved on its way into force, or a report on its way.
  enum Change {
    case isolation(version: Int)
    case dataPolicies([DataPolicyInstance], TenantID, DataPolicyID, line: Int)
    case report(Int, ReportStatus)
    case operation(Int, OperationStatus)
    case done(FlowID)
    case auditRecord(Int)
  }

  /// What holds at an instant, after everything that happens at it.
  package struct Snapshot {
    package var time: Instant
    package var flows: [FlowID: FlowState]
    package var connections: [ConnectionID: ConnectionState]
    package var apps: [AppID: [ConnectionID]]
    /// Rows of the trace's policies.
    package var saved: [TenantID: Int]
    package var inForce: [TenantID: Int]
    package var pages: [ContentPageID: FeedCall]
    var subscriptionChanges: [SubscriptionChange]
    var approvals: [Approval]
    var touchedApprovals: [Int]

    /// Whether a subscription is enabled; nil where it was never started.
    package func subscription(_ id: RegistrationID, _ type: ContentType) -> Bool? {
      subscriptionChanges.last { $0.registration == id && $0.type == type }?.isStart
    }

    /// How far the question has come that was asked or answered last, of those that count.
    package func removal(of recipient: Recipient, from app: AppID) -> Approval.State? {
      for approval in touchedApprovals.reversed().map({ approvals[$0] })
      where approval.app == app && approval.recipient == recipient {
        if let answer = approval.answer { return answer.isApproved ? .approved : .rejected }
        if approval.closedAt == nil { return .pending }
      }
      return nil
    }
  }

  /// What can be due, in the order in which it happens within an instant.
  enum Due {
    case change(Int)
    case turnOff(FlowID)
    case statement(Int)
    case run(FlowID)
  }
}
