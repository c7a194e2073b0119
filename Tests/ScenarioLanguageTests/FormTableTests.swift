import SimulationTrace
import PowerPlatform
import Testing
import TenantIsolation

@testable import ScenarioLanguage

/// The table of forms speaks for itself: its examples are read, by the forms they belong to.
@Suite struct FormTableTests {
  private static let shared = "set propagation 2h\nset reactivation 7d\nset always-failing 14d\n"

  @Test(arguments: FormTable.all)
  func exampleIsReadByItsForm(_ form: Form) throws {
    let parser = Parser.parse(SourceText(path: "x", bytes: Array(form.example.utf8)))
    let read = try #require(parser.document.statements.first?.form)
    #expect(FormTable.all[Int(read)].notation == form.notation)
  }

  @Test(arguments: FormTable.all)
  func exampleIsRightAndMeansSomething(_ form: Form) throws {
    let isDefault = [.setReactivationOff, .setAlwaysFailingOff].contains(form.sentence)
    let above = (isDefault ? "use \"shared.scenario\"\n" : "") + world + form.preparation
    let shared = ("shared.scenario", Self.shared)
    let loaded = load([("test.scenario", above + form.example), shared])
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics.map(\.short))")
    #expect(scenario.meaning != load([("test.scenario", above), shared]).scenario?.meaning)
  }

  /// Wordings of which the one in a row stands for the case in that row.
  private static let cases: [(Sentence, Field, [String])] = [
    (.connector, .token, SignIn.allCases.map { "\($0.name)" }),
    (
      .expectOutcome, .outcome,
      Outcome.allCases.map { $0 == .notAdded ? "not added" : "\($0.name)" }
    ),
    (.expectIsolation, .state, IsolationState.allCases.map { "\($0.name)" }),
    (.expectOperation, .state, OperationStatus.allCases.map { "\($0.name)" }),
    (.expectPackage, .state, PackageState.allCases.map { "\($0.name)" }),
    (.expectReport, .state, ReportStatus.allCases.map { "\($0.name)" }),
    (.createAlertPolicy, .activities, AuditOperation.allCases.map { "\($0.name)" }),
    (.createDigestFlow, .activities, AuditOperation.allCases.map { "\($0.name)" }),
    (.expectAuditRecords, .activity, AuditOperation.allCases.map { "\($0.name)" }),
    (.expectPageRecords, .activity, AuditOperation.allCases.map { "\($0.name)" }),
    (.startSubscription, .contentType, ContentType.allCases.map { "\($0.name)" }),
    (.expectSubscription, .contentType, ContentType.allCases.map { "\($0.name)" }),
    (
      .appRegistration, .permissions,
      FeedPermission.allCases.flatMap { ["delegated \($0.name)", "application \($0.name)"] }
    ),
  ]

  @Test(arguments: cases)
  func wordingsAreInTheOrderOfTheirCases(_ sentence: Sentence, _ field: Field, _ names: [String])
    throws
  {
    for shape in try #require(JSONShape.bySentence[sentence]) {
      let place = try #require(shape.places.first { $0.field == field })
      guard case .choice(let options) = place.content else {
        Issue.record("\(field) is no choice")
        continue
      }
      #expect(options.map { String(decoding: $0, as: UTF8.self) } == names)
    }
  }

  @Test func everySentenceHasAForm() {
    #expect(Set(FormTable.all.map(\.sentence)) == Set(Sentence.allCases))
  }

  @Test func everyPlaceIsInSomeNotation() {
    // The variant's stands in front of whole sections.
    for field in Field.allCases where field != .variant {
      #expect(
        FormTable.all.contains { form in
          form.notation.contains("<\(field.rawValue)>")
            || form.notation.contains("<\(field.rawValue):")
        }, "\(field)")
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
