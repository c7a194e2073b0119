import SimulationTrace

/// Tells a trace to people: a line an event, equal runs in one line, a picture, and what is left at
/// the end.
///
/// The text is for reading and may change; programs read what ``TraceWriter`` writes.
public struct Narration {
  private let trace: Trace
  private let style: Style
  private var page: Page

  /// Writes a trace's story into a sink.
  public static func write(
    _ trace: Trace, style: Style, to sink: @escaping ByteBuffer.Sink
  ) throws {
    var narration = Narration(trace, style, Page(style, sink: sink))
    try narration.write()
  }

  private init(_ trace: Trace, _ style: Style, _ page: consuming Page) {
    self.trace = trace
    self.style = style
    self.page = page
  }

  private mutating func write() throws {
    page.heading(of: trace)
    let told = try writeStory()
    let states = FlowStates(trace)
    Timeline(trace, states, style).write(to: &page)
    FlowPages(trace, states, told: told).write(to: &page)
    page.list("Settings relied on", trace.settings)
    page.list("Assumed, for want of a source", trace.assumptions)
    page.gap()
    page.text(Counts(trace).words)
    try page.flush()
  }

  /// Writes the lines; returns when each text was told, so that nobody tells it again.
  private mutating func writeStory() throws -> [String: String] {
    var storyteller = Storyteller(trace, style)
    let lines = trace.digest.map { storyteller.line($0) }
    let columns = StoryColumns(lines, width: style.width)
    for line in lines {
      page.write(line, columns)
      try page.flushIfLong()
    }
    return storyteller.told
  }
}
