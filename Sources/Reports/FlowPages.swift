import DiscreteEvents
import SimulationTrace

/// What people see of flows at the end: each one's state, its page's warning, its run history.
struct FlowPages {
  private let trace: Trace
  private let states: FlowStates
  /// When a text was told in the story.
  private let told: [String: String]
  private let flows: [FlowID]
  private var histories: [FlowID: [RunFold]] = [:]

  /// The most flows shown, and the most lines of a history.
  private static let most = 12

  init(_ trace: Trace, _ states: FlowStates, told: [String: String]) {
    self.trace = trace
    self.states = states
    self.told = told
    flows = states.featured(Self.most).filter(states.exists)
    let end = max(trace.until, .start)
    let isShown = Set(flows)
    for fold in trace.folds(in: max(.start, end + -Trace.historyWindow)..<end)
    where isShown.contains(fold.flow) {
      histories[fold.flow, default: []].append(fold)
    }
    for flow in flows {
      histories[flow]?.sort { ($0.first, $0.event ?? .max) < ($1.first, $1.event ?? .max) }
    }
  }

  /// Writes the pages of flows that exist.
  func write(to page: inout Page) {
    guard !flows.isEmpty else { return }
    page.heading("What people see at \(trace.timeText(trace.until))")
    for flow in flows { write(flow, to: &page) }
    let others = states.last.indices.count { states.exists(FlowID($0)) } - flows.count
    if others > 0 { page.text("and \(counted(others, "more flow")): \(census)", indent: 2) }
  }

  /// Of all flows: `99000 On, 1000 Suspended`.
  private var census: String {
    let counts = [.on, .off, .suspended].map { (state: FlowState) in
      (state, states.last.count { $0 == state })
    }
    return "in all "
      + counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.words)" }.joined(separator: ", ")
  }

  private func write(_ flow: FlowID, to page: inout Page) {
    let title = trace.cast.flows[flow.row]
    let state = states.last[flow.row] ?? .absent
    let display = title.displayName == title.name ? "" : " \"\(title.displayName)\""
    let name = printable("flow \(title.name)\(display): ")
    if displayWidth(name) + displayWidth(state.words) + 2 <= page.style.width {
      page.line([Span(name), Span(state.words, state.color)], indent: 2)
    } else {
      page.text(name + state.words, indent: 2)
    }
    let history = histories[flow] ?? []
    if state == .on,
      let last = history.max(by: { ($0.last, $0.event ?? .max) < ($1.last, $1.event ?? .max) }),
      trace.verdicts[last.verdict].failure != nil
    {
      let text = known(Cast.flowPageWarning) ?? Cast.flowPageWarning
      page.text("its page warns (observed): \(text)", indent: 4)
    }
    write(history, to: &page)
  }
}

// MARK: - Run history

extension FlowPages {
  private func write(_ history: [RunFold], to page: inout Page) {
    guard !history.isEmpty else {
      let days = Trace.historyWindow / CivilTime.day
      return page.text("no runs in the last \(days) days", indent: 4)
    }
    let shown = history.suffix(Self.most)
    let earlier = history[..<shown.startIndex].reduce(0) { $0 + $1.count }
    if earlier > 0 { page.text("\(counted(earlier, "earlier run"))", .faint, indent: 4) }
    let times = shown.map { trace.rangeText($0.first, $0.last, page.style) }
    let timeWidth = times.map(displayWidth).max() ?? 0
    let countWidth = shown.map { "\($0.count)".utf8.count }.max() ?? 0
    for (fold, time) in zip(shown, times) {
      let count = "\(fold.count)"
      write(
        fold,
        Span(padded(time, timeWidth) + spaces(2 + countWidth - count.utf8.count) + count + " "),
        to: &page)
    }
  }

  private func write(_ fold: RunFold, _ lead: Span, to page: inout Page) {
    let verdict = trace.verdicts[fold.verdict]
    let noun = verdict.kind == .flowRun ? "run" : "trigger"
    let outcome = verdict.outcome == .succeeded ? "Succeeded" : "Failed"
    page.line(
      [
        lead, Span(padded(fold.count == 1 ? noun : noun + "s", noun.utf8.count + 2)),
        Span(padded(outcome, 11), verdict.outcome.mark.color), Span(duration(verdict.duration)),
      ], indent: 4)
    let details = [steps(verdict), verdict.failure.map { text(of: $0) }].compactMap { $0 }
    for text in details { page.text(text, .faint, indent: 6) }
  }

  private func text(of failure: Failure) -> String {
    let message = trace.text(of: failure).message
    return known(message).map { "details: \($0)" } ?? message
  }

  private func known(_ text: String) -> String? { told[text].map { "the text told at \($0)" } }

  private func duration(_ length: Milliseconds) -> String {
    length % 1000 == 0 ? "\(length / 1000) s" : "\(length) ms"
  }

  /// The action that failed and those that were not reached.
  private func steps(_ verdict: RunVerdict) -> String? {
    guard let failed = verdict.failedStep, verdict.steps.indices.contains(failed) else {
      return nil
    }
    let names = verdict.steps.map { trace.cast.operations[$0.row] }
    let skipped = names[(failed + 1)...].joined(separator: ", ")
    return "failed action \(names[failed])" + (skipped.isEmpty ? "" : ", skipped \(skipped)")
  }
}
