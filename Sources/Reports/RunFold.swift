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
  /// The row of the first run's event; nil for recurring runs.
  var event: Int?
  /// The stretch between two breaks that they lie in: what happened in between should not be told
  /// before or after all of them.
  fileprivate var stretch: Int

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
        trigger: run.trigger, line: event.line, event: row, stretch: stretch)
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
    self.init(
      flow: segment.flow, first: first, last: last, count: segment.recurrence.count(in: piece),
      verdict: segment.verdict, trigger: .recurrence, line: segment.line, event: nil,
      stretch: stretch)
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
