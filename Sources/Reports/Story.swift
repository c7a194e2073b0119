import DiscreteEvents
import SimulationTrace

/// One line of a story.
struct StoryItem {
  enum Content {
    /// Something that happened once, a row of the trace's events.
    case event(Int)
    case runs(RunFold)
    case tie(Tie)
  }

  var content: Content
  var time: Instant
  /// Within an instant: statements in their order, then recurring runs, then what they did, then
  /// remarks.
  fileprivate var rank: Int
  fileprivate var row: Int
}

extension Trace {
  /// All that is told, in order.
  var story: [StoryItem] { story(in: .start..<max(.start, until)) }

  /// What is told of an interval, in order.
  func story(in interval: Range<Instant>) -> [StoryItem] {
    var items: [StoryItem] = []
    for (row, event) in events.enumerated()
    where !event.kind.isRun && interval.contains(event.time) {
      items.append(
        StoryItem(
          content: .event(row), time: event.time, rank: event.isInRecurringRun ? 2 : 0, row: row))
    }
    for fold in folds(in: interval, breaks: storyBreaks) {
      let (rank, row) = fold.event.map { (0, $0) } ?? (1, fold.flow.row)
      items.append(StoryItem(content: .runs(fold), time: fold.first, rank: rank, row: row))
    }
    for (row, tie) in ties.enumerated() where interval.contains(tie.time) {
      items.append(StoryItem(content: .tie(tie), time: tie.time, rank: 3, row: row))
    }
    return items.sorted { ($0.time, $0.rank, $0.row) < ($1.time, $1.rank, $1.row) }
  }

  /// Where the runs' story pauses: at each change of a policy, because that runs go on as before
  /// after it is what there is to learn, and where the trainer speaks.
  ///
  /// Nobody reads a story of ten thousands of lines. Where it would become one, runs are folded as
  /// far as they go.
  private var storyBreaks: [Instant] {
    let changes = events.filter { $0.kind == .policySaved || $0.kind == .dataPolicySaved }
    let breaks = Set(changes.map(\.time) + script.breaks).sorted()
    return breaks.count * segments.count <= 10_000 ? breaks : script.breaks
  }
}

extension Script {
  /// Where a chapter opens, and from where to where a question waits for its answer: no line before
  /// may tell what comes after.
  fileprivate var breaks: [Instant] {
    Set(chapters.map(\.time) + questions.flatMap { [$0.time, $0.until] }).sorted()
  }
}
