import DiscreteEvents
import Testing

@Suite struct EventQueueTests {
  @Test("Events come out by time, then rank, then the order in which they were scheduled")
  func order() {
    var queue = EventQueue<String>()
    queue.schedule("run at 1", at: Instant(1), rank: .run)
    queue.schedule("second statement at 1", at: Instant(1), rank: .statement)
    queue.schedule("third statement at 1", at: Instant(1), rank: .statement)
    queue.schedule("policy at 1", at: Instant(1), rank: .platform)
    queue.schedule("run at 0", at: Instant(0), rank: .run)
    queue.schedule("policy at -1", at: Instant(-1), rank: .platform)
    #expect(
      queue.drain() == [
        "policy at -1", "run at 0", "policy at 1", "second statement at 1",
        "third statement at 1", "run at 1",
      ])
  }

  @Test("The furthest times there are keep their order")
  func extremes() {
    var queue = EventQueue<Int64>()
    let times: [Int64] = [.max, 0, .min, 1, -1, .max - 1, .min + 1]
    for time in times { queue.schedule(time, at: Instant(time), rank: .statement) }
    #expect(queue.drain() == times.sorted())
  }

  @Test(
    "A key tells the time it was made for",
    arguments: [Int64.min, -86_400_001, -1, 0, 1, 86_400_000, .max])
  func time(milliseconds: Int64) {
    for rank in [Rank.platform, .statement, .run] {
      let key = EventKey(Instant(milliseconds), rank, 1 << 56 - 1)
      #expect(key.time == Instant(milliseconds))
    }
  }

  @Test("No number outweighs a rank, and no rank outweighs a millisecond")
  func weights() {
    let highest: UInt64 = 1 << 56 - 1
    #expect(EventKey(Instant(5), .platform, highest) < EventKey(Instant(5), .statement, 0))
    #expect(EventKey(Instant(5), .statement, highest) < EventKey(Instant(5), .run, 0))
    #expect(EventKey(Instant(5), .run, highest) < EventKey(Instant(6), .platform, 0))
    #expect(EventKey(Instant(-1), .run, highest) < EventKey(Instant(0), .platform, 0))
  }

  @Test("An event that is scheduled while its instant is handled takes its place by rank")
  func scheduledLate() {
    var queue = EventQueue<String>()
    queue.schedule("first statement", at: Instant(0), rank: .statement)
    queue.schedule("second statement", at: Instant(0), rank: .statement)
    let first = queue.next()
    #expect(first?.payload == "first statement")
    queue.schedule("policy in force at once", at: Instant(0), rank: .platform)
    #expect(queue.drain() == ["policy in force at once", "second statement"])
  }

  @Test("Postponing the first event is taking it out and putting it back")
  func postponing() {
    var random = SeededGenerator(seed: 5, stream: "postponing")
    var postponed = EventQueue<Int>()
    for event in 0..<50 { postponed.insert(event, key: key(random.next(in: 0...99), event)) }
    var reinserted = postponed
    for _ in 0..<1000 {
      let expected = reinserted.next()
      #expect(postponed.first == expected?.key)
      guard let expected else { return }
      let later = key(expected.key.time.milliseconds + random.next(in: 1...99), expected.payload)
      #expect(expected.key.number == UInt64(expected.payload))
      reinserted.insert(expected.payload, key: later)
      postponed.postponeFirst(to: later)
    }
  }

  private func key(_ time: Int64, _ event: Int) -> EventKey {
    EventKey(Instant(time), .run, UInt64(event))
  }

  @Test("A chosen key puts an event between others")
  func chosenKeys() {
    var queue = EventQueue<String>()
    queue.insert("flow 2", key: EventKey(Instant(0), .run, 2))
    queue.insert("flow 0", key: EventKey(Instant(0), .run, 0))
    queue.insert("flow 1", key: EventKey(Instant(0), .run, 1))
    #expect(queue.drain() == ["flow 0", "flow 1", "flow 2"])
  }

  @Test("Events that share a place all come out, and in the same order each time")
  func sharedKeys() {
    func drained() -> [Int] {
      var queue = EventQueue<Int>()
      for event in 0..<9 { queue.insert(event, key: key(Int64(event % 2), 0)) }
      return queue.drain()
    }
    #expect(drained().map { $0 % 2 } == [0, 0, 0, 0, 0, 1, 1, 1, 1])
    #expect(drained() == drained())
  }

  @Test("The queue does what sorting a list each time does", arguments: UInt64(0)..<24)
  func againstModel(seed: UInt64) {
    var random = SeededGenerator(seed: seed, stream: "queue")
    var queue = EventQueue<Int>()
    var model = SortedList()
    // Few distinct times make ties, many make order; the far ends make overflow.
    let spread = [3, 40, 100_000][Int(seed % 3)]
    for step in 0..<2_500 {
      // Phases of growth and of shrinking, so that the heap is deep at times and empty at others.
      let grows = step / 250 % 2 == 0
      switch random.next(in: 0...9) {
      case 0...(grows ? 5 : 3):
        let time = Self.time(&random, spread: Int64(spread))
        let rank = Rank(rawValue: UInt8(random.next(in: 0...2))) ?? .run
        queue.schedule(step, at: time, rank: rank)
        model.schedule(step, at: time, rank: rank)
      default:
        let expected = model.next()
        let got = queue.next()
        #expect(got?.payload == expected?.payload)
        #expect(got?.key.time.milliseconds == expected?.time)
      }
      #expect(queue.isEmpty == model.waiting.isEmpty, "after step \(step)")
    }
    #expect(queue.drain() == model.drain())
    #expect(queue.isEmpty)
  }

  private static func time(_ random: inout SeededGenerator, spread: Int64) -> Instant {
    switch random.next(in: 0...40) {
    case 0: .init(.max)
    case 1: .init(.min)
    case 2: .init(0)
    default: .init(random.next(in: -spread...spread))
    }
  }
}

/// The obvious queue: a list, sorted whenever something is asked of it.
private struct SortedList {
  struct Entry {
    let time: Int64
    let rank: UInt8
    let number: Int
    let payload: Int
  }

  private(set) var waiting: [Entry] = []
  private var scheduled = 0

  mutating func schedule(_ payload: Int, at time: Instant, rank: Rank) {
    waiting.append(
      Entry(time: time.milliseconds, rank: rank.rawValue, number: scheduled, payload: payload))
    scheduled += 1
  }

  mutating func drain() -> [Int] {
    var payloads: [Int] = []
    while let entry = next() { payloads.append(entry.payload) }
    return payloads
  }

  mutating func next() -> Entry? {
    waiting.sort { ($0.time, $0.rank, $0.number) < ($1.time, $1.rank, $1.number) }
    return waiting.isEmpty ? nil : waiting.removeFirst()
  }
}

extension EventQueue {
  fileprivate mutating func drain() -> [Payload] {
    var payloads: [Payload] = []
    while let event = next() { payloads.append(event.payload) }
    return payloads
  }
}
