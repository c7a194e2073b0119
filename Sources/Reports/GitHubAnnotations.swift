import SimulationTrace

/// Lines by which a workflow on GitHub marks places in a pull request.
extension FileReport {
  /// An annotation a failed expectation and a problem; empty where all is well.
  public var annotations: String {
    let failures = verdicts.filter { !$0.isMet }.map { verdict in
      annotation(
        file, line: verdict.line, column: verdict.column, endColumn: nil, title: verdict.statement,
        verdict.explanation.dropFirst().joined(separator: "\n"))
    }
    let mistakes = problems.map { problem in
      annotation(
        problem.file, line: problem.line, column: problem.column, endColumn: problem.endColumn,
        title: problem.code, problem.fullMessage)
    }
    return (failures + mistakes).joined()
  }
}

private func annotation(
  _ file: String, line: Int, column: Int, endColumn: Int?, title: String, _ message: String
) -> String {
  var properties: [String] = []
  // What comes from standard input has no place that could be marked.
  if file != "-" {
    // GitHub compares paths by their letters with those of the repository.
    let path = file.hasPrefix("./") ? String(file.dropFirst(2)) : file
    properties = ["file=\(property(path))", "line=\(line)", "col=\(column)"]
    if let endColumn { properties.append("endColumn=\(endColumn)") }
  }
  properties.append("title=\(property(title))")
  return "::error \(properties.joined(separator: ","))::\(escaped(message, Escapes.data))\n"
}

private func property(_ text: String) -> String { escaped(text, Escapes.property) }

private func escaped(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if let escape = escapes[scalar] {
      result.append(contentsOf: escape.unicodeScalars)
    } else {
      result.append(scalar)
    }
  }
  return String(result)
}

private enum Escapes {
  static let data: [Unicode.Scalar: String] = ["%": "%25", "\r": "%0D", "\n": "%0A"]
  static let property = data.merging([":": "%3A", ",": "%2C"]) { $1 }
}
