import Testing

@testable import ScenarioLanguage

/// The canonical layout, by example.
@Suite struct FormatterTests {
  private func formatted(_ text: String) throws -> String {
    let bytes = try ScenarioLanguage.formatted(Array(text.utf8), path: "x.scenario").get()
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func headerValuesStandInOneColumn() throws {
    let text = """
      scenario "A title"
      about "What it shows"
      covers   a.b ,c
      start      2025-03-03 08:00
      until\t+3h
      seed 7
      use "shared.scenario"
      set propagation   60m
      """
    #expect(
      try formatted(text) == """
        scenario "A title"
        about    "What it shows"
        covers   a.b, c
        start    2025-03-03 08:00
        until    +3h
        seed     7
        use      "shared.scenario"
        set      propagation 60m

        """)
  }

  @Test func whatSpeaksOfTheLineAboveStandsIn() throws {
    let text = """
         tenant contoso    "Contoso Ltd"  # the company
      at 09:00    ada turns isolation on
      expect saved
      expect possibly error "x" "told"
        expect isolation of contoso is on at 09:00
      expect allowed because same-tenant
      """
    #expect(
      try formatted(text) == """
        tenant contoso "Contoso Ltd"  # the company
        at 09:00 ada turns isolation on
            expect saved
            expect possibly error "x" "told"
        expect isolation of contoso is on at 09:00
            expect allowed because same-tenant

        """)
  }

  @Test func everyExpectationWithoutATimeStandsIn() throws {
    for form in FormTable.all {
      let speaksOfLineAbove = form.section == .expectation && !form.items.contains(where: namesTime)
      #expect(form.sentence.speaksOfStatementAbove == speaksOfLineAbove)
      #expect(try formatted(form.example).hasPrefix("    expect") == speaksOfLineAbove)
    }
  }

  private func namesTime(_ item: Notation) -> Bool {
    switch item {
    case .slot(_, .time): true
    case .optional(let items), .list(let items): items.contains(where: namesTime)
    default: false
    }
  }

  @Test func commentsAndBlankLinesAreKept() throws {
    let text = """


      #first\u{20}
        # second


      tenant a# third
          # fourth

      at 09:00 ada turns isolation on

        # fifth
      expect saved\t# sixth
          # seventh
          #


      """
    #expect(
      try formatted(text) == """
        #first
        # second

        tenant a  # third
        # fourth

        at 09:00 ada turns isolation on

            # fifth
            expect saved  # sixth
        # seventh
        #

        """)
  }

  @Test func continuedStatementsAreJoined() throws {
    let text = """
      connection c of maya \\
          using rss \\
          signed in to contoso
      app a of maya using b,

        c,d \\
      """
    #expect(
      try formatted(text) == """
        connection c of maya using rss signed in to contoso
        app a of maya using b, c, d

        """)
  }

  @Test func longListsAreBrokenAfterCommas() throws {
    let name = "a-connection-with-a-long-name"
    let list = Array(repeating: "\(name) to Do_it", count: 5).joined(separator: ",")
    #expect(
      try formatted("at 08:10 maya creates app a using \(list)") == """
        at 08:10 maya creates app a using \(name) to Do_it,
            \(name) to Do_it, \(name) to Do_it,
            \(name) to Do_it, \(name) to Do_it

        """)
    let grounds = Array(repeating: "guest-in-host-tenant", count: 5).joined(separator: ", ")
    #expect(
      try formatted("expect allowed because \(grounds) \"message\"") == """
            expect allowed because guest-in-host-tenant, guest-in-host-tenant, guest-in-host-tenant,
                guest-in-host-tenant, guest-in-host-tenant "message"

        """)
  }

  @Test func aLineOfAHundredCharactersIsNotBroken() throws {
    let start = "app é of maya using b, "
    let fits = start + String(repeating: "c", count: 100 - start.count)
    #expect(try formatted(fits) == fits + "\n")
    #expect(try formatted(fits + "c").hasPrefix("app é of maya using b,\n    ccc"))
  }

  @Test func commentsInsideStatementsAreKept() throws {
    let text = """
      at 08:00 maya creates app a using b,   # the first
        # a line of its own

      c \\ # the second
        ,d,  \\  # odd \\
        # another
        # and one more
      e \\
        # below
      expect \\# one
       \\ # two
       saved
      """
    #expect(
      try formatted(text) == """
        at 08:00 maya creates app a using b,  # the first
            # a line of its own
            c \\ # the second
            , d,  # odd \\
            # another
            # and one more
            e
            # below
            expect \\ # one
                \\ # two
                saved

        """)
  }

  @Test func textsAndTimesStayAsWritten() throws {
    let text = #"expect run of f at day 2 08:05:30 failed error "a  \"b\",\n\\ # no" "é""# + "\n"
    #expect(try formatted(text) == text)
  }

  @Test func lineEndsAndByteOrderMark() throws {
    #expect(try formatted("\u{feff}# a\r\ntenant b\r\n\r\n\r\n") == "# a\ntenant b\n")
    #expect(try formatted("tenant b") == "tenant b\n")
    #expect(try formatted("\\\ntenant b \\\n\\\n\n") == "tenant b\n")
  }

  @Test func filesWithSyntaxErrorsAreNotFormatted() {
    for text in [
      "", "# nothing\n", "tenant a\nwobble\nwobble", "about \"x", "tenant a,", "tenant a\n\u{a0}",
    ] {
      let bytes = Array(text.utf8)
      guard case .failure(let problems) = ScenarioLanguage.formatted(bytes, path: "x") else {
        Issue.record("\(text) was formatted")
        continue
      }
      let expected = Parser.parse(SourceText(path: "x", bytes: bytes)).findings.kept
      #expect(problems.diagnostics == expected && problems.omitted == 0)
    }
  }

  @Test func mistakesAreCountedBeyondAHundred() {
    let bytes = Array(String(repeating: "wobble\n", count: 250).utf8)
    #expect(throws: SyntaxProblems.self) { try ScenarioLanguage.formatted(bytes, path: "x").get() }
    guard case .failure(let problems) = ScenarioLanguage.formatted(bytes, path: "x") else { return }
    #expect(problems.diagnostics.count == 100 && problems.omitted == 150)
  }

  @Test func wrongNamesDoNotMatter() throws {
    #expect(
      try formatted(" at 99:99 nobody  turns isolation on")
        == "at 99:99 nobody turns isolation on\n")
  }

  @Test func theJSONFormIsLeftAlone() throws {
    for text in ["{ \"format\":1 }", "\u{feff}\r\n { }"] { #expect(try formatted(text) == text) }
  }

  @Test func aStatementThatWouldGrowTooLongStaysAsWritten() throws {
    let text = "app a of m using b" + String(repeating: ",c", count: 500_000)
    #expect(try formatted("  " + text) == text + "\n")
    #expect(try formatted(text + "\n") == text + "\n")
  }

  @Test func firstDifferences() {
    func difference(_ one: String, _ other: String) -> Int? {
      firstDifference(Array(one.utf8), Array(other.utf8))
    }
    #expect(difference("a\nb\n", "a\nb\n") == nil)
    #expect(difference("a\nb", "a\nb\n") == 2)
    #expect(difference("a\nb\n\n", "a\nb\n") == 3)
    #expect(difference("\u{feff}a", "a") == 1)
    #expect(difference("a\nb\nc", "a\n b\nc") == 2)
  }
}
