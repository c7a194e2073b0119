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
      report.add("a.scenario", [met, failed]) == """
        FAIL  a.scenario: 1 of 2 expectations met
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
    _ = report.add("a.scenario", [met, met])
    #expect(report.add("b.scenario", []) == "demo  b.scenario: no expectations\n")
    #expect(report.demonstrations == ["b.scenario"])
    #expect(
      report.summary
        == "2 files: 2 expectations met, 0 failed; 1 demonstration without expectations\n")
  }

  @Test func `Expectations that are met are listed on request`() {
    var report = VerdictReport(style: Style(inColor: false))
    #expect(
      report.add("a.scenario", [met], listingMet: true) == """
        ok    a.scenario: 1 of 1 expectation met
          met 3: expect saved

        """)
  }
}
