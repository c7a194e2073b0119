import Reports
import SimulationTrace
import Testing

@Suite struct TAPTests {
  private func tap(_ report: TestReport) throws -> String {
    var bytes: [UInt8] = []
    try report.write(as: .tap) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `A small report, byte by byte`() throws {
    #expect(
      try tap(.small) == ##"""
        TAP version 13
        1..5
        # a & b.scenario: seed 7
        ok 1 - a & b.scenario:3: expect saved
        not ok 2 - a & b.scenario:4: expect error "<a>" \# \\
          ---
          message: "100%: look again"
          severity: "fail"
          at:
            file: "a & b.scenario"
            line: 4
            column: 5
          expected: "an error with \"<a>\""
          got: "the error \"first\nsecond\""
          because: ["isolation is off","since �[1m08:00"]
          ...
        ok 3 - a & b.scenario:8: expect saved
        # demo.scenario: seed 7
        ok 4 - demo.scenario # SKIP a demonstration: the file has no expectations
        not ok 5 - bad.scenario: invalid scenario
          ---
          severity: "error"
          diagnostics: ["bad.scenario:5:10: error[N001]: nobody is called \"adda\"; did you mean \"ada\"?"]
          omitted: 2
          ...

        """##)
  }

  @Test func `A report on nothing fails`() throws {
    #expect(try tap(TestReport()).hasPrefix("TAP version 13\n1..1\nnot ok 1 - something is judged"))
  }

  private func prove(_ report: TestReport) throws -> (output: String, status: Int32) {
    try #require(Tool("prove")).read(tap(report), "--verbose", "--exec", "cat", "FILE")
  }

  @Test(.enabled(if: Tool.has("prove"), "skipped: there is no prove"))
  func `Prove counts as we do`() throws {
    let small = try prove(.small)
    #expect(small.status != 0)
    #expect(small.output.contains("Failed tests:  2, 5"))
    #expect(small.output.contains("Failed 2/5 subtests"))
    #expect(small.output.contains("(less 1 skipped subtest: 2 okay)"))
    #expect(!small.output.contains("Parse errors"))
    let met = try prove(.of(.met, .again))
    #expect(met.status == 0 && met.output.contains("All tests successful"))
    #expect(try prove(TestReport()).status != 0)
  }

  @Test(.enabled(if: Tool.has("prove"), "skipped: there is no prove"), arguments: Awkward.texts)
  func `No text is taken for a directive`(text: String) throws {
    var verdict = Verdict(
      isMet: false, source: text, expected: text, got: text, because: [text], message: text,
      line: 1, column: 1)
    let failed = try prove(.of(verdict))
    #expect(failed.status != 0 && failed.output.contains("Failed 1/1 subtests"))
    #expect(!failed.output.contains("Parse errors"))
    verdict.isMet = true
    let met = try prove(.of(verdict))
    #expect(met.status == 0 && !met.output.contains("\tskipped"))
  }
}
