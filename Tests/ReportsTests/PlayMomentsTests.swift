import DiscreteEvents
import Foundation
import SimulationTrace
import TenantIsolation
import Testing

@testable import Reports

/// What a page says of an instant: what it is about, and what is to be known besides.
@Suite struct PlayMomentsTests {
  private func telling(_ trace: Trace) -> PlayTelling {
    PlayTelling(Play(title: "", trace: trace, stage: Stage(), verdicts: []), PlayWords())
  }

  private func kind(_ telling: PlayTelling, _ row: Int?) -> String? {
    row.map { telling.words.strings.rows[telling.events[$0].kind] }
  }

  @Test func `A tie is a remark on the runs that it decided, and no event`() throws {
    var trace = Trace.small
    let events = telling(trace).events.count
    trace.ties = [Tie(time: .at(10, 10), policy: 1, flow: FlowID(0), line: 6)]
    let telling = telling(trace)
    #expect(telling.events.count == events)
    let runs = try #require(telling.events.last)
    #expect(kind(telling, telling.events.count - 1) == "flow.run")
    #expect(telling.words.strings.rows[runs.remark].hasPrefix("a tie: Contoso's policy came"))
    #expect(telling.events.filter { $0.remark >= 0 }.count == 1)
  }

  @Test func `A policy that is saved as it was changes nothing, and says so`() throws {
    var trace = Trace.small
    var again = trace.policies[1]
    again.policy = IsolationPolicy()
    again.policy.allow(.inbound, for: .every)
    again.policy.isOn = true
    (again.savedAt, again.inForceAt) = (.at(9, 30), .at(10, 20))
    trace.policies.append(again)
    var saved = trace.events[2]
    (saved.time, saved.policy) = (.at(9, 30), 2)
    trace.events.insert(saved, at: 3)
    #expect(trace.policies.differences == [.at(9, 0)..<(.at(9, 30)), .at(9, 30)..<(.at(10, 0))])
    let telling = telling(trace)
    let remarks = telling.events.filter { $0.policy == 2 }.map(\.remark)
    #expect(
      remarks.map { telling.words.strings.rows[$0] }
        == ["it says what the policy before it says: nothing changes"])
    var buffer = ByteBuffer()
    telling.appendPolicies(to: &buffer)
    #expect(buffer.text.components(separatedBy: "\"unchanged\":true").count == 2)
    #expect(buffer.text.components(separatedBy: "\"content\":1").count == 3)
  }

  @Test func `Turned on and off again, saved and in force differ before and after, not between`() {
    var versions = Trace.small.policies
    versions[0].line = 1
    var off = versions[0]
    (off.savedAt, off.inForceAt) = (.at(9, 20), .at(10, 20))
    versions.append(off)
    #expect(versions.differences == [.at(9, 0)..<(.at(9, 20)), .at(10, 0)..<(.at(10, 20))])
  }

  @Test func `A chapter is about the statement below it, else about what the platform does`() {
    let trace = Trace.small
    let telling = telling(trace)
    func opening(_ time: Instant, _ line: Int) -> String? {
      kind(telling, telling.event(opening: Chapter(time: time, title: "", line: line)))
    }
    #expect(opening(.at(8, 10), 5) == "flow.saved")
    #expect(opening(.at(8, 10), 6) == "flow.run")
    #expect(opening(.at(10, 0), 1) == "policy.inForce")
    #expect(opening(.at(9, 30), 1) == nil)
  }

  @Test func `A question is answered by what it names, a statement before a run`() {
    var trace = Trace.small
    trace.cast.apps = [Title(name: "board", displayName: "The board")]
    var opened = Record(.appOpened, at: .at(10, 10), line: 9, actor: UserID(1), outcome: .blocked)
    opened.app = AppID(0)
    opened.grounds = [.outboundBlocked]
    trace.events.append(opened)
    trace.cast.flows[0] = Title(name: "copy", displayName: "Copy")
    let telling = telling(trace)
    func answer(_ text: String, _ until: Instant = .at(10, 10)) -> String? {
      let question = Question(
        time: .at(9, 0), text: text, until: until, options: ["Yes", "No"], answer: 0, line: 1)
      return kind(telling, telling.event(answering: question))
    }
    #expect(answer("What happens?") == "app.opened")
    #expect(answer("Does the board open?") == "app.opened")
    #expect(answer("Will the COPY run fail?") == "flow.run")
    #expect(answer("When?", .at(10, 12)) == nil)
  }
}
