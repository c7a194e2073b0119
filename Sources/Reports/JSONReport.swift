import SimulationTrace

/// The report as one JSON object, a file a line.
///
/// - `format`: 1; raised when a key changes its meaning or goes.
/// - `files`: in the order in which they were judged, each with
///   - `file`: the path; `title`, `seed`, `fingerprint`: of the simulation, null where the file is
///     invalid;
///   - `status`: `passed`, `failed`, `invalid` or `demonstration`;
///   - `expectations`: in file order, those of variants behind the others, each with `line`, `column`, `text` as written, `met`,
///     `variant` where it is about one, `undecided` where it is true (it depends on the propagation delay),
///     `expected` and `got` in words, `because`: reasons a line each, empty where it is met, and
///     `message`: the author's word to whoever reads the failure, or null;
///   - `claims`: what `covers` lines say and is not true, or undecided, in the same form;
///   - `diagnostics`: what is wrong with the file, the objects that `--error-format json` writes;
///     `omittedDiagnostics`: how many more there are.
/// - `counts`: of files `files`, `passed`, `failed`, `invalid`, `demonstrations`; of expectations
///   `expectations`, `met`, `notMet`; `claims` as above.
/// - `status`: what the program ends with, if all outputs can be written.
extension TestReport {
  /// The version of the JSON form.
  public static let format = 1

  func writeJSON(to sink: @escaping ByteBuffer.Sink) throws {
    var buffer = ByteBuffer(sink: sink)
    buffer.append("{\"format\":\(Self.format),\"files\":[")
    for (row, file) in files.enumerated() {
      buffer.append(row == 0 ? "\n" : ",\n" as StaticString)
      buffer.append(file)
      try buffer.flushIfLong()
    }
    buffer.append("\n]")
    buffer.append(counts: files)
    buffer.append(key: "status", decimal: status)
    buffer.append("}\n")
    try buffer.flush()
  }
}

extension ByteBuffer {
  fileprivate mutating func append(counts files: [FileReport]) {
    let verdicts = files.flatMap(\.verdicts).onExpectations
    let met = verdicts.count { $0.isMet }
    append(key: "counts")
    append("{\"files\":\(files.count)")
    append(key: "passed", decimal: files.count { $0.status == .passed })
    append(key: "failed", decimal: files.count { $0.status == .failed })
    append(key: "invalid", decimal: files.count { $0.status == .invalid })
    append(key: "demonstrations", decimal: files.count { $0.status == .demonstration })
    append(key: "expectations", decimal: verdicts.count)
    append(key: "met", decimal: met)
    append(key: "notMet", decimal: verdicts.count - met)
    append(key: "claims", decimal: files.reduce(0) { $0 + $1.verdicts.onClaims.count })
    append("}")
  }

  fileprivate mutating func append(_ report: FileReport) {
    append("{\"file\":")
    append(json: report.file)
    append(key: "title", orNull: report.simulation?.title)
    append(key: "status", report.status.rawValue)
    append(key: "seed")
    append(report.simulation.map { String($0.seed) } ?? "null")
    append(key: "fingerprint", orNull: report.simulation?.fingerprintText)
    append(key: "expectations")
    appendList(report.verdicts.onExpectations) { $0.append($1) }
    append(key: "claims")
    appendList(report.verdicts.onClaims) { $0.append($1) }
    append(key: "diagnostics")
    appendList(report.problems) { $0.append($1) }
    append(key: "omittedDiagnostics", decimal: report.omittedProblems)
    append("}")
  }

  private mutating func append(_ verdict: Verdict) {
    append("{\"line\":\(verdict.line)")
    append(key: "column", decimal: verdict.column)
    append(key: "text", verdict.source)
    if let variant = verdict.variant { append(key: "variant", variant) }
    append(key: "met", verdict.isMet)
    if verdict.isUndecided { append(key: "undecided", true) }
    append(key: "expected", verdict.expected)
    append(key: "got", verdict.got)
    append(key: "because", verdict.because)
    append(key: "message", orNull: verdict.message)
    append("}")
  }

  private mutating func append(_ problem: Problem) {
    append("{\"file\":")
    append(json: problem.file)
    append(key: "line", decimal: problem.line)
    append(key: "column", decimal: problem.column)
    append(key: "endColumn", decimal: problem.endColumn)
    append(key: "severity", word: "error")
    append(key: "code", problem.code)
    append(key: "message", problem.message)
    append(key: "suggestion", orNull: problem.suggestion)
    append(key: "alsoOnLines")
    appendList(problem.alsoOnLines) { $0.append(decimal: $1) }
    append("}")
  }
}
