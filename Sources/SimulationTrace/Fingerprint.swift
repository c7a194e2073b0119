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
    let marks = verdicts.map(\.mark)
    for event in events {
      if let run = event.run, event.kind.isRun {
        let share = RunShare(
          event.flow, run.trigger, event.actor, line: event.line, marks[run.verdict])
        runs = runs + share.weight(of: Recurrence(anchor: event.time, period: 1), count: 1)
      } else {
        event.combine(into: &order)
        if let row = event.policy { policies[row].combine(into: &order) }
        event.report?.combine(into: &order, reports)
        event.share?.combine(into: &order)
        event.operation?.combine(into: &order, adminOperations)
        event.package?.combine(into: &order)
        if let list = event.packageList { packageLists[list.row].combine(into: &order) }
        if let mail = event.mail { mails[mail.row].combine(into: &order) }
        audit.combine(event, into: &order)
        if let approval = event.approval { approvals[approval.row].combine(into: &order) }
      }
    }
    for segment in segments {
      let share = RunShare(
        segment.flow, .recurrence, nil, line: segment.line, marks[segment.verdict])
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

  /// - Parameter mark: what it meets.
  init(_ flow: FlowID?, _ trigger: RunTrigger, _ actor: UserID?, line: Int, _ mark: UInt64) {
    var hash = StableHash()
    hash.combine(flow)
    hash.combine(trigger.name)
    hash.combine(actor)
    hash.combine(line)
    hash.combine(mark)
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

// MARK: - What is hashed
//
// Names stand for cases: another case more leaves the marks of the others as they are.

extension StableHash {
  /// Takes in a row or none.
  mutating func combine(_ row: (some TableRow)?) {
    let index = row?.index ?? .max
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      combine(byte: UInt8(truncatingIfNeeded: index >> shift))
    }
  }
}

extension Grounds {
  func combine(into hash: inout StableHash) {
    for ground in self { hash.combine(ground.name) }
    hash.combine(byte: 0)
  }
}

extension [GroundWay] {
  func combine(into hash: inout StableHash) {
    for way in self {
      hash.combine(way.ground.name)
      hash.combine(way.creator)
      hash.combine(way.signIn)
    }
    hash.combine(byte: 0)
  }
}

extension RuleSubject {
  func combine(into hash: inout StableHash) {
    switch self {
    case .every: hash.combine(TenantID?.none)
    case .tenant(let tenant): hash.combine(tenant)
    }
  }
}

extension Rule {
  func combine(into hash: inout StableHash) {
    subject.combine(into: &hash)
    hash.combine(directions.rawValue)
  }
}

extension RunVerdict {
  /// What tells it from others: worked out once, however many runs meet it.
  fileprivate var mark: UInt64 {
    var hash = StableHash()
    hash.combine(kind.name)
    grounds.combine(into: &hash)
    ways.combine(into: &hash)
    hash.combine(subject.connection)
    hash.combine(subject.creator)
    hash.combine(subject.signIn)
    hash.combine(failedStep ?? -1)
    failure?.combine(into: &hash)
    for step in steps { hash.combine(step) }
    return hash.value
  }
}

extension PolicyVersion {
  func combine(into hash: inout StableHash) {
    hash.combine(inForceAt.milliseconds)
    hash.combine(isConfigured)
    hash.combine(policy.isOn)
    for rule in policy.rules { rule.combine(into: &hash) }
    replacement?.combine(into: &hash)
  }
}

extension Record {
  func combine(into hash: inout StableHash) {
    hash.combine(time.milliseconds)
    hash.combine(kind.name)
    hash.combine(outcome?.name ?? "")
    hash.combine(actor)
    hash.combine(tenant)
    hash.combine(signInTenant)
    hash.combine(connection)
    hash.combine(isCreation)
    hash.combine(app)
    hash.combine(flow)
    hash.combine(dataPolicy)
    hash.combine(environment)
    hash.combine(policy ?? -1)
    hash.combine(isTurningOn)
    hash.combine(isWorkDone)
    grounds.combine(into: &hash)
    ways.combine(into: &hash)
    hash.combine(line)
    attempt?.combine(into: &hash)
    failure?.combine(into: &hash)
  }
}

extension Failure {
  func combine(into hash: inout StableHash) {
    hash.combine(surface.rawValue)
    hash.combine(cause.rawValue)
    hash.combine(tenant)
    hash.combine(creator)
    hash.combine(signIn)
    hash.combine(connection)
    hash.combine(connector)
    hash.combine(otherConnector)
    hash.combine(user)
    hash.combine(operation)
    hash.combine(dataPolicy)
    hash.combine(environment)
    hash.combine(package)
    hash.combine(registration)
    hash.combine(limit)
    feed?.combine(into: &hash)
  }
}

extension FeedFailure {
  func combine(into hash: inout StableHash) {
    hash.combine(error.code)
    hash.combine(call.name)
    hash.combine(contentType?.name ?? "")
    hash.combine(page)
    switch content {
    case nil: break
    case .row(let row): hash.combine(row)
    case .number(let number): hash.combine(-number)
    }
  }
}
