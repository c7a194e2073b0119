occupyStandardStreams()
Interruption.prepare()
let console = Console(
  output: Channel(descriptor: STDOUT_FILENO, name: "standard output"),
  errors: Channel(descriptor: STDERR_FILENO, name: "standard error"),
  input: { readAll(STDIN_FILENO) }, environment: environmentVariable,
  lines: LineReader(descriptor: STDIN_FILENO),
  isInteractive: isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1)
exit(gatewaySim(Array(CommandLine.arguments.dropFirst()), console).rawValue)
