import DiscreteEvents
import SimulationTrace

/// Time along a line of the terminal: each column stands for the same round length of time.
///
/// Round, so that runs at a fixed distance stand at a fixed distance wherever that is possible.
struct TimeAxis {
  let start: CivilTime
  let until: Instant
  /// What a column stands for.
  let step: Milliseconds
  let columns: Int

  private static let minute: Milliseconds = 60_000
  private static let hour = 60 * minute
  private static let day = CivilTime.day

  /// Lengths that people count in.
  private static let lengths: [Milliseconds] =
    [1, 2, 5, 10, 20, 50, 100, 200, 500].map { $0 }
    + [1, 2, 5, 10, 15, 20, 30].map { $0 * 1000 }
    + [1, 2, 3, 5, 10, 15, 20, 30].map { $0 * minute }
    + [1, 2, 3, 4, 6, 8, 12].map { $0 * hour }
    + [1, 2, 4, 7, 14, 28, 56, 91, 182, 364].map { $0 * day }

  /// An axis over a trace in no more columns than there is room for; nil where nothing passes.
  init?(_ trace: Trace, room: Int) {
    guard trace.until > .start, room > 0 else { return nil }
    start = trace.start
    until = trace.until
    let least = (until.milliseconds - 1) / Int64(room) + 1
    let step = Self.lengths.first { $0 >= least } ?? least
    self.step = step
    columns = Int((until.milliseconds - 1) / step + 1)
  }

  /// The column that an instant falls into, kept inside the axis.
  func column(of instant: Instant) -> Int {
    min(max(0, Int(instant.milliseconds / step)), columns - 1)
  }

  /// What a column stands for.
  func interval(of column: Int) -> Range<Instant> {
    let first = Instant(Int64(column) * step)
    return first..<max(first, min(first + step, until))
  }
}

// MARK: - Ticks

extension TimeAxis {
  struct Tick {
    var column: Int
    var label: String
  }

  /// Round times, far enough from each other for their labels.
  var ticks: [Tick] {
    let midnight = start.midnight.milliseconds - start.milliseconds
    for length in Self.lengths where length >= step {
      let ticks = ticks(every: length, from: midnight)
      if zip(ticks, ticks.dropFirst()).allSatisfy({ $0.end + 1 < $1.column }) { return ticks }
    }
    return []
  }

  private func ticks(every length: Milliseconds, from midnight: Milliseconds) -> [Tick] {
    // Too many for their labels anyway.
    guard until.milliseconds / length <= Int64(columns) else { return [.none, .none] }
    let recurrence = Recurrence(anchor: Instant(midnight), period: length)
    let interval = .start..<until
    return (0..<recurrence.count(in: interval)).compactMap { row in
      recurrence.occurrence(row, in: interval).map {
        Tick(column: column(of: $0), label: label($0))
      }
    }
  }

  /// The time of day, or the day at midnight.
  private func label(_ instant: Instant) -> String {
    let time = start + instant.milliseconds
    let days = (time.midnight.milliseconds - start.midnight.milliseconds) / Self.day
    return days > 0 && time.timeOfDay == 0 ? "day \(days + 1)" : time.clockText
  }
}

extension TimeAxis.Tick {
  /// A tick that never fits beside another.
  fileprivate static let none = TimeAxis.Tick(column: 0, label: "")

  var end: Int { column + label.utf8.count }
}
