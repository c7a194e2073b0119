import Foundation
import ScenarioLanguage

extension Figure {
  /// Reading a large file, in either form.
  static let loading = Figure(
    name: "loading", summary: "reading 1,000 tenants and 100,000 flows, as text and as JSON"
  ) {
    var text: [UInt8] = []
    GeneratedWorld().write { text += $0 }
    let json = (try? converted(text, path: "world.scenario", to: .json).get()) ?? []
    let lines = text.count { $0 == 0x0a }
    let (timeOfText, timeOfJSON) = (timeOfReading(text), timeOfReading(json))
    let memory = Double(Process.peakMemory(ofChecking: text))
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

  private static func timeOfReading(_ bytes: [UInt8]) -> Measurement {
    Measurement(repeating: 7) {
      load("world.scenario") { _ in .success(bytes) }.scenario?.declarations.count ?? 0
    }
  }
}
