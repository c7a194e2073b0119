import PowerPlatform
import Testing

@testable import ScenarioLanguage

/// What came of converting a text.
struct Conversion {
  var bytes: [UInt8]?
  var diagnostics: [Diagnostic] = []
}

/// The other form of a text.
func converted(_ bytes: some Sequence<UInt8>, to format: ScenarioFormat) -> Conversion {
  switch ScenarioLanguage.converted(Array(bytes), path: "test.scenario", to: format) {
  case .success(let bytes): Conversion(bytes: bytes)
  case .failure(let problems): Conversion(diagnostics: problems.diagnostics)
  }
}

func converted(_ text: String, to format: ScenarioFormat) -> Conversion {
  converted(text.utf8, to: format)
}

/// The JSON image of a text that is right.
func json(
  _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws -> String {
  let image = converted(text, to: .json)
  let bytes = try #require(
    image.bytes, "\(image.diagnostics.map(\.short))", sourceLocation: sourceLocation)
  return String(decoding: bytes, as: UTF8.self)
}

/// An image with these statements.
func image(_ statements: String...) -> String {
  "{\"format\": 1, \"statements\": [\n" + statements.joined(separator: ",\n") + "\n]}"
}

extension Scenario {
  /// All of it but where its statements stand and how they are laid out.
  var meaning: String {
    var plain = self
    plain.expectations = expectations.withoutPlaces
    plain.timeline = timeline.withoutLines
    for row in plain.covers.indices { (plain.covers[row].line, plain.covers[row].column) = (0, 0) }
    for row in plain.declarations.indices { plain.declarations[row].line = 0 }
    for row in plain.script.chapters.indices { plain.script.chapters[row].line = 0 }
    for row in plain.script.notes.indices { plain.script.notes[row].line = 0 }
    for row in plain.script.questions.indices { plain.script.questions[row].line = 0 }
    for row in plain.variants.indices {
      plain.variants[row].line = 0
      plain.variants[row].timeline = variants[row].timeline.withoutLines
      plain.variants[row].expectations = variants[row].expectations.withoutPlaces
    }
    plain.policyLines = plain.policyLines.map { min($0, 1) }
    // A set is written in any order.
    let ownRows = variants.map { $0.ownRows.sorted() }
    for row in plain.variants.indices { plain.variants[row].ownRows = [] }
    return "\(plain) \(ownRows)"
  }
}

extension [Statement] {
  fileprivate var withoutLines: [Statement] {
    map {
      var statement = $0
      statement.line = 0
      return statement
    }
  }
}

extension [PowerPlatform.Expectation] {
  fileprivate var withoutPlaces: [PowerPlatform.Expectation] {
    map {
      var expectation = $0
      (expectation.line, expectation.column, expectation.source) = (0, 0, "")
      return expectation
    }
  }
}

