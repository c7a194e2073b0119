import Testing

@testable import gateway_sim

@Suite struct ShrinkCommandTests {
  private static let noisy = """
    scenario "Much around a small mistake"
    covers   propagation
    start    2025-03-03 08:00
    set      edition 2025

    # Two tenants and their people.
    tenant contoso "Contoso" domains contoso.com id 11111111-1111-4111-8111-111111111111
    tenant fabrikam "Fabrikam"
    tenant northwind
    admin ada of contoso
    maker maya of contoso guest in fabrikam
    maker finn of fabrikam
    rule for contoso allows northwind both

    at 08:07 maya creates connection con-list using sharepoint signed in to contoso
    at 08:07 maya creates connection fab-mail "Mail" using office365-outlook signed in to fabrikam.onmicrosoft.com
        expect allowed
    at 08:11:30 maya creates flow copy every 15m using con-list, fab-mail to Send_an_email
    at 09:07 ada turns isolation on
        expect saved
    at 09:30 ada allows northwind outbound
    expect run of copy at 10:11:30 succeeded "nobody warned us"
    expect isolation of contoso is off at 09:40
    """

  @Test func `A mail that does not come is still missed for the same reason`() {
    let text = """
      set edition 2025
      tenant contoso
      tenant fabrikam
      admin ada of contoso
      maker maya of contoso
      environment prod of contoso with dataverse
      connection ask of ada using http-entra-id signed in to contoso
      connection fmail of ada using office365-outlook signed in to fabrikam
      connection other of maya using teams signed in to fabrikam
      flow noise of maya every 1h using other
      at 08:30 ada turns isolation on
      at 09:20 ada installs package Office365Groups in prod as op-1
      at 09:29 ada creates flow w every 5m using ask, fmail polls op-1 and mails ada
      expect mail to ada by 11:00
      """
    let shrunk = Consequence("shrink", "-", input: text + "\n").output
    #expect(shrunk.contains("polls op-1 and mails ada\n"))
    #expect(shrunk.contains("signed in to fabrikam\n") && shrunk.contains("turns isolation on\n"))
    #expect(!shrunk.contains("noise") && !shrunk.contains("maya"))
    let why = Consequence("test", "-", input: shrunk).output
    #expect(why.contains("got:      no mail\n") && why.contains("(outbound-blocked)"))
  }

