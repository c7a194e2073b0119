import Foundation
import FoundationXML
import Testing

@testable import gateway_sim

@Suite struct ReportTests {
  /// A folder with a file of each kind.
  private func mixed() throws -> Folder {
    let folder = try Folder()
    _ = try folder.add("s/demo.scenario", Sample.demonstration)
    _ = try folder.add("s/failing.scenario", Sample.failing)
    _ = try folder.add("s/invalid.scenario", Sample.invalid)
    _ = try folder.add("s/met.scenario", Sample.met)
    return folder
  }

  @Test func `Any number of reports at once, and people are told all the same`() throws {
    let folder = try mixed()
    let path = folder.path
    let plain = Consequence("test", "\(path)/s")
    let result = Consequence(
      "test", "\(path)/s", "--report", "junit=\(path)/j.xml", "--report=json=\(path)/j.json",
      "--report", "tap=\(path)/t.tap", "--report", "tap=\(path)/again.tap")
    #expect(result == plain && result.status == .invalid)
    #expect(result.output.hasSuffix("1 demonstration without expectations; 1 invalid file\n"))
    #expect(folder.names == ["again.tap", "j.json", "j.xml", "s", "t.tap"])
    #expect(try folder.text("t.tap") == folder.text("again.tap"))
    let xml = try XMLDocument(xmlString: folder.text("j.xml")).rootElement()
    #expect(xml?.attribute(forName: "tests")?.stringValue == "4")
    let json = try JSONSerialization.jsonObject(with: Data(folder.text("j.json").utf8))
    let object = try #require(json as? [String: Any])
    #expect(object["status"] as? Int == 2)
    let files = try #require(object["files"] as? [[String: Any]])
    #expect(
      files.compactMap { $0["status"] as? String }
        == ["demonstration", "failed", "invalid", "passed"])
    let diagnostics = try #require(files[2]["diagnostics"] as? [[String: Any]])
    #expect(diagnostics.first?["suggestion"] as? String == "ada")
    #expect(diagnostics.first?["line"] as? Int == 5)
  }

  @Test func `A diagnostic is the same object in a report and on standard error`() throws {
    let flags = ["--report", "json=-", "--error-format", "json"]
    let result = Consequence(["test", "-"] + flags, input: Sample.invalid)
    let line = try #require(result.errors.split(separator: "\n").first)
    #expect(result.output.contains("\"diagnostics\":[\(line)]"))
  }

  @Test(arguments: ["-", "/dev/stdout"])
  func `On standard output a report is alone`(file: String) throws {
    let result = Consequence(
      "test", "-", "--report", "tap=\(file)", input: Sample.failing,
      environment: ["GITHUB_ACTIONS": "true"])
    #expect(result.status == .failed)
    let start = "TAP version 13\n1..1\n# -: seed 1\nnot ok 1 - -:6: expect refused"
    #expect(result.output.hasPrefix(start))
    #expect(result.output.hasSuffix("  ...\n"))
    #expect(result.errors.hasPrefix("FAIL  -: 0 of 1 expectation met, seed 1\n"))
    #expect(result.errors.contains("\n::error title="))
  }

  @Test func `Equal runs give equal bytes`() throws {
    let folder = try mixed()
    for format in ["junit", "json", "tap"] {
      let arguments = ["test", "\(folder.path)/s", "--report", "\(format)=-"]
      #expect(Consequence(arguments).output == Consequence(arguments).output)
    }
  }

  @Test(arguments: [
    ("jnit=x.xml", "there is no format \"jnit\", only junit, json or tap", "junit=x.xml"),
    ("TAP=x", "there is no format \"TAP\"", "tap=x"),
    ("junit", "--report takes FORMAT=FILE, not \"junit\"", "junit=FILE"),
    ("tap=", "--report takes FORMAT=FILE", "tap=FILE"),
    ("x.xml", "--report takes FORMAT=FILE", "junit=x.xml"),
    ("out/x.tap", "--report takes FORMAT=FILE", "tap=out/x.tap"),
  ])
  func `Wrong reports are wrong usage`(argument: String, message: String, near: String) {
    let result = Consequence("test", "-", "--report", argument, input: Sample.met)
    #expect(result.status == .usage && result.output.isEmpty)
    #expect(result.errors.contains(message))
    #expect(result.errors.hasSuffix("did you mean \"\(near)\"?\n"))
  }

  @Test func `A file is written once, whatever it is called`() throws {
    let folder = try mixed()
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/link", withDestinationPath: "\(folder.path)/s")
    for (first, second) in [
      ("a", "a"), ("a", "s/../a"), ("s/a", "link/a"), ("s/met.scenario", "b"),
      ("b", "link/met.scenario"),
    ] {
      let result = Consequence(
        "test", "\(folder.path)/s", "--report", "tap=\(folder.path)/\(first)", "--report",
        "json=\(folder.path)/\(second)")
      #expect(result.status == .usage, "\(first) \(second)")
    }
    #expect(Consequence("test", "-", "--report", "tap=-", "--report", "json=-").status == .usage)
    #expect(try folder.text("s/met.scenario") == Sample.met)
    #expect(folder.names == ["link", "s"])
  }

  @Test(arguments: ["test", "check"])
  func `On GitHub, places are marked`(command: String) throws {
    func run(_ value: String) -> String {
      Consequence(command, "-", input: Sample.invalid, environment: ["GITHUB_ACTIONS": value])
        .output
    }
    #expect(run("true").contains("::error title=N002::"))
    #expect(!run("false").contains("::") && !run("").contains("::"))
  }

  @Test func `On GitHub, nothing is marked where all is well`() {
    let github = ["GITHUB_ACTIONS": "true"]
    let met = Consequence("test", "-", input: Sample.met, environment: github)
    #expect(met == Consequence("test", "-", input: Sample.met))
  }
}
