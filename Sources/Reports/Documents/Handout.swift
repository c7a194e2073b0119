import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What a trainer hands out, in Markdown: chapter by chapter how things stand, what happens up to the
/// first question, what to remember and what is asked; at the end the answers and what happened then.
public struct Handout {
  private let play: Play
  private let telling: PlayTelling
  /// What people saw, by the event's row.
  private let seen: [Int: SeenRow]

  /// A handout of a play.
  public init(_ play: Play) {
    self.play = play
    telling = PlayTelling(play, PlayWords())
    seen = Dictionary(telling.seen.map { ($0.event, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private var trace: Trace { play.trace }

  /// The document.
  public var markdown: String {
    var lines = cover
    var state = telling.state.initial
    var held: [String] = []
    var next = 0
    for chapter in telling.chapters {
      while next < chapter.events.lowerBound {
        for patch in telling.events[next].patch { state[patch.place] = patch.after }
        next += 1
      }
      let table = table(state, at: chapter.start)
      let hides = isOpen(chapter.start)
      let shown = (hides ? [] : table) + story(chapter, isAfter: false) + remarks(chapter)
      let told = story(chapter, isAfter: true) + notes(chapter, isAfter: true)
      lines += section("## \(inMarkdown(chapter.title))", shown)
      held += section(
        "### \(inMarkdown(chapter.title)), what happened then", (hides ? table : []) + told)
    }
    lines += answers + held + expectations + footing
    return lines.map { $0 + "\n" }.joined()
  }

  private func section(_ heading: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["", heading, ""] + lines
  }

  private var cover: [String] {
    let end = trace.start + trace.until.milliseconds
    var lines = ["# \(inMarkdown(trace.title))", ""]
    if !play.stage.about.isEmpty { lines += [inMarkdown(play.stage.about), ""] }
    lines.append(
      "A simulation, \(trace.start.dateText) \(trace.start.clockText) to \(end.dateText) "
        + "\(end.clockText) UTC, propagation \(trace.propagation), seed \(trace.seed), edition "
        + "\(play.stage.edition) of the documentation.")
    return lines
  }
}

// MARK: - Chapters

extension Handout {
  /// How things stand when a chapter opens, before anything in it.
  private func table(_ state: [PlayState.Value], at time: Instant) -> [String] {
    let rows = policies(state) + flows(state)
    guard !rows.isEmpty else { return [] }
    return ["| before \(trace.timeText(time)) | |", "| --- | --- |"]
      + rows.map { "| \(inMarkdown($0.name)) | \(inMarkdown($0.value)) |" } + [""]
  }

  private func policies(_ state: [PlayState.Value]) -> [(name: String, value: String)] {
    trace.cast.tenants.enumerated().flatMap { row, tenant -> [(name: String, value: String)] in
      // What is known by its identifier only has no policy that anybody could tell of.
      guard !tenant.domains.isEmpty else { return [] }
      let thing = Stage.Thing.tenant(TenantID(row))
      guard case .row(let saved) = value(thing, .saved, state),
        case .row(let inForce) = value(thing, .inForce, state)
      else { return [] }
      let name = "isolation of \(tenant.displayName)"
      guard content(saved) != content(inForce) else { return [(name, content(saved))] }
      let arrival = trace.timeText(trace.policies[saved].inForceAt)
      return [
        (name + ", saved", content(saved)),
        (name + ", in force", "\(content(inForce)); what is saved follows at \(arrival)"),
      ]
    }
  }

  private func flows(_ state: [PlayState.Value]) -> [(name: String, value: String)] {
    trace.cast.flows.enumerated().compactMap { row, flow in
      guard case .word(let word) = value(.flow(FlowID(row)), .state, state), word != "absent"
      else { return nil }
      return ("flow \(flow.displayName)", word)
    }
  }

  private func value(
    _ thing: Stage.Thing, _ field: Stage.Field, _ state: [PlayState.Value]
  ) -> PlayState.Value? {
    telling.state.row(of: Stage.Place(thing, field)).map { state[$0] }
  }

  private func content(_ policy: Int) -> String {
    let version = trace.policies[policy]
    return version.isConfigured
      ? trace.cast.words(version.policy) : "isolation \(PolicyVersion.neverConfigured)"
  }

  /// What is told before the answer to a chapter's first question is, or what comes after it.
  private func story(_ chapter: PlayChapter, isAfter: Bool) -> [String] {
    let strings = telling.words.strings.rows
    let rows = chapter.events.filter { isHeld(telling.events[$0].time, chapter) == isAfter }
    var told: Set<String> = []
    return rows.flatMap { row in
      let event = telling.events[row]
      let word = event.word < 0 ? "" : ": **\(inMarkdown(strings[event.word]))**"
      let details = [event.details, event.remark].filter { $0 >= 0 }
        .flatMap { strings[$0].split(separator: "\n") }
      let beneath = details.map { String($0) } + reasons(row).filter { told.insert($0).inserted }
      return ["- \(trace.timeText(event.time)) \(inMarkdown(telling.caption(of: event)))\(word)"]
        + beneath.map { "  - \(inMarkdown($0))" }
    }
  }

  /// Why an event ended as it did, and what somebody was told.
  private func reasons(_ row: Int) -> [String] {
    let event = telling.events[row]
    let why = event.decision < 0 ? nil : telling.decisions.deciding[event.decision]
    let error = (event.details < 0 ? seen[row] : nil).map { seen in
      let viewer = seen.viewer < 0 ? "somebody" : trace.cast.users[seen.viewer].name
      return "\(viewer) sees: \(trace.text(of: telling.errors.rows[seen.error]).message)"
    }
    return [why.map { "why: \($0)" }, error].compactMap { $0 }
  }

  /// Whether what happens at an instant of a chapter is told with the answers.
  private func isHeld(_ time: Instant, _ chapter: PlayChapter) -> Bool {
    let asked = chapter.questions.map { trace.script.questions[$0].time }.min()
    return isOpen(time) || asked.map { time > $0 } ?? isOpen(chapter.start)
  }

  /// Whether a question that was asked before is not answered yet: what happens would give it away.
  private func isOpen(_ time: Instant) -> Bool {
    trace.script.questions.contains { $0.time < time && time <= $0.until }
  }

  private func notes(_ chapter: PlayChapter, isAfter: Bool) -> [String] {
    chapter.notes.filter { isHeld($0.time, chapter) == isAfter }.flatMap { note in
      let source = note.section.flatMap { DocumentedSection(name: $0) }
      let link = source.map { section in
        section.url.map { " ([\(inMarkdown(section.title))](\($0)))" }
          ?? " (\(inMarkdown(section.title)))"
      }
      return ["", "> \(inMarkdown(note.text))\(link ?? "")"]
    }
  }

  private func remarks(_ chapter: PlayChapter) -> [String] {
    let questions = chapter.questions.flatMap { row in
      let question = trace.script.questions[row]
      return [
        "",
        "**Question \(row + 1)**, at \(trace.timeText(question.time)): "
          + inMarkdown(question.text), "",
      ] + question.options.map { "- [ ] \(inMarkdown($0))" }
    }
    return notes(chapter, isAfter: false) + questions
  }
}

// MARK: - The last page

extension Handout {
  private var answers: [String] {
    let questions = trace.script.questions
    guard !questions.isEmpty else { return [] }
    return ["", "## Answers", ""]
      + questions.enumerated().map { row, question in
        let because = question.because.map { ". \($0)" } ?? ""
        return "\(row + 1). \(inMarkdown(question.options[question.answer] + because)) "
          + "(\(trace.timeText(question.until)))"
      }
  }

  private var expectations: [String] {
    guard !play.verdicts.isEmpty else { return [] }
    let failed = play.verdicts.filter { !$0.isMet }
    let met = play.verdicts.count - failed.count
    return ["", "## Expectations", ""]
      + ["\(met) of \(counted(play.verdicts.count, "expectation")) met."]
      + (failed.isEmpty ? [] : [""])
      + failed.map { verdict in
        let text = "\(verdict.statement): expected \(verdict.expected), got \(verdict.got)"
        return "- **not met**, line \(verdict.line): \(inMarkdown(text))"
      }
  }

  private var footing: [String] {
    list("Settings relied on", trace.settings)
      + list("Assumed, for want of a source", trace.assumptions)
      + ["", inMarkdown(Counts(trace).words)]
  }

  private func list(_ title: String, _ entries: [String]) -> [String] {
    section("## \(title)", entries.map { "- \(inMarkdown($0))" })
  }
}
