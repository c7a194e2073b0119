import DiscreteEvents
import Foundation
import PowerPlatform
import Testing

@testable import ScenarioLanguage

/// What holds for every file that is laid out: nothing is lost, and once is enough.
@Suite struct FormatterGuaranteeTests {
  @Test(arguments: scenarioFiles) func scenariosAreInCanonicalLayout(_ file: URL) throws {
    let bytes = try [UInt8](Data(contentsOf: file))
    let laidOut = try formatted(bytes, path: file.path).get()
    let line = firstDifference(bytes, laidOut)
    #expect(line == nil, "line \(line ?? 0): gateway-sim format \(file.path) mends it")
  }

  @Test func thereAreScenarios() { #expect(scenarioFiles.count >= 12) }

  @Test func examplesOfTheFormTable() throws {
    let text = world + FormTable.all.map(\.example).joined(separator: "\n")
    #expect(try check(Array(text.utf8)))
    for form in FormTable.all { #expect(try check(Array(form.example.utf8))) }
  }

  /// Files whose lines are drawn from everything there is, broken into odd lines, and sometimes
  /// damaged.
  @Test(arguments: 0..<8) func oddFiles(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed, stream: "layout")
    var count = 0
    for _ in 0..<250 {
      var bytes = Array(text(&random).utf8)
      if random.next(in: 0...3) == 0 {
        let place = Int(random.next(in: 0...Int64(bytes.count - 1)))
        bytes[place] = UInt8(random.next(in: 0...127))
      }
      if try check(bytes) { count += 1 }
    }
    #expect(count > 100, "most files should be worth a look")
  }

  private func text(_ random: inout SeededGenerator) -> String {
    var text = random.next(in: 0...9) == 0 ? "\u{feff}" : ""
    for line in Self.lines where random.next(in: 0...5) == 0 {
      for (row, piece) in line.split(separator: "\"").enumerated() {
        text += row % 2 == 0 ? spread(piece, &random) : "\"\(piece)\""
      }
      text += draw(Self.ends, &random)
    }
    text += "tenant last # one"
    return random.next(in: 0...4) == 0 ? text.replacing("\n", with: "\r\n") : text
  }

  /// Words with blanks of many kinds between them.
  private func spread(_ words: Substring, _ random: inout SeededGenerator) -> String {
    var text = ""
    for character in words {
      switch character {
      case " ": text += draw(Self.blanks, &random)
      case ",": text += draw(Self.commas, &random)
      default: text.append(character)
      }
    }
    if random.next(in: 0...999) == 0 { text += draw(Self.wrong, &random) }
    return text
  }

  private func draw(_ list: [String], _ random: inout SeededGenerator) -> String {
    list[Int(random.next(in: 0...Int64(list.count - 1)))]
  }

  private static let lines =
    world.split(separator: "\n").map(String.init) + FormTable.all.map(\.example)

  private static let blanks =
    Array(repeating: " ", count: 12)
    + ["  ", "\t", "\\\n", " \\ # \"one\n\t", " \\\r\n \\ #, \n", " \\#\\\n"]

  private static let commas = [
    ",", " ,", ",\n", ", \\\n", ",# one\n", ",\n# two \n\n", ", # three\n # \"four\n#\n", "\\\n, ",
    " \\ # five\n,",
  ]

  private static let ends =
    Array(repeating: "\n", count: 6)
    + ["\n\n", "\n\n\n", " # four \n", "\n# five\n", "\n  #six\n\n\n#\n", "\\\n\n", "\\\n#\t\n"]

  private static let wrong = [",", "", "\n", "\\\n\n", "\\\n# seven\n", "\u{a0}", "\r"]
}

/// Checks all guarantees; false where the file has syntax errors.
private func check(_ bytes: [UInt8]) throws -> Bool {
  let path = "test.scenario"
  guard case .success(let once) = formatted(bytes, path: path) else { return false }
  let text = String(decoding: bytes, as: UTF8.self)
  #expect(try formatted(once, path: path).get() == once, "not idempotent: \(text)")
  #expect(comments(once) == comments(bytes), "comments differ: \(text)")
  #expect(meaning(once) == meaning(bytes), "the meaning differs: \(text)")
  checkBlanks(once)
  return true
}

/// Blanks where nobody sees them, and blank lines where they part nothing.
private func checkBlanks(_ bytes: [UInt8]) {
  let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
  #expect(lines.last?.isEmpty == true && lines.dropLast().last?.isEmpty == false)
  #expect(lines.first?.isEmpty == false)
  #expect(!zip(lines, lines.dropFirst()).contains { $0.isEmpty && $1.isEmpty })
  #expect(!lines.contains { [0x20, 0x09, 0x0d].contains($0.last) })
}

/// The comments of a file whose texts are closed, found by quotes alone; the `#` in the name of a
/// section begins none.
private func comments(_ bytes: [UInt8]) -> [String] {
  String(decoding: bytes, as: UTF8.self)
    .replacingOccurrences(
      of: #"(-restrictions)#(?=\w)"#, with: "$1", options: .regularExpression
    ).unicodeScalars
    .split(separator: "\n", omittingEmptySubsequences: false)
    .compactMap { line in
      var isQuoted = false
      var isEscaped = false
      let start = line.firstIndex { scalar in
        defer { isEscaped = isQuoted && scalar == "\\" && !isEscaped }
        if scalar == "\"", !isEscaped { isQuoted.toggle() }
        return scalar == "#" && !isQuoted
      }
      guard let start else { return nil }
      return String(line[start...]).trimmingCharacters(in: .init(charactersIn: " \t\r"))
    }
}

/// Everything a scenario says apart from the lines on which it says so; of a file that is wrong,
/// what is wrong.
private func meaning(_ bytes: [UInt8]) -> String {
  let loaded = load("test.scenario") { path in
    path == "test.scenario" ? .success(bytes) : .success(Array("set edition 2025".utf8))
  }
  return loaded.scenario?.meaning
    ?? loaded.diagnostics.map { "\($0.code) \($0.suggestion ?? "")" }.joined(separator: "\n")
}

private let scenarioFiles: [URL] = {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Scenarios")
  let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
  return (paths ?? []).filter { $0.hasSuffix(".scenario") }.sorted().map {
    folder.appending(path: $0)
  }
}()
