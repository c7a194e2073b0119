import DiscreteEvents
import SimulationTrace

/// A part of a play: what is told from where a chapter opens to where the next one does.
struct PlayChapter {
  /// Its heading.
  var title: String
  /// When it opens.
  var start: Instant
  /// When the next one does, or the play ends.
  var end: Instant
  /// Rows of the play's events.
  var events: Range<Int>
  var notes: [Note]
  /// The row in the script of each of its questions.
  var questions: [Int]
}

extension PlayTelling {
  /// The chapters; what comes before the first one is a part of its own, and so is a play without any.
  var chapters: [PlayChapter] {
    let script = trace.script
    var openings = script.chapters.map { (title: $0.title, time: $0.time) }
    if openings.first.map({ $0.time > .start }) ?? true {
      openings.insert((openings.isEmpty ? trace.title : "Before", .start), at: 0)
    }
    let chapters = openings.indices.map { row in
      let next = row + 1 < openings.count ? openings[row + 1].time : nil
      return chapter(openings[row].title, from: openings[row].time, to: next)
    }
    return chapters.filter { !$0.events.isEmpty || !$0.notes.isEmpty || !$0.questions.isEmpty }
  }

  /// - Parameter end: nil for the last one, which has all that is left.
  private func chapter(_ title: String, from start: Instant, to end: Instant?) -> PlayChapter {
    func isInside(_ time: Instant) -> Bool { time >= start && end.map { time < $0 } ?? true }
    let first = events.firstIndex { $0.time >= start } ?? events.count
    let last = end.flatMap { end in events.firstIndex { $0.time >= end } } ?? events.count
    return PlayChapter(
      title: title, start: start, end: end ?? trace.until, events: first..<max(first, last),
      notes: trace.script.notes.filter { isInside($0.time) },
      questions: trace.script.questions.indices.filter {
        isInside(trace.script.questions[$0].time)
      })
  }
}
