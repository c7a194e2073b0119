import ScenarioLanguage

/// The whole program: arguments in, consequences on the console, a status out.
func gatewaySim(_ arguments: [String], _ console: Console) -> ExitStatus {
  do {
    try perform(Request(arguments), console)
    try console.output.flush()
  } catch {
    report(error, console)
  }
  return console.status
}

private func perform(_ request: Request, _ console: Console) throws {
  switch request {
  case .version: try console.say("gateway-sim \(CommandTable.version)\n")
  case .overview: try console.say(HelpText.overview)
  case .help(let command): try console.say(HelpText.text(command))
  case .perform(let command, let invocation): try command.perform(invocation, console)
  }
}

private func report(_ error: any Error, _ console: Console) {
  switch error {
  case let error as UsageError:
    console.note(.usage)
    let hint = error.suggestion.map { "\ndid you mean \"\($0)\"?" } ?? ""
    try? console.warn("gateway-sim: \(error.message)\(hint)\n")
  case WriteProblem.readerGone:
    // Nobody reads on: no reason to complain, nor to work on.
    break
  case WriteProblem.refused(let name, let reason):
    console.note(.unwritten)
    try? console.warn("gateway-sim: \(name) can't be written: \(reason)\n")
  default:
    console.note(.fault)
    try? console.warn("gateway-sim: internal error: \(error)\n")
  }
}
