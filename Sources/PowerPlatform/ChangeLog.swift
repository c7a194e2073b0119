import DiscreteEvents

/// What became of many subjects over time: an append-only log from which any instant can be read.
///
/// One contiguous array for all subjects; each row knows the row before of its subject, so a
/// subject that never changes costs one row.
struct ChangeLog<Value>: Sendable where Value: Sendable {
  struct Row: Sendable {
    var time: Instant
    var value: Value
    fileprivate var previous: Int
  }

  private(set) var rows: [Row] = []
  private var latest: [Int]

  /// A log of as many subjects, nothing known of any.
  init(subjects: Int) { latest = Array(repeating: -1, count: subjects) }

  /// Times of one subject must not fall.
  mutating func append(_ value: Value, of subject: Int, at time: Instant) {
    rows.append(Row(time: time, value: value, previous: latest[subject]))
    latest[subject] = rows.count - 1
  }

  /// The latest row of a subject; it changes with each append.
  func latestRow(of subject: Int) -> Int? { latest[subject] < 0 ? nil : latest[subject] }

  /// What holds after everything that has been appended.
  func current(_ subject: Int) -> Value? { latestRow(of: subject).map { rows[$0].value } }

  /// What holds at an instant, after everything that happens at it.
  func value(of subject: Int, at time: Instant) -> Value? {
    var row = latest[subject]
    while row >= 0, rows[row].time > time { row = rows[row].previous }
    return row < 0 ? nil : rows[row].value
  }

  /// Calls `body` with each row of a subject, the latest first, until it returns false.
  func forEachBackwards(_ subject: Int, _ body: (Row) -> Bool) {
    var row = latest[subject]
    while row >= 0, body(rows[row]) { row = rows[row].previous }
  }

  /// A subject's rows, the earliest first.
  func history(of subject: Int) -> [Row] {
    var history: [Row] = []
    forEachBackwards(subject) {
      history.append($0)
      return true
    }
    return history.reversed()
  }
}
