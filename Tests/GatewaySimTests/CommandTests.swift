import Foundation
import Testing

@testable import gateway_sim

@Suite struct CommandTests {
  @Test func `Expectations decide the status`() {
    #expect(Consequence("test", "-", input: Sample.met).status == .met)
    #expect(Consequence("run", "-", input: Sample.met).status == .met)
    let failing = Consequence("test", "-", input: Sample.failing)
    #expect(failing.status == .failed && failing.errors.isEmpty)
    #expect(failing.output.contains("\n-:6:3: expected "))
    #expect(failing.output.contains("  note:     nobody may\n"))
    #expect(failing.output.hasSuffix("1 file: 0 expectations met, 1 failed\n"))
    #expect(Consequence("run", "--quiet", "-", input: Sample.failing).status == .failed)
  }

  @Test func `A demonstration runs well and tests nothing`() {
    #expect(Consequence("run", "-", input: Sample.demonstration).status == .met)
    let result = Consequence("test", "-", input: Sample.demonstration)
    #expect(result.status == .invalid)
    #expect(result.errors.hasPrefix("-:1:1: "))
    #expect(result.output.contains("1 demonstration without expectations"))
  }

  @Test func `Beside a file that is judged, a demonstration does no harm`() throws {
    let folder = try Folder()
    _ = try folder.add("b/met.scenario", Sample.met)
    _ = try folder.add("a.scenario", Sample.demonstration)
    _ = try folder.add(".hidden/bad.scenario", Sample.invalid)
    _ = try folder.add("other.txt", Sample.invalid)
    let result = Consequence("test", folder.path)
    #expect(result.status == .met && result.errors.isEmpty)
    #expect(
      result.output == """
        demo  \(folder.path)/a.scenario: no expectations to judge, seed 1
        ok    \(folder.path)/b/met.scenario: 1 of 1 expectation met, seed 1
        2 files: 1 expectation met, 0 failed; 1 demonstration without expectations

        """)
  }

  @Test(arguments: [
    ["test", "-"], ["test", "-", "--report", "tap=-"], ["run", "-"], ["run", "--quiet", "-"],
    ["run", "-", "--csv", "-"], ["run", "-", "--mermaid", "-"], ["explore", "-"],
    ["coverage", "-"], ["why", "-", "--run", "sync@08:15"],
    ["impact", "-", "--change", "isolation off for contoso", "--at", "08:15"],
    ["impact", "-", "--change", "isolation off for contoso", "--at", "08:15", "--markdown"],
  ])
  func `The seed is in every output`(command: [String]) {
    let world =
      Sample.world + "connection c of maya using teams signed in to fabrikam\n"
      + "flow sync of maya every 15m using c\n"
    let met = world + "at 09:00 ada turns isolation on\n  expect saved\n"
    for text in [met, "set propagation 45m..75m\n" + met] {
      let output = Consequence(command, input: "seed 70\n" + text).output
      #expect(output.contains("seed 70") || output.contains(",70\r\n"), "\(output)")
    }
    let changed = ["impact", "-", "--change", "isolation on for contoso", "--at", "08:15"]
    let input = "seed 70\nuntil 12:00\n" + world
    #expect(Consequence(changed + ["--csv"], input: input).output.hasSuffix(",70\r\n"))
    #expect(Consequence(changed + ["--json"], input: input).output.contains("\"seed\":70,"))
    #expect(Consequence("test", "-", input: input).output.contains("seed 70"), "a demonstration")
  }

  @Test func `A filter chooses by path and title, also among files that are wrong`() throws {
    let folder = try Folder()
    _ = try folder.add("good.scenario", Sample.met)
    _ = try folder.add("bad.scenario", "scenario \"Wrong\"\n" + Sample.invalid)
    func test(_ filter: String) -> Consequence {
      Consequence("test", folder.path, "--filter", filter)
    }
    #expect(test("good").status == .met && test("good").errors.isEmpty)
    #expect(test("GOOD").status == .met && test("wrong").status == .invalid)
    #expect(test("Wrong").status == .invalid && test("Wrong").errors.contains("bad.scenario:"))
    #expect(!test("bad.").errors.contains("no scenario has"))
    #expect(test("zzz").errors.hasSuffix("no scenario has \"zzz\" in path or title\n"))
  }

  @Test func `A trace does not take the place of its scenario`() throws {
    let folder = try Folder()
    let path = try folder.add("a.scenario", Sample.met)
    let result = Consequence("run", path, "--trace", "\(folder.path)/./a.scenario")
    #expect(result.status == .usage && result.errors.contains("would replace the scenario"))
    #expect(Consequence("run", path, "--quiet").status == .met)
  }

  @Test func `What an earlier end puts out of reach is not judged`() {
    let text =
      Sample.world + "flow f of maya every 15m\nexpect run of f at 09:00 succeeded\n"
    #expect(Consequence("run", "-", "--quiet", input: text).status == .met)
    let earlier = Consequence("run", "-", "--quiet", "--until", "09:00", input: text)
    #expect(earlier.status == .met && earlier.output.contains("no expectations to judge"))
    #expect(earlier.errors.contains("not judged: 1"))
  }

  @Test(arguments: ["run", "test", "check"])
  func `What can't be read is a diagnostic, and the rest is read all the same`(
    command: String
  ) throws {
    let folder = try Folder()
    let met = try folder.add("met.scenario", Sample.met)
    let invalid = try folder.add("invalid.scenario", Sample.invalid)
    let result = Consequence(command, "\(folder.path)/none", invalid, met)
    #expect(result.status == .invalid)
    #expect(result.errors.contains("\(folder.path)/none:1:1: error["))
    #expect(result.errors.contains("\(invalid):5:10: error["))
    #expect(result.errors.contains("did you mean \"ada\"?"))
    #expect(!result.output.isEmpty)
  }

  @Test func `Folders are no files, and empty folders no tests`() throws {
    let folder = try Folder()
    #expect(Consequence("run", folder.path).status == .invalid)
    let result = Consequence("test", folder.path)
    #expect(result.status == .invalid)
    #expect(result.errors.contains("\(folder.path):1:1: error["))
  }

  @Test func `Problems have three forms`() throws {
    let json = Consequence("check", "--error-format=json", "-", input: Sample.invalid)
    #expect(json.output.isEmpty && json.status == .invalid)
    let object = try JSONSerialization.jsonObject(with: Data(json.errors.utf8)) as? [String: Any]
    #expect(object?["line"] as? Int == 5)
    let short = Consequence("check", "--error-format", "short", "-", input: Sample.invalid)
    #expect(short.errors.split(separator: "\n").count == 1)
    let human = Consequence("check", "-", input: Sample.invalid)
    #expect(human.errors.hasPrefix(short.errors.dropLast()) && human.errors.contains("^"))
  }

  @Test func `A filter that fits nothing is no success`() {
    let result = Consequence("test", "--filter", "elsewhere", "-", input: Sample.met)
    #expect(result.status == .invalid && result.errors.contains("\"elsewhere\""))
    #expect(Consequence("test", "--filter", "-", "-", input: Sample.met).status == .met)
  }

  @Test func `With --until the rest is neither done nor judged`() {
    let result = Consequence("run", "--until", "08:30", "-", input: Sample.failing)
    #expect(result.status == .met)
    #expect(result.errors.contains("not judged: 1"))
    #expect(!result.output.contains("turns isolation on"))
    for time in ["08:00", "soon", "+9999d"] {
      #expect(Consequence("run", "--until", time, "-", input: Sample.met).status == .usage)
    }
  }

  @Test(arguments: [
    ("--markdown", ["Chapter 1", "Note 1", "Question 1?"]), ("--mermaid", ["Chapter 1", "Note 1"]),
    ("--html", ["Chapter 1", "Note 1", "Question 1?"]),
  ])
  func `With --until nothing is told or asked that comes later`(flag: String, early: [String]) {
    let script = """
      chapter "Chapter 1" at 08:00
      note "Note 1" at 08:10
      question "Question 1?" at 08:15 until 08:30 options "Yes", "No" answer "Yes"
      question "Question 2?" at 08:40 until 09:30 options "Yes", "No" answer "No"
      chapter "Chapter 2" at 09:00
      note "Note 2" at 09:00

      """
    let input = Sample.demonstration + script
    let whole = Consequence("run", "-", flag, "-", input: input).output
    let cut = Consequence("run", "-", "--until", "09:00", flag, "-", input: input).output
    for text in early {
      let late = text.replacing("1", with: "2")
      #expect(cut.contains(text) && whole.contains(late) && !cut.contains(late))
    }
  }

  @Test func `Nothing that a path holds reaches the terminal as it is`() throws {
    let folder = try Folder()
    let odd = "\u{1b}[31m\u{202e}"
    let path = try folder.add("\(odd).scenario", " " + Sample.demonstration)
    let lines = (0..<101).map { "nonsense \($0)\n" }.joined()
    let invalid = try folder.add("\(odd)bad.scenario", lines)
    let ranged = try folder.add("\(odd)ranged.scenario", "set propagation 1h..2h\n" + Sample.met)
    for arguments in [
      ["test", path], ["test", "--filter", odd, path], ["format", "--lint", path],
      ["format", path], ["check", invalid], ["explore", ranged, "--save", "\(path).new"],
      ["run", "--until", "08:30", ranged], ["shrink", ranged], ["run", "\(path)x"],
      ["run", path, "--html", "\(folder.path)/none/\(odd)"], ["run", path, "--until", odd],
      ["page", path, "--output", "\(folder.path)/\(odd)"], ["\(odd)"],
    ] {
      let result = Consequence(arguments)
      let said = result.output + result.errors
      #expect(!said.isEmpty && !said.contains("\u{1b}") && !said.contains("\u{202e}"), "\(said)")
    }
  }

  @Test func `Colour only where it is wanted`() {
    func run(_ environment: [String: String]) -> Bool {
      Consequence("run", "-", input: Sample.met, environment: environment).output.contains("\u{1b}")
    }
    #expect(!run([:]) && run(["CLICOLOR_FORCE": "1"]) && !run(["CLICOLOR_FORCE": "0"]))
    #expect(!run(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]))
  }

  @Test func `The language is explained`() {
    #expect(Consequence("syntax").output.contains("tenant"))
    #expect(Consequence("explain-code", "s001").status == .met)
  }
}
