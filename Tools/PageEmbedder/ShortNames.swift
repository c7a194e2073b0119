/// A script in which whatever it declares has a short name, and declarations in a row are one.
/// Properties, texts and what is the browser's keep theirs.
///
/// A name becomes the same other one wherever it stands, so no scope needs to be known: it is
/// shortened if the script declares it at its top, or if everything at the top in which it stands
/// declares it for itself.
func shortenNames(_ script: String) -> String {
  let script = Script(scriptTokens(script))
  let names = script.shortNames
  var texts = script.tokens.indices.map { place in
    let text = script.tokens[place].text
    guard let short = names[text], script.roles[place] != .other else {
      return script.isKeyword(place) ? shorter[text] ?? text : text
    }
    return script.roles[place] == .shorthand ? "\(text):\(short)" : short
  }
  joinDeclarations(script.tokens, &texts)
  return texts.joined()
}

/// Words that mean the same as shorter ones.
private let shorter = ["const": "let", "true": "!0", "false": "!1", "undefined": "void 0"]

/// `let a=1;let b=2` as `let a=1,b=2`.
private func joinDeclarations(_ tokens: [ScriptToken], _ texts: inout [String]) {
  /// Whether the statement at each depth declares something.
  var declares: [Int: Bool] = [:]
  for place in tokens.indices.dropFirst() {
    let (last, token) = (tokens[place - 1], tokens[place])
    guard [";", "{", "}", "\n"].contains(last.text), ![";", ","].contains(token.text) else {
      continue
    }
    let isDeclaration = ["const", "let"].contains(token.text)
    if isDeclaration, last.text == ";", declares[token.depth] ?? false {
      texts[place - 1] = ","
      texts[place] = ""
      if texts[checked: place + 1] == " " { texts[place + 1] = "" }
    }
    declares[token.depth] = isDeclaration
  }
}

extension [String] {
  fileprivate subscript(checked place: Int) -> String? {
    indices.contains(place) ? self[place] : nil
  }
}

private struct Script {
  /// What a word is: a name that stands for itself, one that is a property's as well, or neither.
  enum Role { case reference, shorthand, other }

  let tokens: [ScriptToken]
  private(set) var roles: [Role] = []
  /// The place of the token before and after each, blanks aside; -1 and the end where there is none.
  private var before: [Int] = []
  private var after: [Int] = []

  init(_ tokens: [ScriptToken]) {
    self.tokens = tokens
    let solid = tokens.indices.filter { tokens[$0].text != " " && tokens[$0].text != "\n" }
    before = Array(repeating: -1, count: tokens.count)
    after = Array(repeating: tokens.count, count: tokens.count)
    for (first, second) in zip(solid, solid.dropFirst()) {
      before[second] = first
      after[first] = second
    }
    roles = tokens.indices.map(role)
  }

  /// Whether what stands here is a word, and not a property's, as the last one of `a.b`.
  func isKeyword(_ place: Int) -> Bool {
    tokens[place].kind == .word && ![".", "?."].contains(text(before[place]))
  }

  private func text(_ place: Int) -> String {
    tokens.indices.contains(place) ? tokens[place].text : ""
  }

  private func role(of place: Int) -> Role {
    let token = tokens[place]
    let (last, next) = (text(before[place]), text(after[place]))
    guard isKeyword(place), token.enclosure != .type,
      !Self.constants.contains(token.text)
    else { return .other }
    guard token.enclosure == .object, last == "{" || last == "," else { return .reference }
    return next == ":" || next == "(" ? .other : .shorthand
  }

  private static let constants: Set = [
    "async", "const", "false", "function", "let", "new", "null", "of", "this", "true", "undefined",
  ]

  /// The shortest for those that stand most often.
  var shortNames: [String: String] {
    let order = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let taken = Set(tokens.lazy.filter { $0.kind == .word }.map(\.text))
    let free = Self.shortest.filter {
      !taken.contains($0) && !["do", "if", "in", "of"].contains($0)
    }
    return Dictionary(uniqueKeysWithValues: zip(order, free).filter { $0.count > $1.count })
  }

  private static let shortest: [String] = {
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
    return letters + letters.flatMap { first in letters.map { first + $0 } }
  }()

  /// How often those names stand that may be shortened.
  private var counts: [String: Int] {
    var statement = 0
    let statements = tokens.map { token in
      if token.depth == 0, ["class", "const", "function", "let"].contains(token.text) {
        statement += 1
      }
      return statement
    }
    var declared = Array(repeating: Set<String>(), count: statement + 1)
    for place in declarations { declared[statements[place]].insert(text(place)) }
    let own = Set(ownDeclarations.map(text))
    var (counts, free) = ([String: Int](), Set<String>())
    for place in tokens.indices where roles[place] != .other {
      counts[text(place), default: 0] += 1
      if !own.contains(text(place)), !declared[statements[place]].contains(text(place)) {
        free.insert(text(place))
      }
    }
    return counts.filter { !free.contains($0.key) }
  }

  /// Where the script declares names at its top.
  private var ownDeclarations: [Int] {
    let top = tokens.indices.filter { tokens[$0].depth == 0 }
    return declared(by: top)
      + top.filter {
        roles[$0] == .reference && ["class", "function"].contains(text(before[$0]))
      }
  }

  /// Where functions and blocks declare names.
  private var declarations: [Int] {
    let parameters = tokens.indices.filter { text($0) == "(" && hasParameters($0) }
    return declared(by: tokens.indices.filter { tokens[$0].depth > 0 })
      + parameters.flatMap(names)
      + tokens.indices.filter { roles[$0] == .reference && text(after[$0]) == "=>" }
  }

  /// Where statements declare names among these places.
  private func declared(by places: [Int]) -> [Int] {
    places.filter { roles[$0] == .reference && isDeclared($0) && tokens[$0].kind == .word }
      + places.filter { ["{", "["].contains(text($0)) && isDeclared($0) }.flatMap(names)
  }

  /// Whether what stands here, a name or a pattern, is declared by a statement.
  private func isDeclared(_ place: Int) -> Bool {
    let last = text(before[place])
    if last == "const" || last == "let" { return true }
    let end = tokens[place].kind == .word ? place : end(of: place)
    return last == "," && tokens[place].enclosure != .object && text(after[end]) == "="
  }

  private func hasParameters(_ place: Int) -> Bool {
    let name = before[place]
    if text(after[end(of: place)]) == "=>" || text(name) == "catch" { return true }
    guard name > 0 else { return false }
    return text(before[name]) == "function"
      || tokens[name].kind == .word && tokens[name].enclosure == .type
  }

  /// The place that closes what opens at one.
  private func end(of start: Int) -> Int {
    tokens[(start + 1)...].firstIndex { $0.depth <= tokens[start].depth } ?? tokens.count - 1
  }

  /// Where a pattern or a list of parameters declares names.
  private func names(within start: Int) -> [Int] {
    (start..<end(of: start)).filter {
      roles[$0] == .shorthand
        || roles[$0] == .reference && ["(", ",", "[", "...", ":"].contains(text(before[$0]))
    }
  }
}
