/// A scenario file in which some statements have become comments: what they said can still be read.
///
/// - Parameters:
///   - lines: the lines on which the statements begin.
///   - bytes: the file, in the form of sentences.
public func leavingOut(_ lines: Set<Int>, of bytes: [UInt8]) -> [UInt8] {
  guard !lines.isEmpty else { return bytes }
  let document = Parser.parse(SourceText(path: "", bytes: bytes), forLayout: true).document
  var text: [UInt8] = []
  var end = 0
  for (row, statement) in document.statements.enumerated() where lines.contains(Int(statement.line))
  {
    let tokens = document.tokens(of: row)
    guard let first = tokens.first, let last = tokens.last else { continue }
    for start in bytes.lineStarts(from: document.tokens[first].start, to: document.tokens[last].end)
    {
      text += bytes[end..<start]
      text += Array("# left out: ".utf8)
      end = start
    }
  }
  return text + bytes[end...]
}

extension [UInt8] {
  /// Where the lines begin that a stretch touches.
  fileprivate func lineStarts(from first: some BinaryInteger, to last: some BinaryInteger) -> [Int]
  {
    let (first, last) = (Int(first), Int(last))
    let start = self[..<first].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    return [start] + (first..<last).filter { self[$0] == 0x0a }.map { $0 + 1 }
  }
}
