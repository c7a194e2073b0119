import DiscreteEvents

/// A point of the Gregorian calendar in UTC, to the millisecond.
///
/// Written by hand because formatting a date through Foundation costs more than simulating a run.
public struct CivilTime: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01 00:00.
  public var milliseconds: Milliseconds

  /// The point `milliseconds` after 1970-01-01 00:00.
  public init(milliseconds: Milliseconds) { self.milliseconds = milliseconds }

  /// Midnight of a day; months beyond 1...12 and days beyond the month's carry over.
  public init(year: Int, month: Int, day: Int) {
    // Days are counted in years that begin in March, so that the leap day comes last.
    let months = Int64(year) * 12 + Int64(month) - 3
    let shifted = (months >= 0 ? months : months - 11) / 12
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (months - shifted * 12) + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    milliseconds = (era * 146_097 + dayOfEra - 719_468) * Self.day
  }

  /// A day's milliseconds.
  public static let day: Milliseconds = 86_400_000

  /// Earlier before later.
  public static func < (left: CivilTime, right: CivilTime) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The point a length of time later.
  public static func + (time: CivilTime, length: Milliseconds) -> CivilTime {
    CivilTime(milliseconds: time.milliseconds + length)
  }

  /// Midnight of the same day.
  public var midnight: CivilTime { CivilTime(milliseconds: milliseconds - timeOfDay) }

  /// Milliseconds since midnight.
  public var timeOfDay: Milliseconds {
    let rest = milliseconds % Self.day
    return rest < 0 ? rest + Self.day : rest
  }

  /// Year, month and day.
  public var date: (year: Int, month: Int, day: Int) {
    let shifted = (milliseconds - timeOfDay) / Self.day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * month + 2) / 5 + 1)
    let year = Int(yearOfEra + era * 400)
    return month < 10 ? (year, Int(month + 3), day) : (year + 1, Int(month - 9), day)
  }

  /// The number of days of a month.
  public static func days(in month: Int, of year: Int) -> Int {
    let next = CivilTime(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)
    let this = CivilTime(year: year, month: month, day: 1)
    return Int((next.milliseconds - this.milliseconds) / day)
  }
}

extension CivilTime {
  /// The time of day as people write it: `08:05`, with seconds and milliseconds where there are
  /// any.
  public var clockText: String {
    let time = timeOfDay
    var text = "\(Self.padded(time / 3_600_000, 2)):\(Self.padded(time / 60_000 % 60, 2))"
    if time % 60_000 != 0 { text += ":" + Self.padded(time / 1000 % 60, 2) }
    if time % 1000 != 0 { text += "." + Self.padded(time % 1000, 3) }
    return text
  }

  /// The day as `2025-03-03`.
  public var dateText: String {
    let (year, month, day) = date
    return [Self.padded(Int64(year), 4), Self.padded(Int64(month), 2), Self.padded(Int64(day), 2)]
      .joined(separator: "-")
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension Trace {
  /// An instant as the scenario would write it: `08:05` on the first day, `day 2 08:05` after it.
  public func timeText(_ instant: Instant) -> String {
    let time = start + instant.milliseconds
    let day = (time.midnight.milliseconds - start.midnight.milliseconds) / CivilTime.day + 1
    return day == 1 ? time.clockText : "day \(day) \(time.clockText)"
  }
}
