import SimulationTrace

/// The scenario with something else happening besides: what there is to compare with it.
public struct Variant: Hashable, Sendable {
  /// The scenario's word for it.
  public var name: String
  /// What it shows, in a line.
  public var title: String?
  /// The scenario's line.
  public var line: Int
  /// What happens: all of the scenario's statements and its own, by time, at equal times by their
  /// place in the file.
  public var timeline: [Statement] = []
  /// The rows of its timeline that are its own, and not the scenario's as well.
  public var ownRows: Set<Int> = []
  /// What must come out of it, in file order. Claims about a statement name a row of its timeline.
  public var expectations: [Expectation] = []

  /// A variant in which nothing happens yet.
  public init(name: String, title: String? = nil, line: Int) {
    self.name = name
    self.title = title
    self.line = line
  }
}

extension Scenario {
  /// The scenario as a variant plays it: with the variant's timeline, and judged by the variant's
  /// expectations alone. What the scenario covers is no claim of the variant.
  public func playing(_ variant: Variant) -> Scenario {
    var scenario = self
    scenario.timeline = variant.timeline
    scenario.expectations = variant.expectations
    scenario.covers = []
    scenario.variants = []
    return scenario
  }
}
