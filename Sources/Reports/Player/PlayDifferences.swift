import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Something that a play does differently than the first one.
struct PlayDifference {
  var time: Instant
  var last: Instant
  var count: Int
  var flow: String?
  var a: String?
  var b: String?
  var eventA: Int?
  var eventB: Int?
  var outcomeA: Outcome?
  var outcomeB: Outcome?
}

extension Comparison {
  /// All differences in order of time, with the events that tell of them.
  func differences(_ base: PlayTelling, _ play: PlayTelling) -> [PlayDifference] {
    let runs = runs.map { runs in
      PlayDifference(
        time: runs.first, last: runs.last, count: runs.count, flow: runs.flow,
        a: runs.a.map(\.words), b: runs.b.map(\.words),
        eventA: runs.a.flatMap { _ in base.runs(of: runs.flow, at: runs.first) },
        eventB: runs.b.flatMap { _ in play.runs(of: runs.flow, at: runs.first) },
        outcomeA: runs.a?.outcome, outcomeB: runs.b?.outcome)
    }
    let others = others.map { found in
      var other = found
      other.a = found.a ?? found.b.flatMap { play.trace.policy(besides: $0, in: base.trace) }
      other.b = found.b ?? found.a.flatMap { base.trace.policy(besides: $0, in: play.trace) }
      return PlayDifference(
        time: other.time, last: other.time, count: 1, flow: nil, a: other.a?.text, b: other.b?.text,
        eventA: other.a.flatMap { base.rows[$0.row] },
        eventB: other.b.flatMap { play.rows[$0.row] },
        outcomeA: other.a.flatMap { base.trace.events[$0.row].outcome },
        outcomeB: other.b.flatMap { play.trace.events[$0.row].outcome })
    }
    return (others + runs).enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }
}

extension Trace {
  /// What a policy that only this trace has meets in the other one: the last that is saved, or comes
  /// into force, for the same tenant at the same instant.
  fileprivate func policy(
    besides event: Comparison.Other.Event, in other: Trace
  ) -> Comparison.Other.Event? {
    let mine = events[event.row]
    guard let policy = mine.policy, let tenant = mine.tenant else { return nil }
    let name = cast.tenants[tenant.row].name
    let row = other.events.lastIndex {
      $0.time == mine.time && $0.kind == mine.kind
        && $0.tenant.map { other.cast.tenants[$0.row].name } == name
    }
    guard let row, let its = other.events[row].policy else { return nil }
    let (a, b) = (policies[policy].policy, other.policies[its].policy)
    guard a.isOn != b.isOn || a.rules != b.rules else { return nil }
    return Comparison.Other.Event("\(mine.kind.name) in \(name)", row: row)
  }
}

extension Comparison.Met {
  /// `failed (outbound-blocked)`.
  fileprivate var words: String { outcome.words + grounds.inBrackets }
}

extension PlayTelling {
  /// The row that tells of the runs of a flow that another play has under this name.
  fileprivate func runs(of flow: String, at time: Instant) -> Int? {
    trace.cast.flows.firstIndex { $0.name == flow }.flatMap { runs(of: FlowID($0), at: time) }
  }
}

extension ByteBuffer {
  mutating func append(_ differences: [PlayDifference]) {
    append(key: "divergesAt")
    append(differences.first.map { "\($0.time.milliseconds)" } ?? "null")
    append(key: "differences")
    appendList(differences) { $0.append($1) }
  }

  private mutating func append(_ difference: PlayDifference) {
    append("{\"time\":\(difference.time.milliseconds),\"last\":\(difference.last.milliseconds)")
    append(key: "count", decimal: difference.count)
    append(key: "flow", orNull: difference.flow)
    append(key: "kind", word: difference.flow == nil ? "event" : "run")
    append(key: "a", orNull: difference.a)
    append(key: "b", orNull: difference.b)
    append(key: "eventA", decimal: difference.eventA ?? -1)
    append(key: "eventB", decimal: difference.eventB ?? -1)
    append(key: "outcomeA", orNull: difference.outcomeA.map { "\($0.name)" })
    append(key: "outcomeB", orNull: difference.outcomeB.map { "\($0.name)" })
    append("}")
  }
}
