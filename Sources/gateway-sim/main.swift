occupyStandardStreams()
Interruption.prepare()
let console = Console(
  output: Channel(descriptor: STDOUT_FILENO, name: "standard output"),
  errors: Channel(descriptor: STDERR_FILENO, name: "standard error"),
  input: { readAll(STDIN_FILENO) }, environment: environmentVariable)
exit(gatewaySim(Array(CommandLine.arguments.dropFirst()), console).rawValue)
