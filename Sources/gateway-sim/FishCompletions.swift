/// The script for fish.
func fishCompletions(_ commands: [Command]) -> String {
  """
  # Completion of gateway-sim for fish. In config.fish: gateway-sim completions fish | source

  function __gateway_sim_is
      set -l words (commandline -opc)
      test (count $words) -gt 1; and test $words[2] = $argv[1]
  end

  function __gateway_sim_starts
      test (count (commandline -opc)) -eq 1
  end

  # A word, an equals sign, and a file.
  function __gateway_sim_reports
      set -l typed (commandline -ct | string replace -r '^--[a-z-]+=' '')
      set -l parts (string split -m 1 = -- $typed)
      if test (count $parts) -eq 2
          for path in (__fish_complete_path $parts[2])
              echo $parts[1]=$path
          end
      else
          printf '%s=\\n' $argv
      end
  end

  function __gateway_sim_scenarios
      __fish_complete_path (commandline -ct) | string match -r '^[^\\t]*(?:/|\\.scenario)(?=\\t|$)'
  end

  complete -c gateway-sim -e
  complete -c gateway-sim -f
  complete -c gateway-sim -n __gateway_sim_starts -l version -d 'show the version'
  complete -c gateway-sim -s h -l help -d 'show what there is'

  """ + commands.map(fishLines).joined()
}

private func fishLines(_ command: Command) -> String {
  let start =
    "\ncomplete -c gateway-sim -n __gateway_sim_starts -a \(command.name)"
    + " -d \(fishQuoted(command.summary))\n"
  let condition = "complete -c gateway-sim -n '__gateway_sim_is \(command.name)'"
  let flags = command.flags.map { flag in
    "\(condition) -l \(flag.word)\(fishValue(flag.offer)) -d \(fishQuoted(flag.help))\n"
  }
  let operands = command.operand.flatMap { fishArguments($0.offer) }
  return start + flags.joined() + (operands.map { "\(condition)\($0)\n" } ?? "")
}

/// How a flag's value is completed: `-r -F` for any file, `-x` for nothing but what follows.
private func fishValue(_ offer: Offer?) -> String {
  switch offer {
  case nil: ""
  case .nothing: " -x"
  case .files: " -r -F"
  case .words, .scenarios, .wordedFiles: " -x" + (offer.flatMap(fishArguments) ?? "")
  }
}

private func fishArguments(_ offer: Offer) -> String? {
  switch offer {
  case .nothing: nil
  case .words(let words): " -a '\(words.joined(separator: " "))'"
  case .files: " -F"
  case .scenarios: " -a '(__gateway_sim_scenarios)'"
  case .wordedFiles(let words): " -a '(__gateway_sim_reports \(words.joined(separator: " ")))'"
  }
}

private func fishQuoted(_ text: String) -> String {
  let escaped = text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" }
  return "'\(escaped.joined())'"
}
