import DiscreteEvents
import TenantIsolation

extension Trace {
  /// 64 bits that differ, in all likelihood, where anything that happened differs.
  ///
  /// What happened once is hashed in order. Runs enter as a sum over (what, when), so that a
  /// segment's share is arithmetic on it, and cutting a segment in two changes nothing.
  public var fingerprint: UInt64 {
    var order = StableHash()
    var runs: UInt64 = 0
    for event in events {
      if let run = event.run, event.kind.isRun {
        let share = RunShare(flow: event.flow, trigger: run.trigger, verdicts[run.verdict])
        runs &+= share.weight(of: Recurrence(anchor: event.time, period: 1), count: 1)
      } else {
        event.combine(into: &order)
      }
    }
    for segment in segments {
      let share = RunShare(flow: segment.flow, trigger: .recurrence, verdicts[segment.verdict])
      var recurrence = segment.recurrence
      recurrence.anchor = recurrence.first(atOrAfter: segment.interval.lowerBound)
      runs &+= share.weight(of: recurrence, count: segment.count)
    }
    order.combine(seed)
    order.combine(runs)
    return StableHash.mix(order.value)
  }
}

/// What one kind of run adds to the fingerprint.
private struct RunShare {
  private let signature: UInt64

  init(flow: FlowID?, trigger: RunTrigger, _ verdict: RunVerdict) {
    var hash = StableHash()
    hash.combine(flow?.index ?? .max)
    hash.combine(trigger.rawValue)
    hash.combine(verdict.kind.rawValue)
    hash.combine(verdict.grounds.packed)
    hash.combine(verdict.failedStep ?? -1)
    verdict.failure?.combine(into: &hash)
    for step in verdict.steps { hash.combine(step.index) }
    signature = StableHash.mix(hash.value)
  }

  /// The sum over `count` runs from the anchor on of a + b·t + c·t², all modulo 2⁶⁴. The square is
  /// there so that two runs which swap places leave a mark.
  func weight(of recurrence: Recurrence, count: Int) -> UInt64 {
    guard count > 0 else { return 0 }
    let first = Int128(recurrence.anchor.milliseconds)
    let period = Int128(recurrence.period)
    let n = Int128(count)
    let steps = n * (n - 1) / 2
    let squares = (n - 1) * n * (2 * n - 1) / 6
    let sum = n &* first &+ period &* steps
    let squared =
      n &* first &* first &+ 2 &* first &* period &* steps &+ period &* period &* squares
    return UInt64(truncatingIfNeeded: n) &* signature
      &+ UInt64(truncatingIfNeeded: sum) &* StableHash.mix(signature)
      &+ UInt64(truncatingIfNeeded: squared) &* StableHash.mix(signature ^ 1)
  }
}

extension Record {
  func combine(into hash: inout StableHash) {
    hash.combine(time.milliseconds)
    hash.combine(kind.rawValue)
    hash.combine(outcome?.rawValue ?? .max)
    hash.combine(actor?.index ?? .max)
    hash.combine(tenant?.index ?? .max)
    hash.combine(signInTenant?.index ?? .max)
    hash.combine(connection?.index ?? .max)
    hash.combine(app?.index ?? .max)
    hash.combine(flow?.index ?? .max)
    hash.combine(dataPolicy?.index ?? .max)
    hash.combine(policy ?? -1)
    hash.combine(grounds.packed)
    hash.combine(line)
    failure?.combine(into: &hash)
  }
}

extension Failure {
  func combine(into hash: inout StableHash) {
    hash.combine(surface.rawValue)
    hash.combine(cause.rawValue)
    hash.combine(tenant?.index ?? .max)
    hash.combine(creator?.index ?? .max)
    hash.combine(signIn?.index ?? .max)
    hash.combine(connection?.index ?? .max)
    hash.combine(connector?.index ?? .max)
    hash.combine(otherConnector?.index ?? .max)
    hash.combine(user?.index ?? .max)
    hash.combine(operation?.index ?? .max)
    hash.combine(dataPolicy?.index ?? .max)
    hash.combine(limit)
  }
}
