import SimulationTrace

/// What somebody types at the prompt of `step`.
enum StepOrder: Equatable {
  case next(Int)
  case back
  case to(String)
  case predict, reveal
  case why(String)
  /// What is known of a name; nil for the names there are.
  case show(String?)
  case events, list, undo
  /// Insisting, a file that is there already is replaced.
  case save(String, insists: Bool)
  case help, quit
  /// A sentence of the language.
  case sentence(String)

  /// The orders as help lists them: words, and what they do.
  static let descriptions: [(words: String, does: String)] = [
    ("next [N]", "go on to the next instant at which something is told; so does an empty line"),
    ("to TIME", "go to a time, forward or back: 09:55, day 2 08:05, 2025-03-04 08:05, +90m"),
    ("back", "go back to the instant before"),
    ("predict", "ask what comes next; an empty line or reveal tells, or type the outcome"),
    ("reveal", "go on to where the script's latest question is answered"),
    ("why NAME[@TIME]", "why a run, a connection or an app is let through now, or then, or not"),
    ("show [NAME]", "what is known now of a tenant, a person, a connection, an app, a flow …"),
    ("ada turns isolation on", "any sentence of the language happens now, or at the time it names"),
    ("expect …", "any expectation, judged at once; without a time it speaks of now"),
    ("undo", "take the last sentence back"),
    ("events", "what has happened so far"),
    ("list", "the scenario with what was typed, marked +"),
    ("save FILE", "write that scenario, in canonical layout; save! replaces what is there"),
    ("quit", "end; so does Ctrl-D"),
  ]

  /// The first words of orders.
  static let words = [
    "next", "back", "to", "predict", "reveal", "why", "show", "events", "list", "undo", "save",
    "help", "quit",
  ]

  /// Whether an order begins with a word.
  static func isOrder(_ word: String) -> Bool {
    words.contains(word) || ["n", "q", "?", "exit", "save!"].contains(word)
  }

  /// Reads a line; what begins with no order's word is a sentence.
  init(_ line: String) throws(UsageError) {
    let parts = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    let word = parts.first.map(String.init) ?? ""
    let rest = parts.count > 1 ? String(parts[1]).trimmed : ""
    switch word {
    case "", "next", "n": self = try .next(Self.count(rest))
    case "to": self = .to(try Self.needed(rest, "to TIME, as in to 09:55"))
    case "why": self = .why(try Self.needed(rest, "why NAME, or why NAME@TIME"))
    case "show": self = .show(rest.isEmpty ? nil : rest)
    case "save", "save!":
      self = .save(try Self.needed(rest, "save FILE"), insists: word == "save!")
    case "back", "predict", "reveal", "events", "list", "undo", "help", "quit":
      guard rest.isEmpty else {
        throw UsageError("\"\(word)\" stands alone, not with \"\(rest.shortened)\"")
      }
      self = Self.alone(word)
    case "?", "q", "exit": self = word == "?" ? .help : .quit
    default: self = .sentence(line.trimmed)
    }
  }

  private static func alone(_ word: String) -> StepOrder {
    switch word {
    case "back": .back
    case "predict": .predict
    case "reveal": .reveal
    case "events": .events
    case "list": .list
    case "undo": .undo
    case "help": .help
    default: .quit
    }
  }

  private static func count(_ text: String) throws(UsageError) -> Int {
    guard !text.isEmpty else { return 1 }
    guard let count = Int(text), (1...1000).contains(count) else {
      throw UsageError("next N goes on by 1 to 1000 instants, not by \"\(text.shortened)\"")
    }
    return count
  }

  private static func needed(_ text: String, _ form: String) throws(UsageError) -> String {
    guard !text.isEmpty else { throw UsageError("expected \(form)") }
    return text
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    let rest = drop(while: \.isWhitespace)
    let count = rest.reversed().prefix(while: \.isWhitespace).count
    return String(rest.dropLast(count))
  }

  /// The text as a message has room for it, in which nothing can steer a terminal.
  var shortened: String {
    printable(String(unicodeScalars.prefix(60))) + (unicodeScalars.count > 60 ? "..." : "")
  }
}
