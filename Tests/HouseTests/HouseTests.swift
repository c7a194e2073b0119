import Foundation
import Testing

/// Rules of the house that no compiler knows: each names what to write instead.
@Suite struct HouseTests {
  /// Calls that Sources do without.
  static let banned: [(call: String, instead: String)] = [
    ("try!", "handle the error, or make the function throw"),
    ("as!", "use as? and say what happens otherwise"),
    ("fatalError(", "return a diagnostic or a status"),
    ("preconditionFailure(", "make the case impossible by its type"),
    ("UUID()", "derive identifiers from names by StableHash"),
    ("Date()", "simulated time comes from the kernel's clock"),
    ("SystemRandomNumberGenerator", "draw from a SeededGenerator of its own stream"),
    (".random(in", "draw from a SeededGenerator of its own stream"),
    (".shuffled(", "draw from a SeededGenerator of its own stream"),
    ("hashValue", "use StableHash, which is the same in every process"),
    ("String(format:", "append to the buffer; String(format:) brings all of ICU into the program"),
    ("TODO", "do it, or write an issue"),
    ("FIXME", "fix it, or write an issue"),
  ]

  @Test(arguments: SourceFile.all)
  func `Nothing banned is called`(file: SourceFile) {
    for (call, instead) in Self.banned {
      #expect(!file.code.contains(call), "\(file) uses \(call): \(instead)")
    }
  }

  @Test(arguments: SourceFile.all)
  func `Foundation stays out of what runs on every event`(file: SourceFile) {
    guard !file.path.hasPrefix("gateway-sim/") else { return }
    #expect(!file.code.contains("import Foundation"), "\(file): only the command may use it")
  }

  @Test(arguments: SourceFile.all)
  func `A file fits into a head`(file: SourceFile) {
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count
    #expect(lines <= 400, "\(file) has \(lines) lines: does it have one reason to exist?")
  }

  @Test func `The decision imports nothing`() {
    for file in SourceFile.all where file.path.hasPrefix("TenantIsolation/") {
      #expect(!file.code.contains("import "), "\(file)")
    }
  }

  @Test func `There are sources to look at`() {
    #expect(SourceFile.all.count > 40)
  }
}

/// One Swift file of `Sources/`.
struct SourceFile: CustomTestStringConvertible, CustomStringConvertible, Sendable {
  let path: String
  let text: String

  /// The text without its comments.
  var code: String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.drop(while: { $0 == " " }).hasPrefix("//") }
      .joined(separator: "\n")
  }

  var description: String { path }
  var testDescription: String { path }

  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources")

  static let all: [SourceFile] = {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (paths ?? []).filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
      let file = folder.appending(path: path)
      return (try? String(contentsOf: file, encoding: .utf8)).map {
        SourceFile(path: path, text: $0)
      }
    }
  }()
}
