/// The candidate that somebody probably meant; nil where none is near. The first of two
/// that are equally near is taken.
public func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  let typed = Array(word.lowercased().utf8.prefix(64))
  var best: (distance: Int, candidate: String)?
  for candidate in candidates {
    let wanted = Array(candidate.lowercased().utf8)
    let limit = min(best?.distance ?? .max, max(1, max(wanted.count, typed.count) / 3))
    guard abs(wanted.count - typed.count) <= limit, wanted.count <= 96 else { continue }
    let distance = editDistance(typed, wanted)
    // A letter for a letter is no misspelling of a one-letter word, it is another word.
    guard distance <= limit, distance < max(1, min(wanted.count, typed.count)) else { continue }
    if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
  }
  return best?.candidate
}

/// The connector that somebody probably meant: one that is near or else the one that has most in
/// common with the word, as `office365-outlook` with `outlook`; nil where none has.
func nearestConnector(to word: String, among names: some Sequence<String>) -> String? {
  if let near = nearest(to: word, among: names) { return near }
  let typed = word.lettersAlone
  var best: (common: Int, name: String)?
  for name in names {
    let wanted = name.lettersAlone
    let common = min(typed.utf8.count, wanted.utf8.count)
    guard common >= 3, wanted.contains(typed) || typed.contains(wanted) else { continue }
    if best.map({ common > $0.common }) ?? true { best = (common, name) }
  }
  return best?.name
}

extension String {
  /// Letters and digits in lower case, of a long text the first ones.
  fileprivate var lettersAlone: String {
    prefix(64).lowercased().filter { $0.isLetter || $0.isNumber }
  }
}

/// How far two words, given as bytes, are apart: the number of letters to insert, drop, replace or swap
/// with a neighbour.
func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    for column in right.indices {
      let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
      var cost = min(replaced, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}
