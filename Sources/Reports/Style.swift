import SimulationTrace

/// Whether text may be coloured. What is said never depends on it: marks and words say it too.
public struct Style: Sendable {
  /// Whether to write the colour codes of terminals.
  public var inColor: Bool

  /// A style.
  public init(inColor: Bool) { self.inColor = inColor }

  enum Color: String {
    case good = "32"
    case bad = "1;31"
    case paused = "35"
    case waiting = "33"
    case strong = "1"
    case faint = "2"
  }

  func paint(_ text: String, _ color: Color?) -> String {
    guard inColor, let color else { return text }
    return "\u{1b}[\(color.rawValue)m\(text)\u{1b}[0m"
  }
}

/// The sign in front of a line, so that a story can be skimmed.
enum Mark: String {
  case good = "+"
  case bad = "x"
  case paused = "!"
  case saved = "~"
  case inForce = "="
  case remark = "?"
  case plain = "-"

  var color: Style.Color? {
    switch self {
    case .good: .good
    case .bad: .bad
    case .paused: .paused
    case .saved, .remark: .waiting
    case .inForce: .strong
    case .plain: nil
    }
  }
}

extension Outcome {
  var mark: Mark {
    switch self {
    case .allowed, .saved, .added, .succeeded: .good
    case .blocked, .notAdded, .refused, .failed: .bad
    case .suspended: .paused
    }
  }

  /// The outcome as people write it.
  var words: String { self == .notAdded ? "not added" : "\(name)" }
}

/// Text from a scenario in which nothing can steer a terminal or start another line.
func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: \.steersTerminals) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { result.append(scalar.steersTerminals ? "\u{fffd}" : scalar) }
  return String(result)
}

extension Unicode.Scalar {
  /// Control characters, and those that change the direction of writing.
  fileprivate var steersTerminals: Bool {
    value < 0x20 || (0x7f..<0xa0).contains(value) || (0x202a...0x202e).contains(value)
      || (0x2066...0x2069).contains(value)
  }
}

/// `1 run`, `2 runs`.
func counted(_ count: Int, _ word: String) -> String {
  "\(count) \(word)\(count == 1 ? "" : "s")"
}
