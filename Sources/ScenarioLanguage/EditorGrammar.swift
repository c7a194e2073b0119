/// A TextMate grammar for scenario files, in JSON: how editors colour them. It is printed from the
/// table that reads them.
///
/// No word of the language is reserved and a grammar sees one line, so a name that is spelt like a
/// word of the language is coloured like one.
public func editorGrammar() -> String {
  let patterns = EditorRule.all.map { "    \($0.json)" }.joined(separator: ",\n")
  return """
    {
      "name": "Gateway scenario",
      "scopeName": "source.\(EditorRule.language)",
      "fileTypes": ["scenario"],
      "patterns": [
    \(patterns)
      ]
    }

    """
}

/// What is coloured alike.
private struct EditorRule {
  /// The end of all scopes.
  static let language = "gateway-scenario"

  /// The rule as an object of the grammar.
  let json: String

  /// Whatever an expression finds.
  init(_ scope: String, _ expression: String) {
    json = "{ \(Self.name(scope)), \"match\": \(quoted(expression)) }"
  }

  /// The groups of an expression, each with a scope of its own.
  init(groups scopes: [String], _ expression: String) {
    let captures = scopes.enumerated().map { "\"\($0.offset + 1)\": { \(Self.name($0.element)) }" }
    json =
      "{ \"match\": \(quoted(expression)), "
      + "\"captures\": { \(captures.joined(separator: ", ")) } }"
  }

  /// What lies between two expressions, with rules of its own inside.
  init(_ scope: String, from begin: String, to end: String, _ rules: [EditorRule]) {
    json =
      "{ \(Self.name(scope)), \"begin\": \(quoted(begin)), \"end\": \(quoted(end)), "
      + "\"patterns\": [\(rules.map(\.json).joined(separator: ", "))] }"
  }

  private static func name(_ scope: String) -> String { "\"name\": \"\(scope).\(language)\"" }
}

extension EditorRule {
  private static let vocabulary = Vocabulary(FormTable.all)

  /// The first that fits a place counts.
  static let all = layout + openers + values + words

  private static let layout = [
    EditorRule("comment.line.number-sign", "#.*$"),
    EditorRule(
      "string.quoted.double", from: "\"", to: "\"|$",
      [
        EditorRule("constant.character.escape", #"\\["\\n]"#),
        EditorRule("invalid.illegal.escape", #"\\."#),
      ]),
    EditorRule("punctuation.separator.continuation", #"\\(?=\s*(?:#.*)?$)"#),
    EditorRule("punctuation.separator.comma", ","),
  ]

  private static let openers =
    [
      EditorRule(
        groups: ["keyword.other.header", "support.type.property-name"],
        #"^\s*(set)\s+"# + word(vocabulary.settings))
    ]
    + [
      opener(.header, "keyword.other.header"), opener(.world, "storage.type.declaration"),
      opener(.timeline, "keyword.control.timeline"),
      opener(.expectation, "keyword.control.expectation"),
      opener(.script, "keyword.control.script"),
      EditorRule(groups: ["keyword.control.timeline"], #"^\s*"# + word(["in"])),
      EditorRule(
        groups: ["keyword.operator.word", "constant.other.section"],
        #"(?<=\s)(see)\s+([a-z0-9-]+#[a-z0-9-]+)"#),
    ]

  private static func opener(_ section: Section, _ scope: String) -> EditorRule {
    EditorRule(groups: [scope], #"^\s*"# + word(vocabulary.openers[section] ?? []))
  }

  private static let values = [
    EditorRule("constant.numeric.time", alone(#"(?:(?:day\s+\d+|\d{4}-\d{2}-\d{2})\s+)?"# + clock)),
    EditorRule("constant.numeric.time", alone(#"\+"# + duration)),
    EditorRule("constant.numeric.duration", alone(#"\#(duration)(?:\.\.\#(duration)|\s+last)?"#)),
    EditorRule("constant.numeric.integer", alone(#"\d+"#)),
    EditorRule("constant.other.guid", alone(guid)),
    EditorRule("support.constant.ground", word(Vocabulary.grounds)),
    EditorRule("support.class.connector", word(Vocabulary.connectors)),
  ]

  private static let clock = #"\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?"#
  private static let guid = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
  private static let duration = "(?:\\d+(?:ms|[dhms]))+"

  private static let words = [
    EditorRule("constant.language.outcome", word(vocabulary.outcomes)),
    EditorRule("constant.language.state", word(vocabulary.choices)),
    EditorRule("support.function.verb", word(vocabulary.verbs)),
    EditorRule("keyword.operator.word", word(vocabulary.connectives)),
  ]

  /// One of the words given, as a group.
  private static func word(_ words: [String]) -> String {
    let choices = words.map { $0.split(separator: " ").joined(separator: #"\s+"#) }
    return alone("(" + choices.joined(separator: "|") + ")")
  }

  /// What stands by itself and is no part of a name: `to-do` does not begin with `to`.
  private static func alone(_ expression: String) -> String {
    let letter = #"[\p{L}\p{M}\p{N}_.@/*:+-]"#
    return "(?<!\(letter))\(expression)(?!\(letter))"
  }
}
