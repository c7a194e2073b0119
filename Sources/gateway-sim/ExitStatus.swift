/// How the program ends, for shells and build systems.
enum ExitStatus: Int32, CaseIterable, Sendable {
  /// All that was asked for holds.
  case met = 0
  /// An expectation is not met.
  case failed = 1
  /// A scenario file is invalid, or nothing was judged where something should have been.
  case invalid = 2
  /// A threshold was missed.
  case missed = 3
  /// The outcome depends on the propagation delay.
  case undecided = 4
  /// Wrong arguments.
  case usage = 64
  /// A fault of this program.
  case fault = 70
  /// An output could not be written.
  case unwritten = 74
  /// Somebody pressed Ctrl-C.
  case interrupted = 130

  /// Where several apply, the first of these counts.
  private static let precedence: [ExitStatus] = [
    .interrupted, .usage, .fault, .unwritten, .invalid, .failed, .undecided, .missed, .met,
  ]

  /// The one of two that counts.
  func or(_ other: ExitStatus) -> ExitStatus {
    Self.precedence.first { $0 == self || $0 == other } ?? self
  }
}
