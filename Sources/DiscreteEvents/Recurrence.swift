/// Occurrences at a fixed distance: an anchor and all whole periods before and after it.
///
/// Questions about an interval are answered by arithmetic, however many occurrences it holds.
public struct Recurrence: Hashable, Sendable {
  /// One of the occurrences.
  public var anchor: Instant
  /// The distance of two occurrences; at least 1 ms.
  public var period: Milliseconds

  /// The recurrence through `anchor` every `period` milliseconds (at least 1).
  @inlinable public init(anchor: Instant, period: Milliseconds) {
    self.anchor = anchor
    self.period = max(1, period)
  }

  /// The first occurrence at or after an instant.
  @inlinable public func first(atOrAfter instant: Instant) -> Instant {
    let (whole, rest) = (instant - anchor).quotientAndRemainder(dividingBy: period)
    return anchor + (rest > 0 ? whole + 1 : whole) * period
  }

  /// The number of occurrences in a half-open interval.
  @inlinable public func count(in interval: Range<Instant>) -> Int {
    let first = first(atOrAfter: interval.lowerBound)
    guard first < interval.upperBound else { return 0 }
    return Int((interval.upperBound - first - 1) / period) + 1
  }

  /// The n-th occurrence in a half-open interval, from 0; nil beyond its last.
  @inlinable public func occurrence(_ n: Int, in interval: Range<Instant>) -> Instant? {
    guard n >= 0, n < count(in: interval) else { return nil }
    return first(atOrAfter: interval.lowerBound) + Int64(n) * period
  }

  /// The last occurrence in a half-open interval; nil where it holds none.
  @inlinable public func last(in interval: Range<Instant>) -> Instant? {
    occurrence(count(in: interval) - 1, in: interval)
  }
}
