import Foundation
import Testing

@testable import gateway_sim

/// What the README shows of the program is what the program says.
@Suite struct ReadmeTests {
  @Test(arguments: Excerpt.all)
  func `An excerpt of the README is what the program says`(excerpt: Excerpt) throws {
    let folder = try Folder()
    for (name, text) in try Excerpt.files() { _ = try folder.add(name, text) }
    let said = excerpt.said(in: folder.path)
    #expect(excerpt.fits(said), "\(excerpt.command)\n\(said)")
  }

  @Test func `There are some, and a wrong one is noticed`() {
    #expect(Excerpt.all.count >= 5)
    let wrong = Excerpt(command: "gateway-sim --version", lines: ["gateway-sim 99"])
    #expect(!wrong.fits("gateway-sim 0.1.0\n"))
  }
}

/// A block of the README that begins with a call of the program. `…` stands for anything.
struct Excerpt: Sendable, CustomTestStringConvertible {
  var command: String
  var lines: [String]

  var testDescription: String { command }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static let all: [Excerpt] = {
    let readme = (try? String(contentsOfFile: root + "/README.md", encoding: .utf8)) ?? ""
    let blocks = readme.components(separatedBy: "```\n$ ").dropFirst()
    return blocks.compactMap { block in
      let lines = block.components(separatedBy: "\n```")[0].components(separatedBy: "\n")
      return lines[0].hasPrefix("gateway-sim ")
        ? Excerpt(command: lines[0], lines: Array(lines.dropFirst())) : nil
    }
  }()

  /// The files that the README makes of ours with a change that it names.
  static func files() throws -> [(String, String)] {
    func text(_ path: String) throws -> String {
      try String(contentsOfFile: "\(root)/Scenarios/\(path)", encoding: .utf8)
    }
    return [
      (
        "hour.scenario",
        try text("explore/about-an-hour.scenario").replacing("45m..75m", with: "45m..90m")
      ),
      (
        "broken.scenario",
        try text("propagation/one-hour-change.scenario").replacing(
          "10:10 failed because outbound-blocked error \"Error from token exchange\"",
          with: "10:10 succeeded")
      ),
    ]
  }

  /// What is typed at a prompt, except for what writes files where the tests run.
  private var orders: String {
    lines.compactMap(Self.order).filter { !$0.hasPrefix("save ") }.map { $0 + "\n" }.joined()
  }

  private static func order(_ line: String) -> String? {
    line.prefixMatch(of: #/\d\d:\d\d> /#).map { String(line[$0.range.upperBound...]) }
  }

  /// What the program says, first what came out and then what it said of it.
  func said(in folder: String) -> String {
    var words: [String] = []
    for (row, part) in command.components(separatedBy: "\"").enumerated() {
      words += row % 2 == 1 ? [part] : part.split(separator: " ").map(String.init)
    }
    let arguments = words.dropFirst().map { word in
      if word.hasPrefix("Scenarios/") { return "\(Self.root)/\(word)" }
      return word.hasSuffix(".scenario") ? "\(folder)/\(word)" : word
    }
    let came = Consequence(arguments, input: orders)
    return (came.output + came.errors).replacing("\(Self.root)/", with: "")
      .replacing("\(folder)/", with: "")
  }

  /// Whether a text is this one, however its lines are broken.
  func fits(_ text: String) -> Bool {
    var rest = Self.words(text)[...]
    let shown = lines.filter { Self.order($0) == nil }.joined(separator: "\n")
    let pieces = Self.words(shown).split(omittingEmptySubsequences: false) { $0.contains("…") }
    for (row, piece) in pieces.enumerated() {
      if row == 0 {
        guard rest.starts(with: piece) else { return false }
        rest = rest.dropFirst(piece.count)
      } else if row == pieces.count - 1, !piece.isEmpty, orders.isEmpty {
        return rest.count >= piece.count && rest.suffix(piece.count).elementsEqual(piece)
      } else {
        guard let place = rest.firstRange(of: piece) else { return false }
        rest = rest[place.upperBound...]
      }
    }
    return pieces.count > 1 || rest.isEmpty
  }

  /// The words of a text without the branches of trees.
  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
      .filter { !["|", "|--", "`--", "│", "├──", "└──"].contains($0) }
  }
}
