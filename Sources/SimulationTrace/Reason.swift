import TenantIsolation

/// A step of an explanation, with the steps it rests on.
public struct Reason: Hashable, Sendable {
  /// How much a step matters.
  public enum Weight: UInt8, Sendable {
    /// The outcome rests on it.
    case decides
    /// It is part of the explanation.
    case relevant
    /// It completes the picture; what is short leaves it out.
    case aside
  }

  /// What is so, in words.
  public var text: String
  /// The ground that it gives the decision.
  public var ground: Ground?
  /// What it rests on.
  public var basis: Basis?
  /// Where that is written: a page and its section, `cross-tenant-restrictions#runtime`.
  public var section: String?
  /// The scenario's line behind it.
  public var line: Int?
  /// How much it matters.
  public var weight = Weight.relevant
  /// Whether it speaks of what is still to come.
  public var isAhead = false
  /// What it rests on.
  public var children: [Reason] = []

  /// A step.
  public init(
    _ text: String, ground: Ground? = nil, line: Int? = nil, weight: Weight = .relevant,
    children: [Reason] = []
  ) {
    self.text = text
    self.ground = ground
    self.line = line
    self.weight = weight
    self.children = children
  }

  /// The step and what it rests on, a line each and without asides.
  public var lines: [String] {
    guard weight != .aside else { return [] }
    return [text + (ground.map { " (\($0.name))" } ?? "")] + children.flatMap(\.lines)
  }
}
