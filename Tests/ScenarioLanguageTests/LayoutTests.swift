import PowerPlatform
import SimulationTrace
import Testing

@testable import ScenarioLanguage

/// How sentences may be laid out, and what may be a name.
@Suite struct LayoutTests {
  @Test func linesEndInAnyWay() throws {
    let text = world + "at 09:00 ada turns isolation on\n  expect saved \"ok\" # why\n"
    let plain = try #require(load(text).scenario)
    for variant in [text.replacing("\n", with: "\r\n"), "\u{feff}" + text, text + "\n\n# end"] {
      let loaded = load(variant)
      let scenario = try #require(loaded.scenario, "\(loaded.diagnostics.map(\.short))")
      #expect(scenario.timeline == plain.timeline)
      #expect(scenario.expectations == plain.expectations)
      #expect(scenario.cast.tenants == plain.cast.tenants)
    }
  }

  @Test func statementsContinue() throws {
    let scenario = try scenario(
      """
      connection c3 of maya \\
          using rss \\   # a comment may follow
          signed in to contoso
      at 08:00 maya creates app a using con-sp,   # the first
        # a line of its own
        fab-mail,

        c3
      expect saved \\
        because same-tenant,
          not-entra-id   # two
      """)
    #expect(scenario.timeline.count == 1)
    #expect(scenario.uses.suffix(3).map(\.connection) == [1, 0, 2].map { ConnectionID($0) })
    let source = scenario.expectations[0].source
    #expect(source == "expect saved because same-tenant, not-entra-id")
  }

  @Test func noWordIsReserved() throws {
    let scenario = try scenario(
      """
      maker at of contoso
      connection using "in" of at using rss in contoso signed in to contoso
      app expect of at using using
      flow every of at every 1h using using
      flow flow of at when using signals using using, using
      at 08:00 at opens app expect
      at 08:00 using signals
      at 08:00 at creates flow day every 1h using using
      at 08:00 at creates connection to using rss signed in to contoso
      at 08:00 at creates flow manually manually using to to to, using
      expect run of every at 09:00 succeeded
      """)
    #expect(scenario.timeline.count == 5)
    #expect(scenario.cast.connections[2] == Title(name: "using", displayName: "in"))
  }

  @Test func namesOfAllScripts() throws {
    let scenario = try scenario("maker Zoë-Łukasz_1 of contoso\nmaker 花子 of contoso")
    #expect(scenario.cast.users.suffix(2).map(\.name) == ["Zoë-Łukasz_1", "花子"])
  }

  @Test func textsAreUnescaped() throws {
    let scenario = try scenario(#"about "a \"quote\", a \\ and\na line, # no comment""#)
    #expect(scenario.about == "a \"quote\", a \\ and\na line, # no comment")
  }

  @Test func tenantsByNameDomainAndId() throws {
    let tenants = [
      "contoso", "CONTOSO.com", "contoso.onmicrosoft.com", "11111111-1111-1111-1111-111111111111",
    ]
    for tenant in tenants {
      let scenario = try scenario("isolation on for \(tenant)")
      #expect(scenario.policies[0].isOn, "\(tenant)")
    }
  }

  @Test func tenantDefaults() throws {
    let loaded = load("tenant Tailwind\ntenant b domains b.example")
    let tenants = try #require(loaded.scenario).cast.tenants
    #expect(tenants[0].domains == ["tailwind.onmicrosoft.com"])
    #expect(tenants[0].displayName == "Tailwind")
    #expect(isGUID(tenants[0].identifier) && tenants[0].identifier != tenants[1].identifier)
    #expect(tenants[1].domains == ["b.example"])
  }

  @Test func aTenantKnownByItsIdMayBeDeclaredLater() throws {
    let id = "22222222-2222-2222-2222-2222222222AA"
    let scenario = try scenario("rule for contoso allows \(id) inbound\ntenant t id \(id)")
    #expect(scenario.cast.tenants.count == 3)
    #expect(scenario.cast.tenants[2].name == "t")
  }

  @Test func operationsStandOnce() throws {
    let scenario = try scenario(
      """
      connection ado of maya using azure-devops signed in to fabrikam
      flow f of maya manually using ado to create-work-item, con-sp, ado to create-work-item
      at 08:00 ada creates data policy p blocking action create-work-item, x of azure-devops business rss, http for contoso
      """)
    let operations = scenario.cast.operations
    #expect(Set(operations).count == operations.count)
    for connector in scenario.cast.connectors {
      #expect(operations.contains(connector.trigger) && operations.contains(connector.action))
    }
    #expect(scenario.uses.suffix(3).map { $0.operation?.row } == [0, nil, 0])
  }

  @Test func aSignalsConnectionIsUsed() throws {
    let scenario = try scenario(
      """
      flow a of maya when fab-mail signals
      flow b of maya when fab-mail signals using con-sp
      flow c of maya when fab-mail signals using con-sp, fab-mail
      """)
    let lists = scenario.declarations.suffix(3).map { declaration -> [Int] in
      guard case .flow(_, let flow) = declaration.item else { return [] }
      return scenario[flow.uses].map(\.connection.row)
    }
    #expect(lists == [[0], [0, 1], [1, 0]])
  }

  @Test func anAbsentNameMayBeCreatedAgain() throws {
    let again = "creates connection fab-mail using rss signed in to contoso"
    let deleted = try scenario("at 08:00 maya deletes connection fab-mail\nat 08:00 maya \(again)")
    #expect(deleted.cast.connections.count == 2)
    let blocked = "creates connection x using rss signed in to contoso"
    let twice = "at 08:00 maya \(blocked) without valid credentials\nat 08:01 maya \(blocked)"
    #expect(try scenario(twice).cast.connections.count == 3)
  }

  @Test(arguments: [
    "connection fab-mail using rss signed in to contoso", "app expenses using con-sp",
    "flow adhoc manually",
  ])
  func aNameThatIsPresentMayNot(_ what: String) {
    #expect(mistakes("at 08:00 maya creates \(what)").map { $0.suffix(4) } == ["N008"])
  }

  @Test func lookups() throws {
    let scenario = try scenario("")
    #expect(try tenant(named: "Fabrikam.com", in: scenario).get().row == 1)
    #expect(try user(named: "maya", in: scenario).get().row == 1)
    #expect(try connector(named: "sharepoint", in: scenario).get().row == 1)
    #expect(throws: LookupProblem("there is no person \"mya\"", suggestion: "maya")) {
      try user(named: "mya", in: scenario).get()
    }
  }
}
