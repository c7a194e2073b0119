import SimulationTrace
import TenantIsolation

/// The decisions of a play, each once; many events share one.
struct PlayDecisions {
  private var rows = Interner<[UInt8]>()
  /// The step that decides each of them, in words.
  private(set) var deciding: [String?] = []

  /// The decisions as JSON objects.
  var all: [[UInt8]] { rows.rows }

  mutating func place(of decision: Stage.Decision, _ words: inout PlayWords) -> Int {
    var buffer = ByteBuffer()
    buffer.append("{")
    buffer.append(decision.answer, &words)
    buffer.append(key: "steps")
    buffer.append(decision.reasons, &words)
    if decision.isFlipKnown { buffer.append(decision.flip, &words) }
    buffer.append("}")
    let count = rows.rows.count
    let place = rows.place(of: buffer.bytes)
    if place == count { deciding.append(decision.reasons.deciding) }
    return place
  }
}

extension ByteBuffer {
  /// Appends `"outcome":"blocked","grounds":3`.
  fileprivate mutating func append(_ answer: Account.Answer, _ words: inout PlayWords) {
    append(outcome: answer.outcome)
    append(key: "grounds", decimal: words.place(of: answer.grounds))
  }

  private mutating func append(outcome: Outcome?) {
    append("\"outcome\":")
    if let outcome { append(json: "\(outcome.name)") } else { append("null") }
  }

  fileprivate mutating func append(_ flip: Account.Flip?, _ words: inout PlayWords) {
    append(key: "flip")
    guard let flip else { return append("null") }
    append("{\"edit\":")
    append(json: flip.edit)
    append(",")
    append(outcome: flip.answer.outcome)
    append("}")
  }

  /// Appends steps in reading order, the level of each as a number.
  fileprivate mutating func append(_ reasons: [Reason], _ words: inout PlayWords) {
    append("[")
    var isFirst = true
    append(reasons, depth: 0, isFirst: &isFirst, &words)
    append("]")
  }

  private mutating func append(
    _ reasons: [Reason], depth: Int, isFirst: inout Bool, _ words: inout PlayWords
  ) {
    for reason in reasons {
      if !isFirst { append(",") }
      isFirst = false
      append("{\"text\":\(words.place(of: reason.text)),\"depth\":\(depth)")
      append(key: "weight", word: reason.weight.name)
      if let ground = reason.ground { append(key: "ground", word: ground.name) }
      if let basis = reason.basis { append(key: "basis", basis.rawValue) }
      if let section = reason.section { append(key: "section", section) }
      words.mention(reason.section)
      if let line = reason.line { append(key: "line", decimal: line) }
      if reason.isAhead { append(key: "ahead", true) }
      append("}")
      append(reason.children, depth: depth + 1, isFirst: &isFirst, &words)
    }
  }
}

extension [Reason] {
  /// The first step in reading order that the outcome rests on.
  fileprivate var deciding: String? {
    lazy.compactMap { $0.weight == .decides ? $0.text : $0.children.deciding }.first
  }
}

extension Reason.Weight {
  fileprivate var name: StaticString {
    switch self {
    case .decides: "decides"
    case .relevant: "relevant"
    case .aside: "aside"
    }
  }
}
