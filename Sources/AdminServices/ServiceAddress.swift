/// A call's path and query, read leniently: letters' case and repeated slashes don't matter.
struct ServiceAddress {
  /// The path's parts without their escapes.
  private(set) var parts: [String] = []
  private var arguments: [String: String] = [:]

  init(path: String, query: String) throws(ServiceError) {
    for part in path.utf8.split(separator: UInt8(ascii: "/")) {
      guard let text = Self.unescaped(part) else {
        throw .badRequest("The path has an escape that means nothing.", "PathMalformed")
      }
      parts.append(text)
    }
    for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
      let halves = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let value = halves.count > 1 ? Self.unescaped(halves[1]) : ""
      guard let first = halves.first, let key = Self.unescaped(first), let value else {
        throw .badRequest("The query has an escape that means nothing.", "QueryMalformed")
      }
      if arguments[key.lowercased()] == nil { arguments[key.lowercased()] = value }
    }
  }

  /// What the query says under a key; nil where it says nothing.
  subscript(key: String) -> String? { arguments[key] }

  /// The text without its escapes; nil where one is wrong, or what comes out is no UTF-8.
  private static func unescaped(_ text: Substring.UTF8View) -> String? {
    var bytes: [UInt8] = []
    var rest = text[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
