import Analysis
import SimulationTrace
import Testing

/// The catalogue is complete, and its entries can be told apart.
@Suite struct CatalogueTests {
  @Test(arguments: DocumentedSection.allCases)
  func `Every sentence of a section is in the catalogue`(section: DocumentedSection) {
    let sources = Catalogue.all.flatMap(\.sources).filter { $0.section == section }
    #expect(Set(sources.flatMap(\.sentences)) == Set(1...section.sentences))
  }

  @Test func `Ids are kebab-case, rows behind a dot, each once`() {
    #expect(Set(Catalogue.ids).count == Catalogue.ids.count)
    let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
    for id in Catalogue.ids {
      let parts = id.split(separator: ".", omittingEmptySubsequences: false)
      #expect(parts.count <= 2, "\(id)")
      #expect(parts.allSatisfy { !$0.isEmpty && letters.isSuperset(of: $0) }, "\(id)")
    }
  }

  @Test func `Every behaviour is a sentence with a place, and no two are the same`() {
    for behaviour in Catalogue.all {
      #expect(behaviour.sentence.hasSuffix(".") && behaviour.sentence.count > 20, "\(behaviour.id)")
      #expect(!behaviour.sources.isEmpty, "\(behaviour.id)")
      #expect(Catalogue.behaviour(behaviour.id)?.sentence == behaviour.sentence)
    }
    #expect(Set(Catalogue.all.map(\.sentence)).count == Catalogue.all.count)
  }

  @Test func `Whatever is left out has a reason`() {
    let leftOut = Catalogue.all.filter { !$0.isSimulated }
    #expect(leftOut.count + Catalogue.simulated.count == Catalogue.all.count)
    #expect(leftOut.allSatisfy { $0.reason?.isEmpty == false })
    #expect(Catalogue.simulated.allSatisfy { $0.reason == nil })
    #expect(leftOut.contains { $0.id == "misprint-rules-while-off" })
    #expect(leftOut.contains { $0.id == "misnomer-data-loss-prevention" })
  }

  @Test(arguments: [
    "two-way-isolation", "outbound-allowlist", "bidirectional-allowlist",
  ])
  func `Each table has its four rows`(table: String) {
    let rows = ["contoso-to-contoso", "contoso-to-fabrikam", "fabrikam-to-contoso"]
    for row in rows + ["fabrikam-to-fabrikam"] {
      #expect(Catalogue.behaviour("\(table).\(row)")?.isSimulated == true)
    }
  }
}
