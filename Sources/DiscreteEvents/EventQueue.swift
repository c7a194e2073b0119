/// What goes first among events of one instant.
///
/// The order of events is written down here and nowhere else. What the platform does by itself
/// (policies coming into force before all) precedes what people do, so that a change whose delay
/// has run out is felt by everything at that instant; runs come last, so that they meet the world
/// that the instant's statements have made.
public enum Rank: UInt8, Comparable, Sendable {
  /// Policies coming into force, and what else the platform does unasked.
  case platform
  /// Statements of the scenario, in file order.
  case statement
  /// Runs of recurrences, in the order their flows were declared.
  case run

  /// Earlier ranks go first.
  @inlinable public static func < (left: Rank, right: Rank) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// The place of an event in the total order: time, then rank, then number.
///
/// All three in one 128-bit integer, because comparing one integer is what makes the queue fast.
public struct EventKey: Comparable, Sendable {
  @usableFromInline let packed: UInt128

  /// The key of an event.
  ///
  /// - Parameters:
  ///   - time: when it happens.
  ///   - rank: what kind of thing happens.
  ///   - number: breaks the remaining ties; below 2⁵⁶.
  @inlinable public init(_ time: Instant, _ rank: Rank, _ number: UInt64) {
    // Flipping the sign bit makes negative times sort before positive ones as unsigned numbers.
    let ordered = UInt64(bitPattern: time.milliseconds) ^ (1 << 63)
    packed = UInt128(ordered) << 64 | UInt128(rank.rawValue) << 56 | UInt128(number)
  }

  /// When the event happens.
  @inlinable public var time: Instant {
    Instant(Int64(bitPattern: UInt64(truncatingIfNeeded: packed >> 64) ^ (1 << 63)))
  }

  /// What breaks the remaining ties.
  @inlinable public var number: UInt64 { UInt64(truncatingIfNeeded: packed) & (1 << 56 - 1) }

  /// Earlier in the total order.
  @inlinable public static func < (left: EventKey, right: EventKey) -> Bool {
    left.packed < right.packed
  }
}

/// Events waiting to happen, taken out in their total order.
///
/// A heap of four children a node in one contiguous array.
public struct EventQueue<Payload> {
  @usableFromInline var heap: [(key: EventKey, payload: Payload)] = []
  @usableFromInline var inserted: UInt64 = 0

  /// An empty queue.
  @inlinable public init() {}

  /// Whether nothing waits.
  @inlinable public var isEmpty: Bool { heap.isEmpty }

  /// Adds an event behind all that were scheduled for the same time and rank.
  @inlinable public mutating func schedule(_ payload: Payload, at time: Instant, rank: Rank) {
    insert(payload, key: EventKey(time, rank, inserted))
    inserted += 1
  }

  /// Adds an event at a place that the caller has chosen.
  ///
  /// Events may share one: in which order they come out then is up to the heap, the same after the
  /// same calls.
  @inlinable public mutating func insert(_ payload: Payload, key: EventKey) {
    heap.append((key, payload))
    siftUp(from: heap.count - 1)
  }

  /// The key of the first event; nil where none waits.
  @inlinable public var first: EventKey? { heap.first?.key }

  /// Lets the first event wait again, at a later place: half the work of taking it out and putting
  /// it back.
  @inlinable public mutating func postponeFirst(to key: EventKey) {
    guard !heap.isEmpty else { return }
    heap[0].key = key
    siftDown()
  }

  /// Takes out the first event, or nil where none waits.
  @inlinable public mutating func next() -> (key: EventKey, payload: Payload)? {
    guard let last = heap.popLast() else { return nil }
    guard let first = heap.first else { return last }
    heap[0] = last
    siftDown()
    return first
  }

  @inlinable mutating func siftUp(from index: Int) {
    var hole = index
    let rising = heap[hole]
    while hole > 0 {
      let parent = (hole - 1) / 4
      if heap[parent].key < rising.key { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = rising
  }

  @inlinable mutating func siftDown() {
    let sinking = heap[0]
    var hole = 0
    while true {
      let first = 4 * hole + 1
      guard first < heap.count else { break }
      var least = first
      for child in first..<min(first + 4, heap.count) where heap[child].key < heap[least].key {
        least = child
      }
      if sinking.key < heap[least].key { break }
      heap[hole] = heap[least]
      hole = least
    }
    heap[hole] = sinking
  }
}

extension EventQueue: Sendable where Payload: Sendable {}
