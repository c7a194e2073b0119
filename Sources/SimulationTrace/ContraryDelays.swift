/// Propagation delays for which an expectation does not hold.
public struct ContraryDelays: Hashable, Sendable {
  /// How long one change takes to be felt.
  public struct Delay: Hashable, Sendable {
    /// The scenario's line of the change.
    public var line: Int
    /// The delay as scenarios write it.
    public var length: String
    /// Whether it comes into force behind all else of its instant, and not before all else.
    public var isLast: Bool

    /// A delay.
    public init(line: Int, length: String, isLast: Bool) {
      self.line = line
      self.length = length
      self.isLast = isLast
    }
  }

  /// The changes that the expectation depends on, in file order.
  public var delays: [Delay]
  /// The flow whose runs the expectation is about.
  public var flow: String?
  /// When what happens first parts from what is expected; nil where that is no single instant.
  public var time: CivilTime?

  /// Delays, and what they do.
  public init(delays: [Delay], flow: String?, time: CivilTime?) {
    self.delays = delays
    self.flow = flow
    self.time = time
  }
}
