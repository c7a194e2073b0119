import DiscreteEvents
import PowerPlatform
import Testing

@testable import ScenarioLanguage

/// A change with a delay of its own, and files in which ranges become known delays.
@Suite struct DelayTests {
  private static let minute: Milliseconds = 60_000

  @Test func `Each change of a policy may have a delay of its own`() throws {
    let scenario = try scenario(
      """
      at 09:00 ada turns isolation on for contoso in force after 47m
      at 09:00 ada allows fabrikam outbound in force after 1h30m last
      at 09:00 ada changes rule fabrikam to both in force after 0s
      at 09:00 ada changes rule fabrikam to * in force after 1ms
      at 09:00 ada removes rule fabrikam
      """)
    #expect(
      scenario.timeline.map(\.delay) == [
        Delay(47 * Self.minute), Delay(90 * Self.minute, isLast: true), Delay(0), Delay(1), nil,
      ])
  }

  @Test func `In JSON it is one key, and back it is the same sentence`() throws {
    let sentence = "at 09:00 ada allows * both in force after 47m last"
    let bytes = Array((world + sentence + "\n").utf8)
    let json = try converted(bytes, path: "x", to: .json).get()
    let text = String(decoding: json, as: UTF8.self)
    #expect(text.contains(#""directions": "both", "delay": "47m last"}"#))
    let back = try converted(json, path: "x", to: .scenario).get()
    #expect(String(decoding: back, as: UTF8.self).hasSuffix(sentence + "\n"))
  }

  @Test(arguments: ["47m first", "47m  last", " 47m", "47m last last", "", "last"])
  func `In JSON, nothing else is a delay`(delay: String) {
    let json = """
      {"format": 1, "statements": [{"form": "turnIsolation", "time": "09:00", "actor": "ada",
      "state": "on", "delay": "\(delay)"}]}
      """
    #expect(load(json).diagnostics.contains { $0.code == .unexpected && $0.line == 2 })
  }

  // MARK: Known delays instead of a range

  private func fixed(
    _ text: String, at path: String = "x", _ delays: [Int: Delay],
    moved: (String) -> String = { $0 }
  ) throws -> String {
    let known = FixedPropagation(propagation: 60 * Self.minute, delays: delays)
    let bytes = try ScenarioLanguage.fixed(Array(text.utf8), path: path, known, moved: moved).get()
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `Changes get their delays, and all else stays as it is`() throws {
    let text = """
      # Kept.
      set propagation   45m..75m  # about an hour
      \(world)
      at 09:00 ada turns isolation on   # felt late
          expect saved
      at 09:05 maya runs flow adhoc
      at 09:10 ada allows fabrikam \\
        outbound # felt last

      expect isolation of contoso is assessed as on at 10:00
      """
    let expected =
      text
      .replacing("45m..75m", with: "60m")
      .replacing("isolation on   #", with: "isolation on in force after 47m   #")
      .replacing("  outbound #", with: "  outbound in force after 75m last #")
    let delays = [0: Delay(47 * Self.minute), 2: Delay(75 * Self.minute, isLast: true)]
    #expect(try fixed(text, delays) == expected)
  }

  @Test func `A range that a used file sets is overruled below the last used file`() throws {
    let text = """
      use "a.scenario"
      use "../b \\"b\\".scenario"  # more
      tenant contoso
      """
    let moved = try fixed(text, at: "here/x", [:]) { "moved/" + $0 }
    #expect(
      moved == """
        use "moved/here/a.scenario"
        use "moved/b \\"b\\".scenario"  # more
        set      propagation 60m
        tenant contoso
        """)
  }

  @Test func `A backslash that joins nothing to the last used file joins nothing to the setting`()
    throws
  {
    let text = "use \"a.scenario\" \\\n\ntenant contoso\n"
    #expect(
      try fixed(text, [:]) { $0 }
        == "use \"a.scenario\"\nset      propagation 60m \\\n\ntenant contoso\n")
  }

  @Test func `Paths that lead to the same file stay as they are written`() throws {
    let text = "use \"./a.scenario\"\nuse \"/b.scenario\"\nset propagation 60m\n"
    #expect(try fixed(text, [:]) { $0 == "a.scenario" ? $0 : "moved" } == text)
  }

  @Test func `Of the JSON form, sentences are written`() throws {
    let json = """
      {"format": 1, "statements": [{"form": "setPropagation", "value": "45m..75m"},
      {"form": "turnIsolation", "time": "09:00", "actor": "ada", "state": "on"}]}
      """
    let text = try fixed(json, [0: Delay(47 * Self.minute)])
    #expect(
      text == "set      propagation 60m\n\nat 09:00 ada turns isolation on in force after 47m\n")
  }
}
