import DiscreteEvents
import SimulationTrace

/// A picture of the whole story: an axis of times, the policies that changed, the runs of flows.
struct Timeline {
  private let trace: Trace
  private let states: FlowStates
  private let style: Style
  private let bands: [PolicyBands]
  private let flows: [FlowID]
  private let labelWidth: Int

  /// The most lanes, and the most tenants with bands.
  private static let mostLanes = 12
  private static let mostBands = 6

  init(_ trace: Trace, _ states: FlowStates, _ style: Style) {
    self.trace = trace
    self.states = states
    self.style = style
    bands = PolicyBands.all(trace)
    flows = states.featured(Self.mostLanes)
    let tenants = bands.prefix(Self.mostBands).map {
      displayWidth(Self.name(trace.cast.tenants[$0.tenant.row].name)) + Self.inForce.count
    }
    let names = flows.map { displayWidth(Self.name(trace.cast.flows[$0.row].name)) }
    labelWidth = min((tenants + names).max() ?? 0, style.width * 3 / 10)
  }

  private static let saved = " saved   "
  private static let inForce = " in force"

  private static func name(_ name: String) -> String { printable(name) }

  /// Writes the picture; nothing where there is nothing to draw.
  func write(to page: inout Page) {
    guard !bands.isEmpty || !flows.isEmpty,
      let axis = TimeAxis(trace, room: style.width - labelWidth - 4)
    else { return }
    page.heading("Timeline")
    writeAxis(axis, to: &page)
    for band in bands.prefix(Self.mostBands) { write(band, axis, to: &page) }
    let lanes = FlowLanes(trace, states, flows, axis, style)
    for (lane, flow) in flows.enumerated() {
      write(Self.name(trace.cast.flows[flow.row].name), lanes.strip(lane), to: &page)
    }
    writeLegend(axis, lanes, to: &page)
  }

  private func write(_ label: String, _ strip: Strip, to page: inout Page) {
    let label = style.cut(label, to: labelWidth)
    page.line([Span(padded(label, labelWidth + 2))] + strip.spans, indent: 2)
  }

  private func write(_ band: PolicyBands, _ axis: TimeAxis, to page: inout Page) {
    let name = style.cut(
      Self.name(trace.cast.tenants[band.tenant.row].name), to: labelWidth - Self.inForce.count)
    let width = labelWidth - Self.inForce.count
    write(padded(name, width) + Self.saved, band.saved(axis, trace.cast, style), to: &page)
    write(spaces(width) + Self.inForce, band.inForce(axis, trace.cast, style), to: &page)
  }

  private func writeAxis(_ axis: TimeAxis, to page: inout Page) {
    var labels = Strip(axis.columns + 12)
    var ruler = Strip(axis.columns, style.inUnicode ? "─" : "-", .faint)
    for tick in axis.ticks {
      ruler.write(style.inUnicode ? "┬" : "+", at: tick.column, .faint)
      // The last label may have no room.
      guard labelWidth + 4 + tick.end <= style.width else { continue }
      labels.write(tick.label, at: tick.column, nil)
    }
    write("", labels, to: &page)
    write("", ruler, to: &page)
  }

  private func writeLegend(_ axis: TimeAxis, _ lanes: FlowLanes, to page: inout Page) {
    var parts = lanes.legend.map { "\($0.0.character(style)) \($0.1)" }
    if !bands.isEmpty { parts.append("\(style.propagating) saved, not yet in force") }
    let left = [
      (bands.count - Self.mostBands, "more tenant"), (states.count - flows.count, "more flow"),
    ]
    for (count, word) in left where count > 0 { parts.append("\(counted(count, word)) not drawn") }
    page.text(
      "\(lengthText(axis.step)) a column; " + parts.joined(separator: ", "), .faint, indent: 2)
  }

  private func lengthText(_ length: Milliseconds) -> String {
    let units: [(Milliseconds, String)] = [
      (CivilTime.day, "day"), (3_600_000, "hour"), (60_000, "minute"), (1000, "second"),
    ]
    for (size, word) in units where length % size == 0 {
      return counted(Int(length / size), word)
    }
    return "\(length) ms"
  }
}
