import DiscreteEvents
import Reports
import SimulationTrace
import TenantIsolation
import Testing

@Suite struct NarrationTests {
  static func story(
    _ trace: Trace, inColor: Bool = false, inUnicode: Bool = false, width: Int = 80
  ) throws -> String {
    var bytes: [UInt8] = []
    let style = Style(inColor: inColor, inUnicode: inUnicode, width: width)
    try Narration.write(trace, style: style) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func story(_ trace: Trace, inColor: Bool = false) throws -> String {
    try Self.story(trace, inColor: inColor)
  }

  @Test func `Colour adds nothing but colour codes`() throws {
    let painted = try story(.small, inColor: true)
    #expect(painted.contains("\u{1b}[1;31m"))
    let plain = painted.replacing(/\u{1b}\[[0-9;]*m/, with: "")
    #expect(try plain == story(.small))
    #expect(try !story(.small).contains("\u{1b}"))
  }

  @Test func `Times name the day once the story is longer than one`() throws {
    var trace = Trace.small
    trace.segments[1].interval = .at(10, 0)..<(.at(8 + 24, 30))
    trace.until = .at(8 + 24, 30)
    let story = try story(trace)
    #expect(story.contains("2025-03-03 08:00 to 2025-03-04 08:30 UTC"))
    #expect(story.contains("10:10  run    x 90 runs of sync to day 2 08:25"))
  }

  @Test func `Millions of runs are as quick to tell as two`() throws {
    var trace = Trace.small
    trace.segments[1].recurrence.period = 1000
    trace.segments[1].interval = .at(10, 0)..<Instant(3600 * CivilTime.day)
    trace.until = Instant(3600 * CivilTime.day)
    #expect(try story(trace).contains("311032800 runs of sync to"))
  }

  @Test func `A tie is a remark`() throws {
    var trace = Trace.small
    trace.ties = [Tie(time: .at(10, 0), policy: 1, flow: FlowID(0), line: 6)]
    #expect(
      try story(trace).contains(
        "10:00  note   ? a tie: Contoso's policy came into force at this very instant,"
      ))
  }

  @Test func `Runs started one by one are folded until something else happens`() throws {
    var trace = Trace.small
    trace.segments = []
    for minute in [20, 21, 22, 70] as [Int64] {
      var record = Record(
        .flowRun, at: .at(8, minute), line: 12, actor: UserID(1), outcome: .succeeded)
      record.flow = FlowID(0)
      record.describe(.fine, row: 0, trigger: .manual)
      trace.events.append(record)
    }
    trace.events.sort { $0.time < $1.time }
    let story = try story(trace)
    #expect(story.contains("08:20  run    + 3 runs of sync by hand to 08:22"))
    #expect(story.contains("09:10  run    + 1 run of sync by hand"))
  }

  @Test func `A hundred thousand flows are told in few lines, the rest counted`() throws {
    var trace = Trace.small
    let segments = trace.segments
    trace.cast.flows = (0..<100_000).map { Title(name: "flow-\($0)") }
    trace.segments = trace.cast.flows.indices.flatMap { row in
      segments.map { segment in
        var segment = segment
        segment.flow = FlowID(row)
        return segment
      }
    }
    trace.ties = trace.cast.flows.indices.map {
      Tie(time: .at(10, 0), policy: 1, flow: FlowID($0), line: 6)
    }
    let story = try story(trace)
    #expect(story.split(separator: "\n").count < 200)
    #expect(story.contains("and 99997 more lines like these"))
    #expect(story.contains("and 99997 more ties"))
    #expect(story.contains("and 99988 more flows: in all 100000 On"))
    #expect(story.contains("99988 more flows not drawn"))
    #expect(story.contains("10:00  policy = Contoso's policy of 09:00"))
  }

  @Test func `No policy changes are told without end`() throws {
    var trace = Trace.small
    let saved = trace.events[2]
    trace.events = (0..<50_000).map { row in
      var event = saved
      event.time = Instant(Int64(row))
      return event
    }
    let story = try story(trace)
    #expect(story.split(separator: "\n").count < 2000)
    #expect(story.contains("more lines; the trace has every record"))
  }

  @Test func `Nothing in a scenario steers a terminal`() throws {
    var trace = Trace.small
    let bad = "a\u{1b}[31m\u{202e}b\r\n\u{7}\u{9b}c"
    trace.title = bad
    trace.propagation = bad
    trace.settings = [bad]
    for row in trace.cast.tenants.indices {
      trace.cast.tenants[row].name = bad
      trace.cast.tenants[row].displayName = bad
      trace.cast.tenants[row].domains = [bad]
    }
    trace.cast.users[1].name = bad
    trace.cast.flows[0] = Title(name: bad, displayName: bad)
    trace.cast.connections[0] = Title(name: bad)
    trace.cast.operations = [bad, bad]
    let story = try Self.story(trace, width: 60)
    #expect(!story.contains { $0 != "\n" && $0.isSteering })
    #expect(story.split(separator: "\n").allSatisfy { $0.count <= 60 })
  }

  @Test func `What isolation does not look at is not enforced`() throws {
    var trace = Trace.small
    trace.events[0].grounds = [.ownTokenService]
    trace.verdicts[0].grounds = [.sameTenant, .notEntraID]
    trace.verdicts[1].grounds = [.ownTokenService, .dataPolicy]
    let story = try Self.story(trace, width: 120)
    #expect(story.contains("contoso -> fabrikam  allowed, not enforced\n"))
    #expect(story.contains("contoso -> fabrikam  succeeded, not enforced\n"))
    #expect(story.contains("contoso -> fabrikam  failed\n"))
  }

  @Test func `Suspended is not failed`() throws {
    var trace = Trace.small
    var suspended = Record(.flowSuspended, at: .at(10, 5), line: 12, outcome: .suspended)
    suspended.flow = FlowID(0)
    suspended.flowState = .suspended
    trace.events.append(suspended)
    trace.segments[1].interval = .at(10, 0)..<(.at(10, 5))
    let story = try story(trace)
    #expect(story.contains("10:05  design ! a data policy forbids flow sync"))
    #expect(story.contains("....+..!!!!!!!!!\n"))
    #expect(story.contains("flow sync \"Sync\u{fffd}it\": Suspended"))
  }
}

extension Character {
  fileprivate var isSteering: Bool {
    unicodeScalars.contains {
      $0.properties.generalCategory == .control || $0.properties.isBidiControl
    }
  }
}
