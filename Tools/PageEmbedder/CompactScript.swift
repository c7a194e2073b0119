/// A script, `compact`, without the blanks and breaks beside its punctuation.
///
/// A break that may end a statement stays, but not after a brace, where the page has a semicolon if
/// it needs one; strings and templates stay as they are. It knows no
/// regular expressions, so those of the page hold neither blanks nor quotes; nor does the page hold
/// a loop without a body.
func compactScript(_ text: String) -> String {
  var scanner = ScriptScanner()
  let bytes = Array(compact(text).utf8)
  for (place, byte) in bytes.enumerated() {
    let next = place + 1 < bytes.count ? bytes[place + 1] : UInt8(ascii: "\n")
    scanner.take(byte, before: next)
  }
  return String(decoding: scanner.output, as: UTF8.self)
}

private struct ScriptScanner {
  private(set) var output: [UInt8] = []
  /// The quotes, and the braces within templates, that are open.
  private var open: [UInt8] = []
  private var isEscaped = false

  mutating func take(_ byte: UInt8, before next: UInt8) {
    if isText {
      takeText(byte)
    } else if byte == UInt8(ascii: " "), isNeedless(before: next) {
      return
    } else if byte == UInt8(ascii: "\n"), output.last.map({ "{};,([".utf8.contains($0) }) ?? true {
      return
    } else {
      takeCode(byte)
    }
    output.append(byte)
  }

  private var isText: Bool {
    open.last.map { $0 != UInt8(ascii: "{") } ?? false
  }

  private mutating func takeText(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == open.last {
      open.removeLast()
    } else if byte == UInt8(ascii: "{"), open.last == UInt8(ascii: "`"),
      output.last == UInt8(ascii: "$")
    {
      open.append(byte)
    }
  }

  /// Braces count only within a template, where the last of them leads back to its text.
  private mutating func takeCode(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): open.append(byte)
    case UInt8(ascii: "{") where !open.isEmpty: open.append(byte)
    case UInt8(ascii: "}"):
      if let last = output.last, ";,".utf8.contains(last) { output.removeLast() }
      _ = open.popLast()
    default: break
    }
  }

  /// Whether a blank parts nothing: two words need one, and so do two signs that would become one.
  private func isNeedless(before next: UInt8) -> Bool {
    guard let last = output.last else { return true }
    if Self.isWord(last) && Self.isWord(next) { return false }
    return last != next || !"+-/&|".utf8.contains(next)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 128...:
      true
    default: false
    }
  }
}
