import Testing

@testable import gateway_sim

@Suite struct StepCommandTests {
  private let folder: Folder
  private let file: String

  init() throws {
    folder = try Folder()
    file = try folder.add("switch.scenario", Self.scenario)
  }

  private static let scenario = """
    scenario "A switch"
    tenant contoso "Contoso"
    tenant fabrikam "Fabrikam"
    admin ada of contoso
    maker maya of contoso

    at 08:05 maya creates connection fab-mail using office365-outlook signed in to fabrikam
        expect allowed
    at 08:10 maya creates flow sync every 30m using fab-mail
    # The switch.
    at 09:00 ada turns isolation on  # at nine
        expect saved
    expect flow sync is on at 10:30

    """

  private func step(_ orders: String...) -> Consequence {
    Consequence("step", file, input: orders.map { $0 + "\n" }.joined())
  }

  /// What a session says after its heading.
  private func said(_ orders: String...) -> String {
    let output = Consequence("step", file, input: orders.map { $0 + "\n" }.joined()).output
    return String(output.dropFirst(step().output.count))
  }

  // MARK: Going on

  @Test func `It begins with the title, and each instant is a step`() {
    #expect(step().output.hasPrefix("A switch\n2025-01-06 08:00 to 11:30 UTC, propagation 60m"))
    #expect(said("").hasPrefix("08:05  design + maya creates connection fab-mail"))
    let second = said("next", "n")
    #expect(second.contains("08:10  design + maya creates flow sync"))
    #expect(second.contains("08:10  run    + 1 run of sync"))
    #expect(!second.contains("08:40"))
    #expect(said("next 3").contains("08:40  run"))
    #expect(said("next 99").hasSuffix("nothing more happens before the end, 11:30\n"))
  }

  @Test func `Steps are told in the sentences of run, each reason once`() {
    let story = Consequence("run", file).output
    let stepped = said("to 11:30")
    for line in stepped.split(separator: "\n") { #expect(story.contains(line), "\(line)") }
    #expect(
      said("to 08:30", "").hasSuffix(
        "08:40  run    + 1 run of sync               contoso -> fabrikam  succeeded\n"))
  }

  @Test(arguments: ["09:00", "+1h", "+60m", "2025-01-06 09:00", "day 1 09:00", "09:00:00"])
  func `All forms of times are known`(time: String) {
    #expect(said("to \(time)").contains("09:00  policy ~ ada turns isolation on for contoso"))
  }

  @Test func `Time goes back, and on beyond the end of a file that names none`() {
    #expect(said("to 09:00", "back", "back").hasSuffix("it is 08:40 again\nit is 08:10 again\n"))
    #expect(said("to 09:00", "to 08:20", "").contains("it is 08:20 again\n08:40  run"))
    #expect(said("to 11:30", "to 12:00").contains("11:40  run    x 1 run of sync"))
    #expect(said("to 09:02", "to 09:03").hasSuffix("nothing happens until 09:03\n"))
  }

