import DiscreteEvents
import SimulationTrace

extension Simulation {
  /// How far the question about a share of an app has come at an instant, of several that which was
  /// asked or answered last; nil where none was asked by then, or its flow or app is gone.
  public func approval(
    ofRemoving recipient: Recipient, from app: AppID, at time: Instant
  ) -> Approval.State? {
    trace.approvals.enumerated().filter {
      $1.app == app && $1.recipient == recipient && $1.state(at: time) != nil
    }.max {
      ($0.element.changedAt(by: time), $0.offset) < ($1.element.changedAt(by: time), $1.offset)
    }?.element.state(at: time)
  }
}