  @Test func `A report that lists too much goes on listing as much`() {
    let names = ["one", "two", "three"]
    let connections = names.map {
      "at 08:10 maya creates connection \($0) using sharepoint signed in to fabrikam\n"
    }.joined()
    let text = """
      tenant contoso
      tenant fabrikam
      admin ada of contoso
      maker maya of contoso
      connection unused of maya using teams signed in to fabrikam
      \(connections)at 09:00 ada requests cross-tenant report as r
      expect report r lists 2 connections
      """
    let shrunk = Consequence("shrink", "-", input: text + "\n").output
    for name in names { #expect(shrunk.contains("connection \(name) using")) }
    #expect(!shrunk.contains("unused"))
    #expect(Consequence("test", "-", input: shrunk).output.contains("got:      3 connections"))
  }

  @Test func `What has nothing to do with the failure is gone, and times are plain`() throws {
    let shrunk = Consequence("shrink", "-", input: Self.noisy)
    #expect(shrunk.status == .met)
    #expect(
      shrunk.output == """
        tenant contoso
        tenant fabrikam
        admin ada of contoso
        maker maya of contoso

        at 08:00 maya creates connection fab-mail using office365-outlook signed in to fabrikam.onmicrosoft.com
        at 08:00 maya creates flow copy every 15m using fab-mail
        at 09:00 ada turns isolation on
        expect run of copy at 10:00 succeeded "nobody warned us"

        """)
    #expect(shrunk.errors.hasPrefix("-:22: 20 statements shrunk to 8 ("))
    #expect(
      shrunk.errors.hasSuffix(
        "got 1 failed because same-tenant, outbound-blocked, inbound-isolation-off at 10:11:30\n"))
    #expect(Consequence("test", "-", input: shrunk.output).status == .failed)
  }

  @Test func `Another expectation is chosen by its line`() {
    let shrunk = Consequence("shrink", "-", "--expectation", "23", input: Self.noisy)
    #expect(
      shrunk.output == """
        tenant contoso
        isolation on for contoso

        expect isolation of contoso is off at 09:00

        """
        || shrunk.output.hasSuffix(
          "at 09:00 ada turns isolation on\nexpect isolation of contoso is off at 09:00\n")
    )
    let none = Consequence("shrink", "-", "--expectation", "19", input: Self.noisy)
    #expect(none.status == .usage)
    #expect(none.errors.contains("line 19 has none; one fails on line 22, 23"))
    let met = Consequence("shrink", "-", "--expectation", "17", input: Self.noisy)
    #expect(met.status == .invalid)
    #expect(met.errors == "-: nothing to shrink: the expectation of line 17 is met\n")
    for line in ["x", "0", "-3"] {
      #expect(
        Consequence("shrink", "-", "--expectation=\(line)", input: Self.noisy).status == .usage)
    }
  }

  @Test func `Nothing fails: nothing to shrink`() {
    let met = Consequence("shrink", "-", input: Sample.met)
    #expect(met == Consequence("shrink", "-", input: Sample.met))
    #expect(met.errors == "-: nothing to shrink: all its expectations are met\n")
    #expect(met.status == .invalid && met.output.isEmpty)
    let demonstration = Consequence("shrink", "-", input: Sample.demonstration)
    #expect(demonstration.errors == "-: nothing to shrink: the file has no expectations\n")
    #expect(demonstration.status == .invalid)
    let invalid = Consequence("shrink", "-", input: Sample.invalid)
    #expect(invalid.status == .invalid && invalid.errors.contains("error[N002]"))
    #expect(Consequence("shrink", "/nowhere").status == .invalid)
  }

  @Test func `Used files are taken in, with the setting of the nearest file`() throws {
    let folder = try Folder()
    _ = try folder.add(
      "deep.scenario",
      "set propagation 10m\nset edition 2025\ntenant contoso\nadmin ada of contoso\n")
    _ = try folder.add(
      "world.scenario", "use \"deep.scenario\"\nset propagation 30m\nisolation on for contoso\n")
    let file = try folder.add(
      "x.scenario",
      "use \"world.scenario\"\nuse \"deep.scenario\"\nset propagation 90m\n"
        + "at 09:00 ada turns isolation off\nexpect isolation of contoso is assessed as off at 10:00\n"
    )
    let shrunk = Consequence("shrink", file)
    #expect(
      shrunk.output == """
        set      propagation 90m

        tenant contoso
        admin ada of contoso
        isolation on for contoso

        at 09:00 ada turns isolation off
        expect isolation of contoso is assessed as off at 10:00

        """)
  }

  @Test func `A verdict that depends on the delay is shrunk to one that still does`() {
    let ranged =
      "set propagation 45m..75m\n" + Sample.world
      + "rule for contoso allows fabrikam both\nat 09:00 ada turns isolation on\n"
      + "expect isolation of contoso is assessed as on at 10:00\n"
    let shrunk = Consequence("shrink", "-", input: ranged)
    #expect(shrunk.output.hasPrefix("set      propagation 45m..75m\n\ntenant contoso\nadmin ada"))
    #expect(Consequence("test", "-", input: shrunk.output).status == .undecided)
  }

  @Test func `The JSON image is shrunk as well, to sentences`() {
    let image = Consequence("convert", "-", "--to", "json", input: Sample.failing).output
    let shrunk = Consequence("shrink", "-", input: image)
    #expect(shrunk.output == Consequence("shrink", "-", input: Sample.failing).output)
  }

  @Test func `Its result goes to a file, or with its measures into JSON`() throws {
    let folder = try Folder()
    let file = try folder.add("x.scenario", Sample.failing)
    let target = folder.path + "/small.scenario"
    let written = Consequence("shrink", file, "--output", target)
    #expect(written.output.isEmpty && written.status == .met)
    #expect(try folder.text("small.scenario") == Consequence("shrink", file).output)
    let over = Consequence("shrink", file, "--output", file)
    #expect(over.status == .usage && over.errors.contains("would replace the scenario"))
    #expect(Consequence("shrink", file, "--output", "/nowhere/x").status == .unwritten)
    let json = Consequence("shrink", file, "--json").output
    #expect(json.hasPrefix(#"{"format":1,"file":""#) && json.hasSuffix("\"}\n"))
    #expect(
      json.contains(#""line":6,"expectation":"expect refused \"nobody may\"","got":"saved","#))
    #expect(json.contains(#""statementsBefore":6,"statementsAfter":4,"tries":"#))
  }

  @Test func `A variant goes where the failure is the same without it`() {
    let alone = Consequence(
      "shrink", "-",
      input: "tenant c\nvariant v\nin v expect isolation of c is on at 08:10\n")
    #expect(alone.output == "tenant c\n\nexpect isolation of c is on at 08:00\n")
    let variants =
      Sample.world + "variant healed\nvariant other\n"
      + "at 08:05 maya creates connection mail using teams signed in to fabrikam\n"
      + "at 08:10 maya creates flow sync every 15m using mail\n"
      + "at 09:00 ada turns isolation on\nin healed at 09:00 ada allows fabrikam outbound\n"
      + "in other at 09:10 ada allows fabrikam both\n"
      + "in healed expect run of sync at 10:10 failed\n"
    #expect(
      Consequence("shrink", "-", input: variants).output == """
        tenant contoso
        tenant fabrikam
        admin ada of contoso
        maker maya of contoso

        at 08:00 maya creates connection mail using teams signed in to fabrikam
        at 08:00 maya creates flow sync every 15m using mail
        at 09:00 ada turns isolation on
        at 09:00 ada allows fabrikam outbound
        expect run of sync at 10:00 failed

        """)
  }

  @Test func `A variant stays where its statement stands behind a later one`() {
    let variants =
      Sample.world + "variant off-again\nat 09:00 ada turns isolation on\n"
      + "at 09:20 ada allows fabrikam outbound\nin off-again at 09:10 ada turns isolation off\n"
      + "in off-again at 09:30 ada turns isolation on\n    in off-again expect refused\n"
    let shrunk = Consequence("shrink", "-", input: variants)
    #expect(shrunk.status == .met, "\(shrunk.errors)")
    #expect(Consequence("test", "-", input: shrunk.output).status == .failed)
  }

  @Test func `A range of delays stays only where the verdict depends on it`() {
    let needless = "set propagation 45m..75m\ntenant c\nexpect isolation of c is on at 08:10\n"
    #expect(
      Consequence("shrink", "-", input: needless).output
        == "tenant c\n\nexpect isolation of c is on at 08:00\n")
    let long =
      "set propagation 3h..4h\n" + Sample.world + "at 09:00 ada turns isolation on\n"
      + "expect isolation of contoso is assessed as on at 11:00\n"
    let shrunk = Consequence("shrink", "-", input: long).output
    #expect(!shrunk.contains(".."), "\(shrunk)")
    #expect(Consequence("test", "-", input: shrunk).status == .failed)
  }

  @Test func `A file that the scenario uses is not replaced by what is left`() throws {
    let folder = try Folder()
    let used = try folder.add("world.scenario", Sample.world)
    let file = try folder.add(
      "x.scenario",
      "use \"world.scenario\"\nat 09:00 ada turns isolation on\n    expect refused\n")
    let over = Consequence("shrink", file, "--output", used)
    #expect(over.status == .usage && over.errors.contains("would replace the scenario"))
    #expect(try folder.text("world.scenario") == Sample.world)
  }
}
