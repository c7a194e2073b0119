import SimulationTrace

/// What became of files' expectations over all delays that they admit.
public struct ExplorationReport: Sendable {
  private let style: Style
  private var files: [String] = []

  /// A report on no file yet.
  public init(style: Style) { self.style = style }

  /// The files as one JSON object: `files`, each with `file`, `explored` and `classes`, `capped`
  /// where a limit kept some from being judged, and `expectations`: `line`, `text`, `variant` where it is about one, `verdict` (`met`,
  /// `failed` or `undecided`), `got` and `because`, and the `counterexample` where one is known: `line`, `delays` (each with
  /// `line`, `delay` and `last`) and `run` (`flow` and `time`, or null); and `claims`, the `covers` that
  /// are not met, as expectations are. `seed` and `propagation` say
  /// of each file what a single run of it would draw from.
  public var json: String {
    "{\"format\":1,\"files\":[" + files.joined(separator: ",") + "]}\n"
  }

  /// Adds a file: a line for it, and what is needed to understand each expectation not met.
  public mutating func add(
    _ file: String, _ trace: Trace, _ verdicts: [Verdict], summary: String, judged: Int,
    classes: Int, isCapped: Bool
  ) -> String {
    var buffer = ByteBuffer()
    buffer.append("{\"file\":")
    buffer.append(json: file)
    buffer.append(basisOf: trace)
    buffer.append(key: "explored", decimal: judged)
    buffer.append(key: "classes", decimal: classes)
    buffer.append(key: "capped", isCapped)
    buffer.append(key: "expectations")
    buffer.appendList(verdicts.onExpectations) { $0.append(explored: $1) }
    buffer.append(key: "claims")
    buffer.appendList(verdicts.onClaims) { $0.append(explored: $1) }
    buffer.append("}")
    files.append(buffer.text)
    guard !verdicts.isEmpty else { return style.demonstration(file, trace) }
    let text = verdicts.filter { !$0.isMet }.map { self.text($0, in: file) }.joined()
    return "\(printable(file)): \(summary), "
      + "\(verdicts.countedMet), seed \(trace.seed)\n" + text
  }

  private func text(_ verdict: Verdict, in file: String) -> String {
    let word =
      verdict.isUndecided ? style.paint("depends", .waiting) : style.paint("fails", .bad)
    return "\(printable(file)):\(verdict.line):\(verdict.column): \(verdict.scope)\(word)\n"
      + verdict.explanation.map { "  \($0)\n" }.joined()
  }
}

extension Verdict {
  fileprivate var word: String { isMet ? "met" : isUndecided ? "undecided" : "failed" }
}

extension ByteBuffer {
  fileprivate mutating func append(explored verdict: Verdict) {
    append("{\"line\":\(verdict.line)")
    append(key: "text", verdict.source)
    if let variant = verdict.variant { append(key: "variant", variant) }
    append(key: "verdict", verdict.word)
    append(key: "got", verdict.got)
    append(key: "because", verdict.because)
    if let contrary = verdict.contrary { append(contrary, of: verdict.line) }
    append("}")
  }

  private mutating func append(_ contrary: ContraryDelays, of line: Int) {
    append(",\"counterexample\":{\"line\":\(line)")
    append(key: "delays")
    appendList(contrary.delays) { buffer, delay in
      buffer.append("{\"line\":\(delay.line)")
      buffer.append(key: "delay", delay.length)
      buffer.append(key: "last", delay.isLast)
      buffer.append("}")
    }
    append(key: "run")
    if let flow = contrary.flow, let time = contrary.time {
      append("{\"flow\":")
      append(json: flow)
      append(",\"time\":\"")
      append(iso: time)
      append("\"}")
    } else {
      append("null")
    }
    append("}")
  }
}
