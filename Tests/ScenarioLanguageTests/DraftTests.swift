import DiscreteEvents
import PowerPlatform
import Testing

@testable import ScenarioLanguage

/// Where a sentence goes that somebody types while stepping through a file.
@Suite struct DraftTests {
  private static let people = "tenant contoso\nadmin ada of contoso\n"

  /// The file with one more sentence, typed at 09:00.
  private func adding(_ sentence: String, to text: String) throws -> String {
    let loaded = load(text)
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics.map(\.short))")
    let now = Instant(3_600_000)
    let draft = Draft(Array(text.utf8), path: "test.scenario")
    let (added, _) = try draft.adding(sentence, at: now, recent: now, in: scenario).get()
    #expect(load(String(decoding: added.bytes, as: UTF8.self)).scenario != nil)
    return String(decoding: added.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    "expect saved", "expect error AF20022", "expect error \"text\"",
    "expect possibly allowed because same-tenant",
  ])
  func `What speaks of the statement above comes right below it`(_ sentence: String) throws {
    let text =
      Self.people + "at 09:00 ada turns isolation on\nat 10:00 ada turns isolation off\n"
    #expect(
      try adding(sentence, to: text)
        == text.replacing("isolation on\n", with: "isolation on\n\(sentence)\n"))
  }

  @Test func `A report's return speaks of the statement above as well`() throws {
    let text = Self.people + "at 09:00 ada requests cross-tenant report as r\n"
    #expect(try adding("expect returned r", to: text) == text + "expect returned r\n")
  }

  @Test(arguments: ["chapter \"Intro\"\n", "chapter \"Intro\" at 08:30\nnote \"x\"\n"])
  func `A chapter above the world keeps nothing above the world`(_ script: String) throws {
    let text = script + Self.people
    let typed = "at 09:00 ada turns isolation on\n"
    #expect(try adding("ada turns isolation on", to: text) == text + typed)
    let later = "at 10:00 ada turns isolation off\n"
    #expect(try adding("ada turns isolation on", to: text + later) == text + typed + later)
  }

  @Test func `What happens before a chapter opens stands above it`() throws {
    let later = "chapter \"Later\"\nat 10:00 ada turns isolation off\n"
    let typed = "at 09:00 ada turns isolation on\n"
    #expect(
      try adding("ada turns isolation on", to: Self.people + later) == Self.people + typed + later)
  }

  @Test(arguments: ["", "\n", "\n\n", "\n\nat 10:00 ada turns isolation off\n"])
  func `A backslash that joins nothing joins no new sentence either`(_ rest: String) throws {
    let text = Self.people + "at 08:30 ada turns isolation on \\" + rest
    let added = try adding("ada turns isolation off", to: text)
    #expect(
      added == text.replacing("on \\", with: "on\nat 09:00 ada turns isolation off \\"))
  }
}
