import Foundation
import ScenarioLanguage

extension Figure {
  /// Reading a large file, in either form.
  static let loading = Figure(
    name: "loading", summary: "reading 1,000 tenants and 100,000 flows, as text and as JSON"
  ) {
    let path = NSTemporaryDirectory() + "gateway-sim-benchmark-\(getpid()).scenario"
    defer { try? FileManager.default.removeItem(atPath: path) }
    write(GeneratedWorld(), to: path)
    // Before anything large is in memory: what a process takes is counted from its parent's size on.
    let memory = Double(Program.run(["check", path]).memory)
    let text = FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
    let json = (try? converted(text, path: "world.scenario", to: .json).get()) ?? []
    let lines = text.count { $0 == 0x0a }
    let (timeOfText, timeOfJSON) = (timeOfReading(text), timeOfReading(json))
    return [
      Finding("lines", Double(lines), .count),
      Finding("the text", timeOfText.minimum, .seconds),
      Finding("lines a second", Double(lines) / timeOfText.minimum, .count),
      Finding("the file", Double(text.count), .bytes),
      Finding("memory of the process that checks it", memory, .bytes),
      Finding("that memory against the file", memory / Double(max(1, text.count)), .ratio),
      Finding("the JSON image against the text", timeOfJSON.ratio(to: timeOfText), .ratio),
    ]
  }

  private static func write(_ world: GeneratedWorld, to path: String) {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    guard let file = FileHandle(forWritingAtPath: path) else { return }
    world.write { file.write(Data($0)) }
  }

  private static func timeOfReading(_ bytes: [UInt8]) -> Measurement {
    Measurement(repeating: 7) {
      load("world.scenario") { _ in .success(bytes) }.scenario?.declarations.count ?? 0
    }
  }
}
