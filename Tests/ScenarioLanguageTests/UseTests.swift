import PowerPlatform
import Testing

import ScenarioLanguage

/// Files that take over what others declare.
@Suite struct UseTests {
  private func short(_ files: [(path: String, text: String)]) -> [String] {
    load(files).diagnostics.map {
      "\($0.file):\($0.line):\($0.column) \($0.code.rawValue)"
    }
  }

  @Test func declarationsAndSettingsAreTakenAndNothingElse() throws {
    let loaded = load([
      ("a.scenario", "set propagation 5m\nuse \"b.scenario\"\nmaker m of t\n"),
      (
        "b.scenario",
        """
        scenario "B"
        about "b"
        covers b
        start 2030-01-01 00:00
        until +5d
        seed 9
        set propagation 10m
        set edition 2025
        tenant t
        isolation on for t
        maker n of t
        flow f of n every 1h
        at +1h n runs flow f
        expect succeeded
        """
      ),
    ])
    let scenario = try #require(loaded.scenario, "\(loaded.diagnostics.map(\.short))")
    #expect(scenario.title == "a" && scenario.about.isEmpty && scenario.covers.isEmpty)
    #expect(scenario.seed == 1 && scenario.civil(.start).date.year == 2025)
    #expect(scenario.settings.propagation == 300_000...300_000)
    #expect(scenario.settings.edition == .of2025)
    #expect(scenario.cast.users.map(\.name) == ["n", "m"])
    #expect(scenario.timeline.isEmpty && scenario.expectations.isEmpty)
    #expect(scenario.declarations.map(\.line) == [2] && scenario.policyLines == [2])
  }

  @Test func theNearestSettingWinsWhereverItStands() throws {
    for text in ["set edition 2023\nuse \"b\"\ntenant t", "use \"b\"\nset edition 2023\ntenant t"] {
      let loaded = load([("a", text), ("b", "set edition 2025\nuse \"c\""), ("c", "seed 1")])
      #expect(loaded.scenario?.settings.edition == .of2023)
    }
  }

  @Test func pathsAreRelativeToTheUsingFile() {
    let loaded = load([
      ("x/a", "use \"y/b\"\nmaker m of t\nmaker n of u"), ("x/y/b", "use \"../z/c\"\ntenant t"),
      ("x/z/c", "tenant u"),
    ])
    #expect(loaded.scenario != nil, "\(loaded.diagnostics.map(\.short))")
  }

  @Test func aFileReachedTwiceIsTakenOnce() {
    let loaded = load([
      ("a", "use \"b\"\nuse \"./c\"\nuse \"x/../b\""), ("b", "use \"c\""), ("c", "tenant t"),
    ])
    #expect(loaded.scenario?.cast.tenants.count == 1)
  }

  @Test func circlesNameTheirFiles() throws {
    let files = [("a", "use \"b\""), ("b", "tenant t\nuse \"c\""), ("c", "use \"a\"")]
    #expect(short(files) == ["c:1:5 N011"])
    #expect(load(files).diagnostics[0].message.contains("a → b → c → a"))
  }

  @Test func missingFilesAreFoundWhereTheyAreUsed() {
    #expect(short([("a", "tenant t\nuse \"b\"")]) == ["a:2:5 N010"])
    #expect(short([("a", "use \"b\""), ("b", "tenant t\nuse \"c\"")]) == ["b:2:5 N010"])
  }

  @Test func mistakesBearTheirOwnFile() {
    let files = [("a", "use \"d/b\"\nwobble"), ("d/b", "tenant t\nmaker m of x\nwobble")]
    #expect(short(files) == ["a:2:1 S010", "d/b:2:12 N001", "d/b:3:1 S010"])
  }

  @Test func longChainsEnd() {
    let files = (0..<200).map { ("f\($0)", "use \"f\($0 + 1)\"\ntenant t\($0)") }
    #expect(short(files).count == 1)
  }

  @Test func whatIsCoveredHasAPlace() throws {
    let scenario = try scenario("covers a, \\\n  b\n")
    #expect(scenario.covers.map(\.id) == ["a", "b"])
    let lines = scenario.covers.map(\.line)
    #expect(lines[1] == lines[0] + 1)
    #expect(scenario.covers.map(\.column) == [8, 3])
  }

  @Test func rulesRememberHowTheirTenantIsWritten() throws {
    let rules = ["fabrikam", "contoso.com", "CONTOSO.onmicrosoft.com", "*"].map {
      "at 09:00 ada allows \($0) both\n"
    }
    let id = "at 09:00 ada removes rule 11111111-1111-1111-1111-111111111111\n"
    let scenario = try scenario(rules.joined() + id)
    #expect(
      scenario.timeline.map(\.ruleNotation) == [.name, .domain, .furtherDomain, nil, .identifier])
  }
}
