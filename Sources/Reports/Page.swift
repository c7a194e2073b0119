import SimulationTrace

/// A piece of a line, in one colour.
struct Span {
  var text: String
  var color: Style.Color?

  init(_ text: String, _ color: Style.Color? = nil) {
    self.text = text
    self.color = color
  }
}

/// Lines no wider than the style allows, if it is for reading, on their way out.
///
/// All text passes through here, so nothing that a scenario says can steer a terminal.
struct Page {
  let style: Style
  private var buffer: ByteBuffer

  /// A page in front of a sink; one without a sink only collects.
  init(_ style: Style, sink: ByteBuffer.Sink? = nil) {
    self.style = style
    buffer = ByteBuffer(sink: sink)
  }

  /// Writes one line; whoever calls it has measured it.
  mutating func line(_ spans: [Span], indent: Int = 0) {
    buffer.append(spaces(indent))
    for span in spans { buffer.append(style.paint(printable(span.text), span.color)) }
    buffer.append("\n")
  }

  /// Writes an empty line.
  mutating func gap() { buffer.append("\n") }

  /// Writes text in as many lines as it needs, those of the text kept apart, all behind a label.
  mutating func text(
    _ text: String, _ color: Style.Color? = nil, label: Span = Span(""), indent: Int = 0
  ) {
    let inner = displayWidth(label.text)
    let lines = text.split(separator: "\n").flatMap { line in
      let line = printable(String(line))
      return style.isWrapped ? wrapped(line, to: style.width - indent - inner) : [line]
    }
    for (row, line) in lines.enumerated() {
      self.line([row == 0 ? label : Span(spaces(inner)), Span(line, color)], indent: indent)
    }
  }

  /// Writes a heading below an empty line.
  mutating func heading(_ text: String) {
    gap()
    self.text(text, .strong)
  }

  /// Writes a heading and a list; nothing for an empty list.
  mutating func list(_ heading: String, _ entries: [String]) {
    guard !entries.isEmpty else { return }
    self.heading(heading)
    for entry in entries { text(entry, label: Span("- "), indent: 2) }
  }

  /// Lets go of what is written; to be called between lines.
  mutating func flushIfLong() throws { try buffer.flushIfLong() }

  /// What waits, as text; for pages that only collect.
  var text: String { buffer.text }

  /// Writes all that waits.
  mutating func flush() throws { try buffer.flush() }
}

func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
