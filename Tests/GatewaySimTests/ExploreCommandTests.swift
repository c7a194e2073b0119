import Foundation
import Testing

@testable import gateway_sim

/// `explore`: what it prints, what it ends with, and what it saves.
@Suite struct ExploreCommandTests {
  /// Isolation is felt between 09:45 and 10:15; runs at 09:50, 10:00 and 10:10 are in between.
  static let world =
    Sample.world + """
      until 12:00
      set propagation 45m..75m   # about an hour
      connection mail of maya using office365-outlook signed in to fabrikam
      flow sync of maya every 10m using mail

      # The switch.
      at 09:00 ada turns isolation on  # felt late
          expect saved

      """
  static let met = world + "expect possibly run of sync at 10:10 succeeded\n"
  static let depending = world + "expect run of sync at 09:50 succeeded\n"
  static let failing = world + "expect run of sync at 10:20 succeeded\n"

  @Test func `What holds for all delays, for some and for none has a status of its own`() throws {
    let folder = try Folder()
    let met = try folder.add("met.scenario", Self.met)
    let depending = try folder.add("depending.scenario", Self.depending)
    let failing = try folder.add("failing.scenario", Self.failing)
    #expect(Consequence("explore", met).status == .met)
    #expect(Consequence("explore", depending).status == .undecided)
    #expect(Consequence("explore", failing).status == .failed)
    #expect(Consequence("explore", met, depending).status == .undecided)
    #expect(Consequence("explore", depending, failing, met).status == .failed)
  }

