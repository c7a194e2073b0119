/// The few pieces of XML 1.0 that a report is made of.
extension ByteBuffer {
  /// Appends text between tags.
  mutating func append(xml text: String) {
    for scalar in text.unicodeScalars { append(xmlCharacter: scalar) }
  }

  /// Appends ` name="value"`.
  mutating func append(attribute name: StaticString, _ value: String) {
    append(" ")
    append(name)
    append("=\"")
    for scalar in value.unicodeScalars {
      // A parser would make spaces of them.
      switch scalar {
      case "\n": append("&#10;")
      case "\t": append("&#9;")
      default: append(xmlCharacter: scalar)
      }
    }
    append("\"")
  }

  /// Appends ` name="123"`.
  mutating func append(attribute name: StaticString, _ value: Int) {
    append(attribute: name, String(value))
  }

  private mutating func append(xmlCharacter scalar: Unicode.Scalar) {
    switch scalar {
    case "&": append("&amp;")
    case "<": append("&lt;")
    case ">": append("&gt;")
    case "\"": append("&quot;")
    case "\r": append("&#13;")
    case _ where scalar.isForbiddenInXML: append("\u{fffd}")
    default: append(String(scalar))
    }
  }
}

extension Unicode.Scalar {
  /// No escape helps with these: a document that has one anywhere is not well-formed.
  fileprivate var isForbiddenInXML: Bool {
    switch value {
    case 0x09, 0x0a, 0x0d: false
    case 0..<0x20, 0xfffe, 0xffff: true
    default: false
    }
  }
}
