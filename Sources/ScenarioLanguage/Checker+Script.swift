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
    guard let time = ownTime() else { return }
    script.add(
      Chapter(time: time.instant, title: text(.title) ?? "", line: scenarioLine),
      hasTime: time.isGiven)
  }

  private mutating func readNote() {
    let (time, section) = (ownTime(), section())
    guard let time else { return }
    script.add(
      Note(time: time.instant, text: text(.text) ?? "", section: section, line: scenarioLine),
      hasTime: time.isGiven)
  }

  private mutating func readQuestion() {
    let (time, until, options) = (ownTime(), watchedInstant(.until), options())
    let answer = answer(among: options)
    guard let time, let until, let answer else { return }
    questionRows.append(row)
    script.add(
      Question(
        time: time.instant, text: text(.text) ?? "", until: until, options: options,
        answer: answer, because: text(.because), line: scenarioLine),
      hasTime: time.isGiven)
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
      .unknownSection, document.range(of: capture),
      "there is no section \"\(shown(capture))\" of the documentation",
      suggestion: files[file].findings.hasRoom
        ? nearest(to: name, among: DocumentedSection.allCases.map(\.name)) : nil)
    return nil
  }

  // MARK: Questions

  private mutating func options() -> [String] {
    let captures = captures(.options)
    let options = captures.map { document.unquoted(document.range(of: $0)) }
    if options.count < 2, let only = captures.first {
      report(.badOptions, document.range(of: only), "a question has two options at least")
    }
    var known: Set<String> = []
    if let twice = options.firstIndex(where: { !known.insert($0).inserted }) {
      report(.badOptions, document.range(of: captures[twice]), "this option stands there already")
    }
    return options
  }

  private mutating func answer(among options: [String]) -> Int? {
    guard let capture = capture(.answer), let answer = text(.answer) else { return nil }
    if let row = options.firstIndex(of: answer) { return row }
    report(
      .unknownAnswer, document.range(of: capture), "the answer is none of the options",
      suggestion: files[file].findings.hasRoom ? nearest(to: answer, among: options) : nil)
    return nil
  }

  /// Places what waits for its time, and reports questions that are answered too soon.
  mutating func finishScript() {
    script.finish()
    for (question, row) in zip(script.script.questions, questionRows)
    where question.until <= question.time && !isClockWrong && !isTimelineIncomplete {
      (file, self.row) = (0, row)
      guard let capture = capture(.until) else { continue }
      report(
        .answeredTooSoon, document.range(of: capture),
        "the question is asked at \(scenario.civil(question.time).text), and not answered before")
    }
    scenario.script = script.script.inOrder
  }
}
