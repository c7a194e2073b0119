import PowerPlatform
import TenantIsolation

/// The words of the language by the part they play, each in the order in which the table of forms
/// mentions it first. Editors colour by it.
struct Vocabulary {
  /// What begins a sentence of a section.
  private(set) var openers: [Section: [String]] = [:]
  /// What can be set.
  private(set) var settings: [String] = []
  /// How statements end; `not added` is one of them.
  private(set) var outcomes: [String] = []
  /// What is chosen from a few: states, directions, kinds of tokens, values of settings.
  private(set) var choices: [String] = []
  /// What people do, and connections.
  private(set) var verbs: [String] = []
  /// All that stands between.
  private(set) var connectives: [String] = []

  /// The names of grounds.
  static let grounds = Ground.allCases.map { "\($0.name)" }
  /// The names of the connectors that need no declaration.
  static let connectors = ConnectorCatalogue.builtIn.map(\.name)

  init(_ forms: [Form]) {
    for form in forms {
      let items = form.items
      openers[form.section, default: []] += items.prefix(1).flatMap(\.words)
      collect(items.dropFirst(), of: form.section)
    }
    openers = openers.mapValues { $0.unique() }
    settings = settings.unique()
    outcomes = outcomes.unique()
    verbs = verbs.unique()
    choices = choices.unique(without: outcomes)
    connectives = connectives.unique(without: verbs + choices + outcomes)
  }

  private mutating func collect(_ items: ArraySlice<Notation>, of section: Section) {
    for (place, item) in items.enumerated() {
      switch item {
      case .word(let word) where section == .timeline && place == Self.verbPlace:
        verbs.append(word)
      case .word(let word) where section == .header && place == 0: settings.append(word)
      case .choice(.outcome, _): outcomes += item.words
      case .choice(.state, _), .choice(.directions, _), .choice(.value, _), .choice(.token, _):
        choices += item.words
      case .optional(let inside), .list(let inside):
        // Inside brackets there are no verbs and no settings, whatever the place.
        collect(inside[...], of: .world)
      case .word(","): break
      default: connectives += item.words
      }
    }
  }

  /// After `at`, a time and who acts.
  private static let verbPlace = 2
}

extension Notation {
  /// The wordings that it stands for; none for a name or a value.
  fileprivate var words: [String] {
    switch self {
    case .word(let word): [word]
    case .choice(_, let options): options.map { $0.joined(separator: " ") }
    default: []
    }
  }
}

extension [String] {
  /// Each once, where it stands first.
  fileprivate func unique(without others: [String] = []) -> [String] {
    var known = Set(others)
    return filter { known.insert($0).inserted }
  }
}
