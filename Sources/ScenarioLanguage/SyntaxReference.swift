import PowerPlatform
import SimulationTrace
import TenantIsolation

/// The whole language in plain text, printed from the table that reads it.
public func syntaxReference() -> String {
  var lines = [preamble]
  for section in Section.allCases {
    lines += ["", section.title, ""]
    for form in FormTable.all where form.section == section { lines += form.reference }
  }
  lines += ["", "CONNECTORS (by who issues their tokens; `connector` declares others)", ""]
  for signIn in SignIn.allCases {
    let names = ConnectorCatalogue.builtIn.filter { $0.signIn == signIn }.map(\.name)
    lines += wrapped(["\(signIn.name):"] + names, hanging: 6)
  }
  lines += [
    "", "GROUNDS (after `because`; all that are named have to be among the decision's)", "",
  ]
  lines += wrapped(Ground.allCases.map { "\($0.name)" })
  return lines.joined(separator: "\n") + "\n"
}

/// What a reader has to know before the sentences.
private let preamble = """
  SCENARIO FILES

  One statement a line; what stands first says which. Text is UTF-8, indentation is free, and from
  a # to the end of a line there is a comment. A comma or a \\ at the very end of a line continues
  the statement on the next one. Below, [ ] may be left out, <name:kind> is a place for something
  of that kind, <on|off> for one of those words, and "…" stands for more of the same.

  name      letters, digits and - _ . @ / * in any order; no word is reserved
  "text"    in straight quotes; \\" is a quote, \\\\ a backslash, \\n a new line
  time      08:05, 08:05:30 or 08:05:30.500 on the start date; day 2 08:05 (day 1 is the start
            date); 2025-03-04 08:05; +90m after the start. Always UTC
  duration  45s, 15m, 1h, 1h30m, 2d; a range of durations is 45m..75m
  delay     from a change's saving to its coming into force, before all else of its instant; 47m last:
            behind all else. Of one tenant, a change waits for those saved before it
  tenant    its name, one of its domains, or its id; in rules also * for every tenant, or the id of
            a tenant that is not declared
  """

extension Section {
  fileprivate var title: String {
    switch self {
    case .header: "HEADER AND SETTINGS (above the first `at`; each once)"
    case .world: "WORLD (above the first `at`; what is so before the start)"
    case .timeline: "TIMELINE (times never go back)"
    case .expectation:
      """
      EXPECTATIONS (a "message" at the end is shown when it is not met; `possibly`: it is enough that
      some admissible propagation delay makes it so)
      """
    case .script:
      """
      SCRIPT AND VARIANTS (anywhere; nothing of it changes what happens)

        A chapter opens with the next `at` line below it. A note or a question belongs to the `at`
        line above it in its chapter, or else to the chapter's opening; each may name a time of its
        own. A variant is the same story with something else in it besides: `in NAME` before an `at`
        line lets that happen in the variant alone, and what is expected below it, or has `in NAME`
        in front as well, is judged there. A variant's lines may stand anywhere; among themselves
        their times never go back.
      """
    }
  }
}

extension Form {
  /// The notation, with places that one wording alone fits written as that wording.
  var readable: String { items.map(\.readable).joined(separator: " ") }

  /// The form, what it says, what holds without it, and an example.
  fileprivate var reference: [String] {
    let standard = standard.map { " Default: \($0)." } ?? ""
    return wrapped(readable.split(separator: " ").map(String.init), indent: 2, hanging: 8)
      + wrapped((summary + standard).split(separator: " ").map(String.init), indent: 6)
      + ["      e.g. \(example)"]
  }
}

extension Notation {
  fileprivate var readable: String {
    switch self {
    case .word(let word): word
    case .slot(let field, let kind):
      field.rawValue == kind.rawValue
        ? "<\(kind.rawValue)>" : "<\(field.rawValue):\(kind.rawValue)>"
    case .choice(let field, let options) where options.count > 1:
      "<\(field.rawValue):\(options.map { $0.joined(separator: " ") }.joined(separator: "|"))>"
    case .choice(_, let options): options.map { $0.joined(separator: " ") }.joined()
    case .optional(let inside): "[\(inside.map(\.readable).joined(separator: " "))]"
    case .list(let inside) where inside.count == 1: inside.map(\.readable).joined() + ", …"
    case .list(let inside): "(\(inside.map(\.readable).joined(separator: " "))), …"
    }
  }
}

/// Words filled into lines of at most 100 characters; a longer word is broken behind a `|`.
private func wrapped(_ words: [String], indent: Int = 2, hanging: Int? = nil) -> [String] {
  var lines: [String] = []
  var line = String(repeating: " ", count: indent)
  var isEmpty = true
  func breakLine() {
    lines.append(line)
    line = String(repeating: " ", count: hanging ?? indent)
    isEmpty = true
  }
  for word in words {
    if !isEmpty, line.count + word.count >= 100 { breakLine() }
    if !isEmpty { line += " " }
    for piece in word.count < 90 ? [word] : word.alternatives {
      if !isEmpty, line.count + piece.count >= 100 { breakLine() }
      line += piece
      isEmpty = false
    }
  }
  return lines + [line]
}

extension String {
  /// The parts between the marks `|`, each but the last with its mark.
  fileprivate var alternatives: [String] {
    let parts = split(separator: "|", omittingEmptySubsequences: false)
    return parts.dropLast().map { $0 + "|" } + parts.suffix(1).map(String.init)
  }
}
