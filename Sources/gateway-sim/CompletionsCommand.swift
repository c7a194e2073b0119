import ScenarioLanguage
import PowerPlatform
import SimulationTrace

/// A shell that completes what is typed.
enum CompletedShell: String, CaseIterable {
  case bash, zsh, fish
}

/// `completions SHELL`: a script that completes commands, flags and their values.
@Sendable func completionsCommand(_ invocation: Invocation, _ console: Console) throws {
  let name = invocation.operands[0]
  switch CompletedShell(rawValue: name) {
  case .bash: try console.say(bashCompletions(CommandTable.all))
  case .zsh: try console.say(zshCompletions(CommandTable.all))
  case .fish: try console.say(fishCompletions(CommandTable.all))
  case nil:
    let known = CompletedShell.allCases.map(\.rawValue)
    throw UsageError(
      "there are no completions for \"\(name)\", only for bash, zsh and fish",
      suggestion: nearest(to: name, among: known))
  }
}

/// What a shell can offer where a value is typed.
enum Offer: Equatable {
  case nothing
  case words([String])
  /// Any file.
  case files
  /// Folders and `*.scenario` files.
  case scenarios
  /// One of the words, `=`, and any file.
  case wordedFiles([String])
}

extension Flag {
  /// What its value may be; nil for a flag without one.
  var offer: Offer? {
    guard let value else { return nil }
    if let choices { return takesFile ? .wordedFiles(choices) : .words(choices) }
    switch value {
    case "FILE": return .files
    case "CONNECTOR": return .words(ConnectorCatalogue.builtIn.map(\.name))
    default: return .nothing
    }
  }

  /// The name without its dashes.
  var word: String { String(name.drop { $0 == "-" }) }
}

extension Operand {
  /// What it may be.
  var offer: Offer {
    if let choices { return .words(choices) }
    return name == "FILE" || name == "PATH" ? .scenarios : .nothing
  }
}

extension String {
  /// As one word of a shell script.
  var quotedForShell: String {
    "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
