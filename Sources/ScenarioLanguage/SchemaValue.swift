/// A JSON value whose objects keep their keys in order.
indirect enum SchemaValue {
  case text(String)
  case number(UInt64)
  case truth(Bool)
  case array([SchemaValue])
  case object([(String, SchemaValue)])

  /// A reference to a definition.
  static func reference(_ name: String) -> SchemaValue { ["$ref": .text("#/$defs/" + name)] }

  /// The object with more members.
  func adding(_ more: [(String, SchemaValue)]) -> SchemaValue {
    guard case .object(let members) = self else { return self }
    return .object(members + more)
  }

  /// The value in JSON: on one line where there is room, else one member a line.
  func text(indent: Int = 0, used: Int = 0) -> String {
    let line = flat
    if indent + used + line.utf8.count < 100 { return line }
    let margin = String(repeating: " ", count: indent + 2)
    let end = "\n" + String(repeating: " ", count: indent)
    switch self {
    case .array(let elements):
      let lines = elements.map { margin + $0.text(indent: indent + 2) }
      return "[\n" + lines.joined(separator: ",\n") + end + "]"
    case .object(let members):
      let lines = members.map { key, value in
        margin + quoted(key) + ": " + value.text(indent: indent + 2, used: key.utf8.count + 4)
      }
      return "{\n" + lines.joined(separator: ",\n") + end + "}"
    default: return line
    }
  }

  private var flat: String {
    switch self {
    case .text(let text): quoted(text)
    case .number(let number): String(number)
    case .truth(let truth): truth ? "true" : "false"
    case .array(let elements): "[" + elements.map(\.flat).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { quoted($0) + ": " + $1.flat }.joined(separator: ", ") + "}"
    }
  }
}

extension SchemaValue: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self = .text(value) }
}

extension SchemaValue: ExpressibleByIntegerLiteral {
  init(integerLiteral value: UInt64) { self = .number(value) }
}

extension SchemaValue: ExpressibleByBooleanLiteral {
  init(booleanLiteral value: Bool) { self = .truth(value) }
}

extension SchemaValue: ExpressibleByArrayLiteral {
  init(arrayLiteral elements: SchemaValue...) { self = .array(elements) }
}

extension SchemaValue: ExpressibleByDictionaryLiteral {
  init(dictionaryLiteral elements: (String, SchemaValue)...) { self = .object(elements) }
}
