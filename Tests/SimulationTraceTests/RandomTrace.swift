import DiscreteEvents
import SimulationTrace
import TenantIsolation

extension Trace {
  /// Segments and events on a narrow grid, so that much of it meets.
  static func random(seed: UInt64) -> Trace {
    var random = SeededGenerator(seed: seed, stream: "trace")
    var trace = Trace()
    trace.verdicts = [.success, .blocked(.outboundBlocked), .blocked(.inboundBlocked)]
    for flow in 0..<Int(random.next(in: 0...5)) {
      var start = random.next(in: 0...40)
      for _ in 0..<random.next(in: 0...6) {
        let end = start + random.next(in: 0...60)
        let anchor = start + random.next(in: -30...90)
        trace.segments.append(
          RunSegment(
            flow: FlowID(flow),
            recurrence: Recurrence(anchor: Instant(anchor), period: random.next(in: 1...25)),
            interval: Instant(start)..<Instant(end), verdict: Int(random.next(in: 0...2)),
            line: trace.segments.count + 100))
        start = end + random.next(in: 0...1) * random.next(in: 0...20)
      }
    }
    var time: Int64 = 0
    for line in 1...20 {
      time += random.next(in: 0...2) * random.next(in: 0...15)
      trace.events.append(Record(.policySaved, at: Instant(time), line: line))
    }
    return trace
  }

  /// Every record, made by stepping through each segment and sorting what comes out.
  var sortedRecords: [Record] {
    var all: [(time: Int64, rank: Int, number: Int, record: Record)] = []
    for (row, event) in events.enumerated() {
      all.append((event.time.milliseconds, 0, row, event))
    }
    for segment in segments {
      for run in runs(of: segment) {
        all.append((run.time.milliseconds, 1, Int(segment.flow.index), run))
      }
    }
    all.sort { ($0.time, $0.rank, $0.number) < ($1.time, $1.rank, $1.number) }
    return all.map(\.record)
  }

  private func runs(of segment: RunSegment) -> [Record] {
    (segment.interval.lowerBound.milliseconds..<segment.interval.upperBound.milliseconds)
      .filter {
        ($0 - segment.recurrence.anchor.milliseconds) % segment.recurrence.period == 0
      }
      .map { time in
        let verdict = verdicts[segment.verdict]
        var record = Record(
          verdict.kind, at: Instant(time), line: segment.line, outcome: verdict.outcome)
        record.flow = segment.flow
        record.grounds = verdict.grounds
        record.failure = verdict.failure
        record.connection = verdict.failure?.connection
        record.run = RunMention(segment.verdict, .recurrence)
        return record
      }
  }
}

extension RunVerdict {
  static let success = RunVerdict(
    grounds: [.sameTenant], failure: nil, failedStep: nil, steps: [OperationID(0)])

  static func blocked(_ ground: Ground) -> RunVerdict {
    RunVerdict(
      grounds: [ground], failure: Failure(.run, .isolation), failedStep: 0,
      steps: [OperationID(0)])
  }
}

extension RunSegment {
  /// Runs from the interval's start on.
  init(flow: FlowID, every period: Int64, from: Int64, to: Int64, verdict: Int = 0, line: Int = 0) {
    self.init(
      flow: flow, recurrence: Recurrence(anchor: Instant(from), period: period),
      interval: Instant(from)..<Instant(to), verdict: verdict, line: line)
  }
}

extension Record {
  /// When, and which event or whose run, with what it met where that is not success.
  var picture: String {
    let what = flow.map { "flow \($0.index)" } ?? "event \(line)"
    let met = run?.verdict ?? 0
    return "\(time.milliseconds) \(what)" + (met == 0 ? "" : " met \(met)")
  }
}
