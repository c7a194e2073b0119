import DiscreteEvents

/// A walk over all that happened, in order, making each recurring run when its turn comes.
///
/// Memory does not grow with the number of runs: one cursor waits for each flow.
public struct Records: Sequence, IteratorProtocol {
  private let trace: Trace
  private var event = 0
  private var cursors: EventQueue<Cursor> = .init()
  private var nextRun: (key: EventKey, payload: Cursor)?

  /// Where a flow's walk stands: in which segment, at which of its runs.
  private struct Cursor {
    var segment: Int
    var time: Instant
  }

  init(_ trace: Trace) {
    self.trace = trace
    var previous: RunSegment?
    for (row, segment) in trace.segments.enumerated() {
      if previous?.flow != segment.flow { enqueue(from: row) }
      previous = segment
    }
    nextRun = cursors.next()
  }

  /// The next record, or nil at the end.
  public mutating func next() -> Record? {
    let runTime = nextRun?.payload.time
    if event < trace.events.count, runTime.map({ trace.events[event].time <= $0 }) ?? true {
      defer { event += 1 }
      return trace.events[event]
    }
    guard let cursor = nextRun?.payload else { return nil }
    advance(cursor)
    nextRun = cursors.next()
    return run(at: cursor)
  }

  private mutating func advance(_ cursor: Cursor) {
    let segment = trace.segments[cursor.segment]
    let time = cursor.time + segment.recurrence.period
    if time < segment.interval.upperBound {
      insert(Cursor(segment: cursor.segment, time: time))
    } else {
      enqueue(from: cursor.segment + 1, of: segment.flow)
    }
  }

  /// Queues the first run found in this segment or a later one of the same flow.
  private mutating func enqueue(from row: Int, of flow: FlowID? = nil) {
    var row = row
    while row < trace.segments.count {
      let segment = trace.segments[row]
      if let flow, segment.flow != flow { return }
      if let time = segment.recurrence.occurrence(0, in: segment.interval) {
        return insert(Cursor(segment: row, time: time))
      }
      if row + 1 < trace.segments.count, trace.segments[row + 1].flow != segment.flow { return }
      row += 1
    }
  }

  private mutating func insert(_ cursor: Cursor) {
    let flow = trace.segments[cursor.segment].flow
    cursors.insert(cursor, key: EventKey(cursor.time, .run, UInt64(flow.index)))
  }

  private func run(at cursor: Cursor) -> Record {
    let segment = trace.segments[cursor.segment]
    let verdict = trace.verdicts[segment.verdict]
    var record = Record(
      verdict.kind, at: cursor.time, line: segment.line, outcome: verdict.outcome)
    record.flow = segment.flow
    record.describe(verdict, row: segment.verdict, trigger: .recurrence)
    return record
  }
}

extension Record {
  /// Takes over what a run meets.
  public mutating func describe(_ verdict: RunVerdict, row: Int, trigger: RunTrigger) {
    grounds = verdict.grounds
    failure = verdict.failure
    run = (row, trigger)
    describe(verdict.subject)
  }

  /// Takes over which connection it is about, and that connection's way.
  public mutating func describe(_ subject: Subject) {
    connection = subject.connection
    tenant = subject.creator
    signInTenant = subject.signIn
  }
}
