extension Recurrence {
  /// The occurrences in an interval that another recurrence has as well, anchored at the first of
  /// them; nil where there is none. No occurrence is made: this is the Chinese remainder theorem.
  public func meeting(_ other: Recurrence, in interval: Range<Instant>) -> Recurrence? {
    let start = first(atOrAfter: interval.lowerBound)
    guard start < interval.upperBound else { return nil }
    let (divisor, inverse) = greatestCommonDivisor(period, other.period)
    let distance = other.first(atOrAfter: start) - start
    guard distance % divisor == 0 else { return nil }
    // start + n * period is one of the other's points for exactly one n below this modulus.
    let modulus = UInt64(other.period / divisor)
    let n = product(UInt64(distance / divisor), inverse, modulo: modulus)
    let (offset, isFar) = period.multipliedReportingOverflow(by: Int64(n))
    guard !isFar, offset < interval.upperBound - start else { return nil }
    let (common, isLong) = period.multipliedReportingOverflow(by: Int64(modulus))
    return Recurrence(
      anchor: start + offset, period: isLong ? Self.beyond : min(common, Self.beyond))
  }

  /// A period longer than any time that is simulated.
  private static let beyond: Milliseconds = 1 << 50

  /// Whether an instant is one of the occurrences.
  public func contains(_ instant: Instant) -> Bool { (instant - anchor) % period == 0 }
}

/// The greatest common divisor of two periods, and the inverse of the left over it modulo the right
/// over it.
private func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> (Int64, inverse: UInt64) {
  var (rest, next) = (left, right)
  var (factor, nextFactor): (Int64, Int64) = (1, 0)
  while next != 0 {
    let quotient = rest / next
    (rest, next) = (next, rest - quotient * next)
    (factor, nextFactor) = (nextFactor, factor - quotient * nextFactor)
  }
  let modulus = right / rest
  let inverse = factor % modulus
  return (rest, UInt64(inverse < 0 ? inverse + modulus : inverse))
}

private func product(_ left: UInt64, _ right: UInt64, modulo modulus: UInt64) -> UInt64 {
  let full = (left % modulus).multipliedFullWidth(by: right % modulus)
  return modulus.dividingFullWidth(full).remainder
}
