import ScenarioLanguage

/// `explain-code CODE`: what a diagnostic's code means.
@Sendable func explainCodeCommand(_ invocation: Invocation, _ console: Console) throws {
  let code = invocation.operands[0].uppercased()
  guard let text = explanation(of: code) else {
    let known = DiagnosticCode.allCases.map(\.rawValue)
    throw UsageError("there is no code \"\(code)\"", suggestion: nearest(to: code, among: known))
  }
  try console.say(text.hasSuffix("\n") ? text : text + "\n")
}
