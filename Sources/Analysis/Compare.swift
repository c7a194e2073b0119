import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Says what two simulations with one start do differently. Things are matched by name and instant;
/// recurring runs by arithmetic on their segments.
public func compare(_ a: Trace, _ b: Trace) -> Comparison {
  let runs = RunComparison(a, b).differences
  let happenings = differences(Happening.all(in: a), Happening.all(in: b))
  let run = runs.min { $0.first < $1.first }.map { runs in
    Comparison.First(
      time: runs.first, a: runs.a.map { words($0, runs.flow) },
      b: runs.b.map { words($0, runs.flow) })
  }
  // At one instant policies and statements come before runs.
  let first = [happenings.first?.inShort(happenings), run].compactMap { $0 }
    .min { $0.time < $1.time }
  return Comparison(
    first: first, runs: runs, others: happenings,
    onlyInA: names(a.cast, without: b.cast), onlyInB: names(b.cast, without: a.cast),
    countsOfA: Counts(a), countsOfB: Counts(b))
}

private func words(_ met: Comparison.Met, _ flow: String) -> String {
  "run of \(flow) \(met.outcome.name)\(met.grounds.inBrackets)"
}

private func names(_ cast: Cast, without other: Cast) -> Comparison.Names {
  func only(_ names: [String], _ others: [String]) -> [String] {
    let others = Set(others)
    return names.filter { !others.contains($0) }
  }
  return Comparison.Names(
    flows: only(cast.flows.map(\.name), other.flows.map(\.name)),
    connections: only(cast.connections.map(\.name), other.connections.map(\.name)),
    apps: only(cast.apps.map(\.name), other.apps.map(\.name)))
}

// MARK: - All that is no run

/// What happens in one list only, or otherwise than in the other, instant by instant.
private func differences(_ a: [Happening], _ b: [Happening]) -> [Comparison.Other] {
  var (rowA, rowB) = (0, 0)
  var found: [Comparison.Other] = []
  while let time = [a, b].enumerated().compactMap({ side, list in
    (side == 0 ? rowA : rowB) < list.count ? list[side == 0 ? rowA : rowB].time : nil
  }).min() {
    let (nowA, nowB) = (a.now(at: time, from: &rowA), b.now(at: time, from: &rowB))
    found += pairs(nowA.without(nowB), nowB.without(nowA), at: time)
  }
  return found
}

/// What is about the same is one difference.
private func pairs(
  _ a: [Happening], _ b: [Happening], at time: Instant
) -> [Comparison.Other] {
  var rest = b
  var found = a.map { happening in
    let alike = rest.indices.filter { rest[$0].subject == happening.subject }
    let row = alike.first { rest[$0].kind == happening.kind } ?? alike.first
    return Comparison.Other(
      time: time, a: happening.event, b: row.map { rest.remove(at: $0).event })
  }
  found += rest.map { Comparison.Other(time: time, a: nil, b: $0.event) }
  return found
}

extension Comparison.Other {
  /// The first thing of each simulation at this instant.
  fileprivate func inShort(_ others: [Comparison.Other]) -> Comparison.First {
    let now = others.prefix { $0.time == time }
    return Comparison.First(
      time: time, a: now.lazy.compactMap(\.a).first?.text,
      b: now.compactMap(\.b).min { $0.row < $1.row }?.text)
  }
}

extension Happening {
  fileprivate var event: Comparison.Other.Event { .init(text, row: row) }
}

extension [Happening] {
  /// What happens at one instant; `row` is moved behind it.
  fileprivate func now(at time: Instant, from row: inout Int) -> [Happening] {
    let start = row
    while row < count, self[row].time == time { row += 1 }
    return Array(self[start..<row])
  }

  /// What is left when each of the others has taken one like itself.
  fileprivate func without(_ others: [Happening]) -> [Happening] {
    var left: [String: Int] = [:]
    for other in others { left[other.text, default: 0] += 1 }
    return filter { happening in
      guard let count = left[happening.text], count > 0 else { return true }
      left[happening.text] = count - 1
      return false
    }
  }
}
