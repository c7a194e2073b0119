import Foundation
import PowerPlatform
import Testing

@testable import ScenarioLanguage

/// What is kept in the repository for the JSON image.
@Suite struct JSONSchemaTests {
  private static let scenarios = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Scenarios")

  @Test func theSchemaIsTheTables() throws {
    let file = Self.scenarios.appending(path: "scenario.schema.json")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      try Data(jsonSchema().utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent); run again without RECORD_GOLDENS")
    }
    let isSame = try String(contentsOf: file, encoding: .utf8) == jsonSchema()
    #expect(isSame, "RECORD_GOLDENS=1 swift test --filter JSONSchemaTests writes it anew")
  }

  @Test func theSchemaIsWellFormed() throws {
    let schema = try JSONSerialization.jsonObject(with: Data(jsonSchema().utf8)) as? [String: Any]
    let definitions = try #require(schema?["$defs"] as? [String: Any])
    for sentence in Sentence.allCases { #expect(definitions["\(sentence)Form"] != nil) }
    for case let kind as [String: Any] in definitions.values {
      guard let pattern = kind["pattern"] as? String else { continue }
      #expect(throws: Never.self) { try NSRegularExpression(pattern: pattern) }
    }
  }

  private static let paths =
    FileManager.default.enumerator(atPath: scenarios.path)?
    .compactMap { $0 as? String }.filter { $0.hasSuffix(".scenario") }.sorted() ?? []

  @Test func thereAreScenarios() { #expect(Self.paths.count >= 12) }

  @Test(arguments: paths) func theImageOfAScenarioMeansTheSame(_ path: String) throws {
    let file = Self.scenarios.appending(path: path)
    func load(_ bytes: [UInt8]) throws -> PowerPlatform.Scenario {
      let loaded = ScenarioLanguage.load(file.path) { path in
        if path == file.path { return .success(bytes) }
        return (try? Data(contentsOf: URL(filePath: path))).map { .success([UInt8]($0)) }
          ?? .failure(.missing)
      }
      return try #require(loaded.scenario, "\(loaded.diagnostics.map { $0.human() })")
    }
    let text = [UInt8](try Data(contentsOf: file))
    let image = try #require(converted(text, to: .json).bytes)
    let again = try #require(converted(image, to: .scenario).bytes)
    let meaning = try load(text).meaning
    #expect(try load(image).meaning == meaning)
    #expect(try load(again).meaning == meaning)
    #expect(converted(again, to: .json).bytes == image)
    let sources = try load(again).expectations.map { $0.source.split(separator: " ") }
    #expect(try load(image).expectations.map { $0.source.split(separator: " ") } == sources)
  }
}
