import DiscreteEvents
import TenantIsolation

extension Trace {
  /// 64 bits that differ, in all likelihood, where anything that happened differs.
  ///
  /// What happened once is hashed in order. Runs enter as a sum over (what, when), so that a
  /// segment's share is arithmetic on it, and cutting a segment in two changes nothing.
  public var fingerprint: UInt64 {
    var order = StableHash()
    var runs = Residue(0)
    for event in events {
      if let run = event.run, event.kind.isRun {
        let share = RunShare(
          event.flow, run.trigger, event.actor, line: event.line, verdicts[run.verdict])
        runs = runs + share.weight(of: Recurrence(anchor: event.time, period: 1), count: 1)
      } else {
        event.combine(into: &order)
        if let row = event.policy { policies[row].combine(into: &order) }
        event.report?.combine(into: &order, reports)
        event.share?.combine(into: &order)
        event.operation?.combine(into: &order)
        event.package?.combine(into: &order)
        if let list = event.packageList { packageLists[list.row].combine(into: &order) }
        if let mail = event.mail { mails[mail.row].combine(into: &order) }
        audit.combine(event, into: &order)
        if let approval = event.approval { approvals[approval.row].combine(into: &order) }
      }
    }
    for segment in segments {
      let share = RunShare(
        segment.flow, .recurrence, nil, line: segment.line, verdicts[segment.verdict])
      var recurrence = segment.recurrence
      recurrence.anchor = recurrence.first(atOrAfter: segment.interval.lowerBound)
      runs = runs + share.weight(of: recurrence, count: segment.count)
    }
    order.combine(seed)
    order.combine(runs.value)
    return StableHash.mix(order.value)
  }
}

/// What one kind of run adds to the fingerprint.
private struct RunShare {
  private let signature: UInt64

  init(
    _ flow: FlowID?, _ trigger: RunTrigger, _ actor: UserID?, line: Int, _ verdict: RunVerdict
  ) {
    var hash = StableHash()
    hash.combine(flow?.index ?? .max)
    hash.combine(trigger.rawValue)
    hash.combine(actor?.index ?? .max)
    hash.combine(line)
    hash.combine(verdict.kind.rawValue)
    hash.combine(verdict.grounds.packed)
    hash.combine(verdict.subject.connection?.index ?? .max)
    hash.combine(verdict.subject.creator?.index ?? .max)
    hash.combine(verdict.subject.signIn?.index ?? .max)
    hash.combine(verdict.failedStep ?? -1)
    verdict.failure?.combine(into: &hash)
    for step in verdict.steps { hash.combine(step.index) }
    signature = StableHash.mix(hash.value)
  }

  /// The sum over `count` runs from the anchor on of a·bᵗ. A power and not a polynomial, because
  /// different times can have equal sums, equal sums of squares and so on.
  func weight(of recurrence: Recurrence, count: Int) -> Residue {
    let base = Residue(StableHash.mix(signature))
    let first = base.power(recurrence.anchor.milliseconds)
    let step = base.power(recurrence.period)
    return Residue(signature) * first * step.series(count)
  }
}

/// A number modulo the prime 2⁶¹ - 1.
private struct Residue {
  static let modulus: UInt64 = 1 << 61 - 1
  let value: UInt64

  init(_ number: UInt64) { value = number % Self.modulus }

  static func + (left: Residue, right: Residue) -> Residue { Residue(left.value + right.value) }

  static func * (left: Residue, right: Residue) -> Residue {
    let (high, low) = left.value.multipliedFullWidth(by: right.value)
    return Residue((high << 3 | low >> 61) + (low & modulus))
  }

  func power(_ exponent: Int64) -> Residue {
    // Powers repeat after one less than the prime, which gives those below zero a value too.
    let period = Int64(Self.modulus - 1)
    var rest = (exponent % period + period) % period
    var (result, square) = (Residue(1), self)
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      square = square * square
      rest >>= 1
    }
    return result
  }

  /// The sum of the first `count` powers, from the zeroth on.
  func series(_ count: Int) -> Residue {
    var (sum, power) = (Residue(0), Residue(1))
    for bit in stride(from: 63 - count.leadingZeroBitCount, through: 0, by: -1) {
      (sum, power) = (sum + sum * power, power * power)
      if count >> bit & 1 == 1 { (sum, power) = (sum + power, power * self) }
    }
    return sum
  }
}

extension Rule {
  func combine(into hash: inout StableHash) {
    switch subject {
    case .every: hash.combine(-1)
    case .tenant(let tenant): hash.combine(tenant.index)
    }
    hash.combine(directions.rawValue)
  }
}

extension PolicyVersion {
  func combine(into hash: inout StableHash) {
    hash.combine(inForceAt.milliseconds)
    hash.combine(policy.isOn ? 1 : 0)
    for rule in policy.rules { rule.combine(into: &hash) }
    replacement?.combine(into: &hash)
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
    hash.combine(isCreation ? 1 : 0)
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
    if let feedError { hash.combine(feedError.rawValue) }
    if let environment { hash.combine(environment.index) }
    if let package { hash.combine(package.index) }
  }
}
