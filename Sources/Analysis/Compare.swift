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
  let first = [happenings.first, run].compactMap { $0 }.min { $0.time < $1.time }
  return Comparison(
    first: first, runs: runs, otherDifferences: happenings.count,
    onlyInA: names(a.cast, without: b.cast), onlyInB: names(b.cast, without: a.cast),
    countsOfA: Counts(a), countsOfB: Counts(b))
}

private func words(_ met: Comparison.Met, _ flow: String) -> String {
  "run of \(flow) \(met.outcome.name)\(because(met.grounds))"
}

private func because(_ grounds: Grounds) -> String {
  grounds.isEmpty ? "" : " (\(grounds.map { "\($0.name)" }.joined(separator: ", ")))"
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

/// Something that happens, in words that do not depend on tables and lines.
private struct Happening {
  var time: Instant
  var text: String

  static func all(in trace: Trace) -> [Happening] {
    trace.events.filter { $0.run == nil }.map {
      Happening(time: $0.time, text: text($0, trace))
    }
  }

  private static func text(_ record: Record, _ trace: Trace) -> String {
    let cast = trace.cast
    var words = ["\(record.kind.name)"]
    if let tenant = record.tenant { words.append("in \(cast.tenants[tenant.row].name)") }
    if let policy = record.policy {
      words.append("(isolation \(Phrases(trace).content(trace.policies[policy].policy)))")
    }
    if let id = record.dataPolicy { words.append("data policy \(cast.dataPolicies[id.row].name)") }
    if let id = record.flow { words.append("flow \(cast.flows[id.row].name)") }
    if let id = record.app { words.append("app \(cast.apps[id.row].name)") }
    if let id = record.connection { words.append("connection \(cast.connections[id.row].name)") }
    if let id = record.signInTenant { words.append("to \(cast.tenants[id.row].name)") }
    if let id = record.actor { words.append("by \(cast.users[id.row].name)") }
    if let outcome = record.outcome { words.append("\(outcome.name)") }
    let error = record.failure.map { ": \(Phrases(trace).oneLine(trace.text(of: $0).message))" }
    return words.joined(separator: " ") + because(record.grounds) + (error ?? "")
  }
}

/// What happens in one list only, instant by instant: how much, and the earliest.
private func differences(
  _ a: [Happening], _ b: [Happening]
) -> (first: Comparison.First?, count: Int) {
  var (rowA, rowB) = (0, 0)
  var first: Comparison.First?
  var count = 0
  while let time = [a, b].enumerated().compactMap({ side, list in
    (side == 0 ? rowA : rowB) < list.count ? list[side == 0 ? rowA : rowB].time : nil
  }).min() {
    let (nowA, nowB) = (a.now(at: time, from: &rowA), b.now(at: time, from: &rowB))
    let (onlyA, onlyB) = (nowA.without(nowB), nowB.without(nowA))
    count += onlyA.count + onlyB.count
    if first == nil, !onlyA.isEmpty || !onlyB.isEmpty {
      first = Comparison.First(time: time, a: onlyA.first, b: onlyB.first)
    }
  }
  return (first, count)
}

extension [Happening] {
  /// The texts of one instant; `row` is moved behind them.
  fileprivate func now(at time: Instant, from row: inout Int) -> [String] {
    let start = row
    while row < count, self[row].time == time { row += 1 }
    return self[start..<row].map(\.text)
  }
}

extension [String] {
  /// The texts that are left when each of the others has taken one like itself.
  fileprivate func without(_ others: [String]) -> [String] {
    var left: [String: Int] = [:]
    for text in others { left[text, default: 0] += 1 }
    return filter { text in
      guard let count = left[text], count > 0 else { return true }
      left[text] = count - 1
      return false
    }
  }
}
