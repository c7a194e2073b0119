import SimulationTrace

/// `check PATH…`: load each file, report its problems, count.
@Sendable func checkCommand(_ invocation: Invocation, _ console: Console) throws {
  var reader = Reader(invocation, console)
  let files = try reader.files(invocation.operands)
  try console.annotate(reader.takeRejected())
  for (row, path) in files.enumerated() {
    console.progress.show(row, of: files.count)
    _ = try reader.scenario(path)
    try console.annotate(reader.takeRejected())
  }
  guard reader.isForPeople else { return }
  let problems = reader.problems == 0 ? "no problems" : counted(reader.problems, "problem")
  try console.say("\(counted(files.count, "file")): \(problems)\n")
}
