import DiscreteEvents
import SimulationTrace

/// The choices about installations of application packages, of which little is documented.
public struct InstallSettings: Hashable, Sendable {
  /// Their course: how long one is not started, how long it runs, and how it ends.
  public var course = OperationCourse(start: 60_000, duration: 600_000)

  /// The defaults.
  public init() {}
}

extension InstallSettings {
  /// The settings that installations relied on, each with its reason.
  func reasons(_ kinds: Set<RecordKind>) -> [String] {
    guard kinds.contains(.packageChanged) else { return [] }
    return [
      "install-start \(durationText(course.start)): how long an installation is NotStarted is documented "
        + "nowhere",
      "install-duration \(durationText(course.duration)): how long an installation runs is documented "
        + "nowhere",
      "install-ending \(course.ending.name): why an installation would fail is "
        + "documented nowhere",
    ]
  }

  /// What is assumed wherever packages are listed or installed.
  static let assumptions = [
    "Power Platform, Global and Dynamics 365 administrators list and install packages, in "
      + "environments of their own tenant",
    "an operation goes from NotStarted over Running to its end; no page draws its states",
  ]

  /// What is assumed where an installation is canceled.
  static let cancelling = "a package whose installation is canceled is as it was before"
}
