import DiscreteEvents
import SimulationTrace

/// What a flow does with the administrators' systems when one of its runs succeeds, besides using
/// its connections.
public enum FlowWork: Hashable, Sendable {
  /// Asks how far an operation has come; once that is its end, mails it and is done.
  case polling(AdminOperationID, mailing: [UserID])
}

/// A row of ``Scenario/works``.
public typealias WorkID = RowID<FlowWork>

extension FlowWork {
  /// The people it sends mails to.
  public var recipients: [UserID] {
    switch self {
    case .polling(_, let recipients): recipients
    }
  }
}
