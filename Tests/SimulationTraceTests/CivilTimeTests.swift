import SimulationTrace
import Testing

@Suite struct CivilTimeTests {
  static let known: [(year: Int, month: Int, day: Int, seconds: Int64)] = [
    (1970, 1, 1, 0), (1969, 12, 31, -86_400), (1600, 1, 1, -11_676_096_000),
    (1900, 3, 1, -2_203_891_200), (2000, 2, 29, 951_782_400), (2024, 2, 29, 1_709_164_800),
    (2025, 1, 6, 1_736_121_600), (2025, 3, 3, 1_740_960_000), (2038, 1, 19, 2_147_472_000),
  ]

  @Test("Dates lie as many seconds from 1970 as other programs say", arguments: known)
  func knownDates(year: Int, month: Int, day: Int, seconds: Int64) {
    let time = CivilTime(year: year, month: month, day: day)
    #expect(time.milliseconds == seconds * 1000)
    #expect(time.date == (year, month, day))
  }

  @Test("Day after day for 800 years, dates follow each other as on a wall calendar")
  func wallCalendar() {
    var calendar = WallCalendar()
    var milliseconds = CivilTime(year: 1970, month: 1, day: 1).milliseconds
    var wrong: [String] = []
    while calendar.year < 2370 {
      let time = CivilTime(year: calendar.year, month: calendar.month, day: calendar.day)
      let evening = CivilTime(milliseconds: milliseconds + 86_399_999)
      if time.milliseconds != milliseconds || time.date != calendar.date
        || evening.date != calendar.date || evening.midnight != time
      {
        wrong.append("\(calendar.date)")
      }
      calendar.turnPage()
      milliseconds += 86_400_000
    }
    calendar = WallCalendar()
    milliseconds = 0
    while calendar.year >= 1570 {
      let time = CivilTime(year: calendar.year, month: calendar.month, day: calendar.day)
      if time.milliseconds != milliseconds || time.date != calendar.date {
        wrong.append("\(calendar.date)")
      }
      calendar.turnBack()
      milliseconds -= 86_400_000
    }
    #expect(wrong.isEmpty, "\(wrong.count) days are wrong, first \(wrong.prefix(3))")
  }

  @Test("Months and days beyond the calendar carry over", arguments: -30...30)
  func carrying(months: Int) {
    let years = (2024 * 12 + 4 + months) / 12
    let month = (2024 * 12 + 4 + months) % 12 + 1
    #expect(
      CivilTime(year: 2024, month: 5 + months, day: 1)
        == CivilTime(year: years, month: month, day: 1))
    #expect(
      CivilTime(year: 2024, month: 5, day: 1 + months)
        == CivilTime(year: 2024, month: 5, day: 1) + Int64(months) * CivilTime.day)
  }

  @Test("A month has as many days as on a wall calendar", arguments: [1900, 2000, 2023, 2024])
  func daysInMonth(year: Int) {
    for month in 1...12 {
      #expect(CivilTime.days(in: month, of: year) == WallCalendar.days(month, year))
    }
  }

  @Test("The time of day counts from midnight, before 1970 as after it")
  func timeOfDay() {
    let beforeMidnight = CivilTime(milliseconds: -1)
    #expect(beforeMidnight.timeOfDay == 86_399_999)
    #expect(beforeMidnight.midnight == CivilTime(year: 1969, month: 12, day: 31))
    let morning = CivilTime(year: 2025, month: 3, day: 3) + 8 * 3_600_000 + 5 * 60_000
    #expect(morning.timeOfDay == 29_100_000)
    #expect(morning.midnight.timeOfDay == 0)
    #expect(beforeMidnight < morning)
  }
}

/// The calendar as a child knows it: the days of each month, and the leap years.
private struct WallCalendar {
  private(set) var year = 1970
  private(set) var month = 1
  private(set) var day = 1

  var date: (Int, Int, Int) { (year, month, day) }

  static func days(_ month: Int, _ year: Int) -> Int {
    let isLeap = year % 400 == 0 || year % 4 == 0 && year % 100 != 0
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  mutating func turnPage() {
    day += 1
    if day > Self.days(month, year) { (month, day) = (month + 1, 1) }
    if month > 12 { (year, month) = (year + 1, 1) }
  }

  mutating func turnBack() {
    day -= 1
    if day < 1 {
      (year, month) = month == 1 ? (year - 1, 12) : (year, month - 1)
      day = Self.days(month, year)
    }
  }
}
