extension DiagnosticCode {
  /// Explains the codes about the JSON image. The examples are files of their own.
  var jsonExplanation: Explanation? {
    switch self {
    case .badJSON:
      Explanation(
        "This is not JSON: a comma, a colon, a quote or a bracket is missing or one too many, or "
          + "there is something that JSON does not have, such as comments.",
        wrong: #"{"format": 1, "statements": [{"form": "tenant", "name": "contoso"},]}"#,
        right: #"{"format": 1, "statements": [{"form": "tenant", "name": "contoso"}]}"#)
    case .badEscape:
      Explanation(
        #"In a text of JSON a backslash stands before ", \, / or n, or before u and four digits of "#
          + "a character, twice for characters beyond these.",
        wrong: #"{"format": 1, "statements": [{"form": "about", "text": "C:\Users"}]}"#,
        right: #"{"format": 1, "statements": [{"form": "about", "text": "C:\\Users"}]}"#)
    case .unknownKey:
      Explanation(
        "A form has the keys of its places alone; the schema lists them.",
        wrong: #"{"format": 1, "statements": [{"form": "tenant", "nam": "contoso"}]}"#,
        right: #"{"format": 1, "statements": [{"form": "tenant", "name": "contoso"}]}"#)
    case .repeatedMember:
      Explanation(
        "A key stands once in an object.",
        wrong: #"{"format": 1, "statements": [{"form": "tenant", "name": "a", "name": "b"}]}"#,
        right: #"{"format": 1, "statements": [{"form": "tenant", "name": "b"}]}"#)
    case .missingKey:
      Explanation(
        "A file needs \"format\" and \"statements\", a statement \"form\" and what its form needs.",
        wrong: #"{"format": 1, "statements": [{"form": "tenant"}]}"#,
        right: #"{"format": 1, "statements": [{"form": "tenant", "name": "contoso"}]}"#)
    case .wrongKind:
      Explanation(
        "Names, times and durations are texts, counts and seeds are numbers, what may stand more "
          + "than once is an array, and what is so or not is true or left out.",
        wrong: #"{"format": 1, "statements": [{"form": "seed", "seed": "7"}]}"#,
        right: #"{"format": 1, "statements": [{"form": "seed", "seed": 7}]}"#)
    case .unknownForm:
      Explanation(
        "The key \"form\" says which sentence a statement is, and there is none of this name.",
        wrong: #"{"format": 1, "statements": [{"form": "organisation", "name": "contoso"}]}"#,
        right: #"{"format": 1, "statements": [{"form": "tenant", "name": "contoso"}]}"#)
    case .nestedTooDeeply:
      Explanation(
        "Statements need three levels of brackets; this has more than thirty.",
        wrong: #"{"format": 1, "statements": ["#
          + String(repeating: "[", count: 33) + String(repeating: "]", count: 33) + "]}",
        right: #"{"format": 1, "statements": [{"form": "tenant", "name": "contoso"}]}"#)
    case .unknownFormat:
      Explanation(
        "The key \"format\" says by which rules a file is written; there is only 1 so far.",
        wrong: #"{"format": 2, "statements": [{"form": "tenant", "name": "contoso"}]}"#,
        right: #"{"format": 1, "statements": [{"form": "tenant", "name": "contoso"}]}"#)
    default: nil
    }
  }
}
