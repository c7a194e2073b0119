import DiscreteEvents

/// Sets that change over time: what came to each and what went, from which any instant can be read.
///
/// A change is one row. After about as many changes as a set has members a row holds all of them
/// besides: reading a set passes over no more rows than it has members, and what is written down
/// stays in proportion to the number of changes.
struct SetLog<Element: Hashable & Sendable>: Sendable {
  struct Change: Sendable {
    var element: Element
    /// Whether it comes or goes.
    var comes: Bool
    /// What is in the set after it; nil in most rows.
    fileprivate(set) var members: [Element]?
  }

  /// A set after all that has been logged.
  private struct Present: Sendable {
    var members: Set<Element> = []
    /// The same in the order of coming.
    var inOrder: [Element] = []
    /// How many members the latest row has that holds them all, and how many changes there were
    /// since.
    var (listed, unlisted) = (0, 0)

    /// Counts a change. Returns whether its row has to hold all members.
    mutating func isListed() -> Bool {
      unlisted += 1
      guard unlisted >= min(members.count, listed) else { return false }
      (listed, unlisted) = (members.count, 0)
      return true
    }
  }

  private(set) var changes: ChangeLog<Change>
  private var present: [Int: Present] = [:]

  /// As many empty sets.
  init(subjects: Int) { changes = ChangeLog(subjects: subjects) }

  /// Puts something into a set. Returns false where it is in it already, which changes nothing.
  @discardableResult
  mutating func insert(_ element: Element, into subject: Int, at time: Instant) -> Bool {
    guard present[subject, default: Present()].members.insert(element).inserted else {
      return false
    }
    present[subject]?.inOrder.append(element)
    log(element, comes: true, subject, at: time)
    return true
  }

  /// Takes something out of a set. Returns false where it is not in it, which changes nothing.
  @discardableResult
  mutating func remove(_ element: Element, from subject: Int, at time: Instant) -> Bool {
    guard present[subject]?.members.remove(element) != nil else { return false }
    present[subject]?.inOrder.removeAll { $0 == element }
    log(element, comes: false, subject, at: time)
    return true
  }

  private mutating func log(
    _ element: Element, comes: Bool, _ subject: Int, at time: Instant
  ) {
    var change = Change(element: element, comes: comes)
    if present[subject]?.isListed() == true { change.members = present[subject]?.inOrder }
    changes.append(change, of: subject, at: time)
  }

  /// What is in a set at an instant, after everything that happens at it, in the order of coming.
  func members(of subject: Int, at time: Instant) -> [Element] {
    if isPresent(subject, at: time) { return present[subject]?.inOrder ?? [] }
    var listed: [Element] = []
    var came: [Element] = []
    var gone: Set<Element> = []
    changes.forEachBackwards(subject, from: time) { row in
      let change = row.value
      if let members = change.members {
        listed = members
        return false
      }
      if !change.comes {
        gone.insert(change.element)
      } else if gone.remove(change.element) == nil {
        came.append(change.element)
      }
      return true
    }
    if !gone.isEmpty { listed.removeAll(where: gone.contains) }
    return came.isEmpty ? listed : listed + came.reversed()
  }

  /// Whether something is in a set at an instant, after everything that happens at it.
  func contains(_ element: Element, in subject: Int, at time: Instant) -> Bool {
    isPresent(subject, at: time)
      ? present[subject]?.members.contains(element) ?? false
      : members(of: subject, at: time).contains(element)
  }

  /// Whether nothing changes a set after an instant.
  private func isPresent(_ subject: Int, at time: Instant) -> Bool {
    changes.latestRow(of: subject).map { changes.rows[$0].time <= time } ?? true
  }
}
