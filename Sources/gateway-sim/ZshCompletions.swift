/// The script for zsh; it works from a folder in `fpath` and when it is sourced.
func zshCompletions(_ commands: [Command]) -> String {
  """
  #compdef gateway-sim
  # Completion of gateway-sim for zsh. In ~/.zshrc, after compinit:
  # source <(gateway-sim completions zsh)

  _gateway_sim_reports() {
    if compset -P '*='; then
      _files
    else
      compadd -S '=' -- "$@"
    fi
  }

  _gateway_sim() {
    local context state state_descr line
    typeset -A opt_args
    _arguments -C \\
      '(- *)'{-h,--help}'[show what there is]' \\
      '(- *)--version[show the version]' \\
      '1:command:->command' \\
      '*::argument:->argument'
    case $state in
    command)
      local -a commands
      commands=(
  \(commands.map(zshSummary).joined())    )
      _describe -t commands command commands
      ;;
    argument)
      case $words[1] in
  \(commands.map(zshCase).joined())    esac
      ;;
    esac
  }

  if [[ $funcstack[1] == _gateway_sim ]]; then
    _gateway_sim "$@"
  else
    compdef _gateway_sim gateway-sim
  fi

  """
}

private func zshSummary(_ command: Command) -> String {
  let summary = escaped(command.summary, [":"])
  return "      \("\(command.name):\(summary)".quotedForShell)\n"
}

private func zshCase(_ command: Command) -> String {
  let specifications =
    ["'(- *)'{-h,--help}'[\(escaped(Flag.help.help, ["[", "]"]))]'"]
    + command.flags.map { zshFlag($0).quotedForShell }
    + (command.operand.map { [zshOperand($0).quotedForShell] } ?? [])
  let lines = specifications.map { " \\\n        \($0)" }.joined()
  return "    \(command.name))\n      _arguments\(lines)\n      ;;\n"
}

/// `*--report=[help]:FORMAT=FILE:action`.
private func zshFlag(_ flag: Flag) -> String {
  let help = escaped(flag.help, ["[", "]", ":"])
  guard let value = flag.value, let offer = flag.offer else { return "\(flag.name)[\(help)]" }
  let star = flag.isRepeatable ? "*" : ""
  return "\(star)\(flag.name)=[\(help)]:\(value):\(zshAction(offer))"
}

private func zshOperand(_ operand: Operand) -> String {
  "\(operand.isRepeatable ? "*" : "1"):\(operand.name):\(zshAction(operand.offer))"
}

private func zshAction(_ offer: Offer) -> String {
  switch offer {
  case .nothing: " "
  case .words(let words): "(\(words.joined(separator: " ")))"
  case .files: "_files"
  case .scenarios: #"_files -g "*.scenario(-.)""#
  case .wordedFiles(let words): "{_gateway_sim_reports \(words.joined(separator: " "))}"
  }
}

private func escaped(_ text: String, _ special: Set<Character>) -> String {
  text.map { special.contains($0) ? "\\\($0)" : "\($0)" }.joined()
}
