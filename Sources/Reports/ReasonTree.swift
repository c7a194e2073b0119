import SimulationTrace

extension Page {
  /// Writes steps as a tree with branches, each line no wider than the style allows.
  mutating func tree(_ reasons: [Reason], _ stem: String = "") {
    for (row, reason) in reasons.enumerated() {
      let isLast = row == reasons.count - 1
      branch(reason, stem, isLast)
      tree(reason.children, stem + (isLast ? "    " : style.trunk))
    }
  }

  private mutating func branch(_ reason: Reason, _ stem: String, _ isLast: Bool) {
    let fork = isLast ? style.lastFork : style.fork
    let rest = isLast ? "    " : style.trunk
    let text = printable(reason.sentence)
    let room = style.width - displayWidth(stem) - 4
    let lines = style.isWrapped ? wrapped(text, to: room) : [text]
    for (row, line) in lines.enumerated() {
      self.line([Span(stem + (row == 0 ? fork : rest), .faint), Span(line, reason.color)])
    }
  }
}

extension Reason {
  /// The step with its ground, whether it decides, and what it rests on.
  fileprivate var sentence: String {
    var sentence = text
    if let ground { sentence += " (\(ground.name))" }
    if weight == .decides { sentence += " <- decides" }
    let authority = [basis.map { $0.rawValue }, section].compactMap { $0 }
    return authority.isEmpty ? sentence : sentence + " [" + authority.joined(separator: ": ") + "]"
  }

  fileprivate var color: Style.Color? {
    switch weight {
    case .decides: ground?.isBlocking == true ? .bad : .strong
    case .relevant: nil
    case .aside: .faint
    }
  }
}

extension Style {
  fileprivate var fork: String { inUnicode ? "├── " : "|-- " }
  fileprivate var lastFork: String { inUnicode ? "└── " : "`-- " }
  fileprivate var trunk: String { inUnicode ? "│   " : "|   " }
}

extension ByteBuffer {
  /// Appends a step and what it rests on as an object.
  mutating func append(_ reason: Reason) {
    append("{\"text\":")
    append(json: reason.text)
    append(key: "ground")
    if let ground = reason.ground { append(json: "\(ground.name)") } else { append("null") }
    append(key: "basis")
    if let basis = reason.basis { append(json: basis.rawValue) } else { append("null") }
    append(key: "section")
    if let section = reason.section { append(json: section) } else { append("null") }
    append(key: "line")
    if let line = reason.line { append(decimal: line) } else { append("null") }
    append(key: "decides", reason.weight == .decides)
    append(key: "children")
    appendList(reason.children) { $0.append($1) }
    append("}")
  }
}
