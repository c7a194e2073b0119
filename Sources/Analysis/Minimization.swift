/// The fewest of some pieces with which something still holds: delta debugging.
///
/// Halves are tried first, then ever smaller parts, at last each piece by itself until none can go.
/// Without its parts tried in another order, what comes out is the smallest near the start, not the
/// smallest of all.
///
/// - Parameters:
///   - pieces: all of them; with these it holds.
///   - attempt: says with what it still holds if at most these pieces are left, which may be fewer;
///     nil where it does not.
/// - Returns: pieces of which none can be left out.
public func minimized<Piece>(
  _ pieces: [Piece], attempt: ([Piece]) throws -> [Piece]?
) rethrows -> [Piece] {
  var kept = pieces
  var size = (pieces.count + 1) / 2
  while size > 1 {
    kept = try swept(kept, by: size, attempt)
    size = min((size + 1) / 2, (kept.count + 1) / 2)
  }
  var before = Int.max
  while kept.count < before {
    before = kept.count
    kept = try swept(kept, by: 1, attempt)
  }
  return kept
}

/// Leaves out each stretch of some length that can go, the last one first: what comes later rests on
/// what comes before.
private func swept<Piece>(
  _ pieces: [Piece], by size: Int, _ attempt: ([Piece]) throws -> [Piece]?
) rethrows -> [Piece] {
  var kept = pieces
  var end = kept.count
  while end > 0 {
    let start = max(0, end - size)
    if start > 0 || end < kept.count,
      let fewer = try attempt(Array(kept[..<start] + kept[end...]))
    {
      kept = fewer
    }
    end = min(start, kept.count)
  }
  return kept
}
