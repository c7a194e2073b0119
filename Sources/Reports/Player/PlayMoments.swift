import DiscreteEvents
import SimulationTrace

// What of an instant is spoken of: where a chapter opens, and where a question is answered.

extension PlayTelling {
  /// The event that a chapter introduces: the first statement below it, else what the platform does
  /// then; nil where neither is.
  func event(opening chapter: Chapter) -> Int? {
    let rows = rows(at: chapter.time)
    let below = rows.filter { events[$0].actor >= 0 && events[$0].line > chapter.line }
    return below.min { events[$0].line < events[$1].line } ?? rows.first { events[$0].actor < 0 }
  }

  /// The event that answers a question: of what happens at that instant what the question names, a
  /// statement before a recurring run, what is decided before what is only recorded.
  func event(answering question: Question) -> Int? {
    let text = question.text.lowercased()
    return rows(at: question.until).max { rank($0, in: text) < rank($1, in: text) }
  }

  private func rank(_ row: Int, in text: String) -> (Int, Int, Int, Int) {
    let event = events[row]
    let named = names(of: event).count { text.contains($0.lowercased()) }
    return (named, event.actor >= 0 ? 1 : 0, event.grounds >= 0 ? 1 : 0, row)
  }

  /// What the scenario, and people, call those that take part in an event.
  private func names(of event: EventRow) -> [String] {
    let cast = trace.cast
    let titles = [
      cast.connections[checked: event.connection], cast.apps[checked: event.app],
      cast.flows[checked: event.flow],
    ].compactMap(\.self)
    return titles.flatMap { Set([$0.name, $0.displayName]) }
      + [cast.users[checked: event.actor]?.name].compactMap(\.self)
  }

  /// The rows of an instant, in order.
  func rows(at time: Instant) -> Range<Int> {
    let end = events.lastIndex { $0.time <= time }.map { $0 + 1 } ?? 0
    let start = events[..<end].lastIndex { $0.time < time }.map { $0 + 1 } ?? 0
    return start..<end
  }

  /// Whether a policy says anything else than the one that its tenant saved before.
  func isChange(_ policy: Int) -> Bool {
    let policies = trace.policies
    let before = policies[..<policy].last { $0.tenant == policies[policy].tenant }
    return before.map(PolicyContent.init) != PolicyContent(policies[policy])
  }
}
