/// All forms as one graph: forms that begin alike share their beginning, so that a line is read
/// once and not once a form.
///
/// Nodes are plain numbers in one array, because each line of a file walks over them.
struct Grammar: Sendable {
  /// A step of the graph.
  struct Node: Sendable {
    enum Step: Sendable, Hashable {
      /// The word in this row of ``Grammar/literals``.
      case word(Int)
      /// Something of a kind, kept under a field.
      case slot(Field, SlotKind)
      /// One of the wordings in this row of ``Grammar/choices``.
      case choice(Field, Int)
      /// What begins at this node, or nothing.
      case optional(Int)
      /// What begins at this node, once or more, with commas between.
      case list(Int)
      /// The end of this form.
      case accept(Int)
    }

    var step: Step
    /// The node after this step; -1 at the end of a bracket's inside.
    var next = -1
    /// Another node to try in this place; -1 for none.
    var alternative = -1
  }

  /// The forms.
  let forms: [Form]
  /// Each form's sentence and section, apart from its texts: they are asked for once a line.
  let meanings: [(sentence: Sentence, section: Section)]
  /// The words of the language; row 0 stands for no word.
  private(set) var literals = [""]
  /// Wordings to choose from, each a list of words.
  private(set) var choices: [[[Int]]] = []
  /// The graph.
  private(set) var nodes: [Node] = []
  /// The nodes that a statement may begin at, by the row of its first word: a line tries no others.
  private(set) var openings: [[Int]] = []
  /// The words by their bytes.
  private(set) var words = WordTable([""])
  /// Each bracket's inside by its node, to recognise equal ones while building.
  private var insides: [Int: [Notation]] = [:]
  /// The rows of ``literals`` while building.
  private var rows: [String: Int] = [:]

  /// The language.
  static let scenarios = Grammar(FormTable.all)

  init(_ forms: [Form]) {
    self.forms = forms
    meanings = forms.map { ($0.sentence, $0.section) }
    nodes.append(Node(step: .accept(-1)))
    for (row, form) in forms.enumerated() { insert(form.itemsInVariant, accepting: row) }
    words = WordTable(literals)
    insides = [:]
    rows = [:]
    let roots = alternatives(to: root)
    openings = literals.indices.map { word in
      roots.filter { mayBegin(nodes[$0].step, with: word) }
    }
  }

  /// A node and all others to try in its place.
  private func alternatives(to node: Int) -> [Int] {
    node < 0 ? [] : [node] + alternatives(to: nodes[node].alternative)
  }

  /// Whether a step over a word may be the first; of brackets nobody knows.
  private func mayBegin(_ step: Node.Step, with word: Int) -> Bool {
    switch step {
    case .word(let literal): literal == word
    case .choice(_, let row): choices[row].contains { $0.first == word }
    default: true
    }
  }

  /// The node where every statement begins; the one before it only anchors the graph.
  var root: Int { nodes[0].next }

  private mutating func insert(_ items: [Notation], accepting form: Int) {
    var node = 0
    for item in items { node = step(over: item, after: node) }
    add(Node(step: .accept(form)), after: node)
  }

  /// The node for an item that follows another, made where there is none yet.
  private mutating func step(over item: Notation, after node: Int) -> Int {
    var candidate = nodes[node].next
    while candidate >= 0 {
      if isNode(candidate, for: item) { return candidate }
      candidate = nodes[candidate].alternative
    }
    return add(self.node(for: item), after: node)
  }

  @discardableResult
  private mutating func add(_ new: Node, after node: Int) -> Int {
    nodes.append(new)
    let row = nodes.count - 1
    var last = nodes[node].next
    if last < 0 {
      nodes[node].next = row
      return row
    }
    while nodes[last].alternative >= 0 { last = nodes[last].alternative }
    nodes[last].alternative = row
    return row
  }

  private mutating func node(for item: Notation) -> Node {
    switch item {
    case .word(let word): return Node(step: .word(literal(word)))
    case .slot(let field, let kind): return Node(step: .slot(field, kind))
    case .choice(let field, let options):
      choices.append(options.map { $0.map { literal($0) } })
      return Node(step: .choice(field, choices.count - 1))
    case .optional(let inside): return Node(step: .optional(chain(inside)))
    case .list(let inside): return Node(step: .list(chain(inside)))
    }
  }

  /// The first node of a bracket's inside.
  private mutating func chain(_ items: [Notation]) -> Int {
    nodes.append(Node(step: .accept(-1)))
    let anchor = nodes.count - 1
    var last = anchor
    for item in items { last = add(node(for: item), after: last) }
    insides[nodes[anchor].next] = items
    return nodes[anchor].next
  }

  private mutating func literal(_ word: String) -> Int {
    if let row = rows[word] { return row }
    rows[word] = literals.count
    literals.append(word)
    return literals.count - 1
  }

  private func isNode(_ row: Int, for item: Notation) -> Bool {
    switch (nodes[row].step, item) {
    case (.word(let literal), .word(let word)): literals[literal] == word
    case (.slot(let field, let kind), .slot(let other, let otherKind)):
      field == other && kind == otherKind
    case (.choice(let field, let choice), .choice(let other, let options)):
      field == other && choices[choice].map { $0.map { literals[$0] } } == options
    case (.optional(let inside), .optional(let items)): insides[inside] == items
    case (.list(let inside), .list(let items)): insides[inside] == items
    default: false
    }
  }
}
