import DiscreteEvents
import SimulationTrace

/// A part of a story in the very words of the whole, the trainer's script in its places: what was said
/// before it is not said again.
public struct Passage {
  private let trace: Trace
  private let style: Style

  /// A way to tell parts of a trace.
  public init(_ trace: Trace, _ style: Style) {
    self.trace = trace
    self.style = style
  }

  /// The title, and when it plays.
  public var heading: String {
    var page = Page(style)
    page.heading(of: trace)
    return page.text
  }

  /// What happens in an interval, and what the trainer says and asks then; empty where nothing is told.
  ///
  /// - Parameter line: a line of the scenario, to tell only what comes of it.
  public func text(_ interval: Range<Instant>, line: Int? = nil) -> String {
    var storyteller = Storyteller(trace, style)
    let past = trace.story(in: .start..<max(.start, interval.lowerBound))
    for item in past { _ = storyteller.line(.item(item)) }
    let items = trace.story(in: interval).filter { line == nil || trace.line(of: $0) == line }
    let entries = trace.digest(of: items)
    let lines = entries.map { storyteller.line($0) }
    let cues = line == nil ? ScriptCue.all(of: trace, among: entries, in: interval) : []
    var page = Page(style)
    page.write(lines, cues, of: trace, opens: past.isEmpty)
    return page.text
  }
}

extension Trace {
  fileprivate func line(of item: StoryItem) -> Int {
    switch item.content {
    case .event(let row): events[row].line
    case .runs(let fold): fold.line
    case .tie(let tie): tie.line
    }
  }
}

extension Page {
  /// Writes a story's title, and when it plays.
  mutating func heading(of trace: Trace, variant: String? = nil) {
    let end = trace.start + trace.until.milliseconds
    let isSameDay = end.midnight == trace.start.midnight
    text(trace.title, .strong)
    text(
      "\(trace.start.dateText) \(trace.start.clockText) to "
        + (isSameDay ? end.clockText : "\(end.dateText) \(end.clockText)")
        + " UTC, propagation \(trace.propagation), seed \(trace.seed)"
        + (variant.map { ", variant \($0)" } ?? ""), .faint)
    gap()
  }
}
