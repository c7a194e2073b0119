import DiscreteEvents
import SimulationTrace

/// The scenario with something else happening besides: what there is to compare with it.
public struct Variant: Hashable, Sendable {
  /// The scenario's word for it.
  public var name: String
  /// What it shows, in a line.
  public var title: String?
  /// The scenario's line.
  public var line: Int
  /// What happens in it alone, in file order.
  public var timeline: [Statement] = []
  /// How many of the scenario's statements stand above each of its own in the file.
  public var above: [Int] = []
  /// What must come out of it, in file order. A claim about a statement names a row of the
  /// scenario's timeline or, behind these, of its own.
  public var expectations: [Expectation] = []

  /// A variant in which nothing is different.
  public init(name: String, title: String? = nil, line: Int) {
    self.name = name
    self.title = title
    self.line = line
  }
}

extension Scenario {
  /// The scenario as a variant plays it: its own statements among the others by time, at equal times
  /// by their place in the file, and its own expectations instead of the others.
  public func playing(_ variant: Variant) -> Scenario {
    let order = rows(of: variant)
    var scenario = self
    scenario.timeline = order.map { row in
      row < timeline.count ? timeline[row] : variant.timeline[row - timeline.count]
    }
    var places = Array(repeating: 0, count: order.count)
    for (place, row) in order.enumerated() { places[row] = place }
    scenario.expectations = variant.expectations.map { $0.aboutStatements { places[$0] } }
    scenario.covers = []
    scenario.variants = []
    return scenario
  }

  /// The timeline of a variant in its order: rows of the scenario's timeline and, behind these, of
  /// the variant's own.
  public func rows(of variant: Variant) -> [Int] {
    var order: [Int] = []
    order.reserveCapacity(timeline.count + variant.timeline.count)
    var row = 0
    for (own, statement) in variant.timeline.enumerated() {
      while row < timeline.count,
        (timeline[row].time, row) < (statement.time, variant.above[own])
      {
        order.append(row)
        row += 1
      }
      order.append(timeline.count + own)
    }
    return order + Array(row..<timeline.count)
  }
}

extension Expectation {
  /// The expectation where statements have other rows.
  fileprivate func aboutStatements(_ place: (Int) -> Int) -> Expectation {
    var expectation = self
    switch claim {
    case .outcome(let row, let outcome, let grounds):
      expectation.claim = .outcome(statement: place(row), outcome, because: grounds)
    case .error(let row, let text): expectation.claim = .error(statement: place(row), text)
    default: break
    }
    return expectation
  }
}
