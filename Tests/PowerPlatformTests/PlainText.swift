import DiscreteEvents

/// A value as a person reads it in a failed test: rows as `#3`, times as `+1h05m00.000`, what is
/// none or false left out.
func plainText(_ value: Any) -> String {
  if let instant = value as? Instant { return plainTime(instant.milliseconds) }
  let mirror = Mirror(reflecting: value)
  let fields = mirror.children.map { ($0.label, $0.value) }
  switch mirror.displayStyle {
  case .optional: return fields.first.map { plainText($0.1) } ?? "nil"
  case .collection, .set: return "[" + fields.map { plainText($0.1) }.joined(separator: ", ") + "]"
  case .enum:
    guard let (label, payload) = fields.first else { return "\(value)" }
    return "\(label ?? "")(\(plainFields([(nil, payload)])))"
  case .tuple, .struct:
    if fields.count == 1, fields[0].0 == "index" { return "#\(fields[0].1)" }
    if let grounds = value as? any Sequence { return "\(Array(sequence: grounds))" }
    return "(" + plainFields(fields) + ")"
  default: return "\(value)"
  }
}

private func plainFields(_ fields: [(String?, Any)]) -> String {
  fields.compactMap { label, value -> String? in
    let text = plainText(value)
    if ["nil", "[]", "false", "#\(UInt32.max)"].contains(text) { return nil }
    guard let label, !label.hasPrefix(".") else { return text }
    return "\(label.drop { $0 == "_" }): \(text)"
  }
  .joined(separator: ", ")
}

private func plainTime(_ milliseconds: Int64) -> String {
  let (minutes, rest) = milliseconds.quotientAndRemainder(dividingBy: 60_000)
  return "+\(minutes)m" + (rest == 0 ? "" : "\(rest)ms")
}

extension [String] {
  fileprivate init(sequence: any Sequence) {
    self = []
    for element in sequence { append("\(element)") }
  }
}
