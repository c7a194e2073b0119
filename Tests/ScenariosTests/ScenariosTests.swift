import Analysis
import Foundation
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace
import Testing

/// Every file in `Scenarios/` is an example for readers and a test at once: its expectations hold,
/// its trace is the golden one beside it, and the change that its comment names breaks it.
@Suite struct ScenariosTests {
  @Test func `There are scenarios`() {
    #expect(Example.all.count >= 12)
  }

  @Test(arguments: Example.all)
  func `Its expectations hold`(example: Example) throws {
    let scenario = try #require(example.load().scenario, "\(example.load().diagnostics)")
    let verdicts = explore(scenario).verdicts
    #expect(!verdicts.isEmpty, "a scenario that expects nothing proves nothing")
    for verdict in verdicts where !verdict.isMet {
      Issue.record("\(example):\(verdict.line): \(verdict.source): got \(verdict.got)")
    }
  }

  @Test(arguments: Example.all)
  func `Something is expected of a ground, and of a text where a person sees one`(
    example: Example
  ) throws {
    let scenario = try #require(example.load().scenario)
    let sources = scenario.expectations.map(\.source)
    #expect(sources.contains { $0.contains(" because ") })
    let simulation = simulate(scenario)
    let seesText = simulation.results.contains { $0.failure != nil }
    #expect(!seesText || sources.contains { $0.contains("\"") })
  }

  @Test(arguments: Example.all)
  func `The change that its comment names breaks it`(example: Example) throws {
    let change = try #require(example.breakingChange, "no comment: Change \"…\" to \"…\"")
    let parts = example.text.components(separatedBy: change.from)
    #expect(parts.count == 3, "the words to change stand once in the comment and once below it")
    let broken = example.changed
    let scenario = try #require(example.load(broken).scenario, "\(example.load(broken))")
    #expect(explore(scenario).verdicts.contains { !$0.isMet })
  }

  @Test(arguments: Example.all)
  func `All on one line of JSON it covers the same`(example: Example) throws {
    let image = try converted(Array(example.text.utf8), path: example.file.path, to: .json).get()
    let line = String(decoding: image, as: UTF8.self).split(separator: "\n").joined()
    let scenario = try #require(example.load(line).scenario, "\(example.load(line).diagnostics)")
    let simulation = simulate(scenario)
    let covers = judgeCovers(scenario, simulation, judge(scenario, simulation))
    for verdict in covers { #expect(verdict.isMet, "\(verdict.source): got \(verdict.got)") }
  }

  @Test(arguments: Example.all)
  func `Its trace is the golden one`(example: Example) throws {
    let scenario = try #require(example.load().scenario)
    var trace: [UInt8] = []
    try TraceWriter.write(simulate(scenario).trace) { trace += $0 }
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      try Data(trace).write(to: example.golden)
      Issue.record("recorded \(example.golden.lastPathComponent); run again without RECORD_GOLDENS")
    }
    let golden = try Data(contentsOf: example.golden)
    let lines = String(decoding: trace, as: UTF8.self).split(separator: "\n")
    let expected = String(decoding: golden, as: UTF8.self).split(separator: "\n")
    let difference = zip(lines, expected).first { $0 != $1 }
    #expect(
      [UInt8](golden) == trace, "first difference: \(String(describing: difference))")
  }
}

/// One file of `Scenarios/`.
struct Example: CustomTestStringConvertible, CustomStringConvertible, Sendable {
  let file: URL
  let text: String

  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Scenarios")

  static let all: [Example] = {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (paths ?? []).filter { $0.hasSuffix(".scenario") }.sorted().compactMap { path in
      let file = folder.appending(path: path)
      return (try? String(contentsOf: file, encoding: .utf8)).map { Example(file: file, text: $0) }
    }
  }()

  var description: String { String(file.path.dropFirst(Self.folder.path.count + 1)) }
  var testDescription: String { description }
  var golden: URL { file.deletingPathExtension().appendingPathExtension("jsonl") }

  /// The comment `# Change "A" to "B" and it fails.`
  var breakingChange: (from: String, to: String)? {
    let line = text.split(separator: "\n").first { $0.hasPrefix("# Change \"") }
    guard let parts = line?.split(separator: "\""), parts.count == 5 else { return nil }
    return (String(parts[1]), String(parts[3]))
  }

  /// Loads the file, or another text in its place; what it uses is read from beside it.
  func load(_ other: String? = nil) -> Loaded {
    ScenarioLanguage.load(file.path) { path in
      if path == file.path { return .success(Array((other ?? text).utf8)) }
      guard let data = try? Data(contentsOf: URL(filePath: path)) else { return .failure(.missing) }
      return .success(Array(data))
    }
  }
}
