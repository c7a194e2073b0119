import Testing

@testable import ScenarioLanguage

/// A file in JSON, and the diagnostics it gives as `line:column CODE`.
struct JSONMistake: Sendable, CustomTestStringConvertible {
  var text: String
  var places: [String]
  var testDescription: String { String(text.prefix(200)) }

  /// A file with these statements below the usual ones, lines counted from there.
  init(_ statements: String, _ places: String...) {
    text = image(
      #"{"form": "tenant", "name": "contoso"}, {"form": "person", "role": "user", "name": "uma", "tenant": "contoso"}"#,
      statements)
    self.places = places.map {
      "\(2 + (Int($0.prefix { $0 != ":" }) ?? 0))\($0.drop { $0 != ":" })"
    }
  }

  /// A whole file.
  init(file: String, _ places: String...) {
    text = file
    self.places = places
  }
}

private let tenant = #"{"form": "tenant", "name": "t"}"#

private let jsonMistakes = [
  // The file.
  JSONMistake(file: #"{"format": 1, "statements": []}"#, "1:1 S004"),
  JSONMistake(file: "{}", "1:1 S024", "1:1 S024"),
  JSONMistake(file: "{", "1:2 S020"),
  JSONMistake(file: "{\"format\": 2, \"statements\": [\(tenant)]}", "1:12 S028"),
  JSONMistake(file: "{\"format\": 1, \"statements\": [\(tenant)]}}", "1:63 S020"),
  JSONMistake(file: "{\"statements\": [\(tenant)]}", "1:1 S024"),
  JSONMistake(file: "{\"format\": 1, \"statement\": [\(tenant)]}", "1:1 S024", "1:15 S022"),
  JSONMistake(file: "{\"format\": 1, \"statements\": \(tenant)}", "1:29 S025"),
  JSONMistake(file: "{\"format\": 1, \"format\": 1, \"statements\": [\(tenant)]}", "1:15 S023"),
  JSONMistake(file: "{\"format\": 1, \"statements\": [\(tenant)", "1:61 S020"),
  JSONMistake(file: "{\"format\": 1, \"statements\": [\(tenant)],}", "1:62 S020"),
  JSONMistake(file: "{\"format\": 1, \"statements\": [\(tenant)}", "1:61 S020"),
  JSONMistake(
    file: "{\"format\": 1, \"statements\": [{\"form\": \"about\", \"text\": \"x}]}", "1:56 S006"),
  // What is no JSON.
  JSONMistake(#"{"form": "tenant", "name": "t",}"#, "1:31 S020"),
  JSONMistake(#"{"form": "tenant" "name": "t"}"#, "1:19 S020"),
  JSONMistake(#"{"form": "tenant", "name" "t"}"#, "1:27 S020"),
  JSONMistake(#"{"form": "tenant", name: "t"}"#, "1:20 S020"),
  JSONMistake(#"{'form': "tenant", "name": "t"}"#, "1:2 S020"),
  JSONMistake(#"{"form": "tenant", "name": “t”}"#, "1:28 S020"),
  JSONMistake(#"{"form": "tenant", "name": t}"#, "1:28 S020"),
  JSONMistake(#"{"form": "seed", "seed": NaN}"#, "1:26 S020"),
  JSONMistake(#"{"form": "seed", "seed": 007}"#, "1:26 S020"),
  JSONMistake(#"{"form": "seed", "seed": +7}"#, "1:26 S020"),
  JSONMistake(#"{"form": "seed", "seed": 1.}"#, "1:26 S020"),
  JSONMistake("// why, \"oh\n" + tenant, "1:1 S020"),
  JSONMistake(#"{"form": "seed", /* why */ "seed": 7}"#, "1:18 S020"),
  JSONMistake(#"{"form": "about", "text": "open}"#, "1:27 S006"),
  JSONMistake("{\"form\": \"about\", \"text\": \"a\tb\"}", "1:29 S008"),
  JSONMistake(#"{"form": "about", "text": "a\tb"}"#, "1:29 S008"),
  JSONMistake(#"{"form": "about", "text": "a\u0000b"}"#, "1:29 S008"),
  JSONMistake(#"{"form": "about", "text": "C:\Windows"}"#, "1:30 S021"),
  JSONMistake(#"{"form": "about", "text": "\ud83d alone"}"#, "1:28 S021"),
  JSONMistake(#"{"form": "about", "text": "\u12g4"}"#, "1:28 S021"),
  JSONMistake(
    String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000), "1:33 S027"),
  JSONMistake(
    #"{"form": "about", "text": ""# + String(repeating: "a", count: JSONScanner.longest) + "\"}",
    "1:1 S005"),
  // Forms, keys and values.
  JSONMistake(#"{"form": "tennant", "name": "t"}"#, "1:10 S026"),
  JSONMistake(#"{"form": 7, "name": "t"}"#, "1:10 S025"),
  JSONMistake(#"{"name": "t"}"#, "1:1 S024"),
  JSONMistake(#"["tenant", "t"]"#, "1:1 S025"),
  JSONMistake(#"{"form": "tenant", "form": "tenant", "name": "t"}"#, "1:20 S023"),
  JSONMistake(#"{"form": "tenant", "name": "t", "name": "u"}"#, "1:33 S023"),
  JSONMistake(#"{"form": "tenant", "nmae": "t"}"#, "1:20 S022"),
  JSONMistake(#"{"form": "tenant", "label": "t"}"#, "1:20 S022"),
  JSONMistake(#"{"form": "tenant"}"#, "1:1 S024"),
  JSONMistake(#"{"form": "tenant", "name": 7}"#, "1:28 S025"),
  JSONMistake(#"{"form": "tenant", "name": "t", "domains": "t.example"}"#, "1:44 S025"),
  JSONMistake(#"{"form": "tenant", "name": "t", "domains": []}"#, "1:44 S025"),
  JSONMistake(#"{"form": "tenant", "name": "t", "domains": ["t.example", null]}"#, "1:58 S025"),
  JSONMistake(#"{"form": "tenant", "name": "two words"}"#, "1:28 S011"),
  JSONMistake(#"{"form": "tenant", "name": ""}"#, "1:28 S011"),
  JSONMistake(#"{"form": "tenant", "name": "a,b"}"#, "1:28 S011"),
  JSONMistake(#"{"form": "isolation", "state": "onn", "tenant": "contoso"}"#, "1:32 S011"),
  JSONMistake(#"{"form": "isolation", "state": true, "tenant": "contoso"}"#, "1:32 S025"),
  JSONMistake(#"{"form": "seed", "seed": "7"}"#, "1:26 S025"),
  JSONMistake(#"{"form": "until", "time": "later"}"#, "1:27 S011"),
  JSONMistake(
    #"{"form": "expectOutcome", "possibly": false, "outcome": "allowed"}"#, "1:39 S025"),
  JSONMistake(
    #"{"form": "app", "name": "a", "owner": "uma", "uses": [{"connection": "x", "for": "y"}]}"#,
    "1:75 S022"),
  JSONMistake(#"{"form": "app", "name": "a", "owner": "uma", "uses": [{"to": "y"}]}"#, "1:55 S024"),
  JSONMistake(
    #"{"form": "createDataPolicy", "time": "09:00", "actor": "uma", "name": "p"}"#, "1:1 S024"),
  // What the text form has diagnostics for.
  JSONMistake(#"{"form": "seed", "seed": 7.5}"#, "1:26 S016"),
  JSONMistake(#"{"form": "seed", "seed": 99999999999999999999999999}"#, "1:26 S016"),
  JSONMistake(#"{"form": "isolation", "state": "on", "tenant": "contosso"}"#, "1:49 N001"),
  JSONMistake(#"{"form": "isolation", "state": "on", "tenant": "contosso\u006f"}"#, "1:49 N001"),
  JSONMistake(#"{"tenant": "contosso", "form": "isolation", "state": "on"}"#, "1:13 N001"),
  JSONMistake(#"{"form": "start", "time": "2025-02-30 08:00"}"#, "1:28 T002"),
  JSONMistake(#"{"form": "expectOutcome", "outcome": "allowed"}"#, "1:1 E001"),
  JSONMistake(
    "{\"form\": \"isolation\",\n  \"tenant\": \"contosso\",\n  \"state\": \"on\"}", "2:14 N001"),
  JSONMistake(
    #"{"form": "isolation", "state": "on", "tenant": "é"}, {"form": "seed", "seed": -1}"#,
    "1:49 N001", "1:79 S016"),
  // Several, and no consequences.
  JSONMistake(
    #"{"form": "seed", "seed": 7}}, {"form": "tennant", "name": "t"}"#, "1:28 S020", "1:40 S026"),
  JSONMistake(
    #"{"form": "seed", "seed": 7} and {"form": "tennant", "name": "t"}"#, "1:29 S020", "1:42 S026"),
  JSONMistake(
    #"{"form": "tenant", "name": "t"# + "\n" + #", {"form": "sed", "seed": 7}, {"form": "seed"}"#,
    "1:28 S006", "2:12 S026", "2:31 S024"),
  JSONMistake(
    "{\"form\": \"tenant\", \"name\": \"t\"\n{\"form\": \"person\", \"role\": \"user\", "
      + "\"name\": \"n\", \"tenant\": \"t\"}", "2:1 S020"),
  JSONMistake(
    "{\"form\": \"tenant\", \"name\": \"t\"}\n{\"form\": \"person\", \"role\": \"user\", "
      + "\"name\": \"n\", \"tenant\": \"t\"}", "2:1 S020"),
  JSONMistake(
    #"{"form": "tenant", "name": t}, {"form": "isolation", "state": "on", "tenant": "x"}"#,
    "1:28 S020", "1:80 N001"),
]

@Suite struct JSONDiagnosticTests {
  @Test(arguments: jsonMistakes) func mistakesHaveTheirPlaces(_ mistake: JSONMistake) {
    let found = load(mistake.text).diagnostics
    #expect(
      found.map { "\($0.line):\($0.column) \($0.code.rawValue)" } == mistake.places,
      "\(found.map { $0.human() })")
  }

  @Test func everyCodeOfItsOwnIsProvoked() {
    let provoked = Set(jsonMistakes.flatMap(\.places).compactMap { $0.split(separator: " ").last })
    let own = DiagnosticCode.allCases.map(\.rawValue).filter { $0.hasPrefix("S02") }
    #expect(!own.isEmpty && own.allSatisfy { provoked.contains($0[...]) })
  }

  @Test(arguments: [
    (#"{"form": "tennant", "name": "t"}"#, "tenant"), (#"{"form": "tenant", "nmae": "t"}"#, "name"),
    (
      #"{"form": "turnisolation", "time": "09:00", "actor": "x", "state": "on"}"#, "turnIsolation"
    ),
    (#"{"form": "setEdition", "value": "2024"}"#, "2023"),
    (#"{"form": "isolation", "state": "on", "tenant": "contosso"}"#, "contoso"),
  ])
  func didYouMean(_ statement: String, _ suggestion: String) {
    let found = load(image(#"{"form": "tenant", "name": "contoso"}"#, statement)).diagnostics
    #expect(found.first?.suggestion == suggestion)
  }

  @Test func theLineIsShown() throws {
    let text = image(
      #"{"form": "tenant", "name": "t"}"#, #"{"form": "tenant", "name": "con\u0074oso", "id": "1"}"#
    )
    let diagnostic = try #require(load(text).diagnostics.first)
    #expect(
      diagnostic.human() == #"""
        test.scenario:3:51: error[N012]: "1" is no GUID: 8-4-4-4-12 digits of 0 to 9 and a to f
          {"form": "tenant", "name": "con\u0074oso", "id": "1"}
                                                            ^
        """#)
  }

  @Test func manyOnOneLine() {
    let statement = #"{"form":"person","role":"user","name":"ü","tenant":"nowhere"},"#
    let text = #"{"format":1,"statements":["# + String(repeating: statement, count: 40_000) + "{}]}"
    let found = load(text)
    #expect(found.diagnostics.count == 100 && found.omitted > 0)
    #expect(found.diagnostics[1].column > found.diagnostics[0].column)
  }
}
