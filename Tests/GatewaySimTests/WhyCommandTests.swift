import Foundation
import Testing

@testable import gateway_sim

@Suite struct WhyCommandTests {
  static let input =
    Sample.world + """
      until 12:00
      at 08:05 maya creates connection mail using teams signed in to fabrikam
      at 08:06 maya creates app sheet using mail
      at 08:10 maya creates flow sync every 15m using mail
      at 09:00 ada turns isolation on
      at 09:05 maya creates connection late using teams signed in to fabrikam
      at 10:30 ada allows fabrikam outbound

      """

  private func why(_ arguments: String...) -> Consequence {
    Consequence(["why", "-"] + arguments, input: Self.input)
  }

  private func json(_ arguments: String...) throws -> [String: Any] {
    let result = Consequence(["why", "-", "--json"] + arguments, input: Self.input)
    #expect(result.status == .met && result.errors.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require(object as? [String: Any])
  }

  @Test func `A policy that comes into force at the very instant is named as a tie`() throws {
    let tie = Consequence(
      "why", "-", "--run", "sync@10:00",
      input: Self.input.replacing(
        "creates flow sync every 15m", with: "creates flow sync every 10m"))
    #expect(
      tie.output.contains(
        "tie           contoso's policy of line 9 came into force at this very instant; a moment "
          + "earlier it would have been succeeded (outbound-isolation-off"), "\(tie.output)")
    #expect(try (json("--run", "sync@10:00")["ties"] as? [Any])?.count == 1)
    #expect(try (json("--run", "sync@10:10")["ties"] as? [Any])?.isEmpty == true)
  }

  @Test func `What is last at its instant is still to come for a run then`() {
    let input =
      Self.input.replacing("every 15m", with: "every 10m")
      .replacing("isolation on", with: "isolation on in force after 1h last")
    let answer = Consequence("why", "-", "--run", "sync@10:00", input: input).output
    #expect(answer.hasPrefix("run of sync at 10:00: succeeded (outbound-isolation-off"))
    #expect(answer.contains("outbound, contoso: isolation is off; "))
    #expect(answer.contains("in force at 10:00, last, will say outbound-blocked"))
    #expect(answer.contains("\npending       contoso, line 9, in force at 10:00, last; by itself"))
    #expect(answer.contains("\nnext change   at 10:00:00.001: failed (outbound-blocked"))
    #expect(!answer.contains("<- decides"))
    let failed = Consequence("test", "-", input: input + "expect run of sync at 10:00 failed\n")
    #expect(failed.status == .failed && failed.output.contains(" 10:00, last, will say outbound"))
    #expect(!failed.output.contains("(outbound-blocked)"))
  }

  @Test func `What happens after a run at its very instant is no reason for it`() {
    let input =
      "set propagation 0m\n" + Sample.world + """
        connection mail of maya using teams signed in to fabrikam
        flow sync of maya manually using mail
        app sheet of maya using mail
        at 09:00 maya runs flow sync
            expect failed
        at 09:00 maya opens app sheet
        at 09:00 ada turns isolation on
        at 09:00 maya deletes connection mail

        """
    for subject in [["--run", "sync@09:00"], ["--app", "sheet@09:00"]] {
      let answer = Consequence(["why", "-"] + subject, input: input).output
      #expect(answer.contains("outbound, contoso: isolation is off; never configured"))
      #expect(!answer.contains("does not exist") && !answer.contains("<- decides"))
      #expect(answer.contains("\nnext change   at 09:00: "), "\(answer)")
    }
    let failed = Consequence("test", "-", input: input)
    #expect(failed.output.contains("isolation is off; never configured (outbound-isolation-off)"))
    #expect(!failed.output.contains("does not exist"))
  }

  @Test func `Of a failed run, only what blocks decides`() {
    let input =
      Self.input.replacing(
        "flow sync every 15m using mail", with: "flow sync every 15m using mail, work"
      )
      .replacing(
        "at 08:06",
        with:
          "at 08:05 maya creates connection work using azure-devops signed in to fabrikam\nat 08:06"
      )
    let failed = Consequence("why", "-", "--run", "sync@10:10", input: input).output
    #expect(failed.contains("(own-token-service)"), "\(failed)")
    #expect(failed.components(separatedBy: "<- decides").count == 2, "\(failed)")
  }

  @Test func `Of a range, the seed and that the delay is a draw are told`() throws {
    let input = "set propagation 45m..75m\n" + Self.input
    for arguments in [
      ["why", "-", "--run", "sync@10:10"],
      ["decide", "-", "--creator", "contoso", "--sign-in", "fabrikam", "--connector", "teams"],
    ] {
      let text = Consequence(arguments, input: input).output
      #expect(
        text.hasSuffix("seed 1, each delay a draw of 45m..75m: explore judges them all\n"),
        "\(text)")
      let json = Consequence(arguments + ["--json"], input: input).output
      #expect(json.contains(#""seed":1,"propagation":"45m..75m""#), "\(json)")
    }
    let folder = try Folder()
    let (a, b) = (try folder.add("a.scenario", input), try folder.add("b.scenario", Self.input))
    #expect(
      Consequence("compare", a, b).output.contains(
        "A: seed 1, each delay a draw of 45m..75m: explore judges them all; B: seed 1, propagation 60m"
      ))
    #expect(
      Consequence("compare", a, b, "--json").output.contains(
        #""seed":1,"propagation":["45m..75m","60m"]"#))
  }

  @Test func `A failed run, what is pending, what changes next and what would flip it`() throws {
    let answer = try json("--run", "sync@10:40")
    #expect(answer["format"] as? Int == 1)
    #expect(answer["outcome"] as? String == "failed")
    #expect(answer["grounds"] as? [String] == ["outbound-blocked", "inbound-isolation-off"])
    let pending = try #require((answer["pending"] as? [[String: Any]])?.first)
    #expect(pending["inForceAt"] as? String == "2025-01-06T11:30:00.000Z")
    #expect(pending["outcome"] as? String == "succeeded")
    let next = try #require(answer["nextChange"] as? [String: Any])
    #expect(next["time"] as? String == "2025-01-06T11:30:00.000Z")
    let flip = try #require(answer["flip"] as? [String: Any])
    #expect(flip["edit"] as? String == "ada allows fabrikam outbound")
    #expect(flip["tenant"] as? String == "contoso")
    #expect(flip["alsoAllows"] as? [String] == ["sheet"])
    #expect((answer["reasons"] as? [Any])?.isEmpty == false)
  }

  @Test func `People get a tree`() {
    let text = why("--run", "sync@10:40").output
    #expect(
      text.hasPrefix("run of sync at 10:40: failed (outbound-blocked, inbound-isolation-off)\n|-- ")
    )
    #expect(text.contains("(outbound-blocked) <- decides [documented: "))
    #expect(text.contains("\nnext change   at 11:30: succeeded ("))
  }

  @Test func `An instant without a run says so, with its neighbours`() throws {
    let text = why("--run", "sync@10:42").output
    #expect(text.contains("its run before was at 10:40, its next one is at 10:55"))
    #expect(text.contains("what follows is what a run would meet then"))
    let answer = try json("--run", "sync@10:42")
    #expect((answer["subject"] as? [String: Any])?["happens"] as? Bool == false)
    #expect(answer["outcome"] as? String == "failed")
  }

  @Test func `A connection is judged as it is made, and later as it is used`() throws {
    let made = try json("--connection", "late@09:05")
    #expect(made["outcome"] as? String == "blocked")
    #expect(made["grounds"] as? [String] == ["outbound-blocked", "inbound-isolation-off"])
    #expect(try json("--connection", "late@09:06")["grounds"] as? [String] == ["connection-absent"])
    let used = try json("--connection", "mail@day 1 09:05")
    #expect(used["outcome"] as? String == "allowed")
    #expect(try json("--app", "sheet@+2h")["outcome"] as? String == "blocked")
  }

  @Test func `What does not exist yet has no outcome, and the next change is its beginning`() throws
  {
    let answer = try json("--app", "sheet@08:00")
    #expect(answer["outcome"] is NSNull && answer["flip"] is NSNull)
    let next = answer["nextChange"] as? [String: Any]
    #expect(next?["time"] as? String == "2025-01-06T08:06:00.000Z")
  }

  @Test(arguments: [
    ["--run", "synk@10:00"], ["--connection", "mael@10:00"], ["--app", "sheat@10:00"],
  ])
  func `Unknown names are wrong usage`(arguments: [String]) {
    let result = Consequence(["why", "-"] + arguments, input: Self.input)
    #expect(result.status == .usage && result.errors.contains("did you mean \""))
  }

  @Test(arguments: [
    [], ["--run", "sync"], ["--run", "@10:00"], ["--run", "sync@"], ["--run", "sync@07:00"],
    ["--run", "sync@25:00"], ["--run", "sync@10:00", "--app", "sheet@10:00"],
  ])
  func `One question with a name and a time is asked`(arguments: [String]) {
    #expect(Consequence(["why", "-"] + arguments, input: Self.input).status == .usage)
  }
}

