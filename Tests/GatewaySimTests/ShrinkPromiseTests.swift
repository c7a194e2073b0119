import Analysis
import Foundation
import PowerPlatform
import ScenarioLanguage
import Testing

@testable import gateway_sim

/// What `shrink` promises, tried by brute force on every expectation of our scenarios turned into
/// one that fails.
@Suite struct ShrinkPromiseTests {
  @Test(arguments: FailingScenario.files)
  func `It fails the same way, no statement can go, and no time is odder than it must be`(
    file: URL
  ) throws {
    for failing in try FailingScenario.variants(of: file) {
      let kind = try #require(failing.kind, "\(failing) does not fail")
      let folder = try Folder()
      let path = try failing.write(into: folder)
      let shrunk = Consequence("shrink", path, "--expectation", "\(failing.line)")
      #expect(shrunk.status == .met, "\(failing): \(shrunk.errors)")
      let small = SmallScenario(shrunk.output)
      #expect(small.kind == kind, "\(failing):\n\(small)")
      #expect(small.expectation == failing.wordsOfExpectation, "\(failing):\n\(small)")
      for fewer in small.withoutOneLine {
        #expect(fewer.kind != kind, "\(failing): a line can go:\n\(small)becomes\n\(fewer)")
      }
      for plainer in small.withOnePlainerTime {
        #expect(plainer.kind != kind, "\(failing): a time can move:\n\(small)becomes\n\(plainer)")
      }
      #expect(small.isCanonical)
    }
  }

  @Test func `There are many of them`() throws {
    let count = try FailingScenario.files.reduce(0) {
      try $0 + FailingScenario.variants(of: $1).count
    }
    #expect(count > 100)
  }
}

/// One of our scenarios in which one expectation was turned round.
private struct FailingScenario: CustomStringConvertible {
  let file: URL
  let text: String
  let line: Int

  var description: String { "\(file.lastPathComponent):\(line)" }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Scenarios")

  static let files: [URL] = {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    // Where a limit of 500 rules fails, all 500 are needed, and trying each takes a minute.
    return (names ?? []).filter { $0.hasSuffix(".scenario") && !$0.contains("hundred") }.sorted()
      .map { folder.appending(path: $0) }
  }()

  /// One for each expectation that can be turned round; of large files the first few.
  static func variants(of file: URL) throws -> [FailingScenario] {
    let text = try String(contentsOf: file, encoding: .utf8)
    let lines = text.components(separatedBy: "\n")
    let most = lines.count > 45 ? 2 : 5
    return lines.indices.lazy.compactMap { row -> FailingScenario? in
      guard let turned = turnedRound(lines[row]) else { return nil }
      var changed = lines
      changed[row] = turned
      return FailingScenario(
        file: file, text: changed.joined(separator: "\n"), line: row + 1)
    }.filter { $0.kind != nil }.prefix(most).map(\.self)
  }

  private static let turns = [
    (" succeeded", " failed"), (" failed", " succeeded"), (" is on ", " is off "),
    (" is off ", " is on "), ("assessed as on", "assessed as off"),
    ("assessed as off", "assessed as on"), (" is suspended ", " is on "),
    (" is connected ", " is absent "), (" does not use ", " uses "), (" uses ", " does not use "),
    ("expect allowed", "expect blocked"), ("expect blocked", "expect allowed"),
    ("expect saved", "expect refused"), ("expect refused", "expect saved"),
    ("expect suspended", "expect saved"), ("expect not added", "expect added"),
    ("expect added", "expect not added"), ("expect error \"", "expect error \"nobody says this"),
    (" shows \"", " shows \"nobody says this"),
  ]

  private static func turnedRound(_ line: String) -> String? {
    let plain = line.drop { $0 == " " }
    guard plain.hasPrefix("expect ") else { return nil }
    guard let turn = turns.first(where: { line.contains($0.0) }) else { return nil }
    return line.replacingOccurrences(of: turn.0, with: turn.1)
  }

