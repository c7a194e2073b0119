/// The few pieces of JSON that outputs are made of, written in a fixed order by hand: the standard
/// encoder orders keys by a dictionary that differs in each process.
extension ByteBuffer {
  /// Appends a string literal.
  public mutating func append(json text: String) {
    append(UInt8(ascii: "\""))
    for byte in text.utf8 { append(jsonCharacter: byte) }
    append(UInt8(ascii: "\""))
  }

  /// Appends `,"key":`.
  @inline(__always)
  public mutating func append(key: StaticString) {
    append(",\"")
    append(key)
    append("\":")
  }

  /// Appends `,"key":"text"`.
  public mutating func append(key: StaticString, _ text: String) {
    append(key: key)
    append(json: text)
  }

  /// Appends `,"key":"text"` or `,"key":null`.
  public mutating func append(key: StaticString, orNull text: String?) {
    append(key: key)
    if let text { append(json: text) } else { append("null") }
  }

  /// Appends `,"key":"word"` for a word that needs no escaping.
  public mutating func append(key: StaticString, word: StaticString) {
    append(key: key)
    append(UInt8(ascii: "\""))
    append(word)
    append(UInt8(ascii: "\""))
  }

  /// Appends `,"key":true` or `,"key":false`.
  public mutating func append(key: StaticString, _ truth: Bool) {
    append(key: key)
    append(truth ? "true" : "false" as StaticString)
  }

  /// Appends `,"key":123`.
  public mutating func append(key: StaticString, decimal value: some FixedWidthInteger) {
    append(key: key)
    append(decimal: value)
  }

  /// Appends `,"key":["a","b"]`.
  public mutating func append(key: StaticString, _ texts: some Sequence<String>) {
    append(key: key)
    appendList(texts) { $0.append(json: $1) }
  }

  /// Appends `[a,b]`, each element by its writer.
  public mutating func appendList<Element>(
    _ elements: some Sequence<Element>, _ write: (inout ByteBuffer, Element) -> Void
  ) {
    append(UInt8(ascii: "["))
    var isFirst = true
    for element in elements {
      if !isFirst { append(UInt8(ascii: ",")) }
      write(&self, element)
      isFirst = false
    }
    append(UInt8(ascii: "]"))
  }

  private mutating func append(jsonCharacter byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case UInt8(ascii: "\n"): append("\\n")
    case UInt8(ascii: "\r"): append("\\r")
    case UInt8(ascii: "\t"): append("\\t")
    case 0..<32, 127: append(jsonControl: byte)
    default: append(byte)
    }
  }

  private mutating func append(jsonControl byte: UInt8) {
    let digits = StaticString("0123456789abcdef")
    append("\\u00")
    append(digits.utf8Start[Int(byte >> 4)])
    append(digits.utf8Start[Int(byte & 15)])
  }
}
