/// More about the diagnostics with a code such as `S011`: what is wrong, a wrong line, a right one.
public func explanation(of code: String) -> String? {
  guard let code = DiagnosticCode(rawValue: code.uppercased()) else { return nil }
  return code.explanation.map { "\(code.rawValue): \($0.text)" }
}

/// What a code means, with an example of the mistake and of how it is put right.
struct Explanation {
  var meaning: String
  var wrong: String
  var right: String

  init(_ meaning: String, wrong: String, right: String) {
    self.meaning = meaning
    self.wrong = wrong
    self.right = right
  }

  var text: String {
    """
    \(meaning)

    wrong:
      \(wrong.split(separator: "\n").joined(separator: "\n  "))
    right:
      \(right.split(separator: "\n").joined(separator: "\n  "))
    """
  }
}

extension DiagnosticCode {
  /// Every code has an explanation. Tests read the examples, as a file of their own or below the
  /// people and things that the examples speak of.
  var explanation: Explanation? {
    syntaxExplanation ?? jsonExplanation ?? nameExplanation ?? timeExplanation ?? otherExplanation
  }

  private var syntaxExplanation: Explanation? {
    switch self {
    case .unreadableFile:
      Explanation(
        "The file cannot be read: it is not there, it is a directory, or it is not permitted.",
        wrong: "gateway-sim check missing.scenario", right: "gateway-sim check there.scenario")
    case .fileTooLarge:
      Explanation(
        "Files of more than 256 MiB are not read.", wrong: "gateway-sim check video.mp4",
        right: "gateway-sim check small.scenario")
    case .notText:
      Explanation(
        "Scenario files are text in UTF-8. This one has a NUL byte or bytes of another encoding; "
          + "nothing else in it is judged.",
        wrong: "a file saved as UTF-16", right: "the same file saved as UTF-8")
    case .emptyFile:
      Explanation(
        "The file has blank lines and comments at most.", wrong: "# nothing yet",
        right: "tenant contoso")
    case .statementTooLong:
      Explanation(
        "A statement, with the lines that continue it, has at most 1 MiB, its JSON image 16. Mostly a "
          + "comma at the end of a line continues where it should not.",
        wrong: "a statement of a million words", right: "several statements")
    case .unclosedText:
      Explanation(
        "A quoted text ends on the line on which it begins.",
        wrong: "scenario \"Isolation", right: "scenario \"Isolation\"")
    case .unknownEscape:
      Explanation(
        "In a quoted text a backslash stands before a quote, a backslash or n only.",
        wrong: #"about "C:\temp""#, right: #"about "C:\\temp""#)
    case .controlCharacter:
      Explanation(
        "Control characters other than tabs and line breaks are invisible and do not belong here.",
        wrong: "tenant con\u{7}toso", right: "tenant contoso")
    case .oddCharacter:
      Explanation(
        "The character has no meaning outside quotes. Word processors replace quotes, hyphens and "
          + "blanks by others that look alike.",
        wrong: "scenario “Isolation”", right: "scenario \"Isolation\"")
    case .unknownStatement:
      Explanation(
        "The first word says what a line is, and none begins with this one. `gateway-sim syntax` "
          + "lists all.",
        wrong: "given a tenant", right: "tenant contoso")
    case .unexpected:
      Explanation(
        "Up to here the line makes sense; in this place it needs something else. The message says "
          + "what, and a near word if there is one.",
        wrong: "isolation on fro contoso", right: "isolation on for contoso")
    case .incomplete:
      Explanation(
        "The line ends before the statement does.", wrong: "maker mia",
        right: "maker mia of contoso")
    case .trailing:
      Explanation(
        "The statement is complete, and something follows that does not belong to it.",
        wrong: "isolation on for contoso today", right: "isolation on for contoso # today")
    case .tooLate:
      Explanation(
        "What is so from the start, and the settings, stand above the first `at` line.",
        wrong: "at 09:00 ada turns isolation on\nmaker mia of contoso",
        right: "maker mia of contoso\nat 09:00 ada turns isolation on")
    case .repeatedKey:
      Explanation(
        "Title, times, seed, settings, a tenant's isolation and its licence, and to whom a connection's "
          + "data is open, are said once in a file.",
        wrong: "seed 1\nseed 2", right: "seed 2")
    case .badNumber:
      Explanation(
        "A whole number is asked for, without sign, and not too large.", wrong: "seed 7.5",
        right: "seed 7")
    default: nil
    }
  }

  private var timeExplanation: Explanation? {
    switch self {
    case .badTime:
      Explanation(
        "Hours go from 00 to 23, minutes and seconds from 00 to 59.",
        wrong: "start 24:00", right: "start day 2 00:00")
    case .badDate:
      Explanation(
        "The calendar has no such day.", wrong: "start 2025-02-30 08:00",
        right: "start 2025-02-28 08:00")
    case .badDuration:
      Explanation(
        "A duration is whole numbers with units, larger ones first: d, h, m, s, ms.",
        wrong: "set propagation 60", right: "set propagation 60m")
    case .reversedRange:
      Explanation(
        "A range or an interval ends at or after its beginning.",
        wrong: "set propagation 75m..45m", right: "set propagation 45m..75m")
    case .backInTime:
      Explanation(
        "The lines of a timeline, and the chapters, stand in the order of their times.",
        wrong: "at 09:00 ada turns isolation on\nat 08:30 ada turns isolation off",
        right: "at 08:30 ada turns isolation off\nat 09:00 ada turns isolation on")
    case .beforeStart:
      Explanation(
        "Nothing happens, and nothing is looked at, before the start.",
        wrong: "at 07:00 ada turns isolation on",
        right: "start 07:00\nat 07:00 ada turns isolation on")
    case .afterUntil:
      Explanation(
        "Nothing happens at the end or later.",
        wrong: "until 09:00\nat 09:00 ada turns isolation on",
        right: "until 10:00\nat 09:00 ada turns isolation on")
    case .beyondUntil:
      Explanation(
        "What happens after the end is unknown.",
        wrong: "until 09:00\nexpect flow adhoc is on at 09:30",
        right: "until 10:00\nexpect flow adhoc is on at 09:30")
    case .emptyHorizon:
      Explanation(
        "The end lies after the start.", wrong: "start 09:00\nuntil 09:00",
        right: "start 09:00\nuntil 10:00")
    case .longHorizon:
      Explanation(
        "A scenario lasts ten years at most.", wrong: "until 2045-01-01 00:00",
        right: "until 2030-01-01 00:00")
    case .badWindow:
      Explanation(
        "A cross-tenant report speaks of whole days, one to 500 of them.",
        wrong: "set report-window 36h", right: "set report-window 2d")
    case .answeredTooSoon:
      Explanation(
        "A question is answered after it was asked. Without a time of its own it is asked at the "
          + "`at` line above it in its chapter, or when the chapter opens.",
        wrong: "at 09:00 uma opens app expenses\n"
          + "question \"Will it work?\" until 09:00 options \"Yes\", \"No\" answer \"Yes\"",
        right: "question \"Will it work?\" until 09:00 options \"Yes\", \"No\" answer \"Yes\"\n"
          + "at 09:00 uma opens app expenses")
    case .overlappingQuestions:
      Explanation(
        "One question is asked at a time: the next one, when the one before is answered.",
        wrong: "question \"A?\" at 08:30 until 09:30 options \"Yes\", \"No\" answer \"Yes\"\n"
          + "question \"B?\" at 09:00 until 10:00 options \"Yes\", \"No\" answer \"No\"",
        right: "question \"A?\" at 08:30 until 09:00 options \"Yes\", \"No\" answer \"Yes\"\n"
          + "question \"B?\" at 09:00 until 10:00 options \"Yes\", \"No\" answer \"No\"")
    case .badPeriod:
      Explanation(
        "The period of a flow is between 60 seconds and 500 days.",
        wrong: "flow x of maya every 30s", right: "flow x of maya every 1m")
    default: nil
    }
  }

  private var otherExplanation: Explanation? {
    switch self {
    case .strangerInTenant:
      Explanation(
        "People work in the Power Platform of their own tenant and of those where they are guests.",
        wrong: "connection x of maya using sharepoint in fabrikam signed in to contoso",
        right: "connection x of gus using sharepoint in contoso signed in to contoso")
    case .guestAtHome:
      Explanation(
        "Members of a tenant are no guests there.",
        wrong: "maker mia of contoso guest in contoso", right: "maker mia of contoso")
    case .tooManyRules:
      Explanation(
        "Edition 2023 allows 50 rules in a tenant's policy, edition 2025 allows 500.",
        wrong: "51 lines such as: rule for contoso allows fabrikam outbound",
        right: "set edition 2025")
    case .tooManyRuns:
      Explanation(
        "Runs that signals and people start are made one by one, as are those of flows that poll, "
          + "send digests or guard shares; others that recur are not.",
        wrong: "3000 flows such as: flow f1 of maya when fab-mail signals\n"
          + "and 3000 lines such as: at 09:00 fab-mail signals",
        right: "flow f1 of maya every 1m using fab-mail")
    case .tooManyVariants:
      Explanation(
        "What happens in the scenario happens in each variant, which keeps all of it: together they "
          + "have at most 1,000,000 statements.",
        wrong: "1001 variants of a scenario with 1000 statements", right: "1000 variants of it")
    case .withoutStatement:
      Explanation(
        "allowed, blocked, saved and so on, and error, speak of the `at` line above them.",
        wrong: "expect allowed", right: "at 09:00 uma opens app expenses\nexpect allowed")
    case .otherVariant:
      Explanation(
        "An outcome is expected of the `at` line above; one that begins with `in` happens in its "
          + "variant alone.",
        wrong: "variant a\nvariant b\nin a at 09:00 uma opens app expenses\nin b expect allowed",
        right: "variant a\nvariant b\nin a at 09:00 uma opens app expenses\nexpect allowed")
    case .unknownAnswer:
      Explanation(
        "The answer is one of the options, letter for letter.",
        wrong: "question \"Will it work?\" until 09:00 options \"Yes\", \"No\" answer \"Maybe\"",
        right: "question \"Will it work?\" until 09:00 options \"Yes\", \"No\" answer \"Yes\"")
    case .badOptions:
      Explanation(
        "There are two to nine options to choose from, all different and none empty.",
        wrong: "question \"Will it work?\" until 09:00 options \"Yes\" answer \"Yes\"",
        right: "question \"Will it work?\" until 09:00 options \"Yes\", \"No\" answer \"Yes\"")
    case .unknownGround:
      Explanation(
        "The grounds are listed at the end of `gateway-sim syntax`.",
        wrong: "at 09:00 uma opens app expenses\nexpect allowed because same-tenent",
        right: "at 09:00 uma opens app expenses\nexpect allowed because same-tenant")
    default: nil
    }
  }
}
