import DiscreteEvents
import SimulationTrace
import TenantIsolation

// The tables of a play that are no columns.

extension PlayTelling {
  /// Versions of a long allowlist differ in a rule or two, so each rule stands once.
  func appendPolicies(to buffer: inout ByteBuffer) {
    let contents = trace.policies.contents
    var rules = Interner<Rule>()
    buffer.append(key: "policies")
    buffer.appendList(trace.policies.indices) { buffer, row in
      let version = trace.policies[row]
      let inForce = stage.mayBeInForce[checked: row] ?? version.inForceAt...version.inForceAt
      buffer.append("{\"tenant\":\(version.tenant.row),\"on\":\(version.policy.isOn),\"rules\":")
      buffer.appendList(version.policy.rules) { $0.append(decimal: rules.place(of: $1)) }
      buffer.append(key: "content", decimal: contents[row])
      if !isChange(row) { buffer.append(key: "unchanged", true) }
      if !version.isConfigured { buffer.append(key: "text", PolicyVersion.neverConfigured) }
      buffer.append(key: "savedAt")
      buffer.append(version.savedAt.map { "\($0.milliseconds)" } ?? "null")
      buffer.append(key: "inForceAt", decimal: version.inForceAt.milliseconds)
      buffer.append(key: "earliest", decimal: inForce.lowerBound.milliseconds)
      buffer.append(key: "latest", decimal: inForce.upperBound.milliseconds)
      buffer.append(key: "line", decimal: version.line)
      buffer.append("}")
    }
    buffer.append(key: "rules")
    buffer.appendList(rules.rows) { $0.append($1, trace.cast) }
  }

  func appendDataPolicies(to buffer: inout ByteBuffer) {
    var contents = Interner<String>()
    buffer.append(key: "dataPolicies")
    buffer.appendList(stage.dataPolicies) { buffer, change in
      buffer.append("{\"dataPolicy\":\(change.policy.row),\"tenant\":\(change.tenant.row)")
      buffer.append(key: "on", change.content != nil)
      buffer.append(key: "text", change.content ?? "none")
      buffer.append(key: "content", decimal: change.content.map { contents.place(of: $0) } ?? -1)
      buffer.append(key: "savedAt", decimal: change.savedAt.milliseconds)
      buffer.append(key: "inForceAt", decimal: change.inForceAt.milliseconds)
      buffer.append(key: "line", decimal: change.line)
      buffer.append("}")
    }
  }

  mutating func appendVerdicts(to buffer: inout ByteBuffer) {
    buffer.append(key: "verdicts")
    buffer.append("[")
    for (row, verdict) in trace.verdicts.enumerated() {
      if row > 0 { buffer.append(",") }
      buffer.append("{\"kind\":\"\(verdict.kind.name)\"")
      buffer.append(key: "outcome", word: verdict.outcome.name)
      buffer.append(key: "grounds", decimal: words.place(of: verdict.grounds))
      buffer.append(key: "error", decimal: verdict.failure.map { errors.place(of: $0) } ?? -1)
      buffer.append(key: "steps", verdict.steps.map { trace.cast.operations[$0.row] })
      buffer.append(key: "failedStep", decimal: verdict.failedStep ?? -1)
      buffer.append(key: "duration", decimal: verdict.duration)
      buffer.append("}")
    }
    buffer.append("]")
  }

  func appendErrors(to buffer: inout ByteBuffer) {
    buffer.append(key: "errors")
    buffer.appendList(errors.rows) { buffer, failure in
      let text = trace.text(of: failure)
      buffer.append("{\"message\":")
      buffer.append(json: text.message)
      buffer.append(key: "basis", text.basis.rawValue)
      buffer.append(key: "surface", word: failure.surface.id)
      buffer.append(key: "verbatim", text.basis != .assumed)
      buffer.append("}")
    }
  }

  func append(_ verdicts: [Verdict], to buffer: inout ByteBuffer) {
    buffer.append(key: "expectations")
    buffer.appendList(verdicts.indices) { buffer, row in
      let verdict = verdicts[row]
      let evidence = verdict.isAboutCovers ? nil : stage.evidence[checked: row]
      buffer.append("{\"line\":\(verdict.line)")
      buffer.append(key: "text", verdict.source)
      buffer.append(key: "met", verdict.isMet)
      buffer.append(key: "undecided", verdict.isUndecided)
      buffer.append(key: "expected", verdict.expected)
      buffer.append(key: "got", verdict.got)
      buffer.append(key: "because", verdict.because)
      buffer.append(key: "message", orNull: verdict.message)
      buffer.append(key: "time")
      buffer.append(evidence.map { "\($0.time.milliseconds)" } ?? "null")
      buffer.append(key: "last")
      buffer.append(evidence.map { "\($0.last.milliseconds)" } ?? "null")
      buffer.append(key: "event", decimal: evidence.flatMap(event) ?? -1)
      buffer.append("}")
    }
  }
}

// MARK: - Finding events

extension PlayTelling {
  /// The row of the event that evidence points to, else of the last one before its time.
  private func event(_ evidence: Stage.Evidence) -> Int? {
    if let event = evidence.event {
      if let row = rows[event] { return row }
      if let flow = trace.events[event].flow {
        return runs(of: flow, at: trace.events[event].time)
      }
    }
    if let flow = evidence.flow { return runs(of: flow, at: evidence.time) }
    return lastEvent(until: evidence.time)
  }

  /// The row that tells of a flow's runs at an instant, else of its latest ones before.
  func runs(of flow: FlowID, at time: Instant) -> Int? {
    let own = runsOfFlow[flow.row].lazy.map { runs[$0] }.prefix { $0.fold.first <= time }
    return (own.last { $0.fold.last >= time } ?? own.last)?.event ?? lastEvent(until: time)
  }

  private func lastEvent(until time: Instant) -> Int? { events.lastIndex { $0.time <= time } }
}

extension ByteBuffer {
  fileprivate mutating func append(_ rule: Rule, _ cast: Cast) {
    switch rule.subject {
    case .every: append("{\"tenant\":-1,\"title\":\"All tenants\",\"id\":\"*\"")
    case .tenant(let id):
      append("{\"tenant\":\(id.row),\"title\":")
      append(json: cast.tenants[id.row].displayName)
      append(key: "id", cast.tenants[id.row].identifier)
    }
    append(
      key: "direction",
      word: rule.directions == .both
        ? "both" : rule.directions.contains(.inbound as Direction) ? "inbound" : "outbound")
    append("}")
  }
}
