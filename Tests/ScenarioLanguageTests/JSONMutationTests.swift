import DiscreteEvents
import Testing

@testable import ScenarioLanguage

/// Damaged images: never a crash, never a hang, always a scenario or places inside the file.
@Suite struct JSONMutationTests {
  private static func valid() throws -> [UInt8] {
    Array(try json(world + FormTable.all.map(\.example).joined(separator: "\n")).utf8)
  }

  @Test(arguments: 0..<8) func damagedFiles(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed, stream: "mutation of JSON")
    let valid = try Self.valid()
    for _ in 0..<300 {
      var bytes = valid
      for _ in 0...random.next(in: 0...3) { damage(&bytes, &random) }
      check(bytes)
    }
  }

  private func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let last = Int64(bytes.count - 1)
    let place = Int(random.next(in: 0...last))
    let end = min(bytes.count, place + Int(random.next(in: 1...80)))
    switch random.next(in: 0...5) {
    case 0: bytes.removeSubrange(place..<end)
    case 1: bytes.insert(contentsOf: bytes[place..<end], at: Int(random.next(in: 0...last)))
    case 2: bytes.removeSubrange(place...)
    case 3: bytes[place] = UInt8(random.next(in: 0...255))
    case 4:
      bytes.insert(
        contentsOf: Self.odd[Int(random.next(in: 0...Int64(Self.odd.count - 1)))], at: place)
    default: bytes.swapAt(place, Int(random.next(in: 0...last)))
    }
  }

  private static let odd: [[UInt8]] = [
    "\"", "\\", "\n", "\r", ",", "{", "}", "[", "]", "[[[[", ":", "\\u", "\\ud800", "\\u0000",
    "\\u0041", "1e999", "-", "null", "true", "// \"", "/*", "{\"form\"", "\"form\":", "{}", "é",
    "99999999999999999999", "\u{feff}", "\u{202e}", "#", "\"name\": 1,", "\\/",
  ].map { Array($0.utf8) }

  private func check(_ bytes: [UInt8]) {
    let loaded = ScenarioLanguage.load("m") { path in
      path == "m" ? .success(bytes) : .success(Array("set edition 2025".utf8))
    }
    #expect((loaded.scenario == nil) == !loaded.diagnostics.isEmpty)
    let lines = bytes.count { $0 == 0x0a } + 1
    for diagnostic in loaded.diagnostics where diagnostic.file == "m" {
      #expect((1...lines).contains(diagnostic.line))
      #expect(diagnostic.column >= 1 && diagnostic.endColumn >= diagnostic.column)
      #expect(!diagnostic.human().isEmpty && !diagnostic.json.contains("\n"))
    }
    guard let scenario = loaded.scenario else { return }
    let text = converted(bytes, to: .scenario).bytes
    let again = ScenarioLanguage.load("m") { path in
      path == "m" ? .success(text ?? []) : .success(Array("set edition 2025".utf8))
    }
    #expect(again.scenario?.meaning == scenario.meaning)
  }

  /// Whatever text is read comes back from its image.
  @Test(arguments: 0..<8) func damagedText(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed, stream: "text through JSON")
    let lines = (world + FormTable.all.map(\.example).joined(separator: "\n"))
      .split(separator: "\n").map(String.init)
    for _ in 0..<300 {
      var words = lines[Int(random.next(in: 0...Int64(lines.count - 1)))].split(separator: " ")
      let other = lines[Int(random.next(in: 0...Int64(lines.count - 1)))].split(separator: " ")
      let place = Int(random.next(in: 0...Int64(words.count - 1)))
      words[place] = other[Int(random.next(in: 0...Int64(other.count - 1)))]
      // In most places a comment begins here.
      guard !words[place].contains("#") else { continue }
      let text = words.joined(separator: " ") + "\n"
      guard let image = converted(text, to: .json).bytes else { continue }
      let back = converted(image, to: .scenario)
      let again = String(decoding: try #require(back.bytes, "\(back.diagnostics)"), as: UTF8.self)
      let runs = Set(["run", "runs", "connection", "connections"])
      let sentence = text.split { $0 == " " || $0 == "\n" }.filter { !runs.contains(String($0)) }
      #expect(
        again.split { $0 == " " || $0 == "\n" }.filter { !runs.contains(String($0)) } == sentence)
      #expect(converted(again, to: .json).bytes == image)
    }
  }

  @Test func noiseEnds() {
    var random = SeededGenerator(seed: 1, stream: "noise in JSON")
    let marks = Array("{}[]\",:\\\n#/ \"form\"".utf8)
    let noise = (0..<200_000).map { _ in marks[Int(random.next(in: 0...Int64(marks.count - 1)))] }
    for start in ["{", "{\"format\": 1, \"statements\": ["] {
      let loaded = ScenarioLanguage.load("noise") { _ in .success(Array(start.utf8) + noise) }
      #expect(loaded.scenario == nil && !loaded.diagnostics.isEmpty)
    }
  }

  @Test func manyStatementsLoad() throws {
    let text = (0..<5_000).map { row in
      "at +\(row)s uma opens app expenses\n    expect possibly allowed because same-tenant\n"
    }.joined()
    let image = try json(world + text)
    #expect(try #require(load(image).scenario).timeline.count == 5_000)
    let line = image.replacing("\n", with: "")
    #expect(try #require(load(line).scenario).expectations.count == 5_000)
  }
}
