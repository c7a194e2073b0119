import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Tells a play: its story as rows, with what each changes, why, and what people see.
struct PlayTelling {
  let trace: Trace
  let stage: Stage
  var storyteller: Storyteller
  /// Tells the same with the names that people see.
  private var titling: Storyteller
  var words: PlayWords
  var state = PlayState()
  var decisions: PlayDecisions
  var errors = Interner<Failure>()
  private(set) var events: [EventRow] = []
  private(set) var runs: [RunsRow] = []
  /// Rows of each flow's runs.
  private(set) var runsOfFlow: [[Int]]
  private(set) var seen: [SeenRow] = []
  /// The row in ``events`` of each of the trace's events.
  private(set) var rows: [Int?]
  /// Whether each flow's latest run failed.
  private var hasFailed: [Bool]
  /// The first change of the stage that is not told yet.
  private var nextChange = 0
  /// How many more folds of runs are asked why.
  private var left = 5_000
  private var causes: PlayCauses

  init(_ play: Play, _ words: PlayWords) {
    trace = play.trace
    stage = play.stage
    self.words = words
    storyteller = Storyteller(trace, .page)
    var titled = trace
    titled.cast = trace.cast.titled
    titling = Storyteller(titled, .page)
    decisions = PlayDecisions()
    rows = Array(repeating: nil, count: trace.events.count)
    runsOfFlow = Array(repeating: [], count: trace.cast.flows.count)
    hasFailed = Array(repeating: false, count: trace.cast.flows.count)
    causes = PlayCauses(policies: trace.policies.count)
    setOut()
    for item in trace.story { tell(item) }
  }

  private mutating func setOut() {
    for (place, value) in stage.initial { state.add(place, placed(value)) }
    for row in trace.cast.flows.indices {
      state.add(Stage.Place(.flow(FlowID(row)), .page), .nothing)
    }
  }

  private mutating func placed(_ value: Stage.Value) -> PlayState.Value {
    switch value {
    case .nothing: .nothing
    case .word(let word): .word(word)
    case .row(let row): .row(row)
    case .rows(let rows): .rows(rows)
    case .decision(let decision): .row(decisions.place(of: decision, &words))
    }
  }
}

extension PlayTelling {
  /// An event's caption, with the names that people see.
  func caption(of event: EventRow) -> String {
    words.strings.rows[event.titled < 0 ? event.caption : event.titled]
  }
}

extension Style {
  /// How captions are told: in full words, with names that have no end shortened.
  fileprivate static let page = Style(inColor: false, inUnicode: true, width: widths.upperBound)
}

// MARK: - Rows

extension PlayTelling {
  private mutating func tell(_ item: StoryItem) {
    let line = storyteller.line(.item(item))
    var row = EventRow(time: item.time, kind: -1)
    row.part = words.place(of: line.kind.rawValue)
    row.caption = words.place(of: line.subject)
    let titled = titling.line(.item(item))
    if titled.subject != line.subject { row.titled = words.place(of: titled.subject) }
    row.word = line.verdict.isEmpty ? -1 : words.place(of: line.verdict)
    row.mark = words.place(of: line.mark.name)
    switch item.content {
    case .event(let event):
      fill(&row, trace.events[event], event)
      row.system = PlaySystem.row(of: trace.events[event], trace) ?? -1
      row.details = details(of: trace.events[event], row.system, titled)
    case .runs(let fold): fill(&row, fold)
    case .tie(let tie): return remark(tie, titled.subject)
    }
    events.append(row)
  }

  /// A tie is a remark on what it decided, and no step of its own.
  private mutating func remark(_ tie: Tie, _ text: String) {
    let decided = tie.flow.map { [runs(of: $0, at: tie.time)].compactMap(\.self) }
    for row in decided ?? rows(at: tie.time).filter({ events[$0].line == tie.line }) {
      guard events[row].grounds >= 0 else { continue }
      let before = events[row].remark < 0 ? [] : [words.strings.rows[events[row].remark]]
      events[row].remark = words.place(of: (before + [text]).joined(separator: "\n"))
    }
  }

  /// What the administrators' systems, and refusals, say beneath a caption; an error that was told
  /// before, in full all the same.
  private mutating func details(of record: Record, _ system: Int, _ line: StoryLine) -> Int {
    guard system >= 0 || record.kind == .operationRefused else { return -1 }
    let labels: [StoryLine.Detail.Label] = record.mail == nil ? [.then] : [.sees, .then]
    let error = record.failure.map { [trace.text(of: $0).message] } ?? []
    let texts = error + line.details.filter { labels.contains($0.label) }.map(\.text)
    return texts.isEmpty ? -1 : words.place(of: texts.joined(separator: "\n"))
  }

