import PowerPlatform
import Testing

@testable import ScenarioLanguage

/// The table of forms speaks for itself: its examples are read, by the forms they belong to.
@Suite struct FormTableTests {
  private static let shared = "set propagation 1h\n"

  @Test(arguments: FormTable.all)
  func exampleIsReadByItsForm(_ form: Form) throws {
    let parser = Parser.parse(SourceText(path: "x", bytes: Array(form.example.utf8)))
    let read = try #require(parser.document.statements.first?.form)
    #expect(FormTable.all[Int(read)].notation == form.notation)
  }

  @Test(arguments: FormTable.all)
  func exampleIsRight(_ form: Form) {
    let loaded = load([
      ("test.scenario", world + form.preparation + form.example),
      ("shared.scenario", Self.shared),
    ])
    #expect(loaded.scenario != nil, "\(loaded.diagnostics.map(\.short))")
  }

  @Test func everySentenceHasAForm() {
    #expect(Set(FormTable.all.map(\.sentence)) == Set(Sentence.allCases))
  }

  @Test func everyPlaceIsInSomeNotation() {
    // The variant's stands in front of whole sections.
    for field in Field.allCases where field != .variant {
      #expect(FormTable.all.contains { $0.notation.contains("<\(field.rawValue)") }, "\(field)")
    }
  }

  @Test func numbersFitTheirPackedPlaces() {
    #expect(Grammar.scenarios.literals.count < 512)
    #expect(FormTable.all.count < 256)
    #expect(Grammar.scenarios.choices.allSatisfy { $0.count < 256 })
  }

  @Test(arguments: FormTable.all)
  func referenceShowsEveryForm(_ form: Form) {
    let reference = syntaxReference()
    // Lines are broken between words, and within long lists of alternatives.
    func solid(_ text: String) -> String { String(text.filter { !" \n".contains($0) }) }
    #expect(solid(reference).contains(solid(form.readable)))
    #expect(reference.contains("e.g. \(form.example)\n"))
  }

  @Test func referenceListsEveryConnector() {
    let words = syntaxReference().split(whereSeparator: \.isWhitespace)
    for connector in ConnectorCatalogue.builtIn {
      #expect(words.contains { $0 == connector.name })
    }
  }

  @Test func referenceFitsATerminal() {
    for line in syntaxReference().split(separator: "\n") { #expect(line.count <= 110) }
  }
}
