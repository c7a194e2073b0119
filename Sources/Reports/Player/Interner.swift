/// A table that holds each of its rows once, in the order in which they were first met.
struct Interner<Row: Hashable> {
  private(set) var rows: [Row] = []
  private var places: [Row: Int] = [:]

  /// The place of a row; it is added where it is new.
  mutating func place(of row: Row) -> Int {
    if let place = places[row] { return place }
    places[row] = rows.count
    rows.append(row)
    return rows.count - 1
  }
}
