import DiscreteEvents
import SimulationTrace

/// How long an operation takes, and how it ends.
public struct OperationCourse: Hashable, Sendable {
  /// How long it is not started, in milliseconds.
  public var start: Milliseconds
  /// How long it is running, in milliseconds.
  public var duration: Milliseconds
  /// How it ends: succeeded or failed.
  public var ending: OperationStatus

  /// A course.
  public init(start: Milliseconds, duration: Milliseconds, ending: OperationStatus = .succeeded) {
    self.start = start
    self.duration = duration
    self.ending = ending
  }
}

/// The choices about replacing an isolation policy as a whole: programs are prepared for two ways,
/// and only one of them was ever seen.
public struct PolicyOperationSettings: Hashable, Sendable {
  /// Whether an operation does it later, or the answer says that it is done.
  public var isAsynchronous = false
  /// The operation's course.
  public var course = OperationCourse(start: 10_000, duration: 60_000)

  /// The defaults.
  public init() {}

  /// The settings that a replacement relied on, each with its reason.
  func reasons(_ isUsed: Bool) -> [String] {
    guard isUsed else { return [] }
    guard isAsynchronous else {
      return [
        "policy-operation synchronous: only answers with the saved policy were seen; "
          + "programs are prepared for an operation as well"
      ]
    }
    return [
      "policy-operation asynchronous: a program is prepared for it, and nobody showed one",
      "policy-operation-start \(durationText(course.start)): documented nowhere",
      "policy-operation-duration \(durationText(course.duration)): documented nowhere",
      "policy-operation-ending \(course.ending.name): why one would fail is documented nowhere",
    ]
  }

  /// What is assumed wherever a policy is replaced.
  static let assumptions = [
    "a policy that names a tenant twice, or a tenant without a direction, is refused",
    "nothing is merged, and no version is compared: the last replacement wins",
  ]
}
