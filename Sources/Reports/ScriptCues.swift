import DiscreteEvents
import SimulationTrace

/// Something of the script that is told in its place in the story.
struct ScriptCue {
  enum Content {
    case chapter(Chapter)
    case note(Note)
    case question(Question)
    case answer(Question)
  }

  var content: Content
  /// The entry of the story before which it stands.
  var place: Int

  private var time: Instant {
    switch content {
    case .chapter(let chapter): chapter.time
    case .note(let note): note.time
    case .question(let question): question.time
    case .answer(let question): question.until
    }
  }

  private var line: Int {
    switch content {
    case .chapter(let chapter): chapter.line
    case .note(let note): note.line
    case .question(let question), .answer(let question): question.line
    }
  }

  /// Between two entries of a story: what is answered comes before what begins.
  private var rank: Int {
    switch content {
    case .answer: 0
    case .chapter: 1
    case .note, .question: 2
    }
  }

  /// A chapter stands before all that happens when it opens, but for the lines above it. The others
  /// stand behind what happens then, but for the lines below them; answers behind all of it.
  private func stands(before entry: StoryEntry, of trace: Trace) -> Bool {
    guard entry.time == time else { return entry.time > time }
    let below = entry.line(of: trace).map { $0 > line }
    return switch content {
    case .chapter: below ?? true
    case .note, .question: below ?? false
    case .answer: false
    }
  }

  private init(_ content: Content, among entries: [StoryEntry], of trace: Trace) {
    self.content = content
    place = 0
    place = entries.firstIndex { stands(before: $0, of: trace) } ?? entries.count
  }

  /// All that is told up to the trace's end, or of an interval, in the order of the story.
  static func all(
    of trace: Trace, among entries: [StoryEntry], in interval: Range<Instant>? = nil
  ) -> [ScriptCue] {
    let script = trace.script
    let contents: [Content] =
      script.chapters.map { .chapter($0) } + script.notes.map { .note($0) }
      + script.questions.flatMap { [.question($0), .answer($0)] }
    let cues = contents.map { ScriptCue($0, among: entries, of: trace) }
      .filter { $0.time <= trace.until && interval?.contains($0.time) ?? true }
    return cues.sorted {
      ($0.place, $0.time, $0.rank, $0.line) < ($1.place, $1.time, $1.rank, $1.line)
    }
  }
}

extension StoryEntry {
  fileprivate var time: Instant {
    switch self {
    case .item(let item), .elided(_, let item, _): item.time
    case .rest(_, let time): time
    }
  }

  /// The scenario's line of what somebody does.
  fileprivate func line(of trace: Trace) -> Int? {
    guard case .item(let item) = self, case .event(let row) = item.content,
      trace.events[row].actor != nil
    else { return nil }
    return trace.events[row].line
  }
}

extension Page {
  /// Writes lines of a story with what the trainer says and asks between them.
  ///
  /// - Parameter opens: whether a heading with its empty line stands above.
  mutating func write(
    _ lines: [StoryLine], _ cues: [ScriptCue], of trace: Trace, opens: Bool = true
  ) {
    let columns = StoryColumns(
      lines + cues.compactMap { StoryLine($0, of: trace) }, width: style.width)
    var cues = cues[...]
    for place in 0...lines.count {
      while let cue = cues.first, cue.place == place {
        write(cue, columns, of: trace, isFirst: opens && place == 0 && cues.startIndex == 0)
        cues.removeFirst()
      }
      if place < lines.count { write(lines[place], columns) }
    }
  }

  private mutating func write(
    _ cue: ScriptCue, _ columns: StoryColumns, of trace: Trace, isFirst: Bool
  ) {
    if let line = StoryLine(cue, of: trace) { return write(line, columns) }
    guard case .chapter(let chapter) = cue.content else { return }
    if !isFirst { gap() }
    text(chapter.title, .strong)
    gap()
  }
}

extension StoryLine {
  /// What is said or asked; a chapter is a heading and no line.
  init?(_ cue: ScriptCue, of trace: Trace) {
    switch cue.content {
    case .chapter: return nil
    case .note(let note):
      self.init(time: trace.timeText(note.time), kind: .say, mark: .plain, subject: note.text)
      guard let name = note.section else { return }
      let title = DocumentedSection(name: name).map { "\($0.title) (\(name))" } ?? name
      details = [Detail(label: .see, text: title)]
    case .question(let question):
      self.init(
        time: trace.timeText(question.time), kind: .ask, mark: .remark,
        subject: "\(question.text) (answered at \(trace.timeText(question.until)))")
      details = question.options.map { Detail(label: .pick, text: $0) }
    case .answer(let question):
      self.init(
        time: trace.timeText(question.until), kind: .answer, mark: .good,
        subject: "\(question.text) \(question.options[question.answer])")
      details = question.because.map { [Detail(label: .why, text: $0)] } ?? []
    }
  }
}
