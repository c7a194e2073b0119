import DiscreteEvents
import PowerPlatform
import Testing

@testable import ScenarioLanguage

/// Damaged files: never a crash, never a hang, always a scenario or places inside the file.
@Suite struct MutationTests {
  private static let valid = Array(
    (world + FormTable.all.map(\.example).joined(separator: "\n")).utf8)

  @Test(arguments: 0..<8) func damagedFiles(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed, stream: "mutation")
    for _ in 0..<400 {
      var bytes = Self.valid
      for _ in 0...random.next(in: 0...3) { damage(&bytes, &random) }
      check(bytes)
    }
  }

  private func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let last = Int64(bytes.count - 1)
    let place = Int(random.next(in: 0...last))
    let piece = pieces(of: bytes, around: place, random.next(in: 0...2))
    switch random.next(in: 0...6) {
    case 0: bytes.removeSubrange(piece)
    case 1: bytes.insert(contentsOf: bytes[piece], at: piece.lowerBound)
    case 2: bytes.insert(contentsOf: bytes[piece], at: Int(random.next(in: 0...last)))
    case 3: bytes.removeSubrange(place...)
    case 4: bytes[place] = UInt8(random.next(in: 0...255))
    case 5:
      bytes.insert(
        contentsOf: Self.odd[Int(random.next(in: 0...Int64(Self.odd.count - 1)))], at: place)
    default: bytes.swapAt(place, Int(random.next(in: 0...last)))
    }
  }

  /// A byte, a word or a line.
  private func pieces(of bytes: [UInt8], around place: Int, _ size: Int64) -> Range<Int> {
    if size == 0 { return place..<place + 1 }
    let stops: [UInt8] = size == 1 ? [0x20, 0x0a] : [0x0a]
    let first = bytes[..<place].lastIndex { stops.contains($0) }.map { $0 + 1 } ?? 0
    let end = bytes[place...].firstIndex { stops.contains($0) } ?? bytes.count
    return first..<max(first, end)
  }

  private static let odd: [[UInt8]] = [
    "\"", "\\", "\n", "\r", ",", "\t", "+", ":", "..", "9999999999999999999999", "\u{a0}", "“",
    "\u{feff}", "\u{202e}", "é", "-", "*", "day ", "\\\n", "# ", "99:99", "possibly ",
  ].map { Array($0.utf8) }

  private func load(_ bytes: [UInt8]) -> Loaded {
    ScenarioLanguage.load("m") { path in
      path == "m" ? .success(bytes) : .success(Array("set edition 2025".utf8))
    }
  }

  private func check(_ bytes: [UInt8]) {
    let loaded = load(bytes)
    #expect((loaded.scenario == nil) == !loaded.diagnostics.isEmpty)
    if case .success(let layout) = formatted(bytes, path: "m") {
      let again = load(layout)
      #expect(again.diagnostics.map(\.code) == loaded.diagnostics.map(\.code))
      #expect(again.scenario?.meaning == loaded.scenario?.meaning)
    }
    let lines = bytes.count { $0 == 0x0a } + 1
    for diagnostic in loaded.diagnostics where diagnostic.file == "m" {
      #expect((1...lines).contains(diagnostic.line))
      #expect(diagnostic.column >= 1 && diagnostic.endColumn >= diagnostic.column)
      #expect(!diagnostic.human().isEmpty && !diagnostic.json.contains("\n"))
    }
  }
}

/// Files of the size that generators write.
@Suite struct SizeTests {
  @Test func theImageOfTheLongestStatementIsRead() throws {
    let text = "app a of maya using b" + String(repeating: ", bc", count: 250_000) + "\n"
    let image = try converted(Array(text.utf8), path: "x", to: .json).get()
    #expect(image.count > 5 * text.utf8.count)
    let back = try converted(image, path: "x", to: .scenario).get()
    #expect(back.count { $0 > 0x20 } == text.utf8.count { $0 > 0x20 })
  }

  @Test func manyLinesLoad() throws {
    var text = world
    for row in 0..<70_000 {
      let time = "+\(row)s"
      text +=
        "at \(time) maya creates connection con-\(row) using sharepoint signed in to contoso\n"
      text += "  expect allowed because same-tenant \"number \(row)\"\n"
      text += "expect connection con-\(row) is connected at \(time)\n"
    }
    let scenario = try #require(load(text).scenario)
    #expect(scenario.timeline.count == 70_000 && scenario.expectations.count == 140_000)
  }

  @Test func noiseEnds() {
    var random = SeededGenerator(seed: 1, stream: "noise")
    let noise = (0..<2_000_000).map { _ in UInt8(random.next(in: 0x20...0x7e)) }
    var lines = noise
    for place in stride(from: 0, to: lines.count, by: 60) { lines[place] = 0x0a }
    for bytes in [noise, lines] {
      let loaded = ScenarioLanguage.load("noise") { _ in .success(bytes) }
      #expect(loaded.scenario == nil && !loaded.diagnostics.isEmpty)
    }
  }
}
