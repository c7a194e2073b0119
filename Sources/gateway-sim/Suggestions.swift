import ScenarioLanguage

/// The candidate that somebody probably meant; nil where none is near. The first of equally near
/// ones is taken.
func nearest(to word: String, among candidates: [String]) -> String? {
  let typed = Array(word.lowercased().utf8.prefix(64))
  let distances = candidates.map { editDistance(typed, Array($0.lowercased().utf8)) }
  guard let least = distances.min(), let row = distances.firstIndex(of: least) else { return nil }
  return least <= max(1, typed.count / 3) ? candidates[row] : nil
}
