import ScenarioLanguage

/// `syntax`: the reference of the scenario language.
@Sendable func syntaxCommand(_ invocation: Invocation, _ console: Console) throws {
  let text = syntaxReference()
  try console.say(text.hasSuffix("\n") ? text : text + "\n")
}
