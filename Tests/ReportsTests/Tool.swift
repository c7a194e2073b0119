import Foundation

/// A program of the machine that reads what was written here, as its users' programs do.
struct Tool {
  private let program: String

  /// The program, or nil where the machine has none of that name.
  init?(_ name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    guard
      let path = folders.map({ "\($0)/\(name)" })
        .first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { return nil }
    program = path
  }

  /// Whether the machine has a program of that name.
  static func has(_ name: String) -> Bool { Tool(name) != nil }

  /// Lets it read a text from a file, whose name stands for `FILE` in the arguments.
  func read(_ text: String, _ arguments: String...) throws -> (output: String, status: Int32) {
    let file = NSTemporaryDirectory() + "gateway-sim-" + UUID().uuidString
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: file) }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments.map { $0 == "FILE" ? file : $0 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: output, as: UTF8.self), process.terminationStatus)
  }
}
