import DiscreteEvents
import SimulationTrace
import TenantIsolation
import Testing

@Suite struct RecordsTests {
  @Test("What happened once precedes the runs of its instant; runs go by flow")
  func ties() {
    var trace = Trace()
    trace.verdicts = [.success]
    trace.segments = [
      RunSegment(flow: FlowID(0), every: 10, from: 10, to: 30),
      RunSegment(flow: FlowID(1), every: 10, from: 0, to: 30),
    ]
    for time: Int64 in [0, 20, 20, 29] {
      trace.events.append(Record(.policySaved, at: Instant(time), line: trace.events.count + 1))
    }
    #expect(
      trace.records.map(\.picture) == [
        "0 event 1", "0 flow 1", "10 flow 0", "10 flow 1", "20 event 2", "20 event 3", "20 flow 0",
        "20 flow 1", "29 event 4",
      ])
    #expect(trace.recordCount == 9)
  }

  @Test("Folded runs come when the first of each segment does", arguments: UInt64(0)..<50)
  func folded(seed: UInt64) {
    let trace = Trace.random(seed: seed)
    var expected: [(time: Instant, rank: Int, number: Int)] = trace.events.enumerated().map {
      ($1.time, 0, $0)
    }
    for (row, segment) in trace.segments.enumerated() {
      guard let first = segment.recurrence.occurrence(0, in: segment.interval) else { continue }
      expected.append((first, 1, row))
    }
    // Segments stand by flow, so that rows break the ties of runs as flows do.
    expected.sort { ($0.time, $0.rank, $0.number) < ($1.time, $1.rank, $1.number) }
    let got = trace.occurrences(.folded).map { occurrence in
      switch occurrence {
      case .event(let row): "event \(row)"
      case .run(let row, let time): "segment \(row) \(time.milliseconds)"
      }
    }
    #expect(
      got
        == expected.map {
          $0.rank == 0 ? "event \($0.number)" : "segment \($0.number) \($0.time.milliseconds)"
        })
    #expect(trace.occurrences(.none).count { _ in true } == trace.events.count)
  }

  @Test("A run says what its segment says")
  func runs() {
    var trace = Trace()
    var failure = Failure(.run, .isolation)
    failure.connection = ConnectionID(4)
    trace.verdicts = [
      .success,
      RunVerdict(
        kind: .flowTriggerFailed, grounds: [.outboundBlocked], failure: failure, failedStep: 0,
        steps: []),
    ]
    trace.verdicts[1].subject = Subject(ConnectionID(4), creator: TenantID(1), signIn: TenantID(2))
    trace.segments = [
      RunSegment(flow: FlowID(2), every: 5, from: 3, to: 8, verdict: 1, line: 12)
    ]
    let records = Array(trace.records)
    #expect(records.count == 1)
    #expect(records.first?.kind == .flowTriggerFailed)
    #expect(records.first?.time == Instant(3))
    #expect(records.first?.outcome == .failed)
    #expect(records.first?.flow == FlowID(2))
    #expect(records.first?.connection == ConnectionID(4))
    #expect(records.first?.tenant == TenantID(1))
    #expect(records.first?.signInTenant == TenantID(2))
    #expect(records.first?.grounds == [.outboundBlocked])
    #expect(records.first?.failure == failure)
    #expect(records.first?.run?.verdict == 1)
    #expect(records.first?.run?.trigger == .recurrence)
    #expect(records.first?.line == 12)
    #expect(records.first?.actor == nil)
  }

  @Test("Nothing happened, nothing is walked over")
  func empty() {
    #expect(Array(Trace().records).isEmpty)
    var trace = Trace()
    trace.verdicts = [.success]
    trace.segments = [RunSegment(flow: FlowID(0), every: 10, from: 1, to: 1)]
    #expect(Array(trace.records).isEmpty)
    #expect(trace.recordCount == 0)
  }

  @Test("The walk gives what making every run and sorting gives", arguments: UInt64(0)..<60)
  func againstSorting(seed: UInt64) {
    let trace = Trace.random(seed: seed)
    #expect(trace.records.map(\.picture) == trace.sortedRecords.map(\.picture))
    #expect(trace.recordCount == trace.sortedRecords.count)
  }

  @Test("Counting without making runs is counting runs", arguments: UInt64(0)..<20)
  func counts(seed: UInt64) {
    let trace = Trace.random(seed: seed)
    var naive = trace
    naive.events = trace.sortedRecords
    naive.segments = []
    #expect(Counts(trace) == Counts(naive))
    #expect(Counts(trace).runsFailed == trace.sortedRecords.count { $0.outcome == .failed })
  }
}
