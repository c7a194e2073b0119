extension JSONReader {
  /// Adds what stands in the places of a statement to it, in the order of the form.
  mutating func fill(_ places: [JSONShape.Place], _ members: [Int]) -> Bool {
    var isRight = true
    for index in places.indices where members[index] > 0 {
      let row = members[index]
      if !(places[index].isList ? fillList(places[index], row) : fill(places[index], row)) {
        isRight = false
      }
    }
    return isRight
  }

  private mutating func fillList(_ place: JSONShape.Place, _ row: Int) -> Bool {
    let node = nodes[row]
    guard node.kind == .array else {
      return reportKind(row, "an array: each of it \(place.expected)")
    }
    guard row + 1 < Int(node.next) else {
      report(
        .wrongKind, node.range, "expected at least one; where there is none, leave the key out")
      return false
    }
    var isRight = true
    var element = row + 1
    while element < Int(node.next) {
      if !fill(place, element) { isRight = false }
      element = Int(nodes[element].next)
    }
    return isRight
  }

  private mutating func fill(_ place: JSONShape.Place, _ row: Int) -> Bool {
    let kind = nodes[row].kind
    switch place.content {
    case .flag where kind == .yes: return append(place.field, nodes[row].range)
    case .choice(let options) where kind == .text: return choose(place, options, row)
    case .slot(.number) where kind == .number: return append(place.field, nodes[row].range)
    case .slot(.text) where kind == .text, .slot(.path) where kind == .text:
      return append(place.field, quotedText(nodes[row]))
    case .slot(.number): return reportKind(row, place.expected)
    case .slot(let slot) where kind == .text: return fillWords(place, slot, row)
    case .group(let inner) where kind == .object: return fillGroup(inner, row)
    default: return reportKind(row, place.expected)
    }
  }

  private mutating func fillGroup(_ inner: [JSONShape.Place], _ row: Int) -> Bool {
    let (members, isRight) = members(of: row, inner)
    return fill(inner, members) && isRight
  }

  /// Adds what stands in a place; always true.
  private mutating func append(_ field: Field, _ range: Range<Int>, choice: Int = 0) -> Bool {
    document.captures.append(Document.Capture(field, range, choice: choice))
    return true
  }

  // MARK: Texts

  func text(of node: JSONNode) -> String {
    String(decoding: document.source.bytes.plain(node), as: UTF8.self)
  }

  /// A text as a quoted text of the language.
  private mutating func quotedText(_ node: JSONNode) -> Range<Int> {
    guard node.spelling == .foreign else { return node.range }
    return document.respell(node.range, as: Document.quoted(document.source.bytes.plain(node)))
  }

  private mutating func choose(
    _ place: JSONShape.Place, _ options: [[UInt8]], _ row: Int
  ) -> Bool {
    let word = document.source.bytes.plain(nodes[row])
    if let choice = options.firstIndex(where: { $0.elementsEqual(word) }) {
      return append(place.field, nodes[row].range, choice: choice)
    }
    let words = options.map { String(decoding: $0, as: UTF8.self) }
    let name = text(of: nodes[row])
    let suggestion = nearest(to: name, among: words)
    report(
      .unexpected, nodes[row].range, "expected \(place.expected), not \"\(name.prefix(40))\"",
      suggestion: suggestion)
    guard let choice = words.firstIndex(where: { $0 == suggestion }) else { return false }
    return append(place.field, nodes[row].range, choice: choice)
  }

  /// Takes a text for the words that may stand in a place of the sentence.
  private mutating func fillWords(
    _ place: JSONShape.Place, _ kind: SlotKind, _ row: Int
  ) -> Bool {
    let node = nodes[row]
    var range = node.range.lowerBound + 1..<node.range.upperBound - 1
    if node.spelling > .plain {
      range = document.respell(range, as: document.source.bytes.plain(node))
    }
    guard readWords(in: range, isSection: kind == .section),
      kind.length(in: words, at: 0, of: document.source.bytes) == words.count
    else {
      report(
        .unexpected, node.range,
        "expected \(place.expectedText), not \"\(text(of: node).prefix(40))\"")
      return false
    }
    return append(place.field, range)
  }

  /// Finds the words of a stretch, with one blank between two; false where there are others.
  private mutating func readWords(in range: Range<Int>, isSection: Bool) -> Bool {
    let end = range.upperBound
    var start = range.lowerBound
    var position = start
    var kind = Token.Kind.word
    let letters = ByteSet.word
    words.removeAll(keepingCapacity: true)
    while position < end {
      let byte = document.source.bytes[position]
      if byte == 0x20, position > start {
        words.append(Token(kind, start: start, end: position))
        (start, kind) = (position + 1, .word)
        position += 1
        continue
      }
      if byte == .ascii(":") || byte == .ascii("+") { kind = .time }
      let isMark =
        isSection && position > start && document.source.bytes[..<end].isSectionMark(at: position)
      guard let length = isMark ? 1 : document.source.bytes.lengthOfLetter(at: position, letters)
      else { return false }
      position += length
    }
    guard position > start else { return false }
    words.append(Token(kind, start: start, end: position))
    return true
  }

  /// Reports a value of the wrong kind, unless it was complained about; always false.
  @discardableResult
  mutating func reportKind(_ row: Int, _ expected: String) -> Bool {
    guard nodes[row].kind != .odd else { return false }
    report(.wrongKind, nodes[row].range, "expected \(expected), not \(nodes[row].kind.description)")
    return false
  }
}

extension [UInt8] {
  /// What a text of a file says, where that may be compared with words: between its quotes.
  ///
  /// Asked of the bytes: a reader that asked itself would be copied whole for each text.
  func plain(_ node: JSONNode) -> ArraySlice<UInt8> {
    guard node.kind == .text || node.kind == .odd, node.range.count >= 2 else { return [] }
    let inner = self[node.range.lowerBound + 1..<node.range.upperBound - 1]
    return node.spelling == .plain ? inner : decodedJSON(inner)[...]
  }
}

extension JSONShape.Place {
  /// What stands under the key, as messages name it.
  var expected: String {
    switch content {
    case .slot(.number): "a whole number"
    case .slot(.text): "a text"
    case .slot(.path): "a path, a text"
    case .slot(let kind): "\(kind.description) as a text"
    case .choice(let options):
      options.map { "\"" + String(decoding: $0, as: UTF8.self) + "\"" }.joined(separator: ", ")
    case .flag: "true (leave the key out where it is not so)"
    case .group(let inner):
      "an object with \(inner.map { "\"\($0.key)\"" }.joined(separator: ", "))"
    }
  }
}

extension JSONShape.Place {
  /// What a text under the key has to be, where it is a text already.
  fileprivate var expectedText: String {
    switch content {
    case .slot(.time): "a time, such as \"09:00\" or \"day 2 08:05\", and nothing around it"
    case .slot(.delay): "a duration, such as \"47m\" or \"47m last\", and nothing around it"
    case .slot(let kind): "\(kind.description), one word without blanks"
    default: expected
    }
  }
}

extension JSONNode.Kind {
  fileprivate var description: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .text: "a text"
    case .number: "a number"
    case .yes: "true"
    case .no: "false"
    case .null: "null"
    case .odd: "this"
    }
  }
}
