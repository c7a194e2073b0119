import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// A time as written, before the scenario's start is known.
enum WrittenTime: Hashable {
  /// Milliseconds since midnight of the start date.
  case sinceMidnight(Milliseconds)
  /// A point of the calendar.
  case civil(CivilTime)
  /// Milliseconds since the start.
  case sinceStart(Milliseconds)

  /// The point of the calendar, seen from a start.
  func resolved(from start: CivilTime) -> CivilTime {
    switch self {
    case .sinceMidnight(let length): start.midnight + length
    case .civil(let time): time
    case .sinceStart(let length): start + length
    }
  }
}

/// Why something is no time or no duration.
struct TimeFault: Error {
  var code: DiagnosticCode
  var message: String

  init(_ code: DiagnosticCode, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// Reads times, durations and numbers from bytes. Numbers are cut off long before they overflow.
struct TimeReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// A time whose words (`day`, a date) and clock are given one by one.
  static func time(_ words: [ArraySlice<UInt8>]) throws(TimeFault) -> WrittenTime {
    var last = TimeReader(words.last ?? [])
    switch words.count {
    case 1 where last.takes(.ascii("+")):
      var length = TimeReader(words[0].dropFirst())
      return .sinceStart(try length.duration())
    case 1: return .sinceMidnight(try last.clock())
    case 2:
      var first = TimeReader(words[0])
      return .civil(try first.date() + last.clock())
    case 3 where words[0].elementsEqual("day".utf8):
      var number = TimeReader(words[1])
      return .sinceMidnight(try (number.day() - 1) * CivilTime.day + last.clock())
    default:
      let text = words.map { TimeReader($0).text }.joined(separator: " ")
      throw TimeFault(
        .badTime,
        "\"\(text)\" is no time: write 08:05, day 2 08:05, 2025-03-04 08:05 or +90m")
    }
  }

  private mutating func number(digits: ClosedRange<Int>) -> Int64? {
    let first = position
    var value: Int64 = 0
    while position < bytes.endIndex, bytes[position].isDigit, position - first < digits.upperBound {
      value = value * 10 + Int64(bytes[position] - .ascii("0"))
      position += 1
    }
    return digits.contains(position - first) ? value : nil
  }

  private mutating func takes(_ byte: UInt8) -> Bool {
    guard position < bytes.endIndex, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private var isAtEnd: Bool { position == bytes.endIndex }

  private var text: String { String(decoding: bytes.prefix(40), as: UTF8.self) }
}

// MARK: - Clock and calendar

extension TimeReader {
  /// `08:05`, `08:05:30` or `08:05:30.500`.
  mutating func clock() throws(TimeFault) -> Milliseconds {
    guard let hours = number(digits: 1...2), takes(.ascii(":")), let minutes = number(digits: 2...2)
    else { throw notAClock }
    var seconds: Int64 = 0
    var milliseconds: Int64 = 0
    if takes(.ascii(":")) {
      guard let value = number(digits: 2...2) else { throw notAClock }
      seconds = value
      if takes(.ascii(".")) {
        let first = position
        guard let value = number(digits: 1...3) else { throw notAClock }
        milliseconds = value * [1, 100, 10, 1][position - first]
      }
    }
    guard isAtEnd else { throw notAClock }
    try check(hours, minutes, seconds)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
  }

  private func check(_ hours: Int64, _ minutes: Int64, _ seconds: Int64) throws(TimeFault) {
    if hours == 24, minutes == 0, seconds == 0 {
      throw TimeFault(.badTime, "a day ends at 23:59; 24:00 is 00:00 of the next day")
    }
    if hours > 23 { throw TimeFault(.badTime, "there is no hour \(hours): hours are 00 to 23") }
    if minutes > 59 {
      throw TimeFault(.badTime, "there is no minute \(minutes): minutes are 00 to 59")
    }
    if seconds > 59 {
      throw TimeFault(.badTime, "there is no second \(seconds): seconds are 00 to 59")
    }
  }

  private var notAClock: TimeFault {
    TimeFault(.badTime, "\"\(text)\" is no time of day: write 08:05, 08:05:30 or 08:05:30.500")
  }

  /// `2025-03-04`.
  mutating func date() throws(TimeFault) -> CivilTime {
    guard let year = number(digits: 4...4), takes(.ascii("-")),
      let month = number(digits: 2...2), takes(.ascii("-")),
      let day = number(digits: 2...2), isAtEnd
    else { throw TimeFault(.badDate, "\"\(text)\" is no date: write year-month-day, 2025-03-04") }
    guard (1...12).contains(month) else {
      throw TimeFault(.badDate, "there is no month \(month): months are 01 to 12")
    }
    let days = CivilTime.days(in: Int(month), of: Int(year))
    guard (1...Int64(days)).contains(day) else {
      throw TimeFault(.badDate, "\(text) does not exist: that month has \(days) days")
    }
    return CivilTime(year: Int(year), month: Int(month), day: Int(day))
  }

  /// The number after the word `day`.
  mutating func day() throws(TimeFault) -> Int64 {
    guard let day = number(digits: 1...4), isAtEnd, (1...3654).contains(day) else {
      throw TimeFault(.badDate, "days are counted from 1, the start date, to at most 3654")
    }
    return day
  }
}

// MARK: - Durations

extension TimeReader {
  private static let units: [(name: String, length: Milliseconds)] = [
    ("ms", 1), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
  ]

  /// `45s`, `15m`, `1h30m`, `2d`: whole numbers, larger units first.
  mutating func duration() throws(TimeFault) -> Milliseconds {
    var sum: Milliseconds = 0
    var smallest = Milliseconds.max
    while !isAtEnd || smallest == .max {
      guard let value = number(digits: 1...12), let unit = unit() else { throw notADuration }
      guard unit < smallest else {
        throw TimeFault(.badDuration, "\"\(text)\": larger units come first, and each once")
      }
      smallest = unit
      guard value <= Scenario.longest / unit, sum + value * unit <= Scenario.longest else {
        throw TimeFault(.badDuration, "\"\(text)\" is longer than ten years")
      }
      sum += value * unit
    }
    return sum
  }

  private mutating func unit() -> Milliseconds? {
    for (name, length) in Self.units where bytes[position...].starts(with: name.utf8) {
      position += name.utf8.count
      return length
    }
    return nil
  }

  private var notADuration: TimeFault {
    let fault = text.isEmpty ? "a duration is missing" : "\"\(text)\" is no duration"
    let isNumber = !text.isEmpty && text.utf8.allSatisfy(\.isDigit)
    let sample = isNumber ? "\(text)m" : "45s, 15m, 1h30m or 2d"
    return TimeFault(.badDuration, "\(fault): write \(sample)")
  }

  /// `45m..75m`, or a single duration.
  static func range(_ bytes: ArraySlice<UInt8>) throws(TimeFault) -> ClosedRange<Milliseconds> {
    let dots = bytes.indices.first { bytes[$0...].starts(with: "..".utf8) } ?? bytes.endIndex
    var reader = TimeReader(bytes[..<dots])
    let low = try reader.duration()
    guard dots < bytes.endIndex else { return low...low }
    reader = TimeReader(bytes[(dots + 2)...])
    let high = try reader.duration()
    guard low <= high else {
      throw TimeFault(
        .reversedRange, "the range \"\(TimeReader(bytes).text)\" ends before it begins")
    }
    return low...high
  }

  /// A whole number up to `limit`; nil where it is something else.
  static func number(_ bytes: ArraySlice<UInt8>, upTo limit: UInt64) -> UInt64? {
    guard bytes.allSatisfy(\.isDigit), let value = UInt64(String(decoding: bytes, as: UTF8.self))
    else { return nil }
    return value <= limit ? value : nil
  }
}
