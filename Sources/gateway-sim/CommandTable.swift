import Reports
import ScenarioLanguage
import SimulationTrace

/// All commands, in the order in which help names them.
enum CommandTable {
  static let all = [
    run, page, test, explore, check, decide, why, impact, compare, shrink, step, behaviours,
    coverage, convert, format, generate, explainCode, syntax, completions, manual,
  ]

  /// Only for words and numbers of the program itself.
  static let version = "0.1.0"

  static let run = Command(
    name: "run", summary: "tell what happens, and what became of the expectations",
    operand: Operand(
      name: "FILE", help: "a scenario; - reads standard input", isRepeatable: true),
    flags: [
      .variant, .trace, .traceRuns, .html, .against, .mermaid, .runsCSV, .handout, .seed, .until,
      .quiet, .width, .color, .ascii, .errorFormat,
    ],
    perform: runCommand)

  static let page = Command(
    name: "page", summary: "write a page a scenario that plays it in a browser, and an index",
    operand: .path, flags: [.outputFolder, .seed, .errorFormat], perform: pageCommand)

  static let test = Command(
    name: "test", summary: "judge the expectations of every scenario",
    operand: .path, flags: [.report, .filter, .seed, .jobs, .errorFormat], perform: testCommand)

  static let explore = Command(
    name: "explore", summary: "judge the expectations over every admissible propagation delay",
    operand: Operand(
      name: "FILE", help: "a scenario; - reads standard input", isRepeatable: true),
    flags: [.save, .json, .jobs, .errorFormat], perform: exploreCommand)

  static let check = Command(
    name: "check", summary: "read and validate only",
    operand: .path, flags: [.errorFormat], perform: checkCommand)

  static let decide = Command(
    name: "decide", summary: "answer one question: may this connection be made, and used?",
    operand: Operand(
      name: "FILE", help: "the scenario whose tenants and policies count; - reads standard input",
      isRepeatable: false),
    flags: [.creator, .signIn, .connector, .user, .at, .variant, .json, .errorFormat],
    perform: decideCommand)

  static let why = Command(
    name: "why",
    summary: "say why a run, a connection or an app is let through at an instant or not",
    operand: Operand(
      name: "FILE", help: "a scenario; - reads standard input", isRepeatable: false),
    flags: [.run, .connection, .app, .variant, .json, .width, .color, .ascii, .errorFormat],
    perform: whyCommand)

  static let compare = Command(
    name: "compare",
    summary: "say what two scenarios, or one and its variants, do differently; 1 where they do",
    operand: Operand(
      name: "FILE", help: "two scenarios with one start, or one with variants; - is standard input",
      isRepeatable: true),
    flags: [.variant, .json, .width, .color, .ascii, .errorFormat],
    perform: compareCommand)

  static let impact = Command(
    name: "impact", summary: "say which apps and flows a policy change would break, and when",
    operand: Operand(
      name: "FILE", help: "the scenario with the apps and flows; - reads standard input",
      isRepeatable: false),
    flags: [
      .change, .changeTime, .horizon, .variant, .json, .csv, .markdown, .width, .color, .ascii,
      .errorFormat,
    ],
    perform: impactCommand)

  static let shrink = Command(
    name: "shrink", summary: "find the smallest scenario in which an expectation still fails",
    operand: Operand(
      name: "FILE", help: "a scenario that fails; - reads standard input", isRepeatable: false),
    flags: [.expectation, .output, .json, .errorFormat], perform: shrinkCommand)

  static let step = Command(
    name: "step", summary: "go through a scenario at a prompt: ask, predict, try what if",
    operand: Operand(
      name: "FILE", help: "a scenario; orders are read from standard input", isRepeatable: false),
    flags: [.seed, .width, .color, .ascii, .errorFormat], perform: stepCommand)

  static let convert = Command(
    name: "convert", summary: "write a scenario as JSON, or its JSON as sentences",
    operand: Operand(
      name: "FILE", help: "a scenario in either form; - reads standard input", isRepeatable: false),
    flags: [.to, .errorFormat], perform: convertCommand)

