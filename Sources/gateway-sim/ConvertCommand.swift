import ScenarioLanguage

/// `convert FILE --to FORMAT`: read the sentences, write them in the other form.
@Sendable func convertCommand(_ invocation: Invocation, _ console: Console) throws {
  var reader = Reader(invocation, console)
  let format = invocation.value(of: .to).flatMap { ScenarioFormat(rawValue: $0) } ?? .json
  guard let bytes = try reader.converted(invocation.operands[0], to: format) else { return }
  try console.put(bytes)
}
