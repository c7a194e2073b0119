import SimulationTrace
import TenantIsolation

/// The JSON Schema of the JSON image, made from the table of forms.
public func jsonSchema() -> String {
  let file: SchemaValue = [
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A scenario of the connection-gateway simulator",
    "description":
      "The JSON image of a scenario file: each statement is an object, its places are its keys.",
    "type": "object",
    "properties": [
      "$schema": ["type": "string"],
      "format": ["const": 1],
      "statements": ["type": "array", "minItems": 1, "items": .reference("statement")],
    ],
    "required": ["format", "statements"],
    "additionalProperties": false,
    "$defs": .object([("statement", statement)] + forms + kinds),
  ]
  return file.text() + "\n"
}

/// A statement: `form` decides what else it has.
private var statement: SchemaValue {
  let names = Sentence.allCases.map { SchemaValue.text($0.rawValue) }
  let cases = Sentence.allCases.map { sentence -> SchemaValue in
    [
      "if": ["properties": ["form": ["const": .text(sentence.rawValue)]], "required": ["form"]],
      "then": .reference(sentence.definition),
    ]
  }
  return [
    "type": "object", "properties": ["form": ["enum": .array(names)]], "required": ["form"],
    "allOf": .array(cases),
  ]
}

private var forms: [(String, SchemaValue)] {
  Sentence.allCases.map { sentence in
    let shapes = JSONShape.bySentence[sentence] ?? []
    // Two forms with the same keys, as `1 run` and `4 runs`, are one here: the last.
    let keys = shapes.map { $0.places.map(\.key) }
    let schemas = shapes.indices.filter { !keys[($0 + 1)...].contains(keys[$0]) }
      .map { schema(of: shapes[$0]) }
    return (sentence.definition, schemas.count == 1 ? schemas[0] : ["oneOf": .array(schemas)])
  }
}

extension Sentence {
  fileprivate var definition: String { rawValue + "Form" }
}

private func schema(of shape: JSONShape) -> SchemaValue {
  let form = FormTable.all[shape.form]
  let texts: SchemaValue = ["title": .text(form.readable), "description": .text(form.summary)]
  return texts.adding(members(of: shape.places, form: form.sentence.rawValue))
}

/// What an object with these places is.
private func members(
  of places: [JSONShape.Place], form: String? = nil
) -> [(String, SchemaValue)] {
  let name: [(String, SchemaValue)] = form.map { [("form", ["const": .text($0)])] } ?? []
  let required = name.map(\.0) + places.filter { !$0.isOptional }.map(\.key)
  return [
    ("type", "object"),
    ("properties", .object(name + places.map { ($0.key, schema(of: $0)) })),
    ("required", .array(required.map { .text($0) })),
    ("additionalProperties", false),
  ]
}

private func schema(of place: JSONShape.Place) -> SchemaValue {
  let value: SchemaValue =
    switch place.content {
    case .slot(let kind): SchemaValue.reference(kind.definition).adding(kind.note)
    case .choice(let options):
      ["enum": .array(options.map { .text(String(decoding: $0, as: UTF8.self)) })]
    case .flag: ["const": true]
    case .group(let inner): .object(members(of: inner))
    }
  return place.isList ? ["type": "array", "minItems": 1, "items": value] : value
}

// MARK: - Kinds

extension SlotKind {
  /// The definition that it has; most are names.
  fileprivate var definition: String {
    switch self {
    case .text, .path: "text"
    case .time, .duration, .delay, .range, .number, .guid, .ground, .section, .date: rawValue
    default: "name"
    }
  }

  /// What the definition does not say.
  fileprivate var note: [(String, SchemaValue)] {
    definition == rawValue ? [] : [("description", .text(description))]
  }
}

private var kinds: [(String, SchemaValue)] {
  let clock = #"[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,3})?)?"#
  let duration = "([0-9]{1,12}(d|h|ms|m|s))+"
  let date = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
  let time = "((day [0-9]{1,4} |\(date) )?\(clock)|\\+\(duration))"
  let hexadecimal = "[0-9A-Fa-f]"
  let guid = "\(hexadecimal){8}-(\(hexadecimal){4}-){3}\(hexadecimal){12}"
  let text = #"[^\u0000-\u0009\u000b-\u001f\u007f]*"#
  let name = ##"[^\s"#,:+\\]+"##
  return [
    pattern("text", text, "A text; of control characters it has line breaks alone."),
    pattern("name", name, "One word: letters, digits and - _ . @ / *"),
    pattern("time", time, "08:05, 08:05:30.500, day 2 08:05, 2025-03-04 08:05 or +90m; UTC."),
    pattern("date", date, "2026-01-01."),
    pattern("duration", duration, "45s, 15m, 1h, 1h30m or 2d."),
    pattern("delay", "\(duration)( last)?", "47m, or 47m last: behind all else of that instant."),
    pattern("range", "\(duration)(\\.\\.\(duration))?", "A duration, or a range: 45m..75m."),
    pattern("guid", guid, "A GUID."),
    (
      "number",
      [
        "type": "integer", "minimum": 0, "maximum": .number(.max),
        "description": "A whole number.",
      ]
    ),
    ("ground", ["enum": .array(Ground.allCases.map { .text("\($0.name)") })]),
    ("section", ["enum": .array(DocumentedSection.allCases.map { .text($0.name) })]),
  ]
}

private func pattern(
  _ name: String, _ pattern: String, _ description: String
) -> (String, SchemaValue) {
  let value: SchemaValue = [
    "type": "string", "pattern": .text("^\(pattern)$"), "description": .text(description),
  ]
  return (name, value)
}
