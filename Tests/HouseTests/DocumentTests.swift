import Foundation
import Testing

/// What the README and the trainer's guide name is there, in the words they use.
@Suite struct DocumentTests {
  @Test(arguments: ["README.md", "CONTRIBUTING.md"])
  func `Links and pictures lead to files`(name: String) throws {
    let targets = try Document(name).text.matches(of: /\]\(([^)#]+)\)/).map { String($0.output.1) }
    for target in targets where !target.contains("://") {
      #expect(Document.exists(target), "\(name) links to \(target)")
    }
  }

  @Test func `Every picture is shown`() throws {
    let readme = try Document("README.md").text
    let pictures = try FileManager.default.contentsOfDirectory(
      atPath: Document.root.appending(path: ".github").path
    ).filter { $0.hasSuffix(".png") }
    #expect(!pictures.isEmpty)
    for picture in pictures {
      #expect(readme.contains("](.github/\(picture))"), "\(picture) is shown nowhere")
    }
  }

  @Test(arguments: ["README.md", Document.guide])
  func `Scenarios that are named exist`(name: String) throws {
    let paths = try Document(name).text.matches(of: /Scenarios\/[\w\/.-]*\w/).map { $0.output }
    #expect(!paths.isEmpty)
    for path in paths { #expect(Document.exists(String(path)), "\(name) names \(path)") }
  }

  @Test func `The trainer's guide asks the questions of its scenarios`() throws {
    let guide = try Document(Document.guide).text.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    let session = guide.matches(of: /(Scenarios\/\S+\.scenario) (?=\\|--output)/).map {
      $0.output.1
    }
    let questions = try session.flatMap { path in
      try Document(String(path)).text.matches(of: /question "([^"]+)"/).map { $0.output.1 }
    }
    #expect(questions.count >= 6)
    for question in questions { #expect(guide.contains("*\(question)*"), "\(question)") }
  }
}

/// A text of the repository that people read.
private struct Document {
  static let root = SourceFile.folder.deletingLastPathComponent()
  static let guide = "Sources/gateway-sim/GatewaySim.docc/TrainersGuide.md"

  let text: String

  init(_ path: String) throws {
    text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }
}
