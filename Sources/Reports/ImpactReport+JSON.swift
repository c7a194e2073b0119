import DiscreteEvents
import SimulationTrace

// For programs. A key that is published stays.

extension ImpactReport {
  /// The version of the JSON form.
  public static let format = 1

  /// The whole as one JSON object in a line.
  public var json: String {
    var buffer = ByteBuffer()
    buffer.append("{\"format\":\(Self.format)")
    buffer.append(basisOf: trace)
    buffer.append(key: "changes", changes)
    buffer.append(key: "at", time: time, in: trace)
    buffer.append(key: "until", time: trace.until, in: trace)
    buffer.append(key: "inForce")
    buffer.append(earliest: inForce.lowerBound, latest: inForce.upperBound, in: trace)
    buffer.append(key: "affected")
    buffer.appendList(affected) { $0.append($1, in: trace) }
    buffer.append(key: "unaffected")
    buffer.appendList(unaffected) { $0.append($1) }
    buffer.append(key: "rules")
    buffer.appendList(rules) { $0.append($1) }
    buffer.append(key: "rulesSuffice", rulesSuffice)
    buffer.append(key: "healed")
    buffer.appendList(healed) { $0.append($1, in: trace) }
    buffer.append(key: "delays")
    buffer.append("{\"changes\":\(delays.changes)")
    buffer.append(key: "combinations", decimal: delays.combinations)
    buffer.append(key: "isComplete", delays.isComplete)
    buffer.append("}")
    buffer.append("}\n")
    return buffer.text
  }
}

extension ByteBuffer {
  fileprivate mutating func append(_ affected: ImpactReport.Affected, in trace: Trace) {
    append("{\"kind\":")
    append(json: affected.kind)
    append(key: "name", affected.name)
    append(key: "direction", affected.directionsName)
    append(key: "tenant", affected.tenants.first ?? "")
    append(key: "lastSucceeded")
    append(orNull: affected.lastSucceeded, in: trace)
    append(key: "firstFailed")
    append(
      earliest: affected.firstFailed.earliest, latest: affected.firstFailed.latest, in: trace)
    append(key: "failsIfUsed", affected.ifUsed, in: trace)
    append(key: "runsLost", decimal: affected.lost.upperBound)
    append(key: "runsLostLeast", decimal: affected.lost.lowerBound)
    append(key: "suspendedWhenSaved", affected.kind == "flow" && affected.isBlockedWhenSaved)
    append(key: "suspendedAt")
    append(earliest: affected.suspended.earliest, latest: affected.suspended.latest, in: trace)
    append(key: "blocked")
    appendList(affected.blocked) { $0.append($1) }
    append("}")
  }

  private mutating func append(_ blocked: ImpactReport.Blocked) {
    append("{\"connection\":")
    append(json: blocked.connection)
    append(key: "by", blocked.by)
    append(key: "direction", [blocked.direction].directionsName)
    append(key: "tenant", blocked.tenant)
    append("}")
  }

  fileprivate mutating func append(_ healed: ImpactReport.Healed, in trace: Trace) {
    append("{\"kind\":")
    append(json: healed.kind)
    append(key: "name", healed.name)
    append(key: "firstSucceeded")
    append(
      earliest: healed.firstSucceeded.earliest, latest: healed.firstSucceeded.latest, in: trace)
    append(key: "succeedsIfUsed", healed.ifUsed, in: trace)
    append(key: "runsGained", decimal: healed.gained.upperBound)
    append(key: "runsGainedLeast", decimal: healed.gained.lowerBound)
    append("}")
  }

  fileprivate mutating func append(_ unaffected: ImpactReport.Unaffected) {
    append("{\"kind\":")
    append(json: unaffected.kind)
    append(key: "name", unaffected.name)
    append(key: "because", unaffected.because)
    append("}")
  }

  fileprivate mutating func append(_ rule: ImpactReport.Rule) {
    append("{\"for\":")
    append(json: rule.owner)
    append(key: "tenant", rule.tenant)
    append(key: "direction", rule.directionsName)
    append(key: "alsoAllows", rule.alsoAllows)
    append(key: "meaning", rule.consequences)
    append("}")
  }

  private mutating func append(
    key: StaticString, _ outlook: ImpactReport.Outlook, in trace: Trace
  ) {
    append(key: key)
    append("{\"lasts\":\(outlook.lasts)")
    append(key: "stretches")
    appendList(outlook.stretches) { buffer, stretch in
      buffer.append("{\"from\":")
      buffer.append(orNull: stretch.lowerBound, in: trace)
      buffer.append(key: "to")
      buffer.append(orNull: stretch.upperBound, in: trace)
      buffer.append("}")
    }
    append("}")
  }

  fileprivate mutating func append(earliest: Instant?, latest: Instant?, in trace: Trace) {
    append("{\"earliest\":")
    append(orNull: earliest, in: trace)
    append(key: "latest")
    append(orNull: latest, in: trace)
    append("}")
  }

  private mutating func append(orNull time: Instant?, in trace: Trace) {
    guard let time else { return append("null") }
    append("\"")
    append(iso: trace.start + time.milliseconds)
    append("\"")
  }
}
