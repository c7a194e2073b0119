import SimulationTrace

/// One simulation as a player shows it.
public struct Play: Sendable {
  /// What tells it from the scenario: a variant's name, another file's name; nil for the scenario itself.
  public var name: String?
  /// What it shows, in a line.
  public var title: String
  /// What happens.
  public var trace: Trace
  /// How things stand on the way.
  public var stage: Stage
  /// What became of its expectations.
  public var verdicts: [Verdict]
  /// What it does differently than the first play of its file.
  public var comparison: Comparison?

  /// A simulation with what a player shows besides.
  public init(
    name: String? = nil, title: String, trace: Trace, stage: Stage, verdicts: [Verdict],
    comparison: Comparison? = nil
  ) {
    self.name = name
    self.title = title
    self.trace = trace
    self.stage = stage
    self.verdicts = verdicts
    self.comparison = comparison
  }
}
