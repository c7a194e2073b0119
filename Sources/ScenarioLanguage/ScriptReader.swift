import DiscreteEvents
import SimulationTrace

/// Puts the lines of a script into their places in time while a file is read.
///
/// A chapter without a time opens with the next `at` line. A note or a question without one belongs
/// to the `at` line above it in its chapter, or else to the chapter's opening.
struct ScriptReader {
  /// Something that waits for its time, a row of the script's lists.
  private enum Waiting {
    case chapter(Int), note(Int), question(Int)
  }

  /// What was read; while anything waits, its time is the start.
  private(set) var script = Script()
  private var waiting: [Waiting] = []
  /// The first statement of a variant since something waits: it counts where no other follows.
  private var inVariant: Instant?
  /// When something without a time is said here; nil while the chapter's opening is not known.
  private var now: Instant? = .start
  private var latest = Instant.start

  /// Notes that an `at` line stands here.
  mutating func happens(at time: Instant) {
    (now, latest) = (time, time)
    settle(at: time)
  }

  /// Notes that an `at` line of a variant stands here.
  mutating func happensInVariant(at time: Instant) {
    if !waiting.isEmpty, inVariant == nil { inVariant = time }
  }

  /// Adds a chapter, with its time where it has one of its own.
  mutating func add(_ chapter: Chapter, hasTime: Bool) {
    now = hasTime ? chapter.time : nil
    if !hasTime { waiting.append(.chapter(script.chapters.count)) }
    script.chapters.append(chapter)
  }

  /// Adds a note, with its time where it has one of its own.
  mutating func add(_ note: Note, hasTime: Bool) {
    var note = note
    if !hasTime { note.time = time(orWaiting: .note(script.notes.count)) }
    script.notes.append(note)
  }

  /// Adds a question, with its time where it has one of its own.
  mutating func add(_ question: Question, hasTime: Bool) {
    var question = question
    if !hasTime { question.time = time(orWaiting: .question(script.questions.count)) }
    script.questions.append(question)
  }

  /// Settles what still waits: no `at` line follows but those of variants, and where these don't
  /// either the latest one above counts.
  mutating func finish() { settle(at: inVariant ?? latest) }

  private mutating func time(orWaiting item: Waiting) -> Instant {
    if now == nil { waiting.append(item) }
    return now ?? .start
  }

  private mutating func settle(at time: Instant) {
    for item in waiting {
      switch item {
      case .chapter(let row): script.chapters[row].time = time
      case .note(let row): script.notes[row].time = time
      case .question(let row): script.questions[row].time = time
      }
    }
    waiting.removeAll()
    inVariant = nil
  }
}

extension Script {
  /// The script in order of time, at equal times in that of the file.
  var inOrder: Script {
    var script = self
    script.chapters = chapters.inOrder(of: \.time)
    script.notes = notes.inOrder(of: \.time)
    script.questions = questions.inOrder(of: \.time)
    return script
  }
}

extension Array {
  /// In order of time, equal times as they are.
  fileprivate func inOrder(of time: KeyPath<Element, Instant>) -> [Element] {
    enumerated()
      .sorted { ($0.element[keyPath: time], $0.offset) < ($1.element[keyPath: time], $1.offset) }
      .map(\.element)
  }
}
