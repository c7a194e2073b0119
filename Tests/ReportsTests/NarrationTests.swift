import DiscreteEvents
import Reports
import SimulationTrace
import TenantIsolation
import Testing

@Suite struct NarrationTests {
  private func story(_ trace: Trace, inColor: Bool = false) throws -> String {
    var bytes: [UInt8] = []
    try Narration.write(trace, style: Style(inColor: inColor)) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let details = """
    Azure Active Directory sign in with account maya@fabrikam.com failed due to a tenant isolation \
    configuration in tenant 1111. If this is an important business productivity use case that needs \
    cross-tenant connectivity contact the Power Platform tenant administrator.
    """

  @Test func `A small story, whole`() throws {
    let expected = """
      Small "one"
      2025-03-03 08:00 to 10:30 UTC, propagation 60m, seed 7

      08:05        + maya creates connection site, contoso → fabrikam: allowed (outbound-isolation-off, inbound-isolation-off)
                     Contoso's isolation is off, so everybody may go out
                     Fabrikam's isolation is off, so everybody may come in
      08:10        + maya creates flow sync, contoso → fabrikam: saved (outbound-isolation-off, inbound-isolation-off)
                     Contoso's isolation is off, so everybody may go out
                     Fabrikam's isolation is off, so everybody may come in
      08:10–08:55  + 4 runs of sync succeeded, contoso → fabrikam (outbound-isolation-off, inbound-isolation-off)
                     Contoso's isolation is off, so everybody may go out
                     Fabrikam's isolation is off, so everybody may come in
      09:00        ~ ada turns isolation on and allows * inbound for contoso: saved
                     in force for active apps and flows from 10:00
      09:10–09:55  + 4 runs of sync succeeded, contoso → fabrikam (outbound-isolation-off, inbound-isolation-off)
      10:00        = Contoso's policy, saved at 09:00, is in force: isolation on, * inbound
      10:10–10:25  x 2 runs of sync failed, contoso → fabrikam (outbound-blocked, inbound-isolation-off)
                     Contoso's isolation is on and no rule allows going out to Fabrikam
                     Fabrikam's isolation is off, so everybody may come in
                     the run's details say (observed):
                       Action 'Get_items' failed
                       Error from token exchange: \(Self.details)
                     the flow stays on; its page warns (observed):
                       \(Cast.flowPageWarning)

      What people see at 10:30
        flow sync "Sync\u{fffd}it": On
          its page warns (observed): \(Cast.flowPageWarning)
          08:10–09:55  8 runs, Succeeded, 2 s
          10:10–10:25  2 runs, Failed, 51 ms, failed action Get_items, skipped Send
            Action 'Get_items' failed
            Error from token exchange: \(Self.details)

      Settings relied on
        propagation 60m: about an hour

      Assumed, for want of a source
        a code

      8 runs succeeded, 2 failed; 14 records

      """
    #expect(try story(.small) == expected)
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
    #expect(story.contains("10:10–day 2 08:25  x 90 runs of sync failed"))
  }

  @Test func `Millions of runs are as quick to tell as two`() throws {
    var trace = Trace.small
    trace.segments[1].recurrence.period = 1000
    trace.segments[1].interval = .at(10, 0)..<Instant(3600 * CivilTime.day)
    trace.until = Instant(3600 * CivilTime.day)
    #expect(try story(trace).contains("311032800 runs of sync failed"))
  }

  @Test func `A tie is a remark`() throws {
    var trace = Trace.small
    trace.ties = [Tie(time: .at(10, 0), policy: 1, flow: FlowID(0), line: 6)]
    #expect(
      try story(trace).contains(
        "10:00        ? Contoso's policy came into force at this very instant, before a run of sync"
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
    #expect(story.contains("08:20–08:22  + 3 runs of sync started by hand succeeded"))
    #expect(story.contains("09:10        + 1 run of sync started by hand succeeded"))
  }
}
