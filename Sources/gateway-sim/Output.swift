import Reports

/// Where a command's result goes: to a file that appears whole, or to standard output.
struct Output {
  /// What asks for it.
  let flag: Flag
  /// The file; `-` for standard output.
  let path: String

  init(_ flag: Flag, _ path: String) {
    self.flag = flag
    // Renaming would give the name to another file than the one that standard output leads to.
    let isAlias = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].contains(path)
    self.path = isAlias ? "-" : path
  }

  var isStandardOutput: Bool { path == "-" }

  /// What messages call it.
  var name: String { isStandardOutput ? "standard output" : path }

  /// What all spellings of one place have in common.
  var place: String { isStandardOutput ? path : canonicalPath(path) }

  /// Makes sure that it replaces no scenario, neither one of these nor one that was read.
  func spare(_ console: Console, besides scenarios: [String] = []) throws {
    guard !isStandardOutput else { return }
    try console.spare(flag, path, besides: scenarios)
  }

  /// Writes what a body gives; the file appears when it is done.
  func write(_ console: Console, _ body: (@escaping ByteBuffer.Sink) throws -> Void) throws {
    guard !isStandardOutput else { return try body(console.put) }
    let file = try WholeFile(path)
    try body(file.write)
    try file.finish()
  }

  func write(_ bytes: [UInt8], _ console: Console) throws {
    try write(console) { try $0(bytes) }
  }

  func write(_ text: String, _ console: Console) throws { try write(Array(text.utf8), console) }
}

extension Invocation {
  /// Where a flag's result goes; nil where it is not given.
  func output(_ flag: Flag) -> Output? { value(of: flag).map { Output(flag, $0) } }
}
