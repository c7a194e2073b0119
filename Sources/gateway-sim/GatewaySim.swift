import ScenarioLanguage
import SimulationTrace

/// The whole program: arguments in, consequences on the console, a status out.
func gatewaySim(_ arguments: [String], _ console: Console) -> ExitStatus {
  do {
    try perform(Request(arguments), console)
    try console.flush()
  } catch {
    console.report(error)
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

extension Console {
  /// Says what went wrong, and notes its status.
  func report(_ error: any Error) {
    switch error {
    case let error as UsageError:
      note(.usage)
      try? warn("gateway-sim: \(error.text)")
    case WriteProblem.readerGone:
      // Nobody reads on: no reason to complain, nor to work on.
      break
    case WriteProblem.refused(let name, let reason):
      note(.unwritten)
      try? warn("gateway-sim: \(printable(name)) can't be written: \(reason)\n")
    default:
      note(.fault)
      try? warn("gateway-sim: internal error: \(error)\n")
    }
  }
}
