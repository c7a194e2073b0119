import Foundation
import Testing

@testable import gateway_sim

/// What the terminal, the flags and the environment make of a story.
@Suite struct StoryTests {
  /// Runs the program as if standard output were a terminal of some width.
  private func terminal(
    _ columns: Int?, _ arguments: [String], environment: [String: String] = [:]
  ) -> String {
    var output: [UInt8] = []
    let console = Console(
      output: Channel(isTerminal: true, columns: columns) { output += $0 },
      errors: Channel(isTerminal: false) { _ in },
      input: { .success(Array(Sample.met.utf8)) }, environment: { environment[$0] })
    _ = gatewaySim(arguments, console)
    return String(decoding: output, as: UTF8.self)
  }

  private func widest(_ text: String) -> Int {
    text.split(separator: "\n").map(\.count).max() ?? 0
  }

  private static let scenarios: [String] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Scenarios")
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (names ?? []).filter { $0.hasSuffix(".scenario") }.sorted()
      .map { folder.appending(path: $0).path }
  }()

  @Test(arguments: scenarios)
  func `No line is longer than the width`(path: String) {
    let environment = ["LANG": "C.UTF-8", "NO_COLOR": "1"]
    for width in 60...120 {
      let plain = Consequence("run", path, "--width", "\(width)").output
      #expect(widest(plain) <= width && plain.utf8.allSatisfy { $0 < 0x80 })
      #expect(widest(terminal(width, ["run", path], environment: environment)) <= width)
    }
  }

  @Test func `Widths come from the flag, else from the terminal, and are kept in bounds`() {
    func ruler(_ columns: Int?, _ arguments: String...) -> String {
      terminal(columns, ["run", "-"] + arguments)
    }
    #expect(ruler(90) == ruler(200, "--width", "90"))
    #expect(ruler(1000) == ruler(nil, "--width", "120"))
    #expect(ruler(20) == ruler(nil, "--width=60"))
    #expect(ruler(90) != ruler(120))
    let plain = ["NO_COLOR": "1"]
    let piped = Consequence("run", "-", input: Sample.met, environment: ["COLUMNS": "60"]).output
    let wrapped = Consequence("run", "-", "--width", "80", input: Sample.met).output
    #expect(wrapped == terminal(nil, ["run", "-"], environment: plain))
    func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
    #expect(words(piped) == words(wrapped), "a pipe gets the same story, its texts whole")
    #expect(widest(piped) > 80 && widest(wrapped) <= 80)
    for width in ["wide", "0", "-70"] {
      #expect(Consequence("run", "-", "--width", width, input: Sample.met).status == .usage)
    }
  }

  @Test func `Colour: the flag, then NO_COLOR, CLICOLOR_FORCE, CLICOLOR, then the terminal`() {
    func isColored(_ isTerminal: Bool, _ environment: [String: String], _ flags: String...) -> Bool
    {
      let arguments = ["run", "-"] + flags
      let output =
        isTerminal
        ? terminal(80, arguments, environment: environment)
        : Consequence(arguments, input: Sample.met, environment: environment).output
      return output.contains("\u{1b}")
    }
    #expect(isColored(false, ["NO_COLOR": "1"], "--color", "always"))
    #expect(!isColored(true, ["CLICOLOR_FORCE": "1"], "--color=never"))
    #expect(!isColored(true, ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], "--color=auto"))
    #expect(isColored(true, ["NO_COLOR": ""]))
    #expect(isColored(false, ["CLICOLOR_FORCE": "1", "CLICOLOR": "0"]))
    #expect(!isColored(true, ["CLICOLOR": "0"]))
    #expect(!isColored(true, ["TERM": "dumb"]))
    #expect(!isColored(false, [:]))
    #expect(Consequence("run", "-", "--color=blue", input: Sample.met).status == .usage)
  }

  @Test func `Marks are Unicode where the terminal's locale is`() {
    func isPlain(_ environment: [String: String], _ flags: String...) -> Bool {
      terminal(80, ["run", "-"] + flags, environment: environment).utf8.allSatisfy { $0 < 0x80 }
    }
    #expect(!isPlain(["LANG": "de_DE.UTF-8"]))
    #expect(!isPlain(["LC_ALL": "en_US.utf8", "LANG": "C"]))
    #expect(isPlain(["LANG": "de_DE.UTF-8"], "--ascii"))
    #expect(isPlain(["LC_ALL": "C", "LANG": "de_DE.UTF-8"]))
    #expect(isPlain(["LANG": "ja_JP.UTF-8"]), "lines may be two columns wide there")
    #expect(isPlain([:]))
    let piped = Consequence("run", "-", input: Sample.met, environment: ["LANG": "C.UTF-8"])
    #expect(piped.output.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func `Errors of the Activity API have their codes wherever they are told`() throws {
    let world = """
      start 2025-03-03 08:00
      tenant contoso
      tenant fabrikam
      admin ada of contoso
      maker maya of contoso
      app-registration feed of contoso with delegated activity-feed-read consented secret until 2026-01-01
      at 08:00 ada lists content using feed as none
      at 08:01 ada starts subscription to audit-general using feed
      at 08:02 ada starts subscription to audit-general using feed
      at 08:03 ada turns auditing on for fabrikam
      at 08:04 maya creates alert policy watch on app-created to maya
      """
    let sentences = [
      "ada tries to list Audit.General content using feed (AF20022, status 400)",
      "ada starts the subscription to Audit.General using feed (AF20024, status 400)",
      "ada tries to turn auditing on for fabrikam", "maya tries to create alert policy watch",
    ]
    let story = Consequence("run", "-", "--width", "120", input: world).output
    let handout = Consequence("run", "-", "--markdown", "-", input: world).output
    let page = Consequence("run", "-", "--html", "-", input: world).output
    for sentence in sentences {
      #expect(story.contains(sentence) && handout.contains(sentence), "\(sentence)")
      #expect(page.contains(sentence), "\(sentence)")
    }
    #expect(story.contains("the answer is (documented; AF20022, status 400: observed)"))
  }

  @Test func `The story ends with what became of the expectations`() {
    let failing = Consequence("run", "-", "--width", "60", input: Sample.failing)
    #expect(failing.status == .failed)
    #expect(
      failing.output.contains("\n\nFAIL  -: 0 of 1 expectation met\n  FAIL  6: expect refused"))
    #expect(failing.output.contains("           expected  "))
    #expect(failing.output.contains("           got       "))
    #expect(failing.output.contains("           note      nobody may\n"))
  }
}
