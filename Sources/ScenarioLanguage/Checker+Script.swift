import DiscreteEvents
import SimulationTrace

extension Checker {
  mutating func script(_ sentence: Sentence) {
    switch sentence {
    case .chapter: readChapter()
    case .note: readNote()
    case .question: readQuestion()
    default: declareVariant()
    }
  }

  private mutating func readChapter() {
    let (time, title) = (ownTime(), saidText(.title))
    guard let time else { return }
    chapterRows.append(row)
    script.add(
      Chapter(time: time.instant, title: title, line: scenarioLine),
      hasTime: time.isGiven)
  }

  private mutating func readNote() {
    let (time, text, section) = (ownTime(), saidText(.text), section())
    guard let time else { return }
    script.add(
      Note(time: time.instant, text: text, section: section, line: scenarioLine),
      hasTime: time.isGiven)
  }

  private mutating func readQuestion() {
    let (time, asked) = (ownTime(), saidText(.text))
    let (until, options) = (watchedInstant(.until), options())
    let answer = answer(among: options)
    guard let time, let until, let answer else { return }
    questionRows.append(row)
    script.add(
      Question(
        time: time.instant, text: asked, until: until, options: options,
        answer: answer, because: text(.because), line: scenarioLine),
      hasTime: time.isGiven)
  }

  /// A text that says something; an empty one is reported.
  private mutating func saidText(_ field: Field) -> String {
    guard let capture = capture(field), let said = text(field) else { return "" }
    if said.allSatisfy(\.isWhitespace) {
      report(.unexpected, capture, "expected a text that says something")
    }
    return said
  }

  /// The time that a line of the script names, within the scenario; the start where it names none,
  /// and nil where it is wrong.
  private mutating func ownTime() -> (instant: Instant, isGiven: Bool)? {
    guard let capture = capture(.time) else { return (.start, false) }
    return instantWithin(capture).map { ($0, true) }
  }

  private mutating func section() -> String? {
    guard let capture = capture(.section) else { return nil }
    let name = word(capture)
    if DocumentedSection(name: name) != nil { return name }
    report(
      .unknownSection, capture,
      "there is no section \"\(shown(capture))\" of the documentation; "
        + "\"gateway-sim behaviours\" names them",
      suggestion: nearest(to: name, among: DocumentedSection.allCases.map(\.name)))
    return nil
  }

  // MARK: Questions

  private mutating func options() -> [String] {
    let captures = captures(.options)
    let options = captures.map { document.unquoted($0.range) }
    if options.count < 2, let only = captures.first {
      report(.badOptions, only, "a question has two options at least")
    }
    if captures.count > 9 {
      report(
        .badOptions, captures[9], "a question has nine options at most")
    }
    if let empty = options.firstIndex(where: { $0.allSatisfy(\.isWhitespace) }) {
      report(.badOptions, captures[empty], "an option says something")
    }
    var known: Set<String> = []
    if let twice = options.firstIndex(where: { !known.insert($0).inserted }) {
      report(.badOptions, captures[twice], "this option stands there already")
    }
    return options
  }

  private mutating func answer(among options: [String]) -> Int? {
    guard let capture = capture(.answer), let answer = text(.answer) else { return nil }
    if let row = options.firstIndex(of: answer) { return row }
    report(
      .unknownAnswer, capture, "the answer is none of the options",
      suggestion: nearest(to: answer, among: options))
    return nil
  }

  /// Places what waits for its time, and reports questions that are answered too soon.
  mutating func finishScript() {
    script.finish()
    reportMisplacedChapters()
    reportOverlaps()
    for (question, row) in zip(script.script.questions, questionRows)
    where question.until <= question.time && !isClockWrong && !isTimelineIncomplete {
      (file, self.row) = (0, row)
      guard let capture = capture(.until) else { continue }
      report(
        .answeredTooSoon, capture,
        "the question is asked at \(scenario.civil(question.time).text), and not answered before")
    }
    scenario.script = script.script.inOrder
  }

  /// Reports chapters that open before the one above them.
  private mutating func reportMisplacedChapters() {
    let chapters = script.script.chapters
    guard !isClockWrong, !isTimelineIncomplete else { return }
    for (place, row) in chapterRows.enumerated().dropFirst() {
      let (above, chapter) = (chapters[place - 1], chapters[place])
      guard chapter.time < above.time else { continue }
      (file, self.row) = (0, row)
      report(
        .backInTime, capture(.time).map(\.range) ?? opening,
        "this chapter goes back in time: that of line \(above.line) opens at "
          + scenario.civil(above.time).text)
    }
  }

  /// Reports questions that are asked while another one waits for its answer.
  private mutating func reportOverlaps() {
    guard !isClockWrong, !isTimelineIncomplete else { return }
    let asked = zip(script.script.questions, questionRows).sorted {
      ($0.0.time, $0.1) < ($1.0.time, $1.1)
    }
    for ((before, _), (question, row)) in zip(asked, asked.dropFirst())
    where question.time < before.until {
      (file, self.row) = (0, row)
      report(
        .overlappingQuestions, opening,
        "this is asked at \(scenario.civil(question.time).text), while the question of line "
          + "\(before.line) is open until \(scenario.civil(before.until).text)")
    }
  }
}
