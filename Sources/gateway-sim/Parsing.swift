import ScenarioLanguage

/// What the arguments ask for.
enum Request {
  case version
  /// The overview of all commands.
  case overview
  case help(Command)
  case perform(Command, Invocation)
}

extension Request {
  /// Reads arguments, the program's name not among them.
  init(_ arguments: [String]) throws {
    guard let first = arguments.first else {
      throw UsageError("a command is missing\n\n\(HelpText.overview)")
    }
    if let command = CommandTable.all.first(where: { $0.name == first }) {
      self = try command.parse(arguments.dropFirst())
      return
    }
    switch first {
    case "--version": self = .version
    case "--help", "-h": self = .overview
    default: throw Self.unknown(first)
    }
    if arguments.count > 1 { throw UsageError("unexpected argument \"\(arguments[1])\"") }
  }

  private static let seeHelp = "gateway-sim --help lists what there is"

  private static func unknown(_ word: String) -> UsageError {
    let kind = word.hasPrefix("-") ? "flag" : "command"
    let known = CommandTable.all.map(\.name) + ["--help", "--version"]
    return UsageError(
      "there is no \(kind) \"\(word)\"; \(seeHelp)", suggestion: nearest(to: word, among: known))
  }
}

extension Command {
  /// Reads what follows the command's name.
  fileprivate func parse(_ arguments: ArraySlice<String>) throws -> Request {
    var invocation = Invocation()
    var wantsHelp = false
    var rest = arguments
    while let argument = rest.popFirst() {
      if argument == "--" {
        invocation.operands += rest
        break
      }
      if argument == "--help" || argument == "-h" {
        wantsHelp = true
      } else if argument.hasPrefix("-"), argument != "-" {
        try take(argument, &rest, into: &invocation)
      } else {
        invocation.operands.append(argument)
      }
    }
    if wantsHelp { return .help(self) }
    try checkOperands(invocation.operands)
    if let missing = flags.first(where: { $0.isRequired && !invocation.has($0) }) {
      throw UsageError("\(name) needs \(missing.notation)")
    }
    return .perform(self, invocation)
  }

  /// Takes a flag with its value, given as `--flag value` or `--flag=value`.
  private func take(
    _ argument: String, _ rest: inout ArraySlice<String>, into invocation: inout Invocation
  ) throws {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let flag = flags.first(where: { $0.name == name }) else {
      throw UsageError(
        "\(self.name) has no flag \"\(name)\"",
        suggestion: nearest(to: name, among: flags.map(\.name) + ["--help"]))
    }
    let given = parts.count > 1 ? String(parts[1]) : nil
    let value = try flag.value(given, &rest)
    guard invocation.set(flag, to: value) else { throw UsageError("\(name) is given twice") }
  }

  private func checkOperands(_ operands: [String]) throws {
    guard let operand else {
      if let first = operands.first { throw UsageError("unexpected argument \"\(first)\"") }
      return
    }
    if operands.isEmpty { throw UsageError("\(name) needs \(operand.notation)") }
    if operands.count > 1, !operand.isRepeatable {
      throw UsageError("unexpected argument \"\(operands[1])\": \(name) takes one \(operand.name)")
    }
    if operands.contains("") { throw UsageError("\(operand.name) is empty") }
  }
}

extension Flag {
  /// The flag's value: what follows `=`, else the next argument; empty for a flag without one.
  fileprivate func value(_ given: String?, _ rest: inout ArraySlice<String>) throws -> String {
    guard let value else {
      if given != nil { throw UsageError("\(name) takes no value") }
      return ""
    }
    // Something that looks like a flag is a value only behind "=": else it was forgotten.
    let next = rest.first.flatMap { $0.hasPrefix("--") ? nil : $0 }
    guard let text = given ?? next, !text.isEmpty else {
      throw UsageError("\(name) needs a value: \(name) \(value)")
    }
    if given == nil { rest.removeFirst() }
    if let choices, !takesFile, !choices.contains(text) {
      throw UsageError(
        "\(name) is \(choices.joined(separator: ", ")), not \"\(text)\"",
        suggestion: nearest(to: text, among: choices))
    }
    return text
  }
}
