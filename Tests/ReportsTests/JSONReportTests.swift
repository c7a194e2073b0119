import Foundation
import Reports
import SimulationTrace
import Testing

@Suite struct JSONReportTests {
  private func json(_ report: TestReport) throws -> String {
    var bytes: [UInt8] = []
    try report.write(as: .json) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `A small report, byte by byte`() throws {
    let fingerprint = Trace.small.fingerprintText
    let facts = #""seed":7,"fingerprint":"\#(fingerprint)""#
    #expect(
      try json(.small) == #"""
        {"format":1,"files":[
        {"file":"a & b.scenario","title":"Small \"one\"","status":"failed",\#(facts),"expectations":[{"line":3,"column":5,"text":"expect saved","met":true,"expected":"saved","got":"saved","because":[],"message":null},{"line":4,"column":5,"text":"expect error \"<a>\" # \\","met":false,"expected":"an error with \"<a>\"","got":"the error \"first\nsecond\"","because":["isolation is off","since \u001b[1m08:00"],"message":"100%: look again"},{"line":8,"column":5,"text":"expect saved","met":true,"expected":"saved","got":"saved","because":[],"message":null}],"claims":[],"diagnostics":[],"omittedDiagnostics":0},
        {"file":"demo.scenario","title":"Small \"one\"","status":"demonstration",\#(facts),"expectations":[],"claims":[],"diagnostics":[],"omittedDiagnostics":0},
        {"file":"bad.scenario","title":null,"status":"invalid","seed":null,"fingerprint":null,"expectations":[],"claims":[],"diagnostics":[{"file":"bad.scenario","line":5,"column":10,"endColumn":14,"severity":"error","code":"N001","message":"nobody is called \"adda\"","suggestion":"ada","alsoOnLines":[7]}],"omittedDiagnostics":2}
        ],"counts":{"files":3,"passed":0,"failed":1,"invalid":1,"demonstrations":1,"expectations":3,"met":2,"notMet":1,"claims":0},"status":2}

        """#)
  }

  @Test(arguments: Awkward.texts)
  func `Any text comes back as it was`(text: String) throws {
    let verdict = Verdict(
      isMet: false, source: text, expected: text, got: text, because: [text], message: text,
      line: 1, column: 1)
    let object = try JSONSerialization.jsonObject(with: Data(json(.of(verdict)).utf8))
    let files = (object as? [String: Any])?["files"] as? [[String: Any]]
    let expectation = (files?.first?["expectations"] as? [[String: Any]])?.first
    #expect(expectation?["text"] as? String == text)
    #expect(expectation?["because"] as? [String] == [text])
  }

  @Test func `A report on nothing is an object as well`() throws {
    let object = try JSONSerialization.jsonObject(with: Data(json(TestReport()).utf8))
    #expect((object as? [String: Any])?["format"] as? Int == TestReport.format)
  }
}

@Suite struct GitHubAnnotationTests {
  @Test func `A failure and a problem are marked where they are`() {
    let texts = TestReport.small.files.map(\.annotations)
    #expect(
      texts == [
        #"::error file=a & b.scenario,line=4,col=5,title=expect error "<a>" # \"#
          + #"::expected: an error with "<a>"%0Agot:      the error "first%0A          second""#
          + "%0Abecause:  isolation is off%0A          since \u{fffd}[1m08:00"
          + "%0Anote:     100%25: look again\n",
        "",
        "::error file=bad.scenario,line=5,col=10,endColumn=14,title=N001"
          + "::nobody is called \"adda\"; did you mean \"ada\"?\n",
      ])
  }

  @Test func `Whatever a text says, an annotation stays one line`() {
    for text in Awkward.texts {
      let verdict = Verdict(
        isMet: false, source: text, expected: text, got: text, because: [text], message: text,
        line: 1, column: 1)
      let lines = FileReport("a,b:c%.scenario", .small, [verdict]).annotations
        .split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == 2 && lines[1].isEmpty)
      #expect(lines[0].hasPrefix("::error file=a%2Cb%3Ac%25.scenario,line=1,col=1,title="))
    }
  }

  @Test func `Standard input has no place to mark`() {
    let text = FileReport("-", .small, [.failed]).annotations
    #expect(text.hasPrefix("::error title=expect error"))
  }
}
