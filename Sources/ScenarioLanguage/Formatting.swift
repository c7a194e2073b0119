/// Why a file was not laid out: its sentences are not clear, so neither is what belongs together.
public struct SyntaxProblems: Error, Hashable, Sendable {
  /// What is wrong, by place.
  public var diagnostics: [Diagnostic]
  /// How many more mistakes there are, which are counted only.
  public var omitted: Int

  init(_ findings: Findings) {
    diagnostics = findings.kept.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    omitted = findings.count - diagnostics.count
  }
}

/// A scenario file in its canonical layout. What it says stays the same, and so does every comment;
/// a file that is laid out already comes back byte for byte.
///
/// Names are not looked up: layout is a matter of sentences only. A file in the JSON form comes back
/// as it is.
public func formatted(_ bytes: [UInt8], path: String) -> Result<[UInt8], SyntaxProblems> {
  if JSONReader.isJSON(bytes) { return .success(bytes) }
  let parser = Parser.parse(SourceText(path: path, bytes: bytes), forLayout: true)
  guard parser.findings.count == 0 else { return .failure(SyntaxProblems(parser.findings)) }
  var formatter = Formatter(parser.document)
  return .success(formatter.layOut())
}

/// The first line, from 1, in which two files differ; nil where their bytes are the same.
public func firstDifference(_ bytes: [UInt8], _ other: [UInt8]) -> Int? {
  guard bytes != other else { return nil }
  let shared = zip(bytes, other).prefix { $0 == $1 }
  return 1 + shared.count { $0.0 == 0x0a }
}
