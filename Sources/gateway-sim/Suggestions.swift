/// The candidate that somebody probably meant; nil where none is near. The first of equally near
/// ones is taken.
func nearest(to word: String, among candidates: [String]) -> String? {
  let typed = Array(word.lowercased().utf8.prefix(64))
  let distances = candidates.map { editDistance(typed, Array($0.lowercased().utf8)) }
  guard let least = distances.min(), let row = distances.firstIndex(of: least) else { return nil }
  return least <= max(1, typed.count / 3) ? candidates[row] : nil
}

/// The number of letters to insert, drop, replace or swap with a neighbour.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
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
