/// A length of simulated time in whole milliseconds.
public typealias Milliseconds = Int64

/// A point of simulated time: whole milliseconds since the scenario's start.
///
/// Negative instants lie before the start; only recurrences are anchored there.
public struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since the start.
  public var milliseconds: Milliseconds

  /// The instant `milliseconds` after the start.
  @inlinable public init(_ milliseconds: Milliseconds) { self.milliseconds = milliseconds }

  /// The scenario's start.
  public static let start = Instant(0)

  /// Earlier before later.
  @inlinable public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The instant a length of time later.
  @inlinable public static func + (instant: Instant, length: Milliseconds) -> Instant {
    Instant(instant.milliseconds + length)
  }

  /// The length of time from the right instant to the left one.
  @inlinable public static func - (left: Instant, right: Instant) -> Milliseconds {
    left.milliseconds - right.milliseconds
  }
}

/// The earlier of two instants that may not come.
public func least(_ left: Instant?, _ right: Instant?) -> Instant? {
  guard let left, let right else { return left ?? right }
  return min(left, right)
}
