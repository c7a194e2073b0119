import SimulationTrace

/// A flag of a command.
struct Flag: Sendable {
  /// As typed: `--seed`.
  let name: String
  /// What its value is called; nil for a flag without one.
  let value: String?
  /// What it does, in a line.
  let help: String
  /// The values it takes; nil where any text will do.
  var choices: [String]? = nil
  /// Whether the command does nothing without it.
  var isRequired = false
  /// Whether it may be given several times.
  var isRepeatable = false

  /// Whether what stands in ``choices`` is followed by `=` and a file.
  var takesFile: Bool { value?.hasSuffix("=FILE") ?? false }

  /// As help shows it: `--seed N`.
  var notation: String { value.map { "\(name) \($0)" } ?? name }
}

/// What stands behind a command besides flags.
struct Operand: Sendable {
  /// What it is called: `FILE`.
  let name: String
  /// What it is, in a line.
  let help: String
  /// Whether several may be given.
  let isRepeatable: Bool
  /// What it may be; nil where any text will do.
  var choices: [String]? = nil

  /// As help shows it: `FILE…`.
  var notation: String { isRepeatable ? name + "…" : name }
}

/// One of the things the program does. A row of the table that drives parsing, help and
/// suggestions.
struct Command: Sendable {
  /// As typed.
  let name: String
  /// What it does, in a line.
  let summary: String
  /// What it needs besides flags; nil for nothing.
  let operand: Operand?
  /// Its flags, `--help` apart.
  let flags: [Flag]
  /// Does it. Results and statuses go to the console.
  let perform: @Sendable (Invocation, Console) throws -> Void
}

/// A command with its arguments.
struct Invocation {
  /// What was typed besides flags.
  var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// A flag's value; empty for a flag that has none, nil where it was not given.
  func value(of flag: Flag) -> String? { values[flag.name]?.last }

  /// All values of a flag that may be given several times.
  func values(of flag: Flag) -> [String] { values[flag.name] ?? [] }

  /// Whether a flag was given.
  func has(_ flag: Flag) -> Bool { values[flag.name] != nil }

  /// Sets a flag; false where it was set before and may be only once.
  mutating func set(_ flag: Flag, to value: String) -> Bool {
    values[flag.name, default: []].append(value)
    return flag.isRepeatable || values(of: flag).count == 1
  }
}

/// Arguments that mean nothing. The program says so and ends with 64.
struct UsageError: Error, Equatable {
  var message: String
  var suggestion: String?

  init(_ message: String, suggestion: String? = nil) {
    self.message = message
    self.suggestion = suggestion
  }

  /// What people read: whole lines, in which nothing can steer a terminal.
  var text: String {
    let hint = suggestion.map { "\ndid you mean \"\($0)\"?" } ?? ""
    let lines = "\(message)\(hint)".split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { printable(String($0)) + "\n" }.joined()
  }
}