  @Test func `What is not there is said, and the session goes on`() {
    for (order, problem) in [
      ("back", "this is the start"), ("to", "expected to TIME"),
      ("to 25:00", "there is no hour 25"),
      ("to noon", "is no time of day"), ("to 07:00", "is before the start"),
      ("to 2055-01-01 08:00", "over ten years"), ("next x", "not by \"x\""), ("next 0", "not by"),
      ("back 2", "stands alone"), ("why", "expected why NAME"), ("why nobody", "there is no flow"),
      ("why group sync", "not about \"group\""), ("why sync@", "is no time"),
      ("why sync@07:00", "before the start"), ("show nobody", "nothing is called \"nobody\""),
      ("undo", "nothing was typed"), ("save", "expected save FILE"),
      ("reveal", "nothing was asked"),
      ("xyzzy", "there is no order \"xyzzy\""),
    ] {
      let session = step(order, "")
      #expect(session.errors.contains(problem), "\(order): \(session.errors)")
      #expect(session.status == .usage, "a script that means nothing has failed: \(order)")
      #expect(
        session.output.hasSuffix(
          "allowed\n                why   Contoso's isolation is off, so everybody may go out (outbound-isolation-off)\n                      Fabrikam's isolation is off, so everybody may come in (inbound-isolation-off)\n"
        ), "\(order)")
    }
    #expect(step("shwo contoso").errors.contains("did you mean \"show\"?"))
    #expect(step("why sync", "show", "list", "events", "help", "quit", "xyzzy").status == .met)
  }

  // MARK: Sentences

  @Test func `What is typed happens now, before the recurring runs of the instant`() {
    let now = said("to 08:40", "ada turns isolation on")
    #expect(now.contains("08:40  policy ~ ada turns isolation on for contoso  saved"))
    #expect(now.hasSuffix("in force for active apps and flows from 09:40\n"))
    #expect(
      said("to 08:30", "at 08:35 ada allows fabrikam outbound", "").contains(
        "added; it happens at 08:35\n08:35  policy ~ ada allows fabrikam outbound"))
    #expect(said("to 08:30", "maya saves flow sync").contains("08:30  run    + 1 run of sync"))
    #expect(
      step("to 09:30", "at 09:00 ada turns isolation off").errors.contains("is before now, 09:30"))
  }

  @Test func `Mistakes are the language's, at the place in what was typed`() {
    let unknown = step("to 08:30", "adda turns isolation on")
    #expect(
      unknown.errors == """
        typed:1:10: error[N002]: "adda" is not the name of a person declared or created above
          at 08:30 adda turns isolation on
                   ^^^^
          did you mean "ada"?

        """)
    #expect(unknown.status == .invalid)
    #expect(step("ada turns isolaton on").errors.contains("did you mean \"isolation\"?"))
    #expect(step("to 09:00", "expect flow snyc is on").errors.contains("did you mean \"sync\"?"))
    #expect(step("expect blokced").errors.contains("did you mean \"blocked\"?"))
    // What would swallow the next line of the file does not get into it.
    #expect(step("maya creates app a using fab-mail,").status == .invalid)
    #expect(
      step("ada turns isolation on \\", "list").output.contains(
        "+ at 08:00 ada turns isolation on\n"))
    let short = Consequence("step", file, "--error-format", "json", input: "x turns isolation on\n")
    #expect(short.errors.hasPrefix(#"{"file":"typed","line":1,"#))
  }

  @Test func `Expectations are judged at once, and at the end by all that was typed`() {
    let met = step(
      "to 09:00", "expect saved", "expect isolation of contoso is on",
      "expect run of sync at 08:40 succeeded")
    #expect(met.status == .met)
    #expect(
      met.output.hasSuffix(
        "met   expect run of sync at 08:40 succeeded\n3 of 3 typed expectations met\n"))
    let failed = step("expect run of sync at 10:10 succeeded")
    #expect(failed.status == .failed)
    #expect(failed.output.contains("FAIL  expect run of sync at 10:10 succeeded\n"))
    #expect(failed.output.contains("got       1 failed because outbound-blocked"))
    #expect(step("expect run of sync at 10:10 succeeded", "undo").status == .met)
    let healed = step(
      "expect run of sync at 10:40 succeeded", "to 09:30", "ada turns isolation off")
    #expect(healed.output.hasSuffix("1 of 1 typed expectation met\n") && healed.status == .met)
    let outcome = step(
      "at 09:10 maya creates connection x using teams signed in to fabrikam", "expect blocked")
    #expect(outcome.output.contains("  met   expect blocked\n"), "it speaks of what was typed")
  }

  @Test func `A range is judged over all of its delays`() throws {
    let ranged = try folder.add("ranged.scenario", "set propagation 45m..75m\n" + Self.scenario)
    let session = Consequence("step", ranged, input: "expect run of sync at 10:10 failed\n")
    #expect(session.status == .undecided)
    #expect(session.output.contains("it holds in "))
  }

  @Test func `Declarations and settings come before the timeline`() {
    let session = step("to 09:00", "set propagation 10m", "maker mo of contoso", "to 09:10")
    #expect(session.output.contains("added; what has happened may be another now"))
    #expect(session.output.contains("09:10  policy = Contoso's policy of 09:00"))
    #expect(step("tenant contoso").errors.contains("error[N"))
  }

  @Test func `What a trainer says and what a variant does are sentences as well`() {
    let session = step(
      "to 09:30", "expect isolation of contoso is on", "note \"Nothing is felt yet.\"",
      "variant off-again",
      "in off-again at 09:40 ada turns isolation off",
      "in off-again expect isolation of contoso is off at 09:40", "list")
    #expect(session.status == .met, "\(session.errors)")
    #expect(session.output.contains("2 of 2 typed expectations met\n"))
    #expect(session.output.contains("+ in off-again at 09:40 ada turns isolation off\n"))
  }

  // MARK: Saving

  @Test func `Undo takes sentences back one by one`() {
    #expect(
      said("ada turns isolation on", "undo", "show contoso").contains(
        "taken back: at 08:00 ada turns isolation on\n"))
    #expect(step("ada turns isolation on", "undo", "undo").status == .usage)
    #expect(said("ada turns isolation on", "undo", "events").hasSuffix("on\n"))
  }

  @Test func `What is saved has what was typed in its place, and does what was seen`() throws {
    let target = folder.path + "/saved.scenario"
    let session = step(
      "to 08:30", "maya turns off flow sync", "expect flow sync is off", "to 09:00",
      "expect error \"x\"", "undo", "at 10:00 ada allows * both", "expect saved", "save \(target)")
    #expect(session.status == .met, "\(session.errors)")
    let head = Self.scenario.components(separatedBy: "# The switch.")
    #expect(
      try folder.text("saved.scenario") == head[0] + """
        at 08:30 maya turns off flow sync
        expect flow sync is off at 08:30
        # The switch.
        """ + head[1].dropLast() + "\nat 10:00 ada allows * both\n    expect saved\n")
    let judged = Consequence("test", target)
    #expect(judged.output.contains("4 of 5 expectations met"))
    #expect(Consequence("format", "--lint", target).status == .met)
    let again = step("save \(target)")
    #expect(again.status == .usage && again.errors.contains("is there already: save! "))
    #expect(try folder.text("saved.scenario").contains("allows * both"))
    #expect(step("save! \(target)", "save \(target)").status == .met)
    #expect(try !folder.text("saved.scenario").contains("allows * both"))
    #expect(step("save /nowhere/x").status == .unwritten)
    #expect(step("save \(folder.path)").status == .unwritten)
  }

  @Test func `What is typed stands above the chapters that open after it`() throws {
    let told = try folder.add(
      "told.scenario",
      """
      tenant contoso
      admin ada of contoso
      chapter "One"
      at 09:00 ada turns isolation on
      chapter "Two" at 10:00
      chapter "Three"
          note "Later"
      at 11:00 ada turns isolation off

      """)
    let orders =
      "to 09:30\nada allows * both\nto 10:30\nada removes rule *\nsave \(folder.path)/s\n"
    let session = Consequence("step", told, input: orders)
    #expect(session.status == .met, "\(session.errors)")
    let lines = try folder.text("s").split(separator: "\n").dropFirst(3)
    #expect(
      lines.map { $0.prefix(12) } == [
        "at 09:00 ada", "at 09:30 ada", "chapter \"Two", "at 10:30 ada", "chapter \"Thr",
        "    note \"La",
        "at 11:00 ada",
      ])
  }

  @Test func `A saved scenario still finds the files it uses`() throws {
    _ = try folder.add("world.scenario", "tenant contoso\nadmin ada of contoso\n")
    let user = try folder.add(
      "user.scenario", "use \"world.scenario\"\nat 09:00 ada turns isolation on\n")
    let away = Consequence("step", user, input: "save /tmp/elsewhere/x.scenario\n")
    #expect(away.status == .usage && away.errors.contains("save it beside"))
    let beside = Consequence("step", user, input: "save \(folder.path)/beside.scenario\n")
    #expect(beside.status == .met)
    #expect(Consequence("check", folder.path + "/beside.scenario").status == .met)
  }

  // MARK: Questions

  @Test func `An audience predicts, and nothing is told before`() {
    let asked = said("to 10:00", "predict").components(separatedBy: "in force\n").last ?? ""
    #expect(
      asked
        == "10:10\n  flow sync runs: succeeded, failed?\nType the outcome, or an empty line to be told.\n"
    )
    #expect(
      said("to 10:00", "predict", "failed").contains("told.\nright:\n10:10  run    x 1 run of sync")
    )
    #expect(said("to 10:00", "predict", "succeeded").contains("told.\nno:\n10:10  run    x 1 run"))
    #expect(said("to 10:00", "predict", "reveal").contains("told.\n10:10  run    x 1 run of sync"))
    #expect(
      said("to 08:40", "predict").hasSuffix(
        "09:00\n  at 09:00 ada turns isolation on: saved, refused?\nType the outcome, or an empty line to be told.\n"
      ))
    #expect(
      said("to 09:40", "predict").contains(
        "10:00\n  the platform does something by itself: what?\n"))
    #expect(
      step("next 99", "predict").output.hasSuffix("nothing more happens before the end, 11:30\n"))
  }

  @Test func `A mistyped answer is asked again, and counts as no mistake`() {
    let session = step("to 10:00", "predict", "faild", "blocked", "failed")
    #expect(session.status == .met)
    #expect(session.errors.contains("\"faild\" is no outcome\ndid you mean \"failed\"?"))
    #expect(session.errors.contains("\"blocked\" is not asked here: succeeded, failed?"))
    #expect(session.output.contains("right:\n10:10  run    x 1 run of sync"))
  }

  @Test func `What is typed for a variant belongs to it, and is not played`() throws {
    let file = try folder.add(
      "variants.scenario",
      Self.scenario.replacing("admin ada of contoso", with: "admin ada of contoso\nvariant v"))
    let session = Consequence(
      "step", file, input: "to 09:10\nin v at 09:00 ada allows fabrikam outbound\nlist\n")
    #expect(session.status == .met, "\(session.errors)")
    #expect(session.output.contains("added to the variant v, which is not played here"))
    #expect(session.output.contains("+ in v at 09:00 ada allows fabrikam outbound"))
  }

  @Test func `Why knows now and any time`() {
    #expect(said("to 09:10", "why sync").contains("run of sync at 09:10: succeeded"))
    #expect(said("why run sync@10:10").hasPrefix("run of sync at 10:10: failed (outbound-blocked"))
    #expect(
      said("why connection fab-mail@10:00").hasPrefix("connection fab-mail at 10:00: blocked"))
    #expect(said("why sync@day 1 10:10").hasPrefix("run of sync at 10:10: failed"))
    #expect(said("why run sync@10:10") == Consequence("why", file, "--run", "sync@10:10").output)
  }

  @Test func `Show tells saved from in force, and what waits`() {
    let tenant = said("to 09:30", "show contoso")
    #expect(
      tenant.contains("saved                    isolation on, no rules, saved at 09:00, line 11\n"))
    #expect(
      tenant.contains("in force                 isolation off, no rules, never configured\n"))
    #expect(tenant.contains("in force at 10:00\n"))
    #expect(said("show CONTOSO.onmicrosoft.com").hasPrefix("tenant contoso"))
    let flow = said("to 10:40", "show sync")
    #expect(flow.contains("state          on\n") && flow.contains("starts         every 30m\n"))
    #expect(flow.contains("a run now      fails (outbound-blocked, inbound-isolation-off)\n"))
    #expect(
      flow.contains(
        "run history    2 failed from 10:10 to 10:40\n                 4 succeeded from 08:10 to 09:40\n"
      ))
    #expect(said("show fab-mail").contains("state  absent\n"))
    #expect(said("to 10:00", "show fab-mail").contains("a use now  blocked (outbound-blocked"))
    #expect(said("to 10:00", "show maya").contains("owns      connection fab-mail, flow sync\n"))
    #expect(said("show sharepoint").contains("signs in with  entra-id\n"))
    #expect(said("show").contains("tenants      contoso, fabrikam\n"))
    #expect(said("group sales of contoso with ada", "show maya").contains("groups    -\n"))
    #expect(
      said("group sales of contoso with ada", "ada adds maya to group sales", "show maya").contains(
        "groups    sales\n"))
    #expect(
      said("ada creates data policy p blocking teams", "show p").contains(
        "blocks          teams\n"))
  }

  @Test func `Show knows the administrators' systems, and why says what it can answer`() throws {
    let text = """
      set edition 2025
      tenant contoso
      tenant fabrikam
      admin ada of contoso
      maker maya of contoso
      environment production of contoso with dataverse
      connection fab-mail of maya using office365-outlook signed in to fabrikam
      flow sync of maya every 30m using fab-mail
      at 08:10 ada installs package Office365Groups in production as op-1
      at 08:20 ada requests cross-tenant report as zz
      at 08:30 ada replaces isolation policy with off as op-2
      """
    let file = try folder.add("systems.scenario", text + "\n")
    func said(_ orders: String...) -> String {
      Consequence("step", file, input: orders.map { $0 + "\n" }.joined()).output
    }
    let running = said("to 08:12", "show op-1")
    #expect(running.contains("operation op-1 at 08:12\n"))
    #expect(running.contains("state      running\n"))
    #expect(running.contains("installs   Office365Groups in production\n"))
    #expect(running.contains("asked for  at 08:10 by ada, line 9\n"))
    #expect(said("to 08:05", "show op-1").contains("nobody took it in yet\n"))
    #expect(said("to 08:40", "show op-2").contains("the isolation policy of contoso\n"))
    let place = said("to 08:40", "show production")
    #expect(place.contains("environment production at 08:40\n"))
    #expect(place.contains("packages   Office365Groups is installed\n"))
    #expect(said("to 08:22", "show zz").contains("state      received\n"))
    #expect(said("to 08:40", "show zz").contains("lists      fab-mail outbound fabrikam\n"))
    let all = said("to 08:40", "show")
    #expect(all.contains("production\n") && all.contains("op-1, op-2\n") && all.contains("zz\n"))
    let orders = ["why op-1", "why production", "why zz", "why ada", "why contoso"]
    let errors = Consequence(
      "step", file, input: orders.map { $0 + "\n" }.joined()
    )
    let answer = errors.output + errors.errors
    for thing in ["operation op-1", "environment production", "report zz", "person ada"] {
      #expect(
        answer.contains("why answers about a run of a flow, a connection or an app; show "),
        "\(thing)")
      #expect(answer.contains("tells what is known of \(thing)\n"), "\(answer)")
    }
  }

  // MARK: Input

  @Test func `No input makes it fall`() {
    let odd = [
      "\u{0}", "\u{1b}[2J", "\"", "expect", "at", "at 09:00", "expect \"\"", "#", "# x", "\\", ",",
      "next 99999999999999999999",
      "to +99999999999999h", "why @", "why @@", "why run", "show \"\"", "at 99:99 x signals",
      String(repeating: "x", count: 70_000), "expect 4 runs of sync from 09:00 to 08:00",
      "🦊 signals",
      "until 09:00", "start 09:00", "seed 99999999999999999999999", "use \"nowhere\"", "save ",
      "\t", "turned \u{202e}round", "note \"turned \u{202e}round\" at 09:30",
    ]
    for line in odd {
      let session = step(line, "to 09:00", "list")
      #expect(session.status != .fault, "\(line)")
      #expect(session.output.contains("09:00  policy"), "\(line)")
      for sign in ["\u{1b}", "\u{202e}"] {
        #expect(!session.errors.contains(sign) && !session.output.contains(sign))
      }
    }
    #expect(step("next\r", "next\r").output.contains("08:10  design"))
    #expect(Consequence("step", "-").status == .usage)
    #expect(Consequence("step", "/nowhere").status == .invalid)
    #expect(
      Consequence("step", file, input: "next").output.contains("08:05  design"), "no line end")
  }

  @Test func `The JSON image is stepped through in sentences`() throws {
    let image = Consequence("convert", file, "--to", "json").output
    let json = try folder.add("image.json", image)
    let session = Consequence("step", json, input: "to 09:00\nada turns isolation off\nlist\n")
    #expect(session.status == .met)
    #expect(session.output.contains("+ at 09:00 ada turns isolation off\n"))
  }
}
