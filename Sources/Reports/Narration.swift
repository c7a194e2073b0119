import SimulationTrace

/// Tells a trace to people: a line an event, equal runs in one line, a picture, and what is left at
/// the end.
///
/// The text is for reading and may change; programs read what ``TraceWriter`` writes.
public struct Narration {
  private let trace: Trace
  private let style: Style
  private let variant: String?
  private var page: Page

  /// Writes a trace's story into a sink.
  ///
  /// - Parameter variant: the name of the variant that was played, if one was.
  public static func write(
    _ trace: Trace, style: Style, variant: String? = nil, to sink: @escaping ByteBuffer.Sink
  ) throws {
    var narration = Narration(trace, style, variant, Page(style, sink: sink))
    try narration.write()
  }

  private init(_ trace: Trace, _ style: Style, _ variant: String?, _ page: consuming Page) {
    self.trace = trace
    self.style = style
    self.variant = variant
    self.page = page
  }

  private mutating func write() throws {
    page.heading(of: trace, variant: variant)
    let told = writeStory()
    let states = FlowStates(trace)
    Timeline(trace, states, style).write(to: &page)
    FlowPages(trace, states, told: told).write(to: &page)
    page.list("Widely shared at \(trace.timeText(trace.until))", trace.widelySharedNames)
    page.list("Settings relied on", trace.settings)
    page.list("Assumed, for want of a source", trace.assumptions)
    page.gap()
    page.text(Counts(trace).words)
    try page.flush()
  }

  /// Writes the lines; returns when each text was told, so that nobody tells it again.
  private mutating func writeStory() -> [String: String] {
    var storyteller = Storyteller(trace, style)
    let entries = trace.digest
    let lines = entries.map { storyteller.line($0) }
    page.write(lines, ScriptCue.all(of: trace, among: entries), of: trace)
    return storyteller.told
  }
}
