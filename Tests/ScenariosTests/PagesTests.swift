import Analysis
import DiscreteEvents
import Foundation
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace
import Testing

/// The page of every scenario says what its trace and the terminal say.
@Suite struct PagesTests {
  @Test(arguments: Example.all)
  func `Patches lead to the end and back to the start`(example: Example) throws {
    let page = try Page(example)
    var state = page.initial
    for patches in page.patches {
      for patch in patches {
        #expect(state[patch.place] == patch.before)
        state[patch.place] = patch.after
      }
    }
    for patches in page.patches.reversed() {
      for patch in patches.reversed() { state[patch.place] = patch.before }
    }
    #expect(state == page.initial)
  }

  @Test(arguments: Example.all)
  func `Runs one by one and all else are the records of the trace`(example: Example) throws {
    let page = try Page(example)
    var told: [String] = []
    for row in page.times.indices where page.string("kind", row) != "tie" {
      let line = { (time: Int) in
        "\(time) \(page.string("kind", row)) \(page.string("outcome", row))"
      }
      if let runs = page.runTimes(row) {
        told += runs.map(line)
      } else {
        told.append(line(page.times[row]))
      }
    }
    let records = page.simulation.trace.records.map { record in
      "\(record.time.milliseconds) \(record.kind.name) "
        + (record.outcome.map { "\($0.name)" } ?? "")
    }
    #expect(told.sorted() == records.sorted())
  }

  @Test(arguments: Example.all)
  func `Captions are the terminal's sentences`(example: Example) throws {
    let page = try Page(example)
    guard page.times.count <= 200 else { return }
    var story: [UInt8] = []
    try Narration.write(
      page.simulation.trace, style: Style(inColor: false, inUnicode: true, width: 120)
    ) { story += $0 }
    var words = String(decoding: story, as: UTF8.self).split(whereSeparator: \.isWhitespace)[...]
    for row in page.times.indices {
      let start = page.string("caption", row).split(separator: " ").prefix(3)
      let found = words.indices.first { words[$0...].starts(with: start) }
      words = words[try #require(found, "\(start.joined(separator: " "))")...].dropFirst()
    }
  }

  @Test(arguments: Example.all)
  func `A flow's page is the one that expectations read`(example: Example) throws {
    let page = try Page(example)
    var state = page.initial
    for (row, patches) in page.patches.enumerated() {
      for patch in patches { state[patch.place] = patch.after }
      let isLast = row + 1 == page.times.count || page.times[row + 1] > page.times[row]
      guard isLast else { continue }
      for (place, path) in page.paths.enumerated()
      where path[0] as? String == "flow" && path[2] as? String == "page" {
        let flow = FlowID(try #require(path[1] as? Int))
        let text = (state[place] as? NSNumber).map { page.strings[$0.intValue] }
        let expected = page.simulation.pageTexts(of: flow, at: .init(Int64(page.times[row])))
        #expect(text == expected.first, "\(page.times[row])")
      }
    }
  }

  @Test(arguments: Example.all)
  func `Every expectation leads to an event`(example: Example) throws {
    let page = try Page(example)
    #expect(page.expectations.count == page.scenario.expectations.count)
    for expectation in page.expectations {
      let event = try #require(expectation["event"] as? Int)
      #expect(page.times.indices.contains(event), "\(expectation)")
    }
  }

  @Test(arguments: Example.all)
  func `A policy comes into force when it may`(example: Example) throws {
    let page = try Page(example)
    let delay = page.scenario.settings.propagation
    let own = Set(page.scenario.timeline.filter { $0.delay != nil }.map(\.line))
    for policy in page.policies {
      let time = try #require(policy["inForceAt"])
      let (earliest, latest) = (try #require(policy["earliest"]), try #require(policy["latest"]))
      #expect(earliest <= time && time <= latest)
      guard let saved = policy["savedAt"], !own.contains(policy["line"] ?? 0) else { continue }
      #expect(earliest >= saved + Int(delay.lowerBound) && latest >= saved + Int(delay.upperBound))
    }
  }

  @Test(arguments: [
    ("one-hour-change", "in force"), ("select-partners", "go out, or come in"),
    ("suspended-and-resumed", "how things stand"), ("exception-and-mitigation", "data policy"),
  ])
  func `A question's hint is about what decides it`(name: String, words: String) throws {
    let example = try #require(
      Example.all.first { $0.file.lastPathComponent == "\(name).scenario" })
    for hint in try Page(example).hints { #expect(hint.contains(words)) }
    #expect(try !Page(example).hints.isEmpty)
  }

  @Test(arguments: Example.all)
  func `It is small, and the same twice`(example: Example) throws {
    let bytes = try Page(example).bytes
    #expect(try bytes == Page(example).bytes)
    #expect(bytes.count < 400_000)
  }
}

/// The data of one scenario's page as a reader of JSON finds it.
private struct Page {
  struct Patch {
    var place: Int
    var before: NSObject
    var after: NSObject
  }

  let scenario: Scenario
  let simulation: Simulation
  let bytes: [UInt8]
  let strings: [String]
  let hints: [String]
  private let play: [String: Any]
  private let events: [String: Any]

  init(_ example: Example) throws {
    scenario = try #require(example.load().scenario)
    simulation = simulate(scenario)
    let play = Play(
      title: scenario.title, trace: simulation.trace, stage: stage(scenario, simulation),
      verdicts: judge(scenario, simulation).filter { $0.variant == nil })
    bytes = PlayerFile(play, file: "a", generator: "b").json
    let data = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    strings = try #require(data["strings"] as? [String])
    let script = data["script"] as? [String: Any]
    hints = (script?["questions"] as? [[String: Any]] ?? []).compactMap { $0["hint"] as? String }
    self.play = try #require((data["plays"] as? [[String: Any]])?.first)
    events = try #require(self.play["events"] as? [String: Any])
  }

  var times: [Int] { events["time"] as? [Int] ?? [] }
  var initial: [NSObject] { play["initial"] as? [NSObject] ?? [] }
  var paths: [[Any]] { play["pathsOf"] as? [[Any]] ?? [] }
  var expectations: [[String: Any]] { play["expectations"] as? [[String: Any]] ?? [] }

  var policies: [[String: Int]] {
    (play["policies"] as? [[String: Any]] ?? []).map { $0.compactMapValues { $0 as? Int } }
  }

  var patches: [[Patch]] {
    (events["patch"] as? [[[NSObject]]] ?? []).map { patches in
      patches.compactMap { patch in
        (patch[0] as? NSNumber).map { Patch(place: $0.intValue, before: patch[1], after: patch[2]) }
      }
    }
  }

  /// The text that a column has in a row; empty where it has none.
  func string(_ column: String, _ row: Int) -> String {
    guard let values = events[column] as? [Int], values[row] >= 0 else { return "" }
    return strings[values[row]]
  }

  /// When the runs are that an event tells of; nil where it tells of something else.
  func runTimes(_ row: Int) -> [Int]? {
    guard let values = events["runs"] as? [Int], values[row] >= 0,
      let runs = play["runs"] as? [String: Any], let parts = runs["parts"] as? [[Int]]
    else { return nil }
    let own = parts[values[row]]
    return stride(from: 0, to: own.count, by: 3).flatMap { part in
      (0..<own[part + 2]).map { own[part] + $0 * own[part + 1] }
    }
  }
}
