/// `manual`: the manual page.
@Sendable func manualCommand(_ invocation: Invocation, _ console: Console) throws {
  try console.say(ManualPage.text(CommandTable.all))
}

/// The manual page as roff, for section 1. It has no date, because it changes with the version only.
enum ManualPage {
  static func text(_ commands: [Command]) -> String {
    """
    .TH GATEWAY\\-SIM 1 "" "gateway\\-sim \(CommandTable.version)" "User Commands"
    .SH NAME
    gateway\\-sim \\- show and check what Power Platform tenant isolation does
    .SH SYNOPSIS
    .B gateway\\-sim
    .I COMMAND
    [\\fIargument\\fR ...]
    .SH DESCRIPTION
    Scenarios are text files that say which tenants, people, connections, apps and flows there are,
    what administrators and makers do, and what is expected of it.
    .B gateway\\-sim
    simulates what tenant isolation makes of that, tells the story, and judges the expectations.
    The same scenario and seed give the same output, on every machine.
    .SH COMMANDS
    \(commands.map(section).joined()).SH EXIT STATUS
    When several apply, the first of \(ExitStatus.order) counts.
    \(ExitStatus.allCases.map { entry(bold(String($0.rawValue)), sentence($0.meaning)) }.joined())\
    .SH ENVIRONMENT
    \(environment.map { entry(bold($0), $1) }.joined()).SH EXAMPLES
    \(examples.map(example).joined(separator: ".PP\n"))
    """
  }

  private static let environment = [
    ("NO_COLOR", "Where it is not empty, nothing is coloured."),
    (
      "CLICOLOR_FORCE",
      "Where it is neither empty nor 0, output is coloured although no terminal shows it."
    ),
    ("CLICOLOR", "Where it is 0, nothing is coloured."),
    ("TERM", "A dumb terminal gets no colour, and ASCII alone."),
    (
      "LC_ALL, LC_CTYPE, LANG",
      "A terminal whose characters are those of UTF-8 gets more than ASCII."
    ),
    (
      "GITHUB_ACTIONS",
      "Where it is true, test and check mark failures and problems in the pull request."
    ),
  ]

  private static let examples = [
    ("Tell what happens in a scenario:", "gateway-sim run my.scenario"),
    (
      "Judge all scenarios of a folder, for people and for a build server:",
      "gateway-sim test Scenarios --report junit=report.xml"
    ),
    ("Complete commands in bash:", #"eval "$(gateway-sim completions bash)""#),
    ("Read this page without installing it:", "gateway-sim manual | man -l -"),
  ]
}

// MARK: - Pieces

extension ManualPage {
  private static func section(_ command: Command) -> String {
    var text = ".SS \(roff(command.name))\n\(roff(sentence(command.summary)))\n.PP\n"
    // A flag and its value stay on one line.
    let pieces = HelpText.synopsis(command).map { piece in
      roff(piece).split(separator: " ").joined(separator: "\\ ")
    }
    text += pieces.joined(separator: " ") + "\n"
    if let operand = command.operand {
      text += entry(italic(operand.notation), sentence(operand.help))
    }
    for flag in command.flags {
      let value = flag.value.map { " " + italic($0) } ?? ""
      text += entry(bold(flag.name) + value, sentence(flag.help))
    }
    return text
  }

  private static func example(_ title: String, _ line: String) -> String {
    "\(roff(title))\n.PP\n.RS 4\n.nf\n\(roff(line))\n.fi\n.RE\n"
  }

  /// A term and what it means.
  private static func entry(_ term: String, _ text: String) -> String {
    ".TP\n\(term)\n\(roff(text))\n"
  }

  private static func bold(_ text: String) -> String { "\\fB\(roff(text))\\fR" }

  private static func italic(_ text: String) -> String { "\\fI\(roff(text))\\fR" }

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + (text.hasSuffix("?") ? "" : ".")
  }

  /// Text in which nothing is a request: no dot or apostrophe begins a line, a dash can be copied.
  static func roff(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\e"
      case "-": "\\-"
      case "…": "..."
      case "'": "\\(aq"
      case "`": "\\(ga"
      case "^": "\\(ha"
      case "~": "\\(ti"
      case _ where !scalar.isASCII: "\\[u\(hexadecimal(scalar.value))]"
      default: String(scalar)
      }
    }
    let line = escaped.joined()
    return line.hasPrefix(".") ? "\\&" + line : line
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
