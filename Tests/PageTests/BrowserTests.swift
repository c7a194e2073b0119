import Foundation
import Testing

/// The pages in a real browser: every check of `Tools/page`, over pages that the built program wrote.
@Suite struct BrowserTests {
  @Test(
    .enabled(if: Browser.missing == nil, "skipped: \(Browser.missing ?? "")"),
    .timeLimit(.minutes(20)))
  func `Every check of the pages holds`() throws {
    let lines = try Browser.checks()
    let tried = lines.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
    #expect(lines.contains("1..\(tried.count)"), "\(lines.joined(separator: "\n"))")
    #expect(!tried.isEmpty)
    for line in lines where line.hasPrefix("not ok ") { Issue.record("\(line)") }
  }
}

/// The driver of `Tools/page`, and what it needs of the machine.
private enum Browser {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The house's own Python where `.ci/run` made one, else the machine's.
  private static let python: String = {
    let own = root.appending(path: ".build/python/bin/python").path
    return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
  }()

  /// What the machine lacks, in words; nil where all is there.
  static let missing: String? = {
    let lines = try? output("/usr/bin/env", python, check, "--needs").lines
    guard let lines else { return "there is no python3" }
    return lines.first { !$0.isEmpty }
  }()

  /// A line a check.
  static func checks() throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gateway-sim-pages")
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return try output("/usr/bin/env", python, check, program, folder.path).lines
  }

  private static let check = root.appending(path: "Tools/page/check").path

  private static var program: String {
    let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let folder = tests?.deletingLastPathComponent() ?? Bundle.main.bundleURL
    return folder.appending(path: "gateway-sim").path
  }

  private static func output(_ program: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}

extension String {
  fileprivate var lines: [String] { split(separator: "\n").map(String.init) }
}