/// What text can say JSON can say, and the other way round.
@Suite struct JSONTests {
  /// Loads both forms and the text that comes back, and expects them to mean the same.
  private func expectSame(_ text: String, _ used: String = "set propagation 1h\n") throws {
    let image = try json(text)
    let back = converted(image, to: .scenario)
    let bytes = try #require(back.bytes, "\(back.diagnostics.map(\.short))")
    let again = String(decoding: bytes, as: UTF8.self)
    let loads = [text, image, again].map {
      load([("test.scenario", $0), ("shared.scenario", used)])
    }
    let scenarios = try loads.map {
      try #require($0.scenario, "\($0.diagnostics.map { $0.human() })")
    }
    #expect(scenarios[0].meaning == scenarios[1].meaning)
    #expect(scenarios[0].meaning == scenarios[2].meaning)
    #expect(
      scenarios[1].expectations.map(\.source) == scenarios[2].expectations.map(\.source))
    #expect(try json(again) == image)
    #expect(try formatted(bytes, path: "").get() == bytes)
  }

  @Test(arguments: FormTable.all) func everyFormMeansTheSame(_ form: Form) throws {
    try expectSame(world + form.preparation + form.example)
  }

  @Test func aWholeFile() throws {
    let text = """
      # Comments are left behind.
      scenario "A \\"quoted\\" title, \\\\ and a\\nline"
      seed 007
      use "shared.scenario"
      tenant contoso "Contoso"   domains contoso.com, contoso.onmicrosoft.com
      maker Zoë of contoso
      connection mail of Zoë using office365-outlook signed in to contoso
      app a of Zoë using mail to Send_an_email, mail
      at day  2 \\
        08:05 Zoë creates connection bad using sharepoint signed in to contoso without valid credentials
        expect possibly blocked because credentials "Why, 花子?"
      expect 1 run of f from 08:00 to day 2 08:05
      """
    let flow = "flow f of Zoë every 1h30m\n"
    try expectSame(text.replacing("app a", with: flow + "app a"))
    #expect(
      try json(text) == #"""
        {
          "format": 1,
          "statements": [
            {"form": "scenario", "title": "A \"quoted\" title, \\ and a\nline"},
            {"form": "seed", "seed": 7},
            {"form": "use", "path": "shared.scenario"},
            {"form": "tenant", "name": "contoso", "display": "Contoso", "domains": ["contoso.com", "contoso.onmicrosoft.com"]},
            {"form": "person", "role": "maker", "name": "Zoë", "tenant": "contoso"},
            {"form": "connection", "name": "mail", "owner": "Zoë", "connector": "office365-outlook", "signIn": "contoso"},
            {"form": "app", "name": "a", "owner": "Zoë", "uses": [{"connection": "mail", "to": "Send_an_email"}, {"connection": "mail"}]},
            {"form": "createConnection", "time": "day 2 08:05", "actor": "Zoë", "name": "bad", "connector": "sharepoint", "signIn": "contoso", "withoutCredentials": true},
            {"form": "expectOutcome", "possibly": true, "outcome": "blocked", "because": ["credentials"], "message": "Why, 花子?"},
            {"form": "expectRuns", "count": 1, "flow": "f", "from": "08:00", "to": "day 2 08:05"}
          ]
        }

        """#)
    let sentences = #"""
      scenario "A \"quoted\" title, \\ and a\nline"
      seed 7
      use "shared.scenario"

      tenant contoso "Contoso" domains contoso.com, contoso.onmicrosoft.com
      maker Zoë of contoso
      connection mail of Zoë using office365-outlook signed in to contoso
      app a of Zoë using mail to Send_an_email, mail

      at day 2 08:05 Zoë creates connection bad using sharepoint signed in to contoso without valid credentials
          expect possibly blocked because credentials "Why, 花子?"
      expect 1 run of f from 08:00 to day 2 08:05

      """#
    let back = converted(try json(text), to: .scenario)
    #expect(try back.bytes == formatted(Array(sentences.utf8), path: "").get())
  }

  @Test func formsOfOneSentenceAreToldApartByTheirKeys() throws {
    for what in ["blocking action A, B of http business rss", "blocking http, rss", "business rss"]
    {
      try expectSame(world + "at 08:00 ada creates data policy p \(what) for contoso")
    }
    try expectSame(
      world + "expect 1 run of adhoc from 08:00 to 09:00\nexpect 2 run of adhoc from 08:00 to 09:00"
    )
  }

  @Test func oneIsSingularAndMoreArePlural() throws {
    let text = "expect 1 run of f from 08:00 to 09:00\nexpect history of f lists 2 runs at 09:00\n"
    #expect(converted(try json(text), to: .scenario).bytes == Array(text.utf8))
    let odd = text.replacing("1 run", with: "1 runs").replacing("2 runs", with: "2 run")
    #expect(converted(try json(odd), to: .scenario).bytes == Array(text.utf8))
  }

  @Test func placesOfBehavioursAreThoseInTheFile() throws {
    let text = image(#"{"form": "covers", "behaviours": ["a", "b\u002dc"]}"#)
    let loaded = ScenarioLanguage.load("x") { _ in .success(Array(text.utf8)) }
    let covers = try #require(loaded.scenario).covers
    #expect(covers.map(\.id) == ["a", "b-c"])
    #expect(covers.map(\.line) == [2, 2] && covers.map(\.column) == [36, 41])
  }

  @Test func keysInAnyOrderAndAnyLayout() throws {
    let plain = image(#"{"form": "tenant", "name": "b", "domains": ["b.example"]}"#)
    let odd = """
      \u{feff}\t{ "statements" :\r\n[{"domains":["b\\u002Eexample"\n],"name":\n"\\u0062","form":"ten\\u0061nt"}],
      "$schema": "scenario.schema.json","form\\u0061t":1}
      """
    let first = try #require(load(plain).scenario)
    let loaded = load(odd)
    #expect(try #require(loaded.scenario, "\(loaded.diagnostics)").meaning == first.meaning)
  }

  @Test func escapesAreRead() throws {
    let text =
      #"{"form": "about", "text": "\u0041 \/ \ud83d\ude00 \u0022 \u005c \u000a \" \\ \n é"}"#
    let scenario = try #require(load(image(text)).scenario)
    #expect(scenario.about == "A / 😀 \" \\ \n \" \\ \n é")
    let back = converted(image(text), to: .scenario).bytes
    #expect(
      back.map { String(decoding: $0, as: UTF8.self) }
        == "about    " + #""A / 😀 \" \\ \n \" \\ \n é""# + "\n")
  }

  @Test func eitherFormUsesEither() throws {
    let files = [
      ("x/a.json", image(#"{"form": "use", "path": "b.scenario"}"#)),
      ("x/b.scenario", "use \"c.json\""), ("x/c.json", image(#"{"form": "tenant", "name": "t"}"#)),
    ]
    let loaded = load(files)
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics.map(\.short))")
    #expect(scenario.cast.tenants.map(\.name) == ["t"] && scenario.title == "a")
  }

  @Test func whatIsInTheFormAlreadyStaysAsItIs() throws {
    let text = "# why\ntenant   t\n"
    #expect(converted(text, to: .scenario).bytes == Array(text.utf8))
    let odd = #"{"statements":[{"name":"t","form":"tenant"}],"format":1}"#
    #expect(converted(odd, to: .json).bytes == Array(odd.utf8))
  }

  @Test func onlySentencesAreConverted() {
    #expect(converted("wobble", to: .json).diagnostics.map(\.code) == [.unknownStatement])
    #expect(converted("seed 7.5", to: .json).diagnostics.map(\.short).count == 1)
    #expect(converted("tenant a\nmaker m of nowhere", to: .json).bytes != nil)
    #expect(converted(image("{}"), to: .scenario).bytes == nil)
    #expect(converted(image(#"{"form": "seed", "seed": -1}"#), to: .scenario).bytes == nil)
  }
}

@Suite struct JSONShapeTests {
  @Test func everyPlaceHasAKeyOfItsOwn() {
    for shape in JSONShape.all {
      let keys = shape.places.map(\.key)
      #expect(Set(keys).count == keys.count && !keys.contains("form"), "\(keys)")
      if shape.sentence != .signal, FormTable.all[shape.form].section == .timeline {
        #expect(keys.prefix(3) == ["variant", "time", "actor"])
      }
    }
  }

  /// JSON leaves out a key at a time; a bracket with two places could not be told from half of it.
  @Test func whatMayBeLeftOutIsOnePlace() {
    func places(_ items: [Notation]) -> Int {
      items.count {
        switch $0 {
        case .word: false
        default: true
        }
      }
    }
    for case .optional(let inside) in JSONShape.all.flatMap(\.notation) {
      #expect(places(inside) == 1, "\(inside)")
    }
  }
}
