/// How the program ends, for shells and build systems.
enum ExitStatus: Int32, CaseIterable, Sendable {
  /// All that was asked for holds.
  case met = 0
  /// An expectation is not met, or what is compared differs.
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

  /// What it means, in a line.
  var meaning: String {
    switch self {
    case .met: "all that was asked for holds"
    case .failed: "an expectation failed, or what is compared differs"
    case .invalid: "a scenario file is invalid, or nothing was judged by test"
    case .missed: "a threshold was missed"
    case .undecided: "the outcome depends on the propagation delay"
    case .usage: "wrong usage"
    case .fault: "internal error"
    case .unwritten: "an output could not be written"
    case .interrupted: "interrupted"
    }
  }

  /// Where several apply, the first of these counts.
  private static let precedence: [ExitStatus] = [
    .interrupted, .usage, .fault, .unwritten, .invalid, .failed, .undecided, .missed, .met,
  ]

  /// The order in which statuses count, as numbers: `64, 70, …`.
  static let order = precedence.filter { $0 != .interrupted && $0 != .met }
    .map { String($0.rawValue) }.joined(separator: ", ")

  /// The one of two that counts.
  func or(_ other: ExitStatus) -> ExitStatus {
    Self.precedence.first { $0 == self || $0 == other } ?? self
  }
}
