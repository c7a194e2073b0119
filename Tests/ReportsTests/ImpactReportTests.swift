import DiscreteEvents
import Foundation
import SimulationTrace
import TenantIsolation
import Testing

@testable import Reports

/// Names that try to break out of what they are written into.
@Suite struct ImpactReportTests {
  private static let hostile = "a|b, \"c\"\n`d` <e> [f](g) \u{1b}[31m *h* =1+1"

  private static var report: ImpactReport {
    var report = ImpactReport(
      .small, changes: [hostile], at: .at(9, 0), inForce: .at(10, 0) ... .at(10, 0))
    report.affected = [
      .init(
        kind: "flow", name: hostile,
        blocked: [
          .init(connection: hostile, by: hostile, direction: .outbound, tenant: hostile),
          .init(connection: hostile, by: "b", direction: .inbound, tenant: "c"),
        ],
        isScheduled: true, lastSucceeded: .at(9, 55), firstFailed: (.at(10, 10), nil),
        ifUsed: ([], true), lost: 0...2, suspended: (nil, nil), isBlockedWhenSaved: true)
    ]
    report.healed = [
      .init(
        kind: "flow", name: "=" + hostile, firstSucceeded: (.at(10, 0), nil), ifUsed: ([], true),
        gained: 0...3)
    ]
    report.unaffected = [.init(kind: "app", name: hostile, because: hostile)]
    report.rules = [
      .init(owner: hostile, tenant: hostile, directions: .both, alsoAllows: [hostile])
    ]
    return report
  }

  @Test func `A cell of Markdown stays a cell`() {
    let lines = Self.report.markdown.split(separator: "\n", omittingEmptySubsequences: false)
    let rows = lines.filter { $0.hasPrefix("|") }
    #expect(rows.count == 3)
    for row in rows {
      let bare = row.replacingOccurrences(of: "\\|", with: "")
      #expect(bare.components(separatedBy: "|").count == 9)
    }
    #expect(!Self.report.markdown.contains("\u{1b}"))
    // The only markup is the break between the lines of a name.
    let marks = Self.report.markdown.replacingOccurrences(of: "\\<", with: "")
    #expect(!marks.replacingOccurrences(of: "<br>", with: "").contains("<"))
  }

  @Test func `CSV gives a program back what was put in`() throws {
    let python = "import csv,sys,json; print(json.dumps(list(csv.reader(sys.stdin))))"
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", python]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(Self.report.csv.utf8))
    try input.fileHandleForWriting.close()
    let data = try #require(try output.fileHandleForReading.readToEnd())
    let rows = try #require(try JSONSerialization.jsonObject(with: data) as? [[String]])
    #expect(rows.count == 3 && rows.allSatisfy { $0.count == 19 })
    #expect(rows[2][1] == "'=" + Self.hostile, "a spreadsheet must not reckon with a name")
    #expect(rows[1][1] == Self.hostile && rows[1][2] == "both" && rows[1][8] == "2")
  }

  @Test func `JSON is read back`() throws {
    let object = try JSONSerialization.jsonObject(with: Data(Self.report.json.utf8))
    let affected = (object as? [String: Any])?["affected"] as? [[String: Any]]
    #expect(affected?.first?["name"] as? String == Self.hostile)
    #expect(affected?.first?["direction"] as? String == "both")
  }

  @Test func `Nothing steers a terminal, and every row is one line`() {
    let text = Self.report.text(Style(inColor: false, isWrapped: false))
    #expect(!text.contains("\u{1b}"))
    #expect(text.split(separator: "\n").count { $0.contains("Suspended") } == 1)
    #expect(text.contains("10:10 or later") && text.contains("0 to 2"))
  }
}
