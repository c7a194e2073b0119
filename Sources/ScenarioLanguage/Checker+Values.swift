import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// MARK: - Places

extension Checker {
  /// What stands in a place of the statement; nil where it is left out.
  func capture(_ field: Field) -> Document.Capture? {
    let rows = files[file].document.captures(of: row)
    for row in rows where files[file].document.captures[row].field == field {
      return files[file].document.captures[row]
    }
    return nil
  }

  /// All that stands in a place that takes a list.
  func captures(_ field: Field) -> [Document.Capture] {
    let rows = files[file].document.captures(of: row)
    return files[file].document.captures[rows].filter { $0.field == field }
  }

  /// The bytes of a place.
  func bytes(_ capture: Document.Capture) -> ArraySlice<UInt8> {
    files[file].document.source.bytes[capture.range]
  }

  /// A place's words as they stand there.
  func word(_ capture: Document.Capture) -> String {
    String(decoding: bytes(capture), as: UTF8.self)
  }

  /// As ``word(_:)`` for messages: a name may be a million letters long.
  func shown(_ capture: Document.Capture) -> String {
    let range = capture.range
    guard range.count > 80 else { return document.text(range) }
    return String(document.text(range.prefix(320)).prefix(60)) + "…"
  }

  /// What the quoted text in a place says.
  func text(_ field: Field) -> String? {
    capture(field).map { document.unquoted($0.range) }
  }

  /// Which of the wordings stands in a place; 0 where it is left out.
  func choice(_ field: Field) -> Int { Int(capture(field)?.choice ?? 0) }

  /// A whole number.
  mutating func number(_ field: Field, upTo limit: UInt64) -> UInt64? {
    guard let capture = capture(field) else { return nil }
    if let value = TimeReader.number(bytes(capture), upTo: limit) { return value }
    report(
      .badNumber, capture,
      "\"\(shown(capture))\" is no whole number from 0 to \(limit)")
    return nil
  }
}

// MARK: - Times

extension Checker {
  /// The time in a place, as written.
  mutating func writtenTime(_ capture: Document.Capture) -> WrittenTime? {
    do {
      return try TimeReader.time(files[file].document.words(of: capture))
    } catch {
      report(error, capture)
      return nil
    }
  }

  /// The time in a place; at most ten years from the start in either direction.
  mutating func instant(_ capture: Document.Capture) -> Instant? {
    guard let written = writtenTime(capture) else { return nil }
    let civil = written.resolved(from: scenario.start)
    let instant = Instant(civil.milliseconds - scenario.start.milliseconds)
    guard isClockWrong || abs(instant.milliseconds) <= Scenario.longest else {
      report(
        .longHorizon, capture,
        "this is more than ten years from the start, \(scenario.start.text)")
      return nil
    }
    latest = max(latest, instant)
    return instant
  }

  /// The time in a place that an expectation looks at.
  mutating func watchedInstant(_ field: Field) -> Instant? {
    guard let capture = capture(field), let instant = instant(capture) else { return nil }
    guard !isClockWrong else { return instant }
    if let until, instant > until {
      report(
        .beyondUntil, capture,
        "the scenario ends before, at \(scenario.civil(until).text)")
      return nil
    }
    return instant
  }

  /// The duration in a place.
  mutating func duration(_ field: Field) -> Milliseconds? {
    guard let capture = capture(field) else { return nil }
    var reader = TimeReader(bytes(capture))
    do {
      return try reader.duration()
    } catch {
      report(error, capture)
      return nil
    }
  }

  /// How long this change takes to be felt; nil where the settings say.
  mutating func delay() -> Delay? {
    guard let capture = capture(.delay) else { return nil }
    let words = document.words(of: capture)
    var reader = TimeReader(words.first ?? [])
    do {
      return Delay(try reader.duration(), isLast: words.count > 1)
    } catch {
      report(error, capture)
      return nil
    }
  }

  /// How often a flow recurs.
  mutating func period() -> Milliseconds? {
    guard let period = duration(.period), let capture = capture(.period) else { return nil }
    guard (60_000...500 * CivilTime.day).contains(period) else {
      report(
        .badPeriod, capture,
        "the period of a flow is between 60s and 500d")
      return nil
    }
    return period
  }
}

extension CivilTime {
  /// The time as scenarios write it, to the minute where it is a whole one.
  var text: String { "\(dateText) \(clockText)" }
}