@Suite struct CompareCommandTests {
  @Test func `Differences end with 1, none with 0`() throws {
    let folder = try Folder()
    let a = try folder.add("a.scenario", WhyCommandTests.input)
    let b = try folder.add(
      "b.scenario",
      WhyCommandTests.input.replacingOccurrences(of: "allows fabrikam", with: "allows * "))
    let same = Consequence("compare", a, a)
    #expect(same.status == .met && same.output.contains("nothing differs"))
    let result = Consequence("compare", a, b)
    #expect(result.status == .failed && result.errors.isEmpty)
    #expect(result.output.contains("First difference, at 10:30\n"))
    #expect(
      result.output.contains(
        """
          sync, 2 runs from 11:40 to 11:55
            A  succeeded (outbound-rule, inbound-isolation-off)
            B  succeeded (outbound-wildcard, inbound-isolation-off)
        """))
    let json = Consequence("compare", a, b, "--json").output
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect(object?["format"] as? Int == 1 && object?["differs"] as? Bool == true)
    #expect((object?["counts"] as? [String: Any])?["differingRuns"] as? Int == 2)
  }

  @Test func `Names that only one has are told`() throws {
    let folder = try Folder()
    let a = try folder.add("a.scenario", WhyCommandTests.input)
    let b = try folder.add(
      "b.scenario", WhyCommandTests.input.replacingOccurrences(of: "flow sync", with: "flow copy"))
    let result = Consequence("compare", a, b)
    #expect(result.output.contains("Only in A\n  - flow sync\n"))
    #expect(result.output.contains("Only in B\n  - flow copy\n"))
  }

  @Test func `Two files with one start are compared`() throws {
    let folder = try Folder()
    let a = try folder.add("a.scenario", WhyCommandTests.input)
    let late = try folder.add("b.scenario", "start 2025-01-06 07:00\n" + WhyCommandTests.input)
    #expect(Consequence("compare", a).status == .usage)
    #expect(Consequence("compare", a, a, a).status == .usage)
    #expect(Consequence("compare", a, late).status == .usage)
    #expect(Consequence("compare", a, folder.path + "/none").status == .invalid)
  }
}
