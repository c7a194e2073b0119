import Foundation
import FoundationXML
import Reports
import SimulationTrace
import Testing

@Suite struct JUnitTests {
  private func xml(_ report: TestReport) throws -> String {
    var bytes: [UInt8] = []
    try report.write(as: .junit) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func parsed(_ report: TestReport) throws -> XMLElement {
    let document = try XMLDocument(xmlString: xml(report), options: [.nodePreserveWhitespace])
    return try #require(document.rootElement())
  }

  @Test func `A small report, byte by byte`() throws {
    var report = TestReport.of(.met, .failed)
    report.files.append(FileReport("demo.scenario", .small, []))
    #expect(
      try xml(report) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="gateway-sim" tests="3" failures="1" errors="0" skipped="1" time="0">
          <testsuite name="x.scenario" tests="2" failures="1" errors="0" skipped="0" time="0" file="x.scenario">
            <properties>
              <property name="title" value="Small &quot;one&quot;"/>
              <property name="seed" value="7"/>
              <property name="fingerprint" value="\(Trace.small.fingerprintText)"/>
            </properties>
            <testcase name="expect saved" classname="x.scenario" file="x.scenario" line="3" time="0"/>
            <testcase name="expect error &quot;&lt;a&gt;&quot; # \\" classname="x.scenario" file="x.scenario" line="4" time="0">
              <failure message="expected an error with &quot;&lt;a&gt;&quot;, got the error &quot;first …" type="expectation">x.scenario:4:5
        expect error &quot;&lt;a&gt;&quot; # \\
        expected: an error with &quot;&lt;a&gt;&quot;
        got:      the error &quot;first
                  second&quot;
        because:  isolation is off
                  since \u{fffd}[1m08:00
        note:     100%: look again</failure>
            </testcase>
          </testsuite>
          <testsuite name="demo.scenario" tests="1" failures="0" errors="0" skipped="1" time="0" file="demo.scenario">
            <properties>
              <property name="title" value="Small &quot;one&quot;"/>
              <property name="seed" value="7"/>
              <property name="fingerprint" value="\(Trace.small.fingerprintText)"/>
            </properties>
            <testcase name="demonstration" classname="demo.scenario" file="demo.scenario" line="1" time="0">
              <skipped message="a demonstration: the file has no expectations"></skipped>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test func `A parser finds files, expectations and failures`() throws {
    let root = try parsed(.small)
    #expect(root["tests"] == "5" && root["failures"] == "1")
    #expect(root["errors"] == "1" && root["skipped"] == "1")
    let suites = root.elements(forName: "testsuite")
    #expect(suites.map { $0["name"] } == ["a & b.scenario", "demo.scenario", "bad.scenario"])
    let failure = try #require(
      suites[0].elements(forName: "testcase")[1].elements(forName: "failure").first)
    #expect(failure.stringValue?.hasPrefix("a & b.scenario:4:5\n") == true)
    let error = try #require(
      suites[2].elements(forName: "testcase").first?.elements(forName: "error").first)
    #expect(error["type"] == "N001")
    #expect(error["message"] == "nobody is called \"adda\"; did you mean \"ada\"?")
    #expect(error.stringValue?.hasSuffix("did you mean \"ada\"?\n2 more problems") == true)
  }

  @Test func `One problem that is left out is one problem`() throws {
    var report = TestReport()
    report.files = [FileReport("bad.scenario", problems: [.typo], omitted: 1)]
    let error = try parsed(report).elements(forName: "testsuite").first?
      .elements(forName: "testcase").first?.elements(forName: "error").first
    #expect(error?.stringValue?.hasSuffix("\n1 more problem") == true)
  }

  @Test func `Expectations of one text are told apart by their lines`() throws {
    let cases = try parsed(.small).elements(forName: "testsuite")[0].elements(forName: "testcase")
    #expect(cases.map { $0["name"] }.first == "expect saved (line 3)")
    #expect(Set(cases.map { $0["name"] }).count == cases.count)
    #expect(cases.map { $0["line"] } == ["3", "4", "8"])
  }

  @Test(arguments: Awkward.texts)
  func `Any text makes a document that can be read`(text: String) throws {
    let verdict = Verdict(
      isMet: false, source: text, expected: text, got: text, because: [text], message: text,
      line: 1, column: 1)
    let root = try parsed(.of(verdict))
    let test = try #require(
      root.elements(forName: "testsuite")[0].elements(forName: "testcase").first)
    let allowed = text.unicodeScalars.map { scalar in
      let isForbidden = scalar.value < 0x20 && !"\t\n\r".unicodeScalars.contains(scalar)
      return isForbidden || scalar.value | 1 == 0xffff ? "\u{fffd}" : String(scalar)
    }
    #expect(test["name"]?.unicodeScalars.elementsEqual(allowed.joined().unicodeScalars) == true)
  }

  @Test(.enabled(if: Tool.has("python3"), "skipped: there is no python3"))
  func `Another parser agrees`() throws {
    let script = """
      import sys, xml.etree.ElementTree as tree
      root = tree.parse(sys.argv[1]).getroot()
      print(len(root.findall('testsuite')), len(root.findall('.//testcase')),
            root.find('.//failure').get('message'))
      """
    let result = try #require(Tool("python3")).read(xml(.small), "-c", script, "FILE")
    #expect(result.output == "3 5 expected an error with \"<a>\", got the error \"first …\n")
  }

  @Test func `A report on nothing is no green one`() throws {
    var report = TestReport()
    #expect(try parsed(report)["errors"] == "1")
    report.files = [FileReport("demo.scenario", .small, [])]
    #expect(try parsed(report)["errors"] == "1")
    #expect(try parsed(report)["skipped"] == "1")
  }
}

extension XMLElement {
  fileprivate subscript(name: String) -> String? { attribute(forName: name)?.stringValue }
}

extension Trace {
  var fingerprintText: String {
    let text = String(fingerprint, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}
