import DiscreteEvents
import PowerPlatform
import SimulationTrace
import Testing

@testable import ScenarioLanguage

/// What a trainer tells and asks has its place in time.
@Suite struct ScriptTests {
  /// `08:30 title` and so on, in the order of the script.
  private func places(_ text: String) throws -> [String] {
    let scenario = try scenario(text)
    let script = scenario.script
    func at(_ time: Instant, _ words: String) -> String {
      "\(scenario.civil(time).text.suffix(5)) \(words)"
    }
    return script.chapters.map { at($0.time, $0.title) } + script.notes.map { at($0.time, $0.text) }
      + script.questions.map { at($0.time, $0.text) }
  }

  private static let steps = [
    "at 09:00 ada turns isolation on\n", "at 10:00 ada turns isolation off\n",
  ]

  @Test func `A chapter opens with the next statement, or with the latest one`() throws {
    let text = "chapter \"A\"\n\(Self.steps[0])chapter \"B\"\n\(Self.steps[1])chapter \"C\""
    #expect(try places(text) == ["09:00 A", "10:00 B", "10:00 C"])
    #expect(try places("chapter \"A\"") == ["08:00 A"])
    #expect(try places("chapter \"A\" at 08:30\n\(Self.steps[0])") == ["08:30 A"])
  }

  @Test func `A variant's statements open no chapter`() throws {
    let text = "variant v\nchapter \"A\"\nin v at 08:30 ada turns isolation on\n\(Self.steps[0])"
    #expect(try places(text) == ["09:00 A"])
    let last = "\(Self.steps[1])variant v\nchapter \"A\"\nin v at 08:30 ada turns isolation on\n"
    #expect(try places(last) == ["08:30 A"], "but for one that nothing else follows")
  }

  @Test func `A note belongs to the statement above it in its chapter, or to the opening`() throws {
    let text = """
      note "first"
      chapter "A"
      note "opening"
      \(Self.steps[0])note "after"
      chapter "B" at 09:30
      note "of B"
      chapter "C"
      note "of C"
      \(Self.steps[1])note "said early" at 08:15
      """
    #expect(
      try places(text) == [
        "09:00 A", "09:30 B", "10:00 C",
        "08:00 first", "08:15 said early", "09:00 opening", "09:00 after", "09:30 of B",
        "10:00 of C",
      ])
  }

  @Test func `A question has its options, its answer and when it is told`() throws {
    let text = """
      \(Self.steps[0])question "Will the 09:55 run fail?" until 09:55 options "Yes", "No, it won't",
        "Who \\"knows\\"?" answer "No, it won't" because "Not in force yet"
      question "Early" at 08:30 until day 1 09:00 options "A", "B" answer "B"
      """
    let questions = try scenario(text).script.questions
    #expect(questions.map(\.text) == ["Early", "Will the 09:55 run fail?"])
    let question = try #require(questions.last)
    #expect(question.options == ["Yes", "No, it won't", "Who \"knows\"?"])
    #expect(question.options[question.answer] == "No, it won't")
    #expect(question.until - question.time == 55 * 60_000)
    #expect(question.because == "Not in force yet" && questions.first?.because == nil)
    #expect(try scenario(text).until == Instant(175 * 60_000), "an hour after the latest time")
  }

  @Test func `A note points to the documentation`() throws {
    let text = #"note "An hour" see cross-tenant-restrictions#runtime # said slowly"#
    #expect(try scenario(text).script.notes.map(\.section) == ["cross-tenant-restrictions#runtime"])
    let section = try #require(DocumentedSection(name: "cross-tenant-restrictions#runtime"))
    #expect(section.title == "Runtime impact on apps and flows")
    #expect(
      section.url?.hasSuffix("/cross-tenant-restrictions#runtime-impact-on-apps-and-flows") == true)
    #expect(DocumentedSection.allCases.allSatisfy { DocumentedSection(name: $0.name) == $0 })
  }

  @Test func `Elsewhere a number sign begins a comment, however close it stands`() throws {
    #expect(try scenario("seed 7#seven").seed == 7)
    #expect(mistakes("note \"x\" see# runtime") == ["1:13 S012"])
  }

  @Test func `An outcome is still expected of the statement above a note`() throws {
    let text = "\(Self.steps[0])note \"Watch\"\nchapter \"B\"\nexpect saved"
    #expect(try scenario(text).expectations.count == 1)
  }

  @Test func `A used file's script and variants are its own affair`() throws {
    let used = "chapter \"Theirs\"\nnote \"Theirs\"\nvariant v\nset edition 2025"
    let loaded = load([("a.scenario", "use \"b.scenario\"\nvariant v"), ("b.scenario", used)])
    let scenario = try #require(loaded.scenario)
    #expect(scenario.script.isEmpty && scenario.variants.map(\.line) == [2])
  }

  @Test func `Notes and questions stand below what they belong to`() throws {
    let text = """
      chapter   "A"
      note "x"
      at 09:00 ada turns isolation on
      in v   at 09:00 ada allows fabrikam outbound
      expect saved
      note "y" at 09:30
      question "z" until 10:00 options "Yes","No" answer "No"
      """
    let layout = """
      chapter "A"
          note "x"
      at 09:00 ada turns isolation on
      in v at 09:00 ada allows fabrikam outbound
          expect saved
      note "y" at 09:30
          question "z" until 10:00 options "Yes", "No" answer "No"

      """
    #expect(try formatted(Array(text.utf8), path: "x").get() == Array(layout.utf8))
  }

  @Test func `The JSON image keeps script and variants`() throws {
    let text = """
      variant v "Otherwise"

      chapter "A"
          note "x" see cross-tenant-restrictions#runtime
      at 09:00 ada turns isolation on
      in v at 09:00 ada allows fabrikam outbound
          expect saved
          question "z" until 10:00 options "Yes", "No" answer "No" because "it is"
      in v expect isolation of contoso is on at 09:30

      """
    let json = try converted(Array(text.utf8), path: "x", to: .json).get()
    #expect(try converted(json, path: "x", to: .scenario).get() == Array(text.utf8))
    let image = String(decoding: json, as: UTF8.self)
    #expect(image.contains(#""section": "cross-tenant-restrictions#runtime""#))
    #expect(image.contains(#"{"form": "allow", "variant": "v", "time": "09:00""#))
  }
}
