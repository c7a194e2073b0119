import SimulationTrace
import TenantIsolation

/// The texts that all plays of a file share, each once.
struct PlayWords {
  private(set) var strings = Interner<String>()
  private(set) var groundLists = Interner<Grounds>()
  private var sections: Set<DocumentedSection> = []

  mutating func place(of text: String) -> Int { strings.place(of: text) }

  mutating func place(of word: StaticString) -> Int { strings.place(of: "\(word)") }

  mutating func place(of grounds: Grounds) -> Int { groundLists.place(of: grounds) }

  /// Notes that a section is named somewhere.
  mutating func mention(_ section: String?) {
    if let section = section.flatMap({ DocumentedSection(name: $0) }) { sections.insert(section) }
  }

  /// The sections that are named somewhere, in their own order.
  var mentioned: [DocumentedSection] { DocumentedSection.allCases.filter(sections.contains) }
}

extension ByteBuffer {
  mutating func append(_ words: PlayWords, _ cast: Cast) {
    append(key: "documentation")
    appendList(words.mentioned) { buffer, section in
      buffer.append("{\"id\":")
      buffer.append(json: section.name)
      buffer.append(key: "title", section.title)
      buffer.append(key: "page", section.page.title)
      buffer.append(key: "url", orNull: section.url)
      buffer.append("}")
    }
    append(key: "grounds")
    append("{")
    let known = Grounds.all(in: words.groundLists.rows)
    for (row, ground) in known.enumerated() {
      if row > 0 { append(",") }
      append(json: "\(ground.name)")
      append(":")
      append(json: cast.sentences([ground], on: nil).joined())
    }
    append("}")
    append(key: "groundLists")
    appendList(words.groundLists.rows) { buffer, grounds in
      buffer.appendList(grounds.map { "\($0.name)" }) { $0.append(json: $1) }
    }
    append(key: "strings", words.strings.rows)
  }
}

extension Grounds {
  /// The grounds that are in any of some lists, in the order of the contract.
  fileprivate static func all(in lists: [Grounds]) -> [Ground] {
    Ground.allCases.filter { ground in lists.contains { $0.contains(ground) } }
  }
}
