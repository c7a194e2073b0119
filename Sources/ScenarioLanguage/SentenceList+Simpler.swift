import DiscreteEvents
import SimulationTrace

// What can be made simpler about a script without taking sentences away.

extension SentenceList {
  /// The script with one sentence said in fewer words: without a clause it can do without, or an
  /// item of a list. Expectations say what they said.
  public func withoutClauses(in line: Line) -> [SentenceList] {
    guard !line.isExpectation, let row = row(of: line) else { return [] }
    return SingleSentence(line.text).withoutClause.map { replacing(row, by: $0).keeping }
  }

  private var keeping: SentenceList { keeping(lines) }

  private func row(of line: Line) -> Int? { lines.firstIndex { $0.id == line.id } }

  /// How far its times are from plain ones: whole hours are plainer than quarters of an hour, those
  /// than minutes, and so on; of equally plain ones the shorter is.
  private func oddness(from start: CivilTime) -> (ranks: Int, letters: Int) {
    let places = times(from: start)
    return (
      places.reduce(0) { $0 + $1.time.rank }, lines.reduce(0) { $0 + $1.text.utf8.count }
    )
  }

  /// The script with some times moved to plainer ones near them, the plainest that passes a test:
  /// all from one time on by the same length, so that what lies between stays the same, all that
  /// are equal, or one. Nil where none passes.
  public func withPlainerTimes(
    from start: CivilTime, where passes: (SentenceList) -> Bool
  ) -> SentenceList? {
    let places = times(from: start)
    let oddness = oddness(from: start)
    for time in Set(places.map(\.time)).sorted() {
      let later = places.filter { $0.time >= time && !$0.isStart }
      let equal = places.filter { $0.time == time }
      for target in time.plainer(from: start) {
        let length = target.milliseconds - time.milliseconds
        for moved in [later, equal] + equal.map({ [$0] }) {
          let script = moving(moved, by: length, from: start)
          if script.oddness(from: start) < oddness, passes(script) { return script }
        }
      }
    }
    return nil
  }

  private func moving(
    _ places: [TimePlace], by length: Milliseconds, from start: CivilTime
  ) -> SentenceList {
    var script = self
    for place in places.reversed() {
      let time = place.time + length
      let text = place.isStart ? "\(time.dateText) \(time.clockText)" : time.words(from: start)
      script = script.replacing(
        place.row,
        by: SingleSentence(script.lines[place.row].text).replacing(place.capture, by: text))
    }
    return script
  }

  /// A time in a sentence.
  private struct TimePlace {
    var row: Int
    var capture: Int
    var time: CivilTime
    var isStart: Bool
  }

  private func times(from start: CivilTime) -> [TimePlace] {
    lines.enumerated().flatMap { row, line in
      SingleSentence(line.text).captures.enumerated().compactMap { capture, place in
        guard place.kind == .time else { return nil }
        let words = place.text.split(separator: " ").map { Array($0.utf8)[...] }
        guard let time = try? TimeReader.time(words).resolved(from: start) else { return nil }
        return TimePlace(row: row, capture: capture, time: time, isStart: line.sentence == .start)
      }
    }
  }
}

extension CivilTime {
  private static let units: [Milliseconds] = [3_600_000, 900_000, 60_000, 1000, 1]

  /// How odd it is: 0 for a whole hour.
  fileprivate var rank: Int { Self.units.firstIndex { timeOfDay % $0 == 0 } ?? Self.units.count }

  /// Plainer times near it, the plainest first; it may be only the wording that gets plainer.
  fileprivate func plainer(from start: CivilTime) -> [CivilTime] {
    var times: [CivilTime] = []
    for unit in Self.units[..<rank] {
      let below = CivilTime(milliseconds: milliseconds - timeOfDay % unit)
      let isNearBelow = timeOfDay % unit * 2 <= unit
      times += isNearBelow ? [below, below + unit] : [below + unit, below]
    }
    let firstDay = start.midnight + timeOfDay
    return times + (midnight == start.midnight ? [self] : [firstDay, self])
  }

  /// As a scenario writes it that starts then: the date only where no day can be counted.
  fileprivate func words(from start: CivilTime) -> String {
    let day = (midnight.milliseconds - start.midnight.milliseconds) / Self.day + 1
    if day == 1 { return clockText }
    return (2...3654).contains(day) ? "day \(day) \(clockText)" : "\(dateText) \(clockText)"
  }
}
