import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// How long one saved isolation policy takes to be felt.
public struct Delay: Hashable, Sendable {
  /// From its saving to its coming into force.
  public var length: Milliseconds
  /// Whether it comes into force behind all else of its instant, and not before all else.
  public var isLast: Bool

  /// A delay.
  public init(_ length: Milliseconds, isLast: Bool = false) {
    self.length = length
    self.isLast = isLast
  }
}

extension SeededGenerator {
  /// A delay of a range, in whole seconds where the range has any: one of 3,614,207 ms helps nobody
  /// who reads it. Nothing is drawn where there is nothing to choose.
  mutating func nextDelay(in range: ClosedRange<Milliseconds>) -> Milliseconds {
    guard range.lowerBound < range.upperBound else { return range.lowerBound }
    let (first, last) = ((range.lowerBound + 999) / 1000, range.upperBound / 1000)
    return first <= last ? next(in: first...last) * 1000 : next(in: range)
  }
}

/// Delays that are known, instead of a range of them.
public struct FixedPropagation: Hashable, Sendable {
  /// The delay of all changes that have none of their own, in milliseconds.
  public var propagation: Milliseconds
  /// The delays of single changes, by their rows in the timeline.
  public var delays: [Int: Delay]

  /// Delays that are known.
  public init(propagation: Milliseconds, delays: [Int: Delay]) {
    self.propagation = propagation
    self.delays = delays
  }
}

extension Scenario {
  /// Whether changes of policies take a time that is known as a range only.
  public var isRanged: Bool {
    settings.propagation.lowerBound < settings.propagation.upperBound
  }

  /// The scenario with known delays.
  public func fixed(_ known: FixedPropagation) -> Scenario {
    var scenario = self
    scenario.settings.propagation = known.propagation...known.propagation
    for (row, delay) in known.delays { scenario.timeline[row].delay = delay }
    return scenario
  }
}

extension Action {
  /// Whose isolation policy it changes; nil where it changes none.
  public var isolationTenant: TenantID? {
    switch self {
    case .turnIsolation(_, let tenant), .allow(_, _, let tenant), .changeRule(_, _, let tenant),
      .retargetRule(_, _, let tenant), .removeRule(_, let tenant), .replacePolicy(_, let tenant):
      tenant
    default: nil
    }
  }
}
