import DiscreteEvents

/// How a trace tells recurring runs.
public enum RunTelling: String, CaseIterable, Sendable {
  /// One by one.
  case each
  /// Those that follow each other and meet the same at once, when the first of them takes place.
  case folded
  /// Not at all.
  case none
}

/// A walk over all that happened, in order; recurring runs are only made when their turn comes.
///
/// Memory does not grow with the number of runs: one key waits for each flow.
public struct Occurrences: Sequence, IteratorProtocol {
  /// Something that happened.
  public enum Element: Sendable {
    /// A row of ``Trace/events``.
    case event(Int)
    /// A run of a row of ``Trace/segments``, or all its runs where they are folded.
    case run(segment: Int, at: Instant)
  }

  private let trace: Trace
  private let telling: RunTelling
  private var event = 0
  /// When each flow runs next; the numbers of the keys are rows of `segments`.
  private var waiting = EventQueue<Void>()
  /// By flow, the row of its segment at hand.
  private var segments: [Int32]

  init(_ trace: Trace, _ telling: RunTelling) {
    self.trace = trace
    self.telling = telling
    let flows = trace.segments.lazy.map { $0.flow.row + 1 }.max() ?? 0
    segments = Array(repeating: -1, count: telling == .none ? 0 : flows)
    guard telling != .none else { return }
    for (row, segment) in trace.segments.enumerated() where segments[segment.flow.row] < 0 {
      guard let key = firstKey(in: row) else { continue }
      segments[segment.flow.row] = Int32(row)
      waiting.insert((), key: key)
    }
  }

  /// What happened next, or nil at the end.
  public mutating func next() -> Element? {
    let run = waiting.first
    if event < trace.events.count, run.map({ trace.events[event].comes(before: $0) }) ?? true {
      defer { event += 1 }
      return .event(event)
    }
    guard let run else { return nil }
    let flow = Int(run.number)
    let row = Int(segments[flow])
    advance(flow, from: row, run.time)
    return .run(segment: row, at: run.time)
  }

  private mutating func advance(_ flow: Int, from row: Int, _ time: Instant) {
    let segment = trace.segments[row]
    let next = time + segment.recurrence.period
    if telling == .each, next < segment.interval.upperBound {
      return waiting.postponeFirst(to: EventKey(next, .run, UInt64(flow)))
    }
    var row = row + 1
    while row < trace.segments.count, trace.segments[row].flow == segment.flow {
      if let key = firstKey(in: row) {
        segments[flow] = Int32(row)
        return waiting.postponeFirst(to: key)
      }
      row += 1
    }
    _ = waiting.next()
  }

  /// The place of a segment's first run; nil where it has none.
  private func firstKey(in row: Int) -> EventKey? {
    let segment = trace.segments[row]
    return segment.recurrence.occurrence(0, in: segment.interval).map {
      EventKey($0, .run, UInt64(segment.flow.index))
    }
  }
}

/// A walk over all that happened that makes a record of everything.
public struct Records: Sequence, IteratorProtocol {
  private let trace: Trace
  private var occurrences: Occurrences

  init(_ trace: Trace) {
    self.trace = trace
    occurrences = trace.occurrences(.each)
  }

  /// The next record, or nil at the end.
  public mutating func next() -> Record? {
    switch occurrences.next() {
    case nil: nil
    case .event(let row): trace.events[row]
    case .run(let row, let time): trace.run(of: row, at: time)
    }
  }
}

extension Record {
  /// Whether it comes before a recurring run: everything of an instant does, but for what a flow
  /// does in its own run.
  fileprivate func comes(before run: EventKey) -> Bool {
    guard time == run.time, let number = recurringRunNumber else { return time <= run.time }
    return number < run.number
  }
}

extension Trace {
  /// Everything that happened in order, without a record being made.
  public func occurrences(_ runs: RunTelling) -> Occurrences { Occurrences(self, runs) }

  /// The record of a run of a segment.
  public func run(of segment: Int, at time: Instant) -> Record {
    let segment = segments[segment]
    let verdict = verdicts[segment.verdict]
    var record = Record(verdict.kind, at: time, line: segment.line, outcome: verdict.outcome)
    record.flow = segment.flow
    record.describe(verdict, row: segment.verdict, trigger: .recurrence)
    return record
  }
}

extension Record {
  /// Takes over what a run meets.
  public mutating func describe(_ verdict: RunVerdict, row: Int, trigger: RunTrigger) {
    grounds = verdict.grounds
    ways = verdict.ways
    failure = verdict.failure
    run = RunMention(row, trigger)
    describe(verdict.subject)
  }

  /// Takes over which connection it is about, and that connection's way.
  public mutating func describe(_ subject: Subject) {
    connection = subject.connection
    tenant = subject.creator
    signInTenant = subject.signIn
  }
}
