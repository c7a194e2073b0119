/// `check PATH…`: load each file, report its problems, count.
@Sendable func checkCommand(_ invocation: Invocation, _ console: Console) throws {
  var reader = Reader(invocation, console)
  let files = try reader.files(invocation.operands)
  let progress = Progress(console.errors)
  for (row, path) in files.enumerated() {
    progress.show("[\(row + 1)/\(files.count)] \(path)")
    _ = try reader.scenario(path)
  }
  progress.clear()
  guard reader.isForPeople else { return }
  let count = files.count == 1 ? "1 file" : "\(files.count) files"
  let problems = reader.problems == 1 ? "1 problem" : "\(reader.problems) problems"
  try console.say("\(count): \(reader.problems == 0 ? "no problems" : problems)\n")
}
