/// Whether a flow runs.
public enum FlowState: UInt8, CaseIterable, Sendable {
  /// There is no such flow (any more, or yet).
  case absent
  case on, off, suspended

  /// The state as scenarios write it.
  public var name: StaticString {
    switch self {
    case .absent: "absent"
    case .on: "on"
    case .off: "off"
    case .suspended: "suspended"
    }
  }
}