  private mutating func fill(_ row: inout EventRow, _ record: Record, _ event: Int) {
    rows[event] = events.count
    row.kind = words.place(of: record.kind.name)
    row.outcome = record.outcome.map { words.place(of: $0.name) } ?? -1
    row.actor = record.actor?.row ?? -1
    row.tenant = record.tenant?.row ?? -1
    row.signIn = record.signInTenant?.row ?? -1
    row.connection = record.connection?.row ?? -1
    row.app = record.app?.row ?? -1
    row.flow = record.flow?.row ?? -1
    row.dataPolicy = record.dataPolicy?.row ?? -1
    row.policy = record.policy ?? -1
    if record.kind == .policySaved, let policy = record.policy, !isChange(policy) {
      row.remark = words.place(of: "it says what the policy before it says: nothing changes")
    }
    row.line = record.line
    row.cause = causes.cause(of: record, row: events.count)
    tell(record.grounds, &row)
    if let decision = stage.decisions[checked: event] ?? nil {
      row.decision = decisions.place(of: decision, &words)
    }
    tell(record, event, &row)
    row.patch += pagePatch(record)
  }

  /// What the event changes, and the error that somebody sees then.
  private mutating func tell(_ record: Record, _ event: Int, _ row: inout EventRow) {
    while let change = stage.changes[checked: nextChange], change.event <= event {
      let value = placed(change.value)
      if let patch = state.set(change.place, value) { row.patch.append(patch) }
      nextChange += 1
    }
    // The connections that a new app leaves out follow, each with its own error.
    guard let failure = record.failure else { return }
    row.error = errors.place(of: failure)
    if record.kind != .appCreated { see(record.actor?.row, row) }
  }

  private mutating func fill(_ row: inout EventRow, _ fold: RunFold) {
    let verdict = trace.verdicts[fold.verdict]
    if let event = fold.event { rows[event] = events.count }
    row.kind = words.place(of: verdict.kind.name)
    row.outcome = words.place(of: verdict.outcome.name)
    row.flow = fold.flow.row
    row.connection = verdict.subject.connection?.row ?? -1
    row.tenant = verdict.subject.creator?.row ?? -1
    row.signIn = verdict.subject.signIn?.row ?? -1
    if let event = fold.event { row.actor = trace.events[event].actor?.row ?? -1 }
    row.line = fold.line
    row.runs = runs.count
    tell(verdict.grounds, &row)
    left -= 1
    let decision = left >= 0 ? stage.decisionOfRun(fold.flow, fold.first) : nil
    row.decision = decisions.place(
      of: decision ?? Stage.Decision(.init(verdict.outcome, verdict.grounds)), &words)
    runsOfFlow[fold.flow.row].append(runs.count)
    runs.append(
      RunsRow(fold: fold, trigger: words.place(of: fold.trigger.name), event: events.count))
    hasFailed[fold.flow.row] = verdict.failure != nil
    if case .word("on") = state.value(.init(.flow(fold.flow), .state)) {
      row.patch += setPage(of: fold.flow, verdict.failure == nil ? nil : Cast.flowPageWarning)
    }
    guard let failure = verdict.failure else { return }
    row.error = errors.place(of: failure)
    see(nil, row)
  }

  private mutating func tell(_ grounds: Grounds, _ row: inout EventRow) {
    guard !grounds.isEmpty else { return }
    row.grounds = words.place(of: grounds)
    if !grounds.enforcement.isEmpty { row.enforced = 0 }
  }

  /// - Parameter viewer: who acted; the flow's owner sees what nobody did.
  private mutating func see(_ viewer: Int?, _ row: EventRow) {
    var viewer = viewer
    if viewer == nil, row.flow >= 0,
      case .row(let owner) = state.value(.init(.flow(FlowID(row.flow)), .owner))
    {
      viewer = owner
    }
    seen.append(SeenRow(event: events.count, viewer: viewer ?? -1, error: row.error))
  }
}

// MARK: - What a flow's page says

extension PlayTelling {
  private mutating func setPage(of flow: FlowID, _ text: String?) -> [PlayState.Patch] {
    let value = text.map { PlayState.Value.row(words.place(of: $0)) } ?? .nothing
    return [state.set(.init(.flow(flow), .page), value)].compactMap { $0 }
  }

  private mutating func pagePatch(_ record: Record) -> [PlayState.Patch] {
    guard let flow = record.flow else { return [] }
    switch record.kind {
    case .flowSuspended:
      return setPage(of: flow, record.failure.map { trace.text(of: $0).message })
    case .flowSaved, .flowOn:
      let isOn = state.value(.init(.flow(flow), .state)) == .word("on")
      return setPage(of: flow, isOn && hasFailed[flow.row] ? Cast.flowPageWarning : nil)
    case .flowOff, .flowDeleted: return setPage(of: flow, nil)
    default: return []
    }
  }
}

extension Array {
  /// The element in a row; nil where there is no such row.
  subscript(checked row: Int) -> Element? { indices.contains(row) ? self[row] : nil }
}

extension Mark {
  /// The mark as pages know it.
  fileprivate var name: StaticString {
    switch self {
    case .good: "good"
    case .bad: "bad"
    case .paused: "paused"
    case .saved: "saved"
    case .inForce: "inForce"
    case .remark: "remark"
    case .plain: "plain"
    }
  }
}
