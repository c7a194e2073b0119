/// Something worth measuring, under a name that the command line takes.
struct Figure: Sendable {
  let name: String
  /// What it tells, in one line.
  let summary: String
  let measure: @Sendable () -> [Finding]

  /// Every figure there is: one file each.
  static let all = [loading, process, week, trace, simulation, why, exploration]
}

/// One number that a figure found.
struct Finding: Encodable {
  enum Unit: String, Encodable {
    case seconds
    /// Against a peer that was measured in the same run; below 1 is faster.
    case ratio
    /// `e` where time grows like size to the power of `e`.
    case exponent
    case count
    case bytes
  }

  let what: String
  let value: Double
  let unit: Unit

  init(_ what: String, _ value: Double, _ unit: Unit) {
    self.what = what
    self.value = value
    self.unit = unit
  }
}
