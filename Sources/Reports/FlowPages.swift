import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What people see of each flow at the end: its state, its page's warning, its run history.
struct FlowPages {
  private let trace: Trace
  private let style: Style
  private var states: [State]
  private var histories: [[RunFold]]

  private enum State {
    /// Nothing but refusals is known of it.
    case unknown
    case on, off, suspended, deleted
  }

  /// How long the portal's run history goes back; documented.
  private static let window = 28 * CivilTime.day

  init(_ trace: Trace, _ style: Style) {
    self.trace = trace
    self.style = style
    // A flow that no record names exists since before the start and was left alone: it is on.
    states = Array(repeating: .on, count: trace.cast.flows.count)
    histories = Array(repeating: [], count: trace.cast.flows.count)
    gatherHistories()
    gatherStates()
  }

  private mutating func gatherHistories() {
    let end = max(trace.until, .start)
    for fold in trace.folds(in: max(.start, end + -Self.window)..<end) {
      histories[fold.flow.row].append(fold)
    }
    for row in histories.indices {
      histories[row].sort { ($0.first, $0.event ?? .max) < ($1.first, $1.event ?? .max) }
    }
  }

  private mutating func gatherStates() {
    var isKnown = histories.map { !$0.isEmpty }
    for event in trace.events {
      guard let row = event.flow?.row else { continue }
      if event.kind == .operationRefused {
        if !isKnown[row] { states[row] = .unknown }
        continue
      }
      isKnown[row] = true
      states[row] = state(after: event, states[row])
    }
  }

  private func state(after event: Record, _ state: State) -> State {
    switch event.kind {
    // Saving a flow that is off leaves it off.
    case .flowSaved: state == .off ? .off : .on
    case .flowOn: .on
    case .flowOff: .off
    case .flowSuspended: .suspended
    case .flowDeleted: .deleted
    default: state == .unknown ? .on : state
    }
  }

  /// Appends the pages of all flows that exist.
  func write(to buffer: inout ByteBuffer) throws {
    let flows = states.indices.filter { states[$0] != .unknown && states[$0] != .deleted }
    guard !flows.isEmpty else { return }
    buffer.append(
      "\n" + style.paint("What people see at \(trace.timeText(trace.until))", .strong) + "\n")
    for row in flows {
      write(row, to: &buffer)
      try buffer.flushIfLong()
    }
  }

  private func write(_ row: Int, to buffer: inout ByteBuffer) {
    let title = trace.cast.flows[row]
    let display = title.displayName == title.name ? "" : " \"\(printable(title.displayName))\""
    buffer.append("  flow \(title.name)\(display): \(word(states[row]))\n")
    let history = histories[row]
    if states[row] == .on, let last = history.max(by: { $0.last < $1.last }),
      trace.verdicts[last.verdict].failure != nil
    {
      buffer.append("    its page warns (observed): \(Cast.flowPageWarning)\n")
    }
    guard !history.isEmpty else { return buffer.append("    no runs in the last 28 days\n") }
    for fold in history { write(fold, to: &buffer) }
  }

  private func word(_ state: State) -> String {
    switch state {
    case .on: style.paint("On", .good)
    case .off: "Off"
    case .suspended: style.paint("Suspended", .paused)
    case .deleted, .unknown: "gone"
    }
  }

  private func write(_ fold: RunFold, to buffer: inout ByteBuffer) {
    let verdict = trace.verdicts[fold.verdict]
    let outcome = verdict.outcome == .succeeded ? "Succeeded" : "Failed"
    buffer.append("    \(padded(trace.rangeText(fold.first, fold.last), 11))  ")
    buffer.append("\(counted(fold.count, verdict.kind == .flowRun ? "run" : "trigger")), ")
    buffer.append(style.paint(outcome, verdict.outcome.mark.color))
    buffer.append(", \(duration(verdict.duration))\(steps(verdict))\n")
    guard let failure = verdict.failure else { return }
    for line in trace.text(of: failure).message.split(separator: "\n") {
      buffer.append("      \(printable(String(line)))\n")
    }
  }

  private func duration(_ length: Milliseconds) -> String {
    length % 1000 == 0 ? "\(length / 1000) s" : "\(length) ms"
  }

  /// The action that failed and those that were not reached.
  private func steps(_ verdict: RunVerdict) -> String {
    guard let failed = verdict.failedStep, verdict.steps.indices.contains(failed) else { return "" }
    let names = verdict.steps.map { printable(trace.cast.operations[$0.row]) }
    let skipped = names[(failed + 1)...].joined(separator: ", ")
    return ", failed action \(names[failed])" + (skipped.isEmpty ? "" : ", skipped \(skipped)")
  }
}
