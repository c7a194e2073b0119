/// Finds the form of one statement.
///
/// No word is reserved: a word is a name wherever a form asks for one. Forms that begin alike are
/// tried in the table's order, and a bracket is taken whenever all of it fits.
struct Matcher {
  let grammar: Grammar
  let bytes: [UInt8]
  /// The statement's tokens.
  var tokens: [Token] = []
  /// What stands in the form's places.
  private(set) var captures: [Document.Capture] = []
  /// The farthest token any form reached, and what they asked for there. Kept only for statements
  /// that are wrong, in a second pass.
  private(set) var farthest: (token: Int, expected: [Expected])?

  /// What a form asks for in some place.
  enum Expected: Hashable {
    case word(Int)
    case slot(SlotKind)
    case comma
    case end
  }

  init(bytes: [UInt8], grammar: Grammar) {
    self.bytes = bytes
    self.grammar = grammar
  }

  /// The form's row, or nil.
  mutating func match() -> Int? {
    farthest = nil
    captures.removeAll(keepingCapacity: true)
    for node in grammar.openings[tokens.first?.literal ?? 0] {
      if let form = form(through: node, at: 0) { return form }
    }
    return nil
  }

  /// What a statement without a form lacks, and from which token on.
  mutating func explain() -> (token: Int, expected: [Expected]) {
    farthest = (0, [])
    _ = form(from: grammar.root, at: 0)
    return farthest ?? (0, [])
  }

  /// Keeps the time of an `at` line that has no form otherwise: the lines after it are measured by
  /// it all the same.
  mutating func captureLeadingTime() {
    captures.removeAll(keepingCapacity: true)
    guard let first = tokens.first, grammar.literals[first.literal] == "at" else { return }
    _ = slot(.time, .time, at: 1)
  }

  private mutating func form(from node: Int, at position: Int) -> Int? {
    var row = node
    while row >= 0 {
      if let form = form(through: row, at: position) { return form }
      row = grammar.nodes[row].alternative
    }
    return nil
  }

  /// The form whose way leads over a node.
  private mutating func form(through row: Int, at position: Int) -> Int? {
    let node = grammar.nodes[row]
    let mark = captures.count
    if case .accept(let form) = node.step {
      if position == tokens.endIndex { return form }
      miss(.end, at: position)
    } else if let after = step(node.step, at: position),
      let form = form(from: node.next, at: after)
    {
      return form
    }
    captures.removeLast(captures.count - mark)
    return nil
  }

  /// The position after a step, or nil where it does not fit.
  private mutating func step(_ step: Grammar.Node.Step, at position: Int) -> Int? {
    switch step {
    case .word(let word): return literal(word, at: position) ? position + 1 : nil
    case .slot(let field, let kind): return slot(kind, field, at: position)
    case .choice(let field, let row): return choice(row, field, at: position)
    case .optional(let inside):
      let mark = captures.count
      if let after = sequence(from: inside, at: position) { return after }
      captures.removeLast(captures.count - mark)
      return position
    case .list(let inside): return list(inside, at: position)
    case .accept: return position
    }
  }

  private mutating func sequence(from node: Int, at position: Int) -> Int? {
    var (row, position) = (node, position)
    while row >= 0 {
      guard let after = step(grammar.nodes[row].step, at: position) else { return nil }
      position = after
      row = grammar.nodes[row].next
    }
    return position
  }

  private mutating func list(_ inside: Int, at position: Int) -> Int? {
    guard var position = sequence(from: inside, at: position) else { return nil }
    while true {
      guard position < tokens.endIndex, tokens[position].kind == .comma else {
        miss(.comma, at: position)
        return position
      }
      guard let after = sequence(from: inside, at: position + 1) else { return nil }
      position = after
    }
  }

  private mutating func literal(_ word: Int, at position: Int) -> Bool {
    if position < tokens.endIndex, tokens[position].literal == word { return true }
    miss(.word(word), at: position)
    return false
  }

  private mutating func choice(_ row: Int, _ field: Field, at position: Int) -> Int? {
    for (number, option) in grammar.choices[row].enumerated() {
      var place = position
      while place - position < option.count, literal(option[place - position], at: place) {
        place += 1
      }
      if place - position == option.count {
        capture(field, position..<place, choice: number)
        return place
      }
    }
    return nil
  }

  private mutating func slot(_ kind: SlotKind, _ field: Field, at position: Int) -> Int? {
    let length = kind.length(in: tokens, at: position, of: bytes)
    guard length > 0 else {
      miss(.slot(kind), at: position)
      return nil
    }
    capture(field, position..<position + length, choice: 0)
    return position + length
  }

  private mutating func capture(_ field: Field, _ tokens: Range<Int>, choice: Int) {
    let start = Int(self.tokens[tokens.lowerBound].start)
    let end = self.tokens[tokens.upperBound - 1].end
    captures.append(Document.Capture(field, start..<max(start, end), choice: choice))
  }

  private mutating func miss(_ expected: Expected, at position: Int) {
    guard let best = farthest, position >= best.token else { return }
    if position > best.token { farthest = (position, []) }
    if farthest?.expected.contains(expected) == false { farthest?.expected.append(expected) }
  }
}
