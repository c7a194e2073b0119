/// The script for bash; it keeps to what bash 3.2 knows, which is what macOS has.
func bashCompletions(_ commands: [Command]) -> String {
  let names = commands.map(\.name) + ["--help", "--version"]
  return """
    # Completion of gateway-sim for bash. In ~/.bashrc: eval "$(gateway-sim completions bash)"

    _gateway_sim_words() {
      local IFS=$' \\n'
      COMPREPLY=($(compgen -W "$1" -- "$current"))
    }

    _gateway_sim_files() {
      local IFS=$'\\n'
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -f -- "$current"))
    }

    _gateway_sim_scenarios() {
      local IFS=$'\\n'
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -d -- "$current"; compgen -f -X '!*.scenario' -- "$current"))
    }

    _gateway_sim() {
      local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
      COMPREPLY=()
      if ((COMP_CWORD == 1)); then
        _gateway_sim_words "\(names.joined(separator: " "))"
        return
      fi
      # An equals sign is a word of its own here: --flag = value.
      if [[ $current == "=" ]]; then
        current=
      elif [[ $previous == "=" ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
      fi
      case "${COMP_WORDS[1]} $previous" in
    \(commands.flatMap(bashValues).joined())  esac
      case "${COMP_WORDS[1]} $current" in
    \(commands.map(bashFlags).joined())  esac
      case "${COMP_WORDS[1]}" in
    \(commands.map(bashOperands).joined())  esac
    }

    complete -F _gateway_sim gateway-sim

    """
}

/// What follows a flag.
private func bashValues(_ command: Command) -> [String] {
  command.flags.flatMap { flag -> [String] in
    guard let offer = flag.offer else { return [] }
    var lines = [bashCase("'\(command.name) \(flag.name)'", offer)]
    if case .wordedFiles(let words) = offer {
      lines.append(bashCase(words.map { "'\(command.name) \($0)'" }.joined(separator: "|"), .files))
    }
    return lines
  }
}

private func bashFlags(_ command: Command) -> String {
  bashCase("'\(command.name) -'*", .words(command.flags.map(\.name) + ["--help"]))
}

private func bashOperands(_ command: Command) -> String {
  command.operand.map { bashCase(command.name, $0.offer) } ?? ""
}

private func bashCase(_ pattern: String, _ offer: Offer) -> String {
  let action =
    switch offer {
    case .nothing: ""
    case .words(let words): "_gateway_sim_words \"\(words.joined(separator: " "))\"; "
    case .files: "_gateway_sim_files; "
    case .scenarios: "_gateway_sim_scenarios; "
    case .wordedFiles(let words):
      "_gateway_sim_words \"\(words.map { $0 + "=" }.joined(separator: " "))\"; "
        + "compopt -o nospace 2>/dev/null; "
    }
  return "    \(pattern)) \(action)return ;;\n"
}