  @Test func `Each file has a line, and what depends has the delays and the run`() throws {
    let folder = try Folder()
    let met = try folder.add("met.scenario", Self.met)
    let depending = try folder.add("depending.scenario", Self.depending)
    let came = Consequence("explore", met, depending)
    #expect(
      came.output.hasPrefix(
        "\(met): explored 3 of 3, 2 of 2 expectations met, seed 1\n\(depending): "))
    #expect(came.output.contains("\(depending):13:1: depends\n"))
    #expect(came.output.contains("it holds in 1 of 2 classes of delays; it does not with these:"))
    #expect(came.output.contains("line 11: in force after 50m\n"))
    #expect(came.errors.isEmpty)
  }

  @Test func `Four classes for the runs of one flow and eight for those of another are twelve`()
    throws
  {
    let folder = try Folder()
    let text =
      Sample.world + """
        until 12:00
        set propagation 50m..75m
        connection mail of maya using office365-outlook signed in to fabrikam
        flow sync of maya every 1h using mail
        flow copy of maya every 30m using mail
        at 09:00 ada turns isolation on
        at 09:20 ada allows fabrikam outbound
        at 09:50 ada removes rule fabrikam
        expect possibly 0 runs of sync from 09:00 to 12:00 failed
        expect possibly 1 run of sync from 09:00 to 12:00 failed
        expect possibly no runs of copy from 09:00 to 12:00 failed
        """
    let came = Consequence("explore", try folder.add("x.scenario", text))
    #expect(came.output.contains("explored 12 of 12, "), "\(came.output)")
  }

  @Test func `As JSON, all of it is one object`() throws {
    let folder = try Folder()
    let depending = try folder.add("depending.scenario", Self.depending)
    let came = Consequence("explore", "--json", depending)
    let object = try JSONSerialization.jsonObject(with: Data(came.output.utf8)) as? [String: Any]
    let file = try #require((object?["files"] as? [[String: Any]])?.first)
    #expect(file["explored"] as? Int == 3 && file["classes"] as? Int == 3)
    #expect(file["capped"] as? Bool == false)
    let verdicts = (file["expectations"] as? [[String: Any]])?.map { $0["verdict"] as? String }
    #expect(verdicts == ["met", "undecided"])
    #expect(came.status == .undecided)
  }

  @Test func `A covers line that is not true fails, as under test`() throws {
    let folder = try Folder()
    let path = try folder.add("x.scenario", "covers azure-devops.outbound\n" + Self.met)
    for command in ["explore", "test"] {
      let came = Consequence(command, path)
      #expect(came.status == .failed, "\(command)")
      #expect(came.output.contains("\(path):1:8: "), "\(came.output)")
    }
  }

  // MARK: Saving

  private static let heading = """
    # Found by gateway-sim explore: line 17 does not hold with these delays:
    #   line 15: 50m
    #   all others: 60m


    """

  @Test func `What else does not hold with the saved delays is left out, and that is said`() throws
  {
    let folder = try Folder()
    let source = try folder.add(
      "x.scenario",
      "covers propagation, azure-devops.outbound\n" + Self.world
        + "expect run of sync at 09:50 succeeded\n"
        + "expect possibly run of sync at 09:50 \\\n    succeeded\n")
    let saved = folder.path + "/saved.scenario"
    _ = Consequence("explore", source, "--save", saved)
    let text = try folder.text("saved.scenario")
    #expect(text.contains("# What else is not true with them is left out.\n"))
    #expect(text.contains("# left out: covers propagation, azure-devops.outbound\n"))
    #expect(
      text.contains(
        "# left out: expect possibly run of sync at 09:50 \\\n# left out:     succeeded\n"))
    let tested = Consequence("test", saved)
    #expect(tested.status == .failed && tested.output.contains("1 of 2 expectations met"))
  }

  @Test func `A file that the scenario uses is not replaced`() throws {
    let folder = try Folder()
    let parts = Self.depending.components(separatedBy: "# The switch.")
    let used = try folder.add("world.scenario", parts[0])
    let source = try folder.add("x.scenario", "use \"world.scenario\"\n" + parts[1])
    for arguments in [
      ["explore", source, "--save", used], ["run", source, "--trace", used],
      ["run", source, "--html", used], ["run", source, "--csv", used],
      ["test", source, "--report", "json=\(used)"],
    ] {
      let came = Consequence(arguments)
      #expect(came.status == .usage, "\(arguments): \(came.errors)")
      #expect(came.errors.contains("would replace the scenario"))
      #expect(try folder.text("world.scenario") == parts[0], "\(arguments)")
    }
    #expect(folder.names == ["world.scenario", "x.scenario"])
  }

  @Test func `Standard input is one scenario, and one that judges nothing is a demonstration`() {
    #expect(Consequence("explore", "-", "-", input: Self.met).status == .usage)
    let shown = Consequence("explore", "-", input: Sample.demonstration)
    #expect(shown.output == "demo  -: no expectations to judge, seed 1\n" && shown.status == .met)
  }

  @Test func `As JSON, counterexamples are data, and what is met got what it expected`() throws {
    let text = Self.depending + "expect possibly run of sync at 10:10 succeeded\n"
    let came = Consequence("explore", "--json", "-", input: text)
    #expect(came.output.contains(#""seed":1,"propagation":"45m..75m""#))
    #expect(
      came.output.contains(
        #""counterexample":{"line":13,"delays":[{"line":11,"delay":"50m","last":false}],"#
          + #""run":{"flow":"sync","time":"2025-01-06T09:50:00.000Z"}}"#), "\(came.output)")
    #expect(
      came.output.contains(
        #""line":14,"text":"expect possibly run of sync at 10:10 succeeded","verdict":"met","got":"1 succeeded"#
      ), "\(came.output)")
  }

  @Test func `The saved counterexample fails for certain in the same expectation and run`() throws {
    let folder = try Folder()
    let source = try folder.add("depending.scenario", Self.depending)
    let saved = folder.path + "/saved.scenario"
    let came = Consequence("explore", source, "--save", saved)
    #expect(came.status == .undecided)
    #expect(came.errors == "\(saved): shows that \(source):13 does not hold\n")
    #expect(
      try folder.text("saved.scenario")
        == Self.heading
        + Self.depending.replacing("45m..75m", with: "60m")
        .replacing("isolation on  #", with: "isolation on in force after 50m  #"))
    let tested = Consequence("test", saved)
    #expect(tested.status == .failed)
    #expect(tested.output.contains("\(saved):17:1: expected a run of sync at 09:50 succeeded\n"))
    #expect(tested.output.contains("1 failed because outbound-blocked"))
  }

  @Test func `A tie at the end of the range is saved with its order`() throws {
    let folder = try Folder()
    let text =
      Self.world.replacing("45m..75m", with: "45m..70m") + "expect run of sync at 10:10 failed\n"
    let source = try folder.add("tie.scenario", text)
    let saved = folder.path + "/saved.scenario"
    _ = Consequence("explore", source, "--save", saved)
    #expect(try folder.text("saved.scenario").contains("isolation on in force after 70m last  #"))
    #expect(Consequence("test", saved).output.contains("\(saved):17:1: expected"))
  }

  @Test func `Wherever it is saved, it finds the files that it uses`() throws {
    let folder = try Folder()
    let parts = Self.depending.split(separator: "# The switch.")
    _ = try folder.add("common/world.scenario", String(parts[0]))
    let text = "use \"../common/world.scenario\"\n# The switch." + parts[1]
    let source = try folder.add("source/x.scenario", text)
    let saved = try folder.add("elsewhere/deep/saved.scenario", "")
    #expect(Consequence("explore", source, "--save", saved).status == .undecided)
    let lines = try folder.text("elsewhere/deep/saved.scenario").split(separator: "\n")
    #expect(lines.contains("use \"../../common/world.scenario\""))
    #expect(lines.contains("set      propagation 60m"))
    #expect(Consequence("test", saved).status == .failed)
    let beside = folder.path + "/source/saved.scenario"
    _ = Consequence("explore", source, "--save", beside)
    #expect(try folder.text("source/saved.scenario").contains("use \"../common/world.scenario\""))
  }

  @Test func `What does not hold in a variant is saved with the variant's own delays`() throws {
    let folder = try Folder()
    let text =
      Self.met + """
        variant allowed "With an exception"
        in allowed at 08:55 ada allows fabrikam outbound
        in allowed at 09:10 ada removes rule fabrikam
        in allowed expect run of sync at 10:10 failed
        """
    let source = try folder.add("x.scenario", text)
    let saved = folder.path + "/saved.scenario"
    #expect(Consequence("explore", source, "--save", saved).status == .undecided)
    let lines = try folder.text("saved.scenario").split(separator: "\n")
    #expect(lines.contains("in allowed at 08:55 ada allows fabrikam outbound in force after 60m"))
    #expect(lines.contains("in allowed at 09:10 ada removes rule fabrikam in force after 61m"))
    #expect(lines.contains("at 09:00 ada turns isolation on in force after 60m  # felt late"))
    #expect(
      Consequence("test", saved).output.contains("\(saved):22:1: "),
      "\(Consequence("test", saved).output)")
  }

  @Test func `Of the JSON form and of standard input, sentences are saved`() throws {
    let folder = try Folder()
    let source = try folder.add("depending.scenario", Self.depending)
    let json = try folder.add("x.json", Consequence("convert", source, "--to", "json").output)
    let saved = folder.path + "/saved.scenario"
    #expect(Consequence("explore", json, "--save", saved).status == .undecided)
    #expect(Consequence("test", saved).status == .failed)
    #expect(try folder.text("saved.scenario").contains("turns isolation on in force after 50m\n"))
    let piped = Consequence("explore", "-", "--save", "-", input: Self.depending)
    #expect(piped.output.contains("turns isolation on in force after 50m  #"))
    #expect(piped.errors.contains("-:13:1: depends\n"))
    #expect(Consequence("test", "-", input: piped.output).status == .failed)
  }

  @Test func `Where there is no counterexample, that is said and nothing is written`() throws {
    let folder = try Folder()
    let met = try folder.add("met.scenario", Self.met)
    let came = Consequence("explore", met, "--save", folder.path + "/saved.scenario")
    #expect(came.status == .met)
    #expect(came.errors == "\(met): no counterexample is known, so none is saved\n")
    #expect(folder.names == ["met.scenario"])
  }

  @Test func `What cannot be saved is said with a status of its own`() throws {
    let folder = try Folder()
    let source = try folder.add("x.scenario", Self.depending)
    #expect(Consequence("explore", source, "--save", "/none/x").status == .unwritten)
    #expect(Consequence("explore", source, "--save", "/dev/full").status == .unwritten)
    let twice = Consequence("explore", source, source, "--save", folder.path + "/saved.scenario")
    #expect(twice.status == .usage && twice.errors.contains("one at a time"))
    #expect(Consequence("explore", source, "--save", source).status == .usage)
    #expect(Consequence("explore", source, "--json", "--save", "-").status == .usage)
    #expect(try folder.text("x.scenario") == Self.depending)
    #expect(folder.names == ["x.scenario"])
  }
}
