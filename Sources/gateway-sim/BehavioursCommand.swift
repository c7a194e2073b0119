import Analysis
import Reports
import SimulationTrace

/// `behaviours`: the catalogue, for people or as JSON.
@Sendable func behavioursCommand(_ invocation: Invocation, _ console: Console) throws {
  guard invocation.has(.json) else { return try console.say(catalogueText) }
  var buffer = ByteBuffer()
  buffer.append("{\"format\":1,\"behaviours\":")
  buffer.appendList(Catalogue.all) { $0.append($1) }
  buffer.append("}\n")
  try console.say(buffer.text)
}

/// The catalogue in lines: what scenarios can show, then what the simulation leaves out and why.
private var catalogueText: String {
  let outOfScope = Catalogue.all.filter { !$0.isSimulated }
  return "\(Catalogue.simulated.count) behaviours that scenarios can show\n"
    + Catalogue.simulated.map(\.text).joined()
    + "\n\(outOfScope.count) that the simulation leaves out\n"
    + outOfScope.map(\.text).joined()
}

extension Behaviour {
  fileprivate var text: String {
    let reason = reason.map { "  left out: \($0)\n" } ?? ""
    return "\n\(id) (\(basis.rawValue): \(anchors))\n  \(sentence)\n\(reason)"
  }

  /// `page#section, #section, other-page#section`.
  private var anchors: String {
    var page: DocumentedPage?
    return sources.map(\.section).map { section in
      defer { page = section.page }
      return section.page == page ? "#" + section.rawValue : section.name
    }
    .joined(separator: ", ")
  }
}

extension ByteBuffer {
  fileprivate mutating func append(_ behaviour: Behaviour) {
    append("{\"id\":")
    append(json: behaviour.id)
    append(key: "basis", behaviour.basis.rawValue)
    append(key: "scope", word: behaviour.isSimulated ? "simulated" : "out-of-scope")
    append(key: "page", behaviour.sources.first?.section.page.rawValue ?? "")
    append(key: "section", behaviour.sources.first?.section.rawValue ?? "")
    append(key: "sentence", behaviour.sentence)
    append(key: "sources")
    appendList(behaviour.sources) { $0.append($1) }
    if let reason = behaviour.reason { append(key: "reason", reason) }
    append("}")
  }

  private mutating func append(_ source: Source) {
    append("{\"page\":")
    append(json: source.section.page.rawValue)
    append(key: "section", source.section.rawValue)
    append(key: "sentences")
    appendList(source.sentences) { $0.append(decimal: $1) }
    append("}")
  }
}
