import DiscreteEvents

/// What became of many subjects over time: an append-only log from which any instant can be read.
///
/// One contiguous array for all subjects; each row knows the row before of its subject, so a
/// subject that never changes costs one row. Each row also knows one far before it, chosen so that
/// some of them lead anywhere in logarithmically many steps (Myers's random-access stack).
struct ChangeLog<Value>: Sendable where Value: Sendable {
  struct Row: Sendable {
    var time: Instant
    var value: Value
    fileprivate var previous: Int32
    /// A row further back; -1 where there is none.
    fileprivate var jump: Int32
    /// The number of rows before it of its subject.
    fileprivate var depth: Int32
  }

  private(set) var rows: [Row] = []
  // Rows are 32 bits wide because a world is as fast as it is small: what a log costs is the memory
  // that it is the first to touch.
  private var latest: [Int32]

  /// A log of as many subjects, nothing known of any.
  ///
  /// - Parameter expected: how many rows there are room for at first.
  init(subjects: Int, expecting expected: Int = 0) {
    latest = Array(repeating: -1, count: subjects)
    rows.reserveCapacity(expected)
  }

  /// Times of one subject must not fall.
  mutating func append(_ value: Value, of subject: Int, at time: Instant) {
    let previous = latest[subject]
    rows.append(
      Row(
        time: time, value: value, previous: previous, jump: jump(above: previous),
        depth: previous < 0 ? 0 : rows[Int(previous)].depth + 1))
    latest[subject] = Int32(rows.count - 1)
  }

  /// Two jumps of one length become one of twice that length, and a step.
  private func jump(above previous: Int32) -> Int32 {
    guard previous >= 0, rows[Int(previous)].jump >= 0 else { return previous }
    let near = rows[Int(previous)].jump
    let far = rows[Int(near)].jump
    guard far >= 0 else { return previous }
    let (last, middle, first) = (
      rows[Int(previous)].depth, rows[Int(near)].depth, rows[Int(far)].depth
    )
    return last - middle == middle - first ? far : previous
  }

  /// The latest row of a subject; it changes with each append.
  func latestRow(of subject: Int) -> Int? { latest[subject] < 0 ? nil : Int(latest[subject]) }

  /// Whether all that is known of a subject is what it was like at first.
  func isConstant(_ subject: Int) -> Bool {
    latest[subject] < 0 || rows[Int(latest[subject])].previous < 0
  }

  /// What holds after everything that has been appended.
  func current(_ subject: Int) -> Value? { latestRow(of: subject).map { rows[$0].value } }

  /// What holds at an instant, after everything that happens at it.
  func value(of subject: Int, at time: Instant) -> Value? {
    let row = row(of: subject, at: time)
    return row < 0 ? nil : rows[row].value
  }

  /// The latest row of a subject at an instant; -1 where there is none.
  private func row(of subject: Int, at time: Instant) -> Int {
    var row = Int(latest[subject])
    while row >= 0, rows[row].time > time { row = back(from: row, after: time) }
    return row
  }

  /// When a subject changes next after an instant; nil where it never does.
  func nextChange(of subject: Int, after time: Instant) -> Instant? {
    var next: Instant?
    var row = Int(latest[subject])
    while row >= 0, rows[row].time > time {
      next = rows[row].time
      row = back(from: row, after: time)
    }
    return next
  }

  /// The farthest row back that passes over no row at or before `time`.
  private func back(from row: Int, after time: Instant) -> Int {
    let jump = Int(rows[row].jump)
    return jump >= 0 && rows[jump].time > time ? jump : Int(rows[row].previous)
  }

  /// Calls `body` with each row of a subject, the latest first, until it returns false.
  ///
  /// - Parameter time: what comes later is left out; the whole log where nil.
  func forEachBackwards(_ subject: Int, from time: Instant? = nil, _ body: (Row) -> Bool) {
    var row = time.map { self.row(of: subject, at: $0) } ?? Int(latest[subject])
    while row >= 0, body(rows[row]) { row = Int(rows[row].previous) }
  }

  /// A subject's rows, the earliest first.
  func history(of subject: Int) -> [Row] {
    var places: [Int] = []
    list(subject, into: &places)
    return places.map { rows[$0] }
  }

  /// Fills a list with the places of a subject's rows, the earliest first.
  func list(_ subject: Int, into places: inout [Int]) {
    places.removeAll(keepingCapacity: true)
    var row = Int(latest[subject])
    while row >= 0 {
      places.append(row)
      row = Int(rows[row].previous)
    }
    if places.count > 1 { places.reverse() }
  }
}
