/// A script in which parameters and what blocks declare have short names, and declarations in a row
/// are one. What stands at the top of the script keeps its name, and so do properties, texts and what
/// is the browser's.
///
/// A name becomes the same other one wherever it stands, so no scope needs to be known: it is
/// shortened if everything at the top in which it stands declares it for itself.
func shortenNames(_ script: String) -> String {
  let script = Script(scriptTokens(script))
  let names = script.shortNames
  var texts = script.tokens.indices.map { place in
    let text = script.tokens[place].text
    guard let short = names[text], script.roles[place] != .other else {
      return text == "const" ? "let" : text
    }
    return script.roles[place] == .shorthand ? "\(text):\(short)" : short
  }
  joinDeclarations(script.tokens, &texts)
  return texts.joined()
}

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
  fileprivate subscript(checked place: Int) -> String? { indices.contains(place) ? self[place] : nil }
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

  private func text(_ place: Int) -> String {
    tokens.indices.contains(place) ? tokens[place].text : ""
  }

  private func role(of place: Int) -> Role {
    let token = tokens[place]
    let (last, next) = (text(before[place]), text(after[place]))
    guard token.kind == .word, token.enclosure != .type, last != ".", last != "?.",
      !Self.constants.contains(token.text)
    else { return .other }
    guard token.enclosure == .object, last == "{" || last == "," else { return .reference }
    return next == ":" || next == "(" ? .other : .shorthand
  }

  private static let constants: Set = [
    "async", "const", "false", "function", "let", "new", "null", "this", "true", "undefined",
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
    var (counts, free) = ([String: Int](), Set<String>())
    for place in tokens.indices where roles[place] != .other {
      counts[text(place), default: 0] += 1
      if !declared[statements[place]].contains(text(place)) { free.insert(text(place)) }
    }
    return counts.filter { !free.contains($0.key) }
  }

  /// Where functions and blocks declare names.
  private var declarations: [Int] {
    let inner = tokens.indices.filter { tokens[$0].depth > 0 }
    let single = inner.filter {
      roles[$0] == .reference && (isDeclared($0) || text(after[$0]) == "=>")
    }
    let patterns = inner.filter { ["{", "["].contains(text($0)) && isDeclared($0) }
    let parameters = tokens.indices.filter { text($0) == "(" && hasParameters($0) }
    return single + (patterns + parameters).flatMap(names)
      + tokens.indices.filter { tokens[$0].depth == 0 && text(after[$0]) == "=>" }
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
