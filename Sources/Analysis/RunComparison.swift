import DiscreteEvents
import SimulationTrace

/// Compares the runs of two traces flow by flow: where their segments overlap, what recurs in both,
/// in one, or in the other is counted by arithmetic.
struct RunComparison {
  private typealias Met = Comparison.Met

  private let a: Side
  private let b: Side

  init(_ a: Trace, _ b: Trace) {
    self.a = Side(a)
    self.b = Side(b)
  }

  /// Every run that differs, folded, by flow and then by time.
  var differences: [Comparison.Runs] {
    let known = Set(a.names)
    return (a.names + b.names.filter { !known.contains($0) }).flatMap { name in
      (recurring(name) + started(name)).sorted { ($0.first, $0.last) < ($1.first, $1.last) }
    }
  }

  /// One trace, by flow.
  private struct Side {
    let names: [String]
    let met: [Comparison.Met]
    private var segments: [String: [RunSegment]] = [:]
    private var started: [String: [(time: Instant, met: Int)]] = [:]

    init(_ trace: Trace) {
      names = trace.cast.flows.map(\.name)
      met = trace.verdicts.map { Comparison.Met($0, in: trace) }
      for segment in trace.segments {
        segments[names[segment.flow.row], default: []].append(segment)
      }
      for event in trace.events {
        guard let run = event.run, let flow = event.flow else { continue }
        started[names[flow.row], default: []].append((event.time, run.verdict))
      }
    }

    func segments(of flow: String) -> [RunSegment] { segments[flow] ?? [] }

    /// The runs that people and signals start, in order.
    func started(of flow: String) -> [(time: Instant, met: Comparison.Met)] {
      (started[flow] ?? []).map { ($0.time, met[$0.met]) }
    }
  }
}

// MARK: - Recurring runs

extension RunComparison {
  private func recurring(_ flow: String) -> [Comparison.Runs] {
    let (ofA, ofB) = (a.segments(of: flow), b.segments(of: flow))
    let bounds = (ofA + ofB).flatMap { [$0.interval.lowerBound, $0.interval.upperBound] }
    var folds: [Comparison.Runs] = []
    /// The folds that the piece before ended with: only they can go on.
    var open: [Int] = []
    var (rowA, rowB) = (0, 0)
    for piece in Set(bounds).sorted().pieces {
      let (pieceA, pieceB) = (ofA.covering(piece, &rowA), ofB.covering(piece, &rowB))
      var next: [Int] = []
      for runs in differences(flow, pieceA, pieceB, piece) {
        if let row = open.first(where: { folds[$0].a == runs.a && folds[$0].b == runs.b }) {
          folds[row].last = runs.last
          folds[row].count += runs.count
          next.append(row)
        } else {
          folds.append(runs)
          next.append(folds.count - 1)
        }
      }
      open = next
    }
    return folds
  }

  private func differences(
    _ flow: String, _ ofA: RunSegment?, _ ofB: RunSegment?, _ piece: Range<Instant>
  ) -> [Comparison.Runs] {
    let (metA, metB) = (ofA.map { a.met[$0.verdict] }, ofB.map { b.met[$0.verdict] })
    let common = ofA.flatMap { ofA in
      ofB.flatMap { ofA.recurrence.meeting($0.recurrence, in: piece) }
    }
    func runs(_ found: Found?, _ a: Met?, _ b: Met?) -> Comparison.Runs? {
      found.map {
        Comparison.Runs(flow: flow, first: $0.first, last: $0.last, count: $0.count, a: a, b: b)
      }
    }
    return [
      metA == metB ? nil : runs(common.flatMap { Found($0, in: piece) }, metA, metB),
      runs(ofA.flatMap { Found($0.recurrence, in: piece, without: common) }, metA, nil),
      runs(ofB.flatMap { Found($0.recurrence, in: piece, without: common) }, nil, metB),
    ].compactMap { $0 }
  }
}

/// Some of a recurrence's occurrences.
private struct Found {
  var first: Instant
  var last: Instant
  var count: Int

  /// Those in an interval; nil where there are none.
  init?(_ recurrence: Recurrence, in interval: Range<Instant>) {
    guard let first = recurrence.occurrence(0, in: interval),
      let last = recurrence.last(in: interval)
    else { return nil }
    (self.first, self.last, count) = (first, last, recurrence.count(in: interval))
  }

  /// Those in an interval that are not among others, which are all occurrences as well.
  init?(_ recurrence: Recurrence, in interval: Range<Instant>, without others: Recurrence?) {
    self.init(recurrence, in: interval)
    guard let others else { return }
    count -= others.count(in: interval)
    guard count > 0 else { return nil }
    // What is left of it means that the others are farther apart, so no two neighbours are theirs.
    if others.contains(first) { first = first + recurrence.period }
    if others.contains(last) { last = last + -recurrence.period }
  }
}

extension [Instant] {
  /// The stretches between neighbours.
  fileprivate var pieces: [Range<Instant>] { zip(self, dropFirst()).map { $0..<$1 } }
}

extension [RunSegment] {
  /// The segment that a piece lies in; pieces come in order, and `row` follows them.
  fileprivate func covering(_ piece: Range<Instant>, _ row: inout Int) -> RunSegment? {
    while row < count, self[row].interval.upperBound <= piece.lowerBound { row += 1 }
    guard row < count, self[row].interval.lowerBound <= piece.lowerBound else { return nil }
    return self[row]
  }
}

// MARK: - Runs that people and signals start

extension RunComparison {
  /// These are statements, so they are compared one by one.
  private func started(_ flow: String) -> [Comparison.Runs] {
    var restA = a.started(of: flow)[...]
    var restB = b.started(of: flow)[...]
    var folds: [Comparison.Runs] = []
    var isOpen = false
    while let time = [restA.first?.time, restB.first?.time].compactMap({ $0 }).min() {
      let metA = restA.first?.time == time ? restA.removeFirst().met : nil
      let metB = restB.first?.time == time ? restB.removeFirst().met : nil
      guard metA != metB else {
        isOpen = false
        continue
      }
      if isOpen, let last = folds.indices.last, folds[last].a == metA, folds[last].b == metB {
        folds[last].last = time
        folds[last].count += 1
      } else {
        folds.append(
          Comparison.Runs(flow: flow, first: time, last: time, count: 1, a: metA, b: metB))
      }
      isOpen = true
    }
    return folds
  }
}