  static let format = Command(
    name: "format", summary: "bring scenarios into canonical layout",
    operand: .path, flags: [.lint, .errorFormat], perform: formatCommand)

  static let generate = Command(
    name: "generate",
    summary: "write a large world of tenants, recurring flows and policy changes", operand: nil,
    flags: [.tenants, .flows, .days, .changes, .drawnFrom, .output], perform: generateCommand)

  static let behaviours = Command(
    name: "behaviours", summary: "list the documented behaviours that covers lines may name",
    operand: nil, flags: [.json], perform: behavioursCommand)

  static let coverage = Command(
    name: "coverage", summary: "say which documented behaviours scenarios show",
    operand: .path, flags: [.failUnder, .json, .jobs, .errorFormat], perform: coverageCommand)

  static let explainCode = Command(
    name: "explain-code", summary: "say more about a diagnostic",
    operand: Operand(
      name: "CODE", help: "a diagnostic's code, such as S011", isRepeatable: false,
      choices: DiagnosticCode.allCases.map(\.rawValue)),
    flags: [], perform: explainCodeCommand)

  static let syntax = Command(
    name: "syntax", summary: "print the reference of the scenario language", operand: nil,
    flags: [], perform: syntaxCommand)

  static let completions = Command(
    name: "completions", summary: "print a script that completes commands in a shell",
    operand: Operand(
      name: "SHELL", help: "the shell: bash, zsh or fish", isRepeatable: false,
      choices: CompletedShell.allCases.map(\.rawValue)),
    flags: [], perform: completionsCommand)

  static let manual = Command(
    name: "manual", summary: "print the manual page, for man", operand: nil, flags: [],
    perform: manualCommand)
}

extension Operand {
  static let path = Operand(
    name: "PATH", help: "a scenario, or a folder with *.scenario files; - reads standard input",
    isRepeatable: true)
}

extension Flag {
  static let help = Flag(name: "--help", value: nil, help: "show this text (also -h)")

  static let variant = Flag(
    name: "--variant", value: "NAME", help: "play this variant instead of the scenario itself")
  static let trace = Flag(
    name: "--trace", value: "FILE",
    help: "write the trace as JSON Lines; with -, standard output is the trace alone")
  static let traceRuns = Flag(
    name: "--trace-runs", value: "HOW",
    help: "recurring runs in the trace: each, folded (alike ones in one record) or none",
    choices: RunTelling.allCases.map(\.rawValue))
  static let html = Flag(
    name: "--html", value: "FILE",
    help: "write a page that plays the scenario in a browser; with -, to standard output")
  static let against = Flag(
    name: "--against", value: "FILE", help: "play another scenario beside it, on the page of --html"
  )
  static let mermaid = Flag(
    name: "--mermaid", value: "FILE",
    help: "write Mermaid sequence diagrams, one a chapter; to .mmd a single one")
  static let runsCSV = Flag(
    name: "--csv", value: "FILE", help: "write every run as a table for spreadsheets")
  static let handout = Flag(
    name: "--markdown", value: "FILE", help: "write a handout: chapters, questions, answers")
  static let outputFolder = Flag(
    name: "--output", value: "DIR", help: "the folder for the pages; made if it is missing",
    isRequired: true)
  static let seed = Flag(
    name: "--seed", value: "N", help: "draw with this seed instead of the scenario's own")
  static let until = Flag(
    name: "--until", value: "TIME", help: "end at this time; later expectations are not judged")
  static let quiet = Flag(
    name: "--quiet", value: nil, help: "no story, only what became of the expectations")
  static let report = Flag(
    name: "--report", value: "FORMAT=FILE",
    help: "write a report as \(ReportFormat.names); with - to standard output",
    choices: ReportFormat.allCases.map(\.rawValue), isRepeatable: true)
  static let width = Flag(
    name: "--width", value: "N",
    help: "tell the story in N columns, 60 to 120; default: the terminal's, else 80, texts whole")
  static let color = Flag(
    name: "--color", value: "WHEN",
    help: "colour: auto (for a terminal that can, and as NO_COLOR says), always or never",
    choices: ["auto", "always", "never"])
  static let ascii = Flag(
    name: "--ascii", value: nil, help: "no marks and lines but those of ASCII")
  static let filter = Flag(
    name: "--filter", value: "TEXT", help: "only scenarios with TEXT in path or title, in any case")
  static let lint = Flag(
    name: "--lint", value: nil, help: "change nothing, only name the files that would change")
  static let errorFormat = Flag(
    name: "--error-format", value: "FORMAT", help: "how problems are written: human, short or json",
    choices: ["human", "short", "json"])

