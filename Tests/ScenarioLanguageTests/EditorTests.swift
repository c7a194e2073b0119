import Foundation
import PowerPlatform
import TenantIsolation
import Testing

@testable import ScenarioLanguage

/// What editors are given: the grammar is the one the table prints, and the problem matcher
/// understands what the program writes.
@Suite struct EditorTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Tools/editor")

  private func json(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: Self.folder.appending(path: path))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func contributed(_ key: String) throws -> [String: Any] {
    let contributes = try #require(json("package.json")["contributes"] as? [String: Any])
    return try #require((contributes[key] as? [[String: Any]])?.first)
  }

  // MARK: Grammar

  @Test func theGrammarIsTheTables() throws {
    let file = Self.folder.appending(path: "syntaxes/gateway-scenario.tmLanguage.json")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      try Data(editorGrammar().utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent); run again without RECORD_GOLDENS")
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    let isSame = kept == editorGrammar()
    #expect(isSame, "RECORD_GOLDENS=1 swift test --filter EditorTests writes it anew")
  }

  @Test func theGrammarIsWellFormed() throws {
    let grammar = try #require(
      JSONSerialization.jsonObject(with: Data(editorGrammar().utf8)) as? [String: Any])
    let rules = try #require(grammar["patterns"] as? [[String: Any]])
    #expect(rules.count > 15)
    for rule in rules {
      for key in ["match", "begin", "end"] {
        guard let expression = rule[key] as? String else { continue }
        #expect(throws: Never.self) { try NSRegularExpression(pattern: expression) }
      }
    }
  }

  @Test func everyWordOfTheLanguageIsColoured() {
    let vocabulary = Vocabulary(FormTable.all)
    let groups =
      vocabulary.openers.values.joined() + vocabulary.settings + vocabulary.outcomes
      + vocabulary.choices + vocabulary.verbs + vocabulary.connectives
    let coloured = Set(groups.flatMap { $0.split(separator: " ").map(String.init) })
    #expect(coloured == Set(Grammar.scenarios.literals.dropFirst()).subtracting([","]))
  }

  @Test func wordsPlayTheirParts() {
    let vocabulary = Vocabulary(FormTable.all)
    #expect(vocabulary.openers[.timeline] == ["at"])
    #expect(vocabulary.openers[.expectation] == ["expect"])
    #expect(vocabulary.openers[.world]?.contains("global-admin") == true)
    #expect(vocabulary.settings.contains("data-policy-propagation"))
    #expect(vocabulary.outcomes.contains("not added") && !vocabulary.choices.contains("failed"))
    #expect(vocabulary.verbs.contains("turns") && vocabulary.verbs.contains("signals"))
    #expect(vocabulary.choices.contains("outbound") && vocabulary.choices.contains("connected"))
    #expect(vocabulary.connectives.contains("because") && vocabulary.connectives.contains("using"))
  }

  // MARK: The extension's description

  @Test func theLanguageIsDescribed() throws {
    let language = try contributed("languages")
    #expect(language["id"] as? String == "gateway-scenario")
    #expect(language["extensions"] as? [String] == [".scenario"])
    let configuration = try json(try #require(language["configuration"] as? String))
    #expect((configuration["comments"] as? [String: Any])?["lineComment"] as? String == "#")
    let grammar = try contributed("grammars")
    #expect(grammar["language"] as? String == "gateway-scenario")
    let kept = try json(try #require(grammar["path"] as? String))
    #expect(kept["scopeName"] as? String == grammar["scopeName"] as? String)
  }

  @Test func theTasksUseTheMatcher() throws {
    let name = try #require(try contributed("problemMatchers")["name"] as? String)
    let tasks = try #require(json("tasks.json")["tasks"] as? [[String: Any]])
    let checks = tasks.filter { ($0["args"] as? [String])?.contains("short") == true }
    #expect(!checks.isEmpty)
    for task in checks { #expect(task["problemMatcher"] as? String == "$\(name)") }
  }

  @Test(arguments: [
    "tenant contoso\nisolation on fro contoso", "seed 1\nseed 2", "at 9", "about \"a\u{1}b\"",
  ])
  func theMatcherUnderstandsDiagnostics(_ text: String) throws {
    for path in ["a.scenario", "/some where/b: c.scenario", #"C:\training\d.scenario"#] {
      let loaded = ScenarioLanguage.load(path) { _ in .success(Array(text.utf8)) }
      for diagnostic in loaded.diagnostics { try match(diagnostic) }
      #expect(!loaded.diagnostics.isEmpty)
    }
  }

  private func match(_ diagnostic: Diagnostic) throws {
    let pattern = try #require(try contributed("problemMatchers")["pattern"] as? [String: Any])
    let expression = try NSRegularExpression(pattern: #require(pattern["regexp"] as? String))
    let line = diagnostic.short
    let whole = NSRange(line.startIndex..., in: line)
    let found = try #require(expression.firstMatch(in: line, range: whole), "\(line)")
    func group(_ key: String) throws -> String {
      let number = try #require(pattern[key] as? Int)
      return String(line[try #require(Range(found.range(at: number), in: line))])
    }
    #expect(try group("file") == diagnostic.file)
    #expect(try group("line") == "\(diagnostic.line)")
    #expect(try group("column") == "\(diagnostic.column)")
    #expect(try group("severity") == "error")
    #expect(try group("code") == diagnostic.code.rawValue)
    #expect(try line.hasSuffix(group("message")) && !group("message").isEmpty)
  }
}
