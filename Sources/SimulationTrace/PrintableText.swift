/// Text from a scenario in which nothing can steer a terminal or start another line.
public func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: \.steersTerminals) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { result.append(scalar.steersTerminals ? "\u{fffd}" : scalar) }
  return String(result)
}

extension Unicode.Scalar {
  /// Control characters, line separators, and those that change the direction of writing.
  fileprivate var steersTerminals: Bool {
    switch value {
    case 0..<0x20, 0x7f..<0xa0, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}