  static let jobs = Flag(
    name: "--jobs", value: "N",
    help: "work on N files at a time; default: all cores; what comes out is the same")
  static let failUnder = Flag(
    name: "--fail-under", value: "N", help: "end with 3 below N percent of the behaviours")

  static let run = Flag(
    name: "--run", value: "NAME@TIME", help: "a flow's run, or what a run would meet then")
  static let connection = Flag(
    name: "--connection", value: "NAME@TIME", help: "a connection as it is made or used then")
  static let app = Flag(name: "--app", value: "NAME@TIME", help: "an app's data calls then")

  static let creator = Flag(
    name: "--creator", value: "TENANT", help: "where the connection lives: name, domain or id",
    isRequired: true)
  static let signIn = Flag(
    name: "--sign-in", value: "TENANT", help: "where it signs in: name, domain or id",
    isRequired: true)
  static let connector = Flag(
    name: "--connector", value: "CONNECTOR", help: "what it connects with", isRequired: true)
  static let user = Flag(
    name: "--user", value: "NAME", help: "who makes it; guests are judged as guests")
  static let at = Flag(
    name: "--at", value: "TIME", help: "when, after all that happens then; default: the start")
  static let save = Flag(
    name: "--save", value: "FILE",
    help: "write the smallest counterexample as a scenario with fixed delays; - to standard output")
  static let change = Flag(
    name: "--change", value: "SENTENCE",
    help:
      "\"isolation on for contoso\", \"rule for contoso allows fabrikam outbound\", \"ada removes "
      + "rule fabrikam\"; repeatable",
    isRequired: true, isRepeatable: true)
  static let changeTime = Flag(
    name: "--at", value: "TIME", help: "when the changes are saved, after all that happens then",
    isRequired: true)
  static let horizon = Flag(
    name: "--until", value: "TIME", help: "count lost runs up to here; default: the scenario's end")
  static let expectation = Flag(
    name: "--expectation", value: "LINE",
    help: "the line of the expectation; default: the first that fails")
  static let output = Flag(
    name: "--output", value: "FILE", help: "write the scenario there and not to standard output")
  static let csv = Flag(name: "--csv", value: nil, help: "what breaks, for spreadsheets")
  static let markdown = Flag(name: "--markdown", value: nil, help: "answer as Markdown")
  static let tenants = Flag(name: "--tenants", value: "N", help: "how many tenants; default: 1000")
  static let flows = Flag(
    name: "--flows", value: "N", help: "how many flows, each with a connection; default: 100000")
  static let days = Flag(name: "--days", value: "D", help: "how many days; default: 7")
  static let changes = Flag(
    name: "--changes", value: "K", help: "how many policy changes; default: 200")
  static let drawnFrom = Flag(
    name: "--seed", value: "S", help: "what all else is drawn from; default: 0")
  static let to = Flag(
    name: "--to", value: "FORMAT", help: "json or scenario; comments are left behind",
    choices: ScenarioFormat.allCases.map(\.rawValue), isRequired: true)
  static let json = Flag(name: "--json", value: nil, help: "answer as one JSON object")
}

extension ReportFormat {
  /// `junit, json or tap`.
  static let names = {
    let names = allCases.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + names.suffix(1).map { " or " + $0 }.joined()
  }()
}
