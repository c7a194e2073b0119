import SimulationTrace

/// How text may look. What is said never depends on it: words say it, marks and colours repeat it.
public struct Style: Sendable {
  /// Whether to write the colour codes of terminals.
  public var inColor: Bool
  /// Whether marks, arrows and lines may be other than ASCII.
  public var inUnicode: Bool
  /// The columns that a story is laid out in.
  public let width: Int
  /// Whether texts are broken where the columns end. Without it each stays in one line, so that
  /// programs find it whole.
  public let isWrapped: Bool

  /// The widths that stories can be told in.
  public static let widths = 60...120
  /// The width where nobody says or shows another.
  public static let usualWidth = 80

  /// A style; a width outside ``widths`` becomes the nearest inside.
  public init(
    inColor: Bool, inUnicode: Bool = false, width: Int = Self.usualWidth, isWrapped: Bool = true
  ) {
    self.inColor = inColor
    self.inUnicode = inUnicode
    self.isWrapped = isWrapped
    self.width = min(max(width, Self.widths.lowerBound), Self.widths.upperBound)
  }

  /// The sixteen colours that every terminal's theme gives a legible shade.
  enum Color: String {
    case good = "32"
    case bad = "1;31"
    case paused = "35"
    case waiting = "33"
    case inForce = "1;36"
    case strong = "1"
    case faint = "2"
  }

  func paint(_ text: String, _ color: Color?) -> String {
    guard inColor, let color, !text.isEmpty else { return text }
    return "\u{1b}[\(color.rawValue)m\(text)\u{1b}[0m"
  }

  var arrow: String { inUnicode ? "→" : "->" }
  var ellipsis: String { inUnicode ? "…" : "..." }
  /// Between the ends of a range.
  var dash: String { inUnicode ? "–" : "-" }
}

/// The sign in front of a line, so that a story can be skimmed.
enum Mark: Hashable {
  case good, bad, paused, saved, inForce, remark, plain

  func sign(_ style: Style) -> String {
    switch self {
    case .good: style.inUnicode ? "✓" : "+"
    case .bad: style.inUnicode ? "✗" : "x"
    case .paused: style.inUnicode ? "‖" : "!"
    case .saved: style.inUnicode ? "◔" : "~"
    case .inForce: style.inUnicode ? "●" : "="
    case .remark: "?"
    case .plain: "-"
    }
  }

  var color: Style.Color? {
    switch self {
    case .good: .good
    case .bad: .bad
    case .paused: .paused
    case .saved, .remark: .waiting
    case .inForce: .inForce
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
}
