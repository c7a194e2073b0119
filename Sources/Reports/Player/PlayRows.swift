import DiscreteEvents
import SimulationTrace

/// One step of a play: something that happened, or runs that met the same. What has no place in a
/// table is -1.
struct EventRow {
  var time: Instant
  var kind: Int
  var part = -1
  var caption = -1
  /// The caption with the names that people see, where these are others.
  var titled = -1
  /// The administrators' system that it belongs to, and what that says of it, a line each.
  var system = -1
  var details = -1
  /// What is to be known of how it came out, a line each.
  var remark = -1
  var word = -1
  var mark = -1
  var enforced = -1
  var outcome = -1
  var actor = -1
  var tenant = -1
  var signIn = -1
  var connection = -1
  var app = -1
  var flow = -1
  var dataPolicy = -1
  var policy = -1
  var grounds = -1
  var decision = -1
  var error = -1
  var runs = -1
  var cause = -1
  var line = 0
  var patch: [PlayState.Patch] = []
}

/// Runs of a flow that met the same, and the event that tells of them.
struct RunsRow {
  var fold: RunFold
  var trigger: Int
  var event: Int
}

/// Who saw which error with which event.
struct SeenRow {
  var event: Int
  var viewer: Int
  var error: Int
}

extension ByteBuffer {
  mutating func append(_ events: [EventRow]) {
    append(key: "events")
    append("{\"time\":")
    appendList(events) { $0.append(decimal: $1.time.milliseconds) }
    append(column: "kind", events) { $0.kind }
    append(column: "part", events) { $0.part }
    append(column: "caption", events) { $0.caption }
    append(column: "titled", events) { $0.titled }
    append(column: "system", events) { $0.system }
    append(column: "details", events) { $0.details }
    append(column: "remark", events) { $0.remark }
    append(column: "word", events) { $0.word }
    append(column: "mark", events) { $0.mark }
    append(column: "enforced", events) { $0.enforced }
    append(column: "outcome", events) { $0.outcome }
    append(column: "actor", events) { $0.actor }
    append(column: "tenant", events) { $0.tenant }
    append(column: "signIn", events) { $0.signIn }
    append(column: "connection", events) { $0.connection }
    append(column: "app", events) { $0.app }
    append(column: "flow", events) { $0.flow }
    append(column: "dataPolicy", events) { $0.dataPolicy }
    append(column: "policy", events) { $0.policy }
    append(column: "grounds", events) { $0.grounds }
    append(column: "decision", events) { $0.decision }
    append(column: "error", events) { $0.error }
    append(column: "runs", events) { $0.runs }
    append(column: "cause", events) { $0.cause }
    append(column: "line", events) { $0.line }
    append(key: "patch")
    appendList(events) { $0.append($1.patch) }
    append("}")
  }

  mutating func append(_ runs: [RunsRow]) {
    append(key: "runs")
    append("{\"flow\":")
    appendList(runs) { $0.append(decimal: $1.fold.flow.row) }
    append(key: "first")
    appendList(runs) { $0.append(decimal: $1.fold.first.milliseconds) }
    append(key: "last")
    appendList(runs) { $0.append(decimal: $1.fold.last.milliseconds) }
    append(column: "count", runs) { $0.fold.count }
    append(column: "verdict", runs) { $0.fold.verdict }
    append(column: "trigger", runs) { $0.trigger }
    append(column: "line", runs) { $0.fold.line }
    append(column: "event", runs) { $0.event }
    append(key: "parts")
    appendList(runs) { buffer, row in
      buffer.appendList(row.fold.parts) { buffer, part in
        buffer.append("\(part.first.milliseconds),\(part.period),\(part.count)")
      }
    }
    append("}")
  }

  mutating func append(_ seen: [SeenRow]) {
    append(key: "seen")
    append("{\"event\":")
    appendList(seen) { $0.append(decimal: $1.event) }
    append(column: "viewer", seen) { $0.viewer }
    append(column: "error", seen) { $0.error }
    append("}")
  }

  /// Appends a column; one that says nothing anywhere is left out.
  private mutating func append<Row>(
    column: StaticString, _ rows: [Row], _ value: (Row) -> Int
  ) {
    guard rows.contains(where: { value($0) != -1 }) else { return }
    append(key: column)
    appendList(rows) { $0.append(decimal: value($1)) }
  }
}
