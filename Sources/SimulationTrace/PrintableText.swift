/// Text from a scenario in which nothing can steer a terminal or start another line.
public func printable(_ text: String) -> String { replacing(text) { $0.steersTerminals } }

/// Text in which nothing turns the direction of writing: line breaks stay, and so do the joiners
/// that make one emoji of several.
public func withoutDirections(_ text: String) -> String {
  replacing(text) { $0.turnsDirection }
}

private func replacing(_ text: String, where isMeant: (Unicode.Scalar) -> Bool) -> String {
  guard text.unicodeScalars.contains(where: isMeant) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { result.append(isMeant(scalar) ? "\u{fffd}" : scalar) }
  return String(result)
}

extension Unicode.Scalar {
  /// Control characters, line separators, and those that change the direction of writing.
  fileprivate var steersTerminals: Bool {
    switch value {
    case 0..<0x20, 0x7f..<0xa0, 0x2028...0x2029: true
    default: turnsDirection
    }
  }

  /// Embeddings, overrides, isolates and marks of direction.
  fileprivate var turnsDirection: Bool {
    switch value {
    case 0x61c, 0x200e...0x200f, 0x202a...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}
