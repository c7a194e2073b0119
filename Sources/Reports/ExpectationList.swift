import SimulationTrace

/// What became of one file's expectations, at the end of its story.
public struct ExpectationList: Sendable {
  private let file: String
  private let verdicts: [Verdict]

  /// The expectations of a file.
  public init(_ file: String, _ verdicts: [Verdict]) {
    self.file = file
    self.verdicts = verdicts
  }

  /// All of them, in lines no wider than the style allows.
  public func text(_ style: Style) -> String {
    var page = Page(style)
    page.gap()
    write(to: &page)
    return page.text
  }

  /// What became of one of them, without its line.
  public static func text(of verdict: Verdict, _ style: Style) -> String {
    var page = Page(style)
    ExpectationList("", [verdict]).write(verdict, lead: "", to: &page)
    return page.text
  }

  private func write(to page: inout Page) {
    guard !verdicts.isEmpty else {
      return page.text("\(file): no expectations to judge", label: Span("demo  ", .waiting))
    }
    let word = verdicts.word
    page.text(
      "\(file): \(verdicts.countedMet)", label: Span(padded(word.text), word.color))
    let numberWidth = "\(verdicts.map(\.line).max() ?? 0)".utf8.count
    for verdict in verdicts { write(verdict, numberWidth, to: &page) }
  }

  /// A word and the room behind it.
  private func padded(_ word: String) -> String {
    let width = verdicts.contains(where: \.isUndecided) ? 9 : 6
    return word + spaces(width - word.utf8.count)
  }

  private func write(_ verdict: Verdict, _ numberWidth: Int, to page: inout Page) {
    let number = "\(verdict.line)"
    write(
      verdict, lead: spaces(numberWidth - number.utf8.count) + number + ": ", to: &page)
  }

  private func write(_ verdict: Verdict, lead: String, to page: inout Page) {
    let word = verdict.isMet ? Span("met", .good) : [verdict].word
    let lead = padded(word.text) + lead
    page.text(
      verdict.statement, verdict.isMet ? .faint : .strong, label: Span(lead, word.color), indent: 2)
    guard !verdict.isMet else { return }
    let indent = 2 + displayWidth(lead)
    page.text(verdict.expected, label: Span("expected  "), indent: indent)
    page.text(verdict.got, .bad, label: Span("got       "), indent: indent)
    for (row, reason) in verdict.because.enumerated() {
      page.text(reason, label: Span(row == 0 ? "because   " : "          "), indent: indent)
    }
    if let message = verdict.message {
      page.text(message, .waiting, label: Span("note      "), indent: indent)
    }
  }
}
