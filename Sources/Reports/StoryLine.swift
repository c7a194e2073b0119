import SimulationTrace
import TenantIsolation

/// One thing that is told: a line, and what stands beneath it.
struct StoryLine {
  /// What part of the platform it is about.
  enum Kind: String {
    case policy, design, app, run, report, admin, mail, audit, note
    /// What the trainer says, asks and answers.
    case say, ask, answer
    /// Lines are not told of what this line counts.
    case more = ""
  }

  var time: String
  var kind: Kind
  var mark: Mark
  /// Who did what to what.
  var subject: String
  /// `contoso -> fabrikam`, or empty.
  var path = ""
  /// How it ended, or empty.
  var verdict = ""
  var details: [Detail] = []

  /// Something said beneath a line.
  struct Detail {
    enum Label: String {
      /// The grounds of a decision.
      case why
      /// What a person reads.
      case sees
      /// What follows from it.
      case then
      /// Where it is documented.
      case see
      /// What may be answered.
      case pick
    }

    var label: Label
    var text: String
    /// Whether it only points to where it was told.
    var isRepeated = false
  }
}

// MARK: - Layout

/// How wide the columns of a story are. The verdict is never cut: where all columns don't fit
/// beside each other the path becomes part of the sentence, and then the verdict gets its own line.
struct StoryColumns {
  let time: Int
  let subject: Int
  let path: Int
  let verdict: Int

  /// The widest kind.
  private static let kind = 6
  private static let gap = 2
  /// What stands between time and sentence: the kind, and the mark between spaces.
  private static let beforeSentence = gap + kind + 3
  private static let leastSubject = 26

  init(_ lines: [StoryLine], width: Int) {
    func widest(_ text: (StoryLine) -> String) -> Int {
      lines.map { displayWidth(text($0)) }.max() ?? 0
    }
    time = widest(\.time)
    let (path, verdict) = (widest(\.path), widest(\.verdict))
    // Sentences without a path may go on where the others have theirs.
    let besidePath = path > 0 ? path + Self.gap : 0
    let sentence = max(
      Self.leastSubject, widest { $0.path.isEmpty ? "" : $0.subject },
      widest { $0.path.isEmpty && !$0.verdict.isEmpty ? $0.subject : "" } - besidePath)
    let room = width - (time + Self.beforeSentence)
    let beside = room - verdict - Self.gap
    let besideBoth = beside - path - Self.gap
    if path > 0, besideBoth >= Self.leastSubject {
      (self.path, self.verdict, subject) = (path, verdict, min(sentence, besideBoth))
    } else if beside >= Self.leastSubject {
      let joined = sentence + (path > 0 ? path + 2 : 0)
      (self.path, self.verdict, subject) = (0, verdict, min(joined, beside))
    } else {
      (self.path, self.verdict, subject) = (0, 0, room)
    }
  }

  /// The column in which sentences start.
  var indent: Int { time + Self.beforeSentence }

  /// A line's sentence in as many lines as it needs. Columns that it leaves empty are its room.
  func sentence(_ line: StoryLine) -> [String] {
    let hasPath = !line.path.isEmpty
    var room = subject
    if path > 0, !hasPath { room += Self.gap + path }
    if verdict > 0, !hasPath, line.verdict.isEmpty { room += Self.gap + verdict }
    return wrapped(line.subject + (path == 0 && hasPath ? ", \(line.path)" : ""), to: room)
  }

  /// A line's beginning, up to its sentence.
  func lead(_ line: StoryLine, _ style: Style) -> [Span] {
    [
      Span(padded(line.time, time) + spaces(Self.gap)),
      Span(padded(line.kind.rawValue, Self.kind) + " ", .faint),
      Span(line.mark.sign(style), line.mark.color), Span(" "),
    ]
  }

  /// What stands behind the first line of a sentence.
  func tail(_ line: StoryLine, behind sentence: String) -> [Span] {
    var spans = [Span(sentence, line.color)]
    var used = displayWidth(sentence)
    if path > 0, !line.path.isEmpty {
      spans += [Span(spaces(subject + Self.gap - used)), Span(line.path)]
      used = subject + Self.gap + displayWidth(line.path)
    }
    guard verdict > 0, !line.verdict.isEmpty else { return spans }
    let start = subject + Self.gap + (path > 0 ? path + Self.gap : 0)
    return spans + [Span(spaces(start - used)), Span(line.verdict, line.mark.color)]
  }
}

extension StoryLine {
  /// What happened stands out; what is said about the story does not.
  fileprivate var color: Style.Color? { [.note, .say, .more].contains(kind) ? nil : .strong }
}

extension Page {
  /// Writes a line of a story with its details.
  mutating func write(_ line: StoryLine, _ columns: StoryColumns) {
    let sentence = columns.sentence(line)
    self.line(columns.lead(line, style) + columns.tail(line, behind: sentence.first ?? ""))
    for rest in sentence.dropFirst() { self.line([Span(rest, line.color)], indent: columns.indent) }
    if columns.verdict == 0, !line.verdict.isEmpty {
      self.line([Span(line.verdict, line.mark.color)], indent: columns.indent)
    }
    write(line.details, indent: columns.indent)
  }

  private mutating func write(_ details: [StoryLine.Detail], indent: Int) {
    var previous: StoryLine.Detail.Label?
    for detail in details {
      let label = detail.label == previous ? "" : detail.label.rawValue
      previous = detail.label
      text(
        detail.text, detail.isRepeated ? .faint : nil, label: Span(padded(label, 6), .faint),
        indent: indent)
    }
  }
}
