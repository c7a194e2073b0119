/// What became of one expectation, or of a claim to cover a behaviour.
public struct Verdict: Hashable, Sendable {
  /// Whether it is met.
  public var isMet: Bool
  /// Whether it depends on the propagation delay, or could not be found out: then it is not met.
  public var isUndecided = false
  /// Delays for which it does not hold, where it was judged over a range of them.
  public var contrary: ContraryDelays?
  /// The expectation as the scenario writes it.
  public var source: String
  /// The variant whose expectation it is; nil for the scenario's own.
  public var variant: String?
  /// What was expected, in words.
  public var expected: String
  /// What came out, in words.
  public var got: String
  /// Why that came out; empty where the expectation is met.
  public var reasons: [Reason]
  /// What the author says to whoever reads the failure.
  public var message: String?
  /// The scenario's line.
  public var line: Int
  /// The column of the expectation's first word, from 1.
  public var column: Int
  /// Whether it is about a `covers` line that is not true instead of an expectation.
  public var isAboutCovers = false

  /// A verdict.
  public init(
    isMet: Bool, source: String, expected: String, got: String, because: [String] = [],
    message: String? = nil, line: Int, column: Int
  ) {
    self.isMet = isMet
    self.source = source
    self.expected = expected
    self.got = got
    reasons = because.map { Reason($0) }
    self.message = message
    self.line = line
    self.column = column
  }

  /// The expectation with the variant that it is about, whether or not the line names it.
  public var statement: String {
    guard let variant, source.hasPrefix("expect") else { return source }
    return "in \(variant) \(source)"
  }

  /// Why that came out, a line a step.
  public var because: [String] { reasons.flatMap(\.lines) }
}

extension [Verdict] {
  /// Those on expectations.
  public var onExpectations: [Verdict] { filter { !$0.isAboutCovers } }

  /// Those on `covers` lines that are not true, or undecided.
  public var onClaims: [Verdict] { filter(\.isAboutCovers) }
}
