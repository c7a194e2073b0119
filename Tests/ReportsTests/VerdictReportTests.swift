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
    #expect(
      report.add("b.scenario", .small, []) == "demo  b.scenario: no expectations to judge, seed 7\n"
    )
    #expect(report.demonstrations == ["b.scenario"])
    #expect(
      report.summary
        == "2 files: 2 expectations met, 0 failed; 1 demonstration without expectations\n")
  }

  private var claim: Verdict {
    var claim = Verdict(
      isMet: false, source: "covers safe-way", expected: "shown",
      got: "covers safe-way is not shown",
      line: 1, column: 8)
    claim.isAboutCovers = true
    return claim
  }

  @Test func `A claim that is not true fails its file, and is no expectation`() throws {
    var report = VerdictReport(style: Style(inColor: false))
    #expect(
      report.add("a.scenario", .small, [met, claim]) == """
        FAIL  a.scenario: 1 of 1 expectation met, seed 7
        a.scenario:1:8: covers safe-way is not shown

        """)
    #expect(report.summary == "1 file: 1 expectation met, 0 failed; 1 covers claim not shown\n")
    func written(_ format: ReportFormat) throws -> String {
      var bytes: [UInt8] = []
      try TestReport.of(met, claim).write(as: format) { bytes += $0 }
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(try written(.tap).contains("1..2\n"))
    #expect(
      try written(.junit).contains(
        "<failure message=\"covers safe-way is not shown\" type=\"covers\""))
    #expect(try written(.json).contains("\"expectations\":1,\"met\":1,\"notMet\":0,\"claims\":1}"))
  }

  @Test func `What is undecided is called one word`() {
    var undecided = failed
    undecided.isUndecided = true
    var report = VerdictReport(style: Style(inColor: false))
    let line = "depends  a.scenario: 1 of 2 expectations met, explored 2 of 2, seed 7\n"
    #expect(
      report.add("a.scenario", .small, [met, undecided], explored: "explored 2 of 2").hasPrefix(
        line))
    let list = ExpectationList("a.scenario", [met, undecided]).text(Style(inColor: false))
    #expect(
      list.hasPrefix(
        """

        depends  a.scenario: 1 of 2 expectations met
          met      3: expect saved
          depends  4: expect blocked

        """))
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