  var kind: FailureKind? {
    let loaded = load(file.path) { [self] path in
      if path == file.path { return .success(Array(text.utf8)) }
      return (try? Data(contentsOf: URL(filePath: path))).map { .success([UInt8]($0)) }
        ?? .failure(.missing)
    }
    return loaded.scenario.flatMap { scenario in
      scenario.expectations.first { $0.line == line }.flatMap { failureKind(of: $0, in: scenario) }
    }
  }

  var wordsOfExpectation: [String] {
    words(text.components(separatedBy: "\n")[line - 1])
  }

  /// Writes the file, and those that it uses beside it.
  func write(into folder: Folder) throws -> String {
    for other in try FileManager.default.contentsOfDirectory(
      at: file.deletingLastPathComponent(), includingPropertiesForKeys: nil)
    where other.pathExtension != "jsonl" {
      _ = try folder.add(other.lastPathComponent, String(contentsOf: other, encoding: .utf8))
    }
    return try folder.add(file.lastPathComponent, text)
  }
}

/// A sentence's words, times apart.
private func words(_ sentence: String) -> [String] {
  let plain = sentence.replacing(#/(\d{4}-\d\d-\d\d |day \d+ )?\d\d:\d\d(:\d\d)?/#, with: "TIME")
  return plain.split(separator: " ").map(String.init)
}

/// What came out of `shrink`; its last expectation is the only one.
private struct SmallScenario: CustomStringConvertible {
  let lines: [String]

  init(_ text: String) { lines = text.components(separatedBy: "\n") }
  private init(lines: [String]) { self.lines = lines }

  var description: String { lines.joined(separator: "\n") }

  private var isExpectation: [Bool] { lines.map { $0.drop { $0 == " " }.hasPrefix("expect ") } }

  var expectation: [String] {
    zip(lines, isExpectation).first { $1 }.map { words($0.0) } ?? []
  }

  var kind: FailureKind? {
    let loaded = load("small") { _ in .success(Array(description.utf8)) }
    guard let scenario = loaded.scenario, scenario.expectations.count == 1 else { return nil }
    return failureKind(of: scenario.expectations[0], in: scenario)
  }

  var isCanonical: Bool {
    let bytes = Array(description.utf8)
    return (try? formatted(bytes, path: "").get()) == bytes
  }

  /// Without the statement that an outcome is expected of, another would be spoken of.
  private func isNeeded(_ row: Int) -> Bool {
    lines[row].isEmpty || isExpectation[row]
      || row + 1 < lines.count && lines[row + 1].hasPrefix("    expect ")
  }

  var withoutOneLine: [SmallScenario] {
    lines.indices.filter { !isNeeded($0) }.map { row in
      var fewer = lines
      fewer.remove(at: row)
      return SmallScenario(lines: fewer)
    }
  }

  /// With one time moved to a whole hour, quarter of an hour or minute next to it.
  var withOnePlainerTime: [SmallScenario] {
    var found: [SmallScenario] = []
    for row in lines.indices {
      for match in lines[row].matches(of: #/ (\d\d):(\d\d)(?::(\d\d))?\b/#) {
        let parts = [match.1, match.2, match.3 ?? "00"].map { Int($0) ?? 0 }
        for time in plainer(parts[0] * 3600 + parts[1] * 60 + parts[2]) {
          var changed = lines
          changed[row].replaceSubrange(match.range, with: " " + clock(time))
          found.append(SmallScenario(lines: changed))
        }
      }
    }
    return found
  }

  private func plainer(_ time: Int) -> [Int] {
    let units = [3600, 900, 60].prefix(rank(time))
    let times: [Int] = units.flatMap { [time / $0 * $0, (time / $0 + 1) * $0] }
    return times.filter { $0 < 86_400 }
  }

  private func rank(_ seconds: Int) -> Int {
    [3600, 900, 60, 1].firstIndex { seconds % $0 == 0 } ?? 4
  }

  private func clock(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let text = "\(two(seconds / 3600)):\(two(seconds / 60 % 60))"
    return seconds % 60 == 0 ? text : text + ":\(two(seconds % 60))"
  }
}
