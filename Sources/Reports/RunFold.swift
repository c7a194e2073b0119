import DiscreteEvents
import SimulationTrace

/// Consecutive runs of one flow that met the same, told as one.
struct RunFold {
  var flow: FlowID
  var first: Instant
  var last: Instant
  var count: Int
  /// What each of them met, a row of the trace's verdicts.
  var verdict: Int
  var trigger: RunTrigger
  /// The scenario's line that started them.
  var line: Int
  /// When each of them is, as pieces of recurrences.
  var parts: [Part]
  /// The row of the first run's event; nil for recurring runs.
  var event: Int?
  /// The stretch between two breaks that they lie in: what happened in between should not be told
  /// before or after all of them.
  fileprivate var stretch: Int

  /// Runs at a fixed distance; one alone has none.
  struct Part {
    var first: Instant
    var period: Milliseconds
    var count: Int

    fileprivate var end: Instant { first + Milliseconds(count) * period }
  }

  fileprivate func continues(_ other: RunFold) -> Bool {
    flow == other.flow && verdict == other.verdict && trigger == other.trigger
      && stretch == other.stretch && (trigger != .recurrence || line == other.line)
  }
}

extension Trace {
  /// The runs in an interval, folded; recurring ones by arithmetic on their segments.
  ///
  /// - Parameters:
  ///   - interval: where to look.
  ///   - breaks: rising instants that no fold reaches across.
  func folds(in interval: Range<Instant>, breaks: [Instant] = []) -> [RunFold] {
    recurringFolds(in: interval, breaks: breaks) + startedFolds(in: interval)
  }

  private func recurringFolds(in interval: Range<Instant>, breaks: [Instant]) -> [RunFold] {
    var folds: [RunFold] = []
    for segment in segments {
      for (stretch, piece) in segment.interval.clamped(to: interval).pieces(between: breaks) {
        guard let fold = RunFold(segment, piece, stretch) else { continue }
        folds.extend(with: fold, at: folds.indices.last)
      }
    }
    return folds
  }

  /// Runs that people and signals started, one by one. Runs of other flows may lie between those
  /// of a fold, anything else breaks it.
  private func startedFolds(in interval: Range<Instant>) -> [RunFold] {
    var folds: [RunFold] = []
    var latest: [Int?] = Array(repeating: nil, count: cast.flows.count)
    var stretch = 0
    for (row, event) in events.enumerated() where interval.contains(event.time) {
      guard let run = event.run, let flow = event.flow else {
        stretch += 1
        continue
      }
      let fold = RunFold(
        flow: flow, first: event.time, last: event.time, count: 1, verdict: run.verdict,
        trigger: run.trigger, line: event.line,
        parts: [.init(first: event.time, period: 0, count: 1)], event: row, stretch: stretch)
      latest[flow.row] = folds.extend(with: fold, at: latest[flow.row])
    }
    return folds
  }
}

extension RunFold {
  /// The runs of a segment in a piece of it; nil where there are none.
  fileprivate init?(_ segment: RunSegment, _ piece: Range<Instant>, _ stretch: Int) {
    guard let first = segment.recurrence.occurrence(0, in: piece),
      let last = segment.recurrence.last(in: piece)
    else { return nil }
    let count = segment.recurrence.count(in: piece)
    self.init(
      flow: segment.flow, first: first, last: last, count: count, verdict: segment.verdict,
      trigger: .recurrence, line: segment.line,
      parts: [.init(first: first, period: segment.recurrence.period, count: count)], event: nil,
      stretch: stretch)
  }
}

extension [RunFold.Part] {
  /// Adds parts; what goes on at the same distance becomes one with what it continues.
  fileprivate mutating func extend(with parts: [RunFold.Part]) {
    for part in parts {
      if let last = last, last.period > 0, last.period == part.period, last.end == part.first {
        self[count - 1].count += part.count
      } else {
        append(part)
      }
    }
  }
}

extension [RunFold] {
  /// Lengthens the fold in row `candidate` where the new one continues it, else adds the new one.
  /// Returns the row it went to.
  @discardableResult
  fileprivate mutating func extend(with fold: RunFold, at candidate: Int?) -> Int {
    if let candidate, fold.continues(self[candidate]) {
      self[candidate].last = fold.last
      self[candidate].count += fold.count
      self[candidate].parts.extend(with: fold.parts)
      return candidate
    }
    append(fold)
    return count - 1
  }
}

extension Range<Instant> {
  /// The range cut at each break inside it, every piece with the number of breaks before it.
  fileprivate func pieces(between breaks: [Instant]) -> [(Int, Range<Instant>)] {
    var pieces: [(Int, Range<Instant>)] = []
    var row = breaks.firstIndex { $0 > lowerBound } ?? breaks.count
    var start = lowerBound
    while start < upperBound {
      let end = row < breaks.count ? Swift.min(breaks[row], upperBound) : upperBound
      pieces.append((row, start..<end))
      start = end
      row += 1
    }
    return pieces
  }
}
