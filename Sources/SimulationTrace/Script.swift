import DiscreteEvents

/// What a trainer tells and asks while a scenario plays.
///
/// It is no part of what happens: records and fingerprint are the same without it.
public struct Script: Hashable, Sendable {
  /// The parts of the story, in order of time, then of the file.
  public var chapters: [Chapter] = []
  /// What the trainer says, in order of time, then of the file.
  public var notes: [Note] = []
  /// What the trainer asks, in order of time, then of the file.
  public var questions: [Question] = []

  /// A script that says nothing.
  public init() {}

  /// Whether nothing is told and nothing asked.
  public var isEmpty: Bool { chapters.isEmpty && notes.isEmpty && questions.isEmpty }

  /// When something is told, asked or answered, in no order.
  public var times: [Instant] {
    chapters.map(\.time) + notes.map(\.time) + questions.flatMap { [$0.time, $0.until] }
  }
}

/// Where a part of the story begins.
public struct Chapter: Hashable, Sendable {
  /// When it opens.
  public var time: Instant
  /// Its heading.
  public var title: String
  /// The scenario's line.
  public var line: Int

  /// A chapter.
  public init(time: Instant, title: String, line: Int) {
    self.time = time
    self.title = title
    self.line = line
  }
}

/// Something that the trainer says.
public struct Note: Hashable, Sendable {
  /// When it is said.
  public var time: Instant
  /// What is said.
  public var text: String
  /// Where it is documented: a section of ``DocumentationSection`` as `page#section`.
  public var section: String?
  /// The scenario's line.
  public var line: Int

  /// A note.
  public init(time: Instant, text: String, section: String? = nil, line: Int) {
    self.time = time
    self.text = text
    self.section = section
    self.line = line
  }
}

/// Something that the trainer asks, with the answers to choose from.
public struct Question: Hashable, Sendable {
  /// When it is asked.
  public var time: Instant
  /// What is asked.
  public var text: String
  /// When it is answered; later than it is asked.
  public var until: Instant
  /// What may be answered: two or more, all different.
  public var options: [String]
  /// The right one, a row of ``options``.
  public var answer: Int
  /// Why it is the right one.
  public var because: String?
  /// The scenario's line.
  public var line: Int

  /// A question.
  public init(
    time: Instant, text: String, until: Instant, options: [String], answer: Int,
    because: String? = nil, line: Int
  ) {
    self.time = time
    self.text = text
    self.until = until
    self.options = options
    self.answer = answer
    self.because = because
    self.line = line
  }
}
