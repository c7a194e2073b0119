import Foundation
import Testing

@testable import gateway_sim

/// What a switch would break, asked from outside.
@Suite struct ImpactCommandTests {
  private static let world =
    Sample.world + """
      connection mail of maya using office365-outlook signed in to fabrikam
      connection chat of maya using teams signed in to fabrikam
      connection work of maya using azure-devops signed in to fabrikam
      app desk of maya using mail
      flow copy of maya every 15m from 08:00 using mail
      flow items of maya every 15m from 08:00 using work
      flow button of maya manually using mail

      """
  private static let today = "until 13:00\n" + world

  private func impact(_ more: String..., input: String = Self.today) -> Consequence {
    Consequence(
      ["impact", "-", "--change", "isolation on for contoso", "--at", "09:00"] + more,
      input: input)
  }

  @Test func `A table tells what breaks, when, and what avoids it`() {
    let result = impact()
    #expect(result.status == .met && result.errors.isEmpty)
    #expect(
      result.output == """
        isolation on for contoso at 09:00, in force at 10:00, until 13:00

        Affected: 3
          kind  name    blocked by                  last good  first failing   lost  when saved
          app   desk    contoso outbound, fabrikam  -          when next used  0     not added
          flow  copy    contoso outbound, fabrikam  09:45      10:00           12    Suspended
          flow  button  contoso outbound, fabrikam  -          when next used  0     Suspended

        Not affected, though it crosses tenants
          - flow items: work: Azure DevOps issues its own tokens, so isolation is not enforced

        The fewest rules that avoid all of it
          - rule for contoso allows fabrikam outbound: then every user of contoso may connect to \
        fabrikam; of what is there: chat

        seed 1, propagation 60m

        """)
  }

  /// What the note of the scenario tells a trainer to type, and to expect.
  @Test func `The preview of the long scenario says what its note says`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = folder.appending(path: "Scenarios/reports/before-the-switch.scenario")
    let text = try String(contentsOf: path, encoding: .utf8)
    let note = try #require(text.components(separatedBy: "\n").first { $0.contains("note \"") })
    #expect(
      note.contains(
        #"impact Scenarios/reports/before-the-switch.scenario --change \"isolation on "#))
    #expect(note.contains(#"on for contoso\" --at 09:30 --until 16:00. "#))
    #expect(note.contains("invoices would lose 5 runs from 11:00 on and stock 2 from 12:00 on"))
    #expect(note.contains("fabrikam outbound, northwind inbound"))
    let result = Consequence(
      "impact", path.path, "--change", "isolation on for contoso", "--at", "09:30", "--until",
      "16:00")
    #expect(
      result.output == """
        isolation on for contoso at 09:30, in force at 10:30, until 16:00

        Affected: 2
          kind  name      blocked by                  last good  first failing  lost  when saved
          flow  invoices  contoso outbound, fabrikam  10:00      11:00          5     Suspended
          flow  stock     contoso inbound, northwind  10:00      12:00          2     Suspended

        The fewest rules that avoid all of it
          - rule for contoso allows fabrikam outbound: then every user of contoso may connect to \
        fabrikam
          - rule for contoso allows northwind inbound: then every user of northwind may connect to \
        contoso

        seed 1, propagation 60m

        """)
  }

  @Test func `The JSON has the published keys, and a range its two ends`() throws {
    let input = "until 13:00\nset propagation 45m..75m\n" + Self.world
    let object = try json(impact("--json", input: input))
    #expect(object["format"] as? Int == 1)
    let affected = try #require(object["affected"] as? [[String: Any]])
    #expect(affected.map { $0["name"] as? String } == ["desk", "copy", "button"])
    #expect(affected[0]["kind"] as? String == "app")
    let copy = affected[1]
    #expect(copy["kind"] as? String == "flow" && copy["direction"] as? String == "outbound")
    #expect(copy["tenant"] as? String == "fabrikam")
    #expect(copy["lastSucceeded"] as? String == "2025-01-06T09:30:00.000Z")
    #expect(
      copy["firstFailed"] as? [String: String] == [
        "earliest": "2025-01-06T09:45:00.000Z", "latest": "2025-01-06T10:15:00.000Z",
      ])
    #expect(copy["runsLost"] as? Int == 13 && copy["runsLostLeast"] as? Int == 11)
    #expect(copy["suspendedWhenSaved"] as? Bool == true)
    let button = try #require(affected[2]["firstFailed"] as? [String: Any])
    #expect(button["earliest"] is NSNull && button["latest"] is NSNull)
    let unaffected = try #require(object["unaffected"] as? [[String: String]])
    #expect(unaffected.map { $0["name"] } == ["items"])
    #expect(unaffected[0]["because"]?.contains("Azure DevOps") == true)
    let rules = try #require(object["rules"] as? [[String: Any]])
    #expect(rules.count == 1 && rules[0]["tenant"] as? String == "fabrikam")
    #expect(rules[0]["direction"] as? String == "outbound")
    #expect(rules[0]["for"] as? String == "contoso")
    #expect(rules[0]["alsoAllows"] as? [String] == ["chat"])
  }

  private static let small = """
    tenant c
    tenant f
    admin a of c
    admin b of f
    maker m of c
    connection k of m using sharepoint signed in to f

    """

  private func small(_ change: String, at time: String, _ more: String...) -> Consequence {
    Consequence(
      ["impact", "-", "--change", change, "--at", time],
      input: "until 12:00\n" + Self.small + more.joined(separator: "\n") + "\n")
  }

  @Test func `Another tenant's change has a delay of its own`() {
    let result = small(
      "isolation on for c", at: "09:20", "set propagation 45m..75m",
      "flow fl of m every 5m using k", "at 09:30 b turns isolation on")
    // c as soon and f as late as can be: from 10:05 to before 10:45; the other way round none.
    #expect(result.output.contains("  10:00      10:05 or later  0 to 8  Suspended\n"))
  }

  @Test(arguments: ["isolation off for c", "rule for c allows f outbound"])
  func `What worked not and will is named`(change: String) throws {
    let lines = ["isolation on for c", "flow fl of m every 15m using k"]
    let text = small(change, at: "09:00", lines[0], lines[1]).output
    #expect(text.contains("\nWorks again\n  - flow fl: first succeeding 10:00, 8 gained\n"))
    #expect(!text.contains("Not affected"))
    func answer(_ form: String) -> Consequence {
      Consequence(
        ["impact", "-", "--change", change, "--at", "09:00", form],
        input: "until 12:00\n" + Self.small + lines.joined(separator: "\n") + "\n")
    }
    let healed = try #require(try json(answer("--json"))["healed"] as? [[String: Any]])
    #expect(healed.count == 1 && healed[0]["name"] as? String == "fl")
    #expect(healed[0]["runsGained"] as? Int == 8 && healed[0]["runsGainedLeast"] as? Int == 8)
    #expect(
      answer("--csv").output.contains("\r\nflow,fl,,,,,,,,,,heals,,,2025-01-06T10:00:00.000Z,"))
    #expect(answer("--markdown").output.contains("\n## Works again\n\n- flow fl: first succeeding"))
  }

  @Test func `Openings and runs by hand that are in the file are told as they fail`() {
    let text = small(
      "isolation on for c", at: "08:30", "app desk of m using k",
      "flow button of m manually using k",
      "at 09:00 m opens app desk", "at 10:00 m opens app desk", "at 10:05 m runs flow button"
    ).output
    #expect(text.contains("  09:00      10:00          1     not added\n"))
    #expect(text.contains("  -          10:05          1     Suspended\n"))
  }

  @Test func `What would fail for a while only is told with that while`() throws {
    let lines = [
      "app board of m using k", "at 09:01 a allows f outbound", "at 10:20 m opens app board",
      "at 11:30 m opens app board",
    ]
    let text = small("isolation on for c", at: "08:30", lines[0], lines[1], lines[2], lines[3])
    #expect(
      text.output.contains(
        "  board  c outbound, f  11:30      if used from 09:30 to 10:01  0     not added\n"),
      "\(text.output)")
    let ranged = small(
      "isolation on for c", at: "08:30", "set propagation 45m..75m", lines[0], lines[1],
      lines[2])
    #expect(ranged.output.contains("  if used from 09:15 to 10:16  "), "\(ranged.output)")
    let object = try json(
      Consequence(
        "impact", "-", "--change", "isolation on for c", "--at", "08:30", "--json",
        input: "until 12:00\n" + Self.small + lines.joined(separator: "\n") + "\n"))
    let board = try #require((object["affected"] as? [[String: Any]])?.first)
    let ifUsed = try #require(board["failsIfUsed"] as? [String: Any])
    #expect(ifUsed["lasts"] as? Bool == false)
    #expect(
      ifUsed["stretches"] as? [[String: String]] == [
        ["from": "2025-01-06T09:30:00.000Z", "to": "2025-01-06T10:01:00.000Z"]
      ])
  }

  @Test func `What works again for a while only is told with that while`() {
    let text = small(
      "isolation off for c", at: "08:30", "isolation on for c", "app board of m using k",
      "at 09:01 a turns isolation on", "at 09:02 a allows f outbound")
    #expect(
      text.output.contains("  - app board: if used from 09:30 to 10:01, 0 gained\n"),
      "\(text.output)")
  }

  @Test func `A rule may be taken away or changed, as an administrator says it`() {
    let lines = [
      "isolation on for c", "rule for c allows f both", "flow fl of m every 15m using k",
    ]
    for change in ["a removes  rule f", "a changes rule f to inbound"] {
      let text = small(change, at: "09:00", lines[0], lines[1], lines[2]).output
      #expect(text.hasPrefix(change.replacing("  ", with: " ") + " at 09:00, in force at 10:00"))
      #expect(text.contains("  flow  fl    c outbound, f  09:45      10:00          8     "))
      #expect(text.contains("\nThe fewest rules that avoid all of it\n  - rule for c allows f out"))
    }
    let missing = small("a removes rule f", at: "09:00")
    #expect(missing.status == .usage && missing.errors.contains("c has no rule for that tenant"))
    #expect(small("a changes rule f to c", at: "09:00").status == .usage)
    #expect(small("nobody removes rule f", at: "09:00").errors.contains("1:1: "))
  }

  @Test func `A flow that is suspended first has no failing run`() {
    let text = small(
      "isolation on for c", at: "09:00", "flow fl of m every 15m using k",
      "at 09:10 m saves flow fl"
    ).output
    #expect(text.contains("  09:00      none: Suspended at 09:10  12    Suspended\n"))
  }

  @Test(arguments: ["isolation  on for c # x", "isolation on for c\\"])
  func `The heading has the change as the language writes it`(change: String) {
    let result = small(change, at: "09:00")
    #expect(result.output.hasPrefix("isolation on for c at 09:00, in force at 10:00"))
  }

  @Test func `A name that a spreadsheet would reckon with is none in CSV`() {
    let input = "until 12:00\n" + Self.small + "flow -f of m every 15m using k\n"
    let answer = Consequence(
      "impact", "-", "--change", "isolation on for c", "--at", "09:00", "--csv", input: input)
    #expect(answer.output.contains("\r\nflow,'-f,outbound,"))
    let history = Consequence("run", "-", "--csv", "-", input: input)
    #expect(history.output.contains("\r\n'-f,"))
  }

  @Test func `A rule beside the switch leaves nothing to break`() throws {
    let object = try json(
      impact("--change", "rule for contoso allows fabrikam.onmicrosoft.com outbound", "--json"))
    #expect((object["affected"] as? [Any])?.isEmpty == true)
    #expect((object["rules"] as? [Any])?.isEmpty == true)
    let because = (object["unaffected"] as? [[String: String]])?.first { $0["name"] == "copy" }
    #expect(because?["because"]?.contains("a rule of contoso allows fabrikam outbound") == true)
  }

  @Test func `Without an end of its own the scenario's counts, and a later one may be asked for`()
    throws
  {
    let short = try json(impact("--json", "--until", "10:20"))
    let long = try json(impact("--json", "--until", "day 2 13:00"))
    func lost(_ object: [String: Any]) -> Int? {
      (object["affected"] as? [[String: Any]])?.first { $0["name"] as? String == "copy" }?[
        "runsLost"]
        as? Int
    }
    #expect(lost(short) == 2 && lost(long) == 108)
  }

  @Test func `CSV has a header and as many fields in each record`() {
    let lines = impact("--csv").output.components(separatedBy: "\r\n")
    #expect(lines.count == 5 && lines.last == "")
    #expect(lines.dropLast().allSatisfy { $0.components(separatedBy: ",").count == 19 })
    #expect(lines[2].hasPrefix("flow,copy,outbound,fabrikam,mail,2025-01-06T09:45:00.000Z,"))
  }

  @Test func `Markdown is a table and two lists`() {
    let text = impact("--markdown").output
    #expect(text.contains("\n| kind | name | "))
    #expect(text.contains("\n| flow | copy | contoso outbound, fabrikam | 09:45 | 10:00 | 12 | "))
    #expect(
      text.contains("\n## The fewest rules that avoid all of it\n\n- rule for contoso allows "))
  }

  @Test(arguments: [
    ("isolation on for contso", "2:18: ", "contoso"),
    ("isolaton on for contoso", "2:1: ", "isolation"),
    ("rule for contoso allows fabrikam outbond", "2:34: ", "outbound"),
    ("rule for contoso allows fabrikm both", "2:25: ", "fabrikam"),
  ])
  func `A change that means nothing is wrong usage, with its place`(
    change: String, place: String, suggestion: String
  ) {
    let result = impact("--change", change)
    #expect(result.status == .usage && result.output.isEmpty)
    #expect(result.errors.contains("--change \(place)"))
    #expect(result.errors.hasSuffix("did you mean \"\(suggestion)\"?\n"))
  }

  @Test(arguments: [
    ["--change", "isolation off for contoso"], ["--change", "tenant tailwind"], ["--change", " "],
    ["--change", "isolation on for fabrikam\nisolation on for contoso"], ["--until", "08:30"],
    ["--json", "--csv"], ["--at", "09:30"],
  ])
  func `So is what contradicts itself`(arguments: [String]) {
    let result = Consequence(
      ["impact", "-", "--change", "isolation on for contoso", "--at", "09:00"] + arguments,
      input: Self.today)
    #expect(result.status == .usage && result.output.isEmpty)
  }

  @Test func `So is a time outside the scenario, and a missing change`() {
    for time in ["07:00", "13:00", "noon"] {
      let result = Consequence(
        "impact", "-", "--change", "isolation on for contoso", "--at", time, input: Self.today)
      #expect(result.status == .usage)
    }
    #expect(Consequence("impact", "-", "--at", "09:00", input: Self.today).status == .usage)
    #expect(impact(input: Sample.invalid).status == .invalid)
  }

  @Test func `A rule that the list has no room for is not taken for saved`() {
    let ids = (1...50).map { "00000000-0000-4000-8000-0000000000\($0 < 10 ? "0" : "")\($0)" }
    let full = ids.map { "rule for contoso allows \($0) inbound\n" }.joined()
    let refused = impact(
      "--change", "rule for contoso allows fabrikam both", input: Self.today + full)
    #expect(refused.status == .usage && refused.errors.contains("--change 2: "))
    #expect(impact(input: Self.today + full).output.contains("were no full list"))
  }

  @Test func `An id that nobody declared may stand in a rule`() {
    let rule = "rule for contoso allows 99999999-9999-4999-8999-999999999999 both"
    #expect(impact("--change", rule).status == .met)
  }

  @Test func `The README shows what the program says`() throws {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "Scenarios/impact/contoso-today.world").path
    let answer = Consequence(
      "impact", file, "--change", "isolation on for contoso", "--at", "09:00")
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    #expect(answer.status == .met && readme.contains(answer.output))
  }

  private func json(_ result: Consequence) throws -> [String: Any] {
    #expect(result.status == .met)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require(object as? [String: Any])
  }
}
