import Foundation
import ScenarioLanguage
import Testing

@testable import gateway_sim

@Suite struct GenerateTests {
  /// 323 million runs, their verdicts and when these changed, in one number that 13 other programs
  /// came to as well.
  @Test func `The week of 100,000 flows comes out as elsewhere`() throws {
    let world = Consequence("generate").output
    let trace = Consequence(
      "run", "--quiet", "--trace", "-", "--trace-runs", "folded", "-", input: world)
    #expect(try checksum(trace.output) == 23_713_749_187_751)
  }

  @Test(
    arguments: [
      ["--tenants", "1", "--flows", "1", "--days", "1", "--changes", "0"],
      ["--tenants", "2", "--flows", "3", "--days", "1", "--changes", "300"],
      ["--tenants", "7", "--flows", "5", "--days", "30", "--changes", "41", "--seed", "9"],
    ])
  func `Worlds of any size are scenarios in canonical layout`(_ sizes: [String]) throws {
    let world = Consequence(["generate"] + sizes)
    #expect(world.status == .met && world.errors.isEmpty)
    #expect(Consequence("check", "-", input: world.output).status == .met)
    #expect(Consequence("format", "-", input: world.output).output == world.output)
    let trace = Consequence("run", "--trace", "-", "--trace-runs", "none", "-", input: world.output)
    #expect(!trace.output.contains("operation.refused"))
  }

  @Test func `A seed draws a world of its own, the same each time`() {
    func world(_ seed: String) -> [Substring] {
      let sizes = ["--tenants", "20", "--flows", "50", "--changes", "8"]
      return Consequence(["generate", "--seed", seed] + sizes).output.split(separator: "\n")
    }
    #expect(world("4") == world("4"))
    #expect(Array(world("4").dropFirst(4)) != Array(world("5").dropFirst(4)))
    #expect(Array(world("0").dropFirst(4)) != Array(world("4").dropFirst(4)))
  }

  @Test func `A file appears instead of the output`() throws {
    let folder = try Folder()
    let path = "\(folder.path)/world.scenario"
    let sizes = ["--tenants", "2", "--flows", "2"]
    let written = Consequence(["generate", "--output", path] + sizes)
    #expect(written.output.isEmpty && written.status == .met)
    #expect(try folder.text("world.scenario") == Consequence(["generate"] + sizes).output)
  }

  @Test(
    arguments: [
      ["--tenants", "0"], ["--flows", "-1"], ["--days", "3653"], ["--days", "1.5"],
      ["--changes", "302401"], ["--flows", "99999999999999999999"], ["--seed", "x"],
    ])
  func `Sizes have limits`(_ size: [String]) {
    let refused = Consequence(["generate"] + size)
    #expect(refused.status == .usage && refused.output.isEmpty)
    #expect(refused.errors.contains("is a whole number from"))
  }

  /// The sum over flows that performance measurements of this world compare.
  private func checksum(_ trace: String) throws -> Int {
    struct Tally {
      var runs = 0
      var changes = 0
      var latest: (verdict: Int, second: Int) = (-1, 0)
    }
    var tallies: [Int: Tally] = [:]
    for line in trace.utf8.split(separator: UInt8(ascii: "\n")) {
      let record = try JSONDecoder().decode(FoldedRun.self, from: Data(line))
      guard let flow = record.flow?.dropFirst(), let row = Int(flow), let count = record.count
      else { continue }
      tallies[row, default: Tally()].runs += [1, 3, 5][record.verdict] * count
      guard tallies[row]?.latest.verdict != record.verdict else { continue }
      tallies[row]?.changes += 1
      tallies[row]?.latest = (record.verdict, record.second)
    }
    return tallies.reduce(0) { sum, flow in
      sum + (flow.key + 1) * (flow.value.runs + 7 * flow.value.changes) + flow.value.latest.second
    }
  }
}

/// A line of a folded trace, as far as the checksum needs it.
private struct FoldedRun: Decodable {
  var flow: String?
  var count: Int?
  var time: String?
  var grounds: [String]?

  /// 0 allowed, 1 blocked on the way out, 2 on the way in only.
  var verdict: Int {
    guard let grounds else { return 0 }
    return grounds.contains("outbound-blocked") ? 1 : grounds.contains("inbound-blocked") ? 2 : 0
  }

  /// Seconds since the start, 2025-01-06 00:00.
  var second: Int {
    let digits = (time ?? "").split { !$0.isNumber }.compactMap { Int($0) }
    guard digits.count > 5 else { return 0 }
    return ((digits[2] - 6) * 24 + digits[3]) * 3600 + digits[4] * 60 + digits[5]
  }
}
