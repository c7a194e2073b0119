import ScenarioLanguage
import SimulationTrace

/// `format PATH…`: lay each file out and replace those that change; with `--lint`, only say which.
@Sendable func formatCommand(_ invocation: Invocation, _ console: Console) throws {
  var reader = Reader(invocation, console)
  let files = try reader.files(invocation.operands)
  console.isPersistent = !invocation.has(.lint)
  for (row, path) in files.enumerated() {
    console.progress.show("[\(row + 1)/\(files.count)] \(printable(path))")
    guard let file = try reader.layout(path) else { continue }
    console.progress.clear()
    if invocation.has(.lint) {
      guard let line = firstDifference(file.written, file.canonical) else { continue }
      console.note(.failed)
      try console.warn("\(printable(path)):\(line):1: not in canonical layout\n")
    } else if path == "-" {
      try console.put(file.canonical)
    } else if file.written != file.canonical {
      try replace(path, by: file.canonical)
      try console.say("\(printable(path))\n")
    }
  }
  console.progress.clear()
}

private func replace(_ path: String, by bytes: [UInt8]) throws {
  // A pipe or a device has nothing that could be replaced.
  guard isRegularFile(path) else {
    throw WriteProblem.refused(name: path, reason: "it is no regular file; - lays out what is read")
  }
  try WholeFile.write(bytes, to: path)
}
