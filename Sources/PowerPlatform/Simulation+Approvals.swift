import DiscreteEvents
import SimulationTrace

extension Simulation {
  /// How far the latest question about a share of an app has come at an instant; nil where none was
  /// asked by then.
  public func approval(
    ofRemoving recipient: Recipient, from app: AppID, at time: Instant
  ) -> Approval.State? {
    trace.approvals.last {
      $0.app == app && $0.recipient == recipient && $0.askedAt <= time
    }?.state(at: time)
  }
}
