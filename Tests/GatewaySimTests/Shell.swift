import Foundation

/// The built program and the machine's shells, for what can't be seen from inside.
enum Shell {
  /// Where the built program is.
  static var program: String {
    let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let folder = tests?.deletingLastPathComponent() ?? Bundle.main.bundleURL
    return folder.appending(path: "gateway-sim").path
  }

  /// Whether the machine has a program.
  static func has(_ name: String) -> Bool {
    (try? bash("command -v \(name)").status) == 0
  }

  /// Lets bash do a script, in which `$1` is the built program and `$2` and so on are arguments.
  static func bash(
    _ script: String, _ arguments: String..., input: String = ""
  ) throws -> (output: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", script, "bash", program] + arguments
    let (inputPipe, outputPipe) = (Pipe(), Pipe())
    process.standardInput = inputPipe
    process.standardOutput = outputPipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    try inputPipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try inputPipe.fileHandleForWriting.close()
    let data = outputPipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: data, as: UTF8.self), process.terminationStatus)
  }
}
