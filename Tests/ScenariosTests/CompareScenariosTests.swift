import Analysis
import Foundation
import PowerPlatform
import Reports
import SimulationTrace
import Testing

/// What a trace tells differently, `compare` tells.
@Suite struct CompareScenariosTests {
  @Test(arguments: Example.all)
  func `Whatever the change of the comment does shows`(example: Example) throws {
    let scenario = try #require(example.load().scenario)
    let changed = try #require(example.load(example.changed).scenario)
    guard scenario.start == changed.start else { return }
    let (a, b) = (simulate(scenario).trace, simulate(changed, seed: scenario.seed).trace)
    let comparison = compare(a, b)
    if try plain(a) != plain(b) { #expect(comparison.differs) }
    for other in comparison.others { #expect(other.a?.text != other.b?.text, "\(other)") }
  }

  private static var derived: Regex<(Substring, Substring, Substring)> {
    #/"((?:audit|content|report|operation|connection)Ids?|line|sequence|\w+At|keptUntil)":("[^"]*"|\d+|\[[^\]]*\])/#
  }

  /// The records of a trace one by one, without what is derived from rows, the scenario's lines and
  /// what shows later by itself.
  private func plain(_ trace: Trace) throws -> [String] {
    var bytes: [UInt8] = []
    try TraceWriter.write(trace) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().dropLast()
      .map { String($0.replacing(Self.derived, with: "")) }
  }
}

extension Example {
  /// The text with the change that breaks it.
  var changed: String {
    guard let change = breakingChange else { return text }
    let parts = text.components(separatedBy: change.from)
    return parts.count == 3
      ? parts[0] + change.from + parts[1] + change.to + parts[2] : text
  }
}
