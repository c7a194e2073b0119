import Reports
import SimulationTrace
import Testing

@Suite struct VerdictReportTests {
  private let met = Verdict(
    isMet: true, source: "expect saved", expected: "saved", got: "saved", line: 3, column: 5)
  private let failed = Verdict(
    isMet: false, source: "expect blocked", expected: "blocked", got: "allowed",
    because: ["isolation is off", "since the start"], message: "look again", line: 4, column: 5)

  @Test func `A failure says all that is needed`() {
    var report = VerdictReport(style: Style(inColor: false))
    #expect(
      report.add("a.scenario", .small, [met, failed]) == """
        FAIL  a.scenario: 1 of 2 expectations met, seed 7
        a.scenario:4:5: expected blocked
          expect blocked
          expected: blocked
          got:      allowed
          because:  isolation is off
                    since the start
          note:     look again

        """)
    #expect(report.summary == "1 file: 1 expectation met, 1 failed\n")
  }

  @Test func `Demonstrations are counted apart`() {
    var report = VerdictReport(style: Style(inColor: false))
    _ = report.add("a.scenario", .small, [met, met])
    #expect(report.add("b.scenario", .small, []) == "demo  b.scenario: no expectations to judge\n")
    #expect(report.demonstrations == ["b.scenario"])
    #expect(
      report.summary
        == "2 files: 2 expectations met, 0 failed; 1 demonstration without expectations\n")
  }

  @Test func `An outcome that rests on a tie says so`() {
    var report = VerdictReport(style: Style(inColor: false))
    var trace = Trace.small
    trace.ties = [Tie(time: .at(10, 0), policy: 1, flow: FlowID(0), line: 6)]
    #expect(
      report.add("a.scenario", trace, [met]) == """
        ok    a.scenario: 1 of 1 expectation met, seed 7
          remark: 10:00, a tie: Contoso's policy came into force at this very instant, before a \
        run of sync of line 6; a moment earlier the answer was another

        """)
    trace.ties = Array(repeating: trace.ties[0], count: 9)
    #expect(report.add("a.scenario", trace, [met]).hasSuffix("  and 6 more ties\n"))
  }
}
