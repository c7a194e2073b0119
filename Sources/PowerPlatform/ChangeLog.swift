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
    fileprivate var previous: Int
    /// A row further back; -1 where there is none.
    fileprivate var jump: Int
    /// The number of rows before it of its subject.
    fileprivate var depth: Int
  }

  private(set) var rows: [Row] = []
  private var latest: [Int]

  /// A log of as many subjects, nothing known of any.
  init(subjects: Int) { latest = Array(repeating: -1, count: subjects) }

  /// One subject more, nothing known of it.
  mutating func addSubject() { latest.append(-1) }

  /// Times of one subject must not fall.
  mutating func append(_ value: Value, of subject: Int, at time: Instant) {
    let previous = latest[subject]
    rows.append(
      Row(
        time: time, value: value, previous: previous, jump: jump(above: previous),
        depth: previous < 0 ? 0 : rows[previous].depth + 1))
    latest[subject] = rows.count - 1
  }

  /// Two jumps of one length become one of twice that length, and a step.
  private func jump(above previous: Int) -> Int {
    guard previous >= 0, rows[previous].jump >= 0 else { return previous }
    let (near, far) = (rows[previous].jump, rows[rows[previous].jump].jump)
    guard far >= 0 else { return previous }
    let isEven = rows[previous].depth - rows[near].depth == rows[near].depth - rows[far].depth
    return isEven ? far : previous
  }

  /// The latest row of a subject; it changes with each append.
  func latestRow(of subject: Int) -> Int? { latest[subject] < 0 ? nil : latest[subject] }

  /// What holds after everything that has been appended.
  func current(_ subject: Int) -> Value? { latestRow(of: subject).map { rows[$0].value } }

  /// What holds at an instant, after everything that happens at it.
  func value(of subject: Int, at time: Instant) -> Value? {
    let row = row(of: subject, at: time)
    return row < 0 ? nil : rows[row].value
  }

  /// The latest row of a subject at an instant; -1 where there is none.
  private func row(of subject: Int, at time: Instant) -> Int {
    var row = latest[subject]
    while row >= 0, rows[row].time > time { row = back(from: row, after: time) }
    return row
  }

  /// When a subject changes next after an instant; nil where it never does.
  func nextChange(of subject: Int, after time: Instant) -> Instant? {
    var next: Instant?
    var row = latest[subject]
    while row >= 0, rows[row].time > time {
      next = rows[row].time
      row = back(from: row, after: time)
    }
    return next
  }

  /// The farthest row back that passes over no row at or before `time`.
  private func back(from row: Int, after time: Instant) -> Int {
    let jump = rows[row].jump
    return jump >= 0 && rows[jump].time > time ? jump : rows[row].previous
  }

  /// Calls `body` with each row of a subject, the latest first, until it returns false.
  ///
  /// - Parameter time: what comes later is left out; the whole log where nil.
  func forEachBackwards(_ subject: Int, from time: Instant? = nil, _ body: (Row) -> Bool) {
    var row = time.map { self.row(of: subject, at: $0) } ?? latest[subject]
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
