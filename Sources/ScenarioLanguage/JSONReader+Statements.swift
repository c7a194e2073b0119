extension JSONReader {
  /// Gives the tree its form, and appends the statement.
  mutating func interpret() {
    let firstCapture = document.captures.count
    guard nodes[0].kind == .object else {
      if nodes[0].kind != .odd {
        report(
          .wrongKind, nodes[0].range, "expected a statement: an object with \"form\" and its keys")
      }
      return append(nil, captures: firstCapture)
    }
    guard let sentence = sentence(), let shapes = JSONShape.bySentence[sentence] else {
      return append(nil, captures: firstCapture)
    }
    let shape = best(of: shapes)
    append(shape, captures: firstCapture)
    let (members, isRight) = members(of: 0, shape.places, of: sentence)
    guard fill(shape.places, members), isRight else { return spoil(shape) }
    document.statements[document.statements.count - 1].form = UInt8(
      truncatingIfNeeded: singular(of: shape, shapes).form)
  }

  /// Appends a statement without places so far; where it has no shape, with its words, which may be
  /// names that it was meant to introduce.
  mutating func append(_ shape: JSONShape?, captures firstCapture: Int) {
    let word = shape.map { firstWords[$0.form] } ?? 0
    document.statements.append(
      Document.Statement(
        form: nil, line: UInt32(truncatingIfNeeded: mark.line),
        start: UInt32(truncatingIfNeeded: mark.byte),
        firstToken: UInt32(truncatingIfNeeded: document.tokens.count),
        firstCapture: UInt32(truncatingIfNeeded: firstCapture)))
    document.columns.append(UInt32(truncatingIfNeeded: mark.column))
    document.tokens.append(Token(.odd, start: mark.byte, end: mark.byte + 1, literal: word))
    if shape == nil { appendWords() }
  }

  /// Takes back what a statement that is wrong was given.
  private mutating func spoil(_ shape: JSONShape) {
    let statement = document.statements.removeLast()
    document.columns.removeLast()
    document.captures.removeLast(document.captures.count - Int(statement.firstCapture))
    document.tokens.removeLast(document.tokens.count - Int(statement.firstToken))
    append(shape, captures: document.captures.count)
    appendWords()
  }

  private mutating func appendWords() {
    // Enough wrong statements are remembered.
    guard findings.hasRoom else { return }
    for node in nodes where node.kind == .text {
      document.tokens.append(Token(.word, start: node.range.lowerBound + 1, end: Int(node.end) - 1))
    }
  }

  // MARK: Forms

  /// The sentence that `form` names.
  private mutating func sentence() -> Sentence? {
    guard let row = value(of: "form") else {
      report(.missingKey, nodes[0].range.prefix(1), "a statement needs the key \"form\"")
      return nil
    }
    guard nodes[row].kind == .text else {
      reportKind(row, "the name of a form, a text")
      return nil
    }
    let word = document.source.bytes.plain(nodes[row])
    let number = JSONShape.words.find(word)
    if number > 0 { return Sentence.allCases[number - 1] }
    let name = text(of: nodes[row])
    let suggestion = nearest(to: name, among: Sentence.allCases.map(\.rawValue))
    report(
      .unknownForm, nodes[row].range, "there is no form \"\(name.prefix(40))\"",
      suggestion: suggestion)
    return suggestion.flatMap { Sentence(rawValue: $0) }
  }

  private func value(of key: String) -> Int? {
    var row = 1
    while row < nodes.count {
      if document.source.bytes.plain(nodes[row]).elementsEqual(key.utf8) { return row + 1 }
      row = Int(nodes[row + 1].next)
    }
    return nil
  }

  /// Of several shapes of a sentence the one that misses least and leaves least over.
  private func best(of shapes: [JSONShape]) -> JSONShape {
    guard shapes.count > 1 else { return shapes[0] }
    var keys: [ArraySlice<UInt8>] = []
    var row = 1
    while row < nodes.count {
      keys.append(document.source.bytes.plain(nodes[row]))
      row = Int(nodes[row + 1].next)
    }
    func cost(_ shape: JSONShape) -> Int {
      let missing = shape.places.count { place in
        !place.isOptional && !keys.contains { $0.elementsEqual(place.keyBytes) }
      }
      let foreign = keys.count { key in
        !shape.places.contains { key.elementsEqual($0.keyBytes) }
      }
      return missing + foreign
    }
    return shapes.min { cost($0) < cost($1) } ?? shapes[0]
  }

  /// `1 run` and `4 runs` are two forms, the singular first, which JSON does not tell apart.
  private func singular(of shape: JSONShape, _ shapes: [JSONShape]) -> JSONShape {
    guard shapes.count > 1, let plural = shapes.last else { return shape }
    let first = Int(document.statements[document.statements.count - 1].firstCapture)
    guard let count = document.captures[first...].first(where: { $0.field == .count })
    else { return shape }
    let isOne = document.source.bytes[count.range].elementsEqual("1".utf8)
    return isOne ? shape : plural
  }

  // MARK: Members

  /// The value of each place, 0 where it is left out; and whether all keys are right.
  mutating func members(
    of object: Int, _ places: [JSONShape.Place], of form: Sentence? = nil
  ) -> (members: [Int], isRight: Bool) {
    var members = Array(repeating: 0, count: places.count)
    var unknown: [Int] = []
    var isRight = true
    var hasForm = object > 0
    var row = object + 1
    var likely = 0
    while row < Int(nodes[object].next) {
      let key = document.source.bytes.plain(nodes[row])
      let place = Self.index(of: key, in: places, from: &likely)
      if nodes[row].kind == .odd {
        isRight = false
      } else if let place, members[place] == 0 {
        members[place] = row + 1
      } else if place == nil, !hasForm, key.elementsEqual("form".utf8) {
        hasForm = true
      } else if place == nil, !(object == 0 && key.elementsEqual("form".utf8)) {
        unknown.append(row)
      } else {
        reportRepeated(nodes[row], text(of: nodes[row]))
        isRight = false
      }
      row = Int(nodes[row + 1].next)
    }
    let isKnown = unknown.isEmpty || assign(unknown, places, &members, form)
    if isKnown { isRight = reportMissing(object, places, members, form) && isRight }
    return (members, isRight && isKnown)
  }

  /// The place with a key; mostly the one after the last that was found.
  private static func index(
    of key: ArraySlice<UInt8>, in places: [JSONShape.Place], from likely: inout Int
  ) -> Int? {
    for offset in places.indices {
      let index = (likely + offset) % places.count
      guard places[index].keyBytes.count == key.count, places[index].keyBytes.elementsEqual(key)
      else { continue }
      likely = index + 1
      return index
    }
    return nil
  }

  /// Reports keys that the places don't have. One that is nearly the key of an empty place is taken
  /// for it; whether all are.
  private mutating func assign(
    _ unknown: [Int], _ places: [JSONShape.Place], _ members: inout [Int], _ form: Sentence?
  ) -> Bool {
    var areKnown = true
    for row in unknown {
      let free = places.indices.filter { members[$0] == 0 }.map { places[$0].key }
      let name = text(of: nodes[row])
      let suggestion = nearest(to: name, among: free)
      report(
        .unknownKey, nodes[row].range,
        "\(form.title) has no key \"\(name.prefix(40))\"; its keys are "
          + places.map(\.key).joined(separator: ", "),
        suggestion: suggestion)
      if let place = places.firstIndex(where: { $0.key == suggestion }) {
        members[place] = row + 1
      } else {
        areKnown = false
      }
    }
    return areKnown
  }

  private mutating func reportMissing(
    _ object: Int, _ places: [JSONShape.Place], _ members: [Int], _ form: Sentence?
  ) -> Bool {
    var missing: [String] = []
    for index in places.indices where members[index] == 0 && !places[index].isOptional {
      missing.append("\"\(places[index].key)\"")
    }
    guard let last = missing.popLast() else { return true }
    let list = missing.isEmpty ? "key " : "keys \(missing.joined(separator: ", ")) and "
    report(.missingKey, nodes[object].range.prefix(1), "\(form.title) needs the \(list)\(last)")
    return false
  }
}

extension Sentence? {
  /// A statement with this form, or an object within one, as messages name it.
  fileprivate var title: String { map { "the form \"\($0.rawValue)\"" } ?? "this object" }
}
