import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What is told of a story, however long it is.
enum StoryEntry {
  case item(StoryItem)
  /// Lines that would say the same about others: how many, one of them, and when the last was.
  case elided(count: Int, like: StoryItem, last: Instant)
  /// All that comes after the most that anybody reads.
  case rest(count: Int, from: Instant)
}

extension Trace {
  /// The story for readers: all of a short one. Of a long one, between two changes of a policy, the
  /// first few of each sort; the others are counted.
  var digest: [StoryEntry] { digest(of: story) }

  /// The same of some of its lines.
  func digest(of items: [StoryItem]) -> [StoryEntry] {
    guard items.count > StoryDigest.longStory else { return items.map { .item($0) } }
    var digest = StoryDigest(self)
    for item in items { digest.add(item) }
    return digest.finished
  }
}

extension RecordKind {
  fileprivate var changesPolicy: Bool {
    switch self {
    case .policySaved, .policyInForce, .dataPolicySaved, .dataPolicyInForce: true
    default: false
    }
  }
}

private struct StoryDigest {
  /// Stories up to this many lines are told whole.
  static let longStory = 200
  /// How many of a sort are told between two changes of a policy.
  private static let most = 3
  /// The most entries of a story.
  private static let limit = 500

  private let trace: Trace
  private var entries: [StoryEntry] = []
  private var stretch: [Sort: Tally] = [:]
  /// The sorts of this stretch in order of their first line.
  private var order: [Sort] = []
  private var rest: (count: Int, from: Instant)?

  /// What makes two lines say the same.
  private struct Sort: Hashable {
    var kind: RecordKind?
    var outcome: Outcome?
    var grounds = Grounds()
    var path: Path?
  }

  private struct Tally {
    var count: Int
    var example: StoryItem
    var last: Instant
  }

  init(_ trace: Trace) { self.trace = trace }

  mutating func add(_ item: StoryItem) {
    let sort = sort(of: item)
    if sort.kind?.changesPolicy ?? false { endStretch() }
    if stretch[sort] == nil {
      order.append(sort)
      stretch[sort] = Tally(count: 0, example: item, last: item.time)
    }
    stretch[sort]?.count += 1
    stretch[sort]?.last = item.time
    let count = stretch[sort]?.count ?? 0
    if count <= Self.most {
      append(.item(item), count: 1, item.time)
    } else if count == Self.most + 1 {
      stretch[sort]?.example = item
    }
  }

  private mutating func endStretch() {
    for sort in order {
      guard let tally = stretch[sort], tally.count > Self.most else { continue }
      let count = tally.count - Self.most
      append(
        .elided(count: count, like: tally.example, last: tally.last), count: count,
        tally.example.time)
    }
    stretch.removeAll(keepingCapacity: true)
    order.removeAll(keepingCapacity: true)
  }

  private mutating func append(_ entry: StoryEntry, count: Int, _ time: Instant) {
    guard entries.count >= Self.limit else { return entries.append(entry) }
    rest = ((rest?.count ?? 0) + count, rest?.from ?? time)
  }

  var finished: [StoryEntry] {
    var copy = self
    copy.endStretch()
    return copy.entries + (copy.rest.map { [.rest(count: $0.count, from: $0.from)] } ?? [])
  }

  private func sort(of item: StoryItem) -> Sort {
    switch item.content {
    case .event(let row):
      let event = trace.events[row]
      return Sort(
        kind: event.kind, outcome: event.outcome, grounds: event.grounds, path: event.path)
    case .runs(let fold):
      let verdict = trace.verdicts[fold.verdict]
      return Sort(
        kind: verdict.kind, outcome: verdict.outcome, grounds: verdict.grounds, path: verdict.path)
    case .tie: return Sort()
    }
  }
}
