import Testing

@testable import ScenarioLanguage

/// A scenario as its sentences, with the files that it uses taken in.
@Suite struct SentenceListTests {
  private func sentences(_ text: String, using used: String = "") -> SentenceList {
    let files = ["test.scenario": text, "used.scenario": used]
    return SentenceList("test.scenario") { path in
      files[path].map { .success(Array($0.utf8)) } ?? .failure(.missing)
    }
  }

  @Test(arguments: ["expect allowed", "expect error AF20022", "expect error \"x\""])
  func `What speaks of a statement goes with it`(_ expectation: String) {
    let list = sentences(world + "at 09:00 uma opens app expenses\n\(expectation)")
    let kept = list.keeping(list.lines.filter { $0.section != .timeline })
    #expect(kept.lines.count { $0.isExpectation } == 0)
    #expect(list.keeping(list.lines).lines.count { $0.isExpectation } == 1)
  }

  @Test(arguments: [
    ("isolation off for contoso", "isolation on for contoso.com"),
    ("licence e5 for contoso", "licence standard for contoso"),
    ("data of con-sp open to uma", "data of con-sp open to gus, maya"),
  ])
  func `What is said once in a file, the last file says`(_ used: String, _ own: String) throws {
    let list = sentences("use \"used.scenario\"\n" + own, using: world + used)
    let texts = list.lines.map(\.text)
    #expect(texts.contains(own) && !texts.contains(used))
    let whole = load([("test.scenario", "use \"u\"\n" + own), ("u", world + used)])
    let flat = try #require(load(String(decoding: list.bytes, as: UTF8.self)).scenario)
    #expect(flat.policies == whole.scenario?.policies)
    #expect(flat.licences == whole.scenario?.licences)
  }
}
