import Foundation
import Testing

@testable import gateway_sim

@Suite struct FormatTests {
  private static let canonical = Sample.demonstration + "    expect saved\n"

  @Test func `Only files that change are written, and named`() throws {
    let folder = try Folder()
    let odd = try folder.add("a/odd.scenario", Sample.met)
    let even = try folder.add("even.scenario", Self.canonical)
    let before = try FileManager.default.attributesOfItem(atPath: even)
    let result = Consequence("format", folder.path)
    #expect(result == Consequence(output: "\(odd)\n", errors: "", status: .met))
    #expect(try folder.text("a/odd.scenario") == Self.canonical)
    let after = try FileManager.default.attributesOfItem(atPath: even)
    #expect(before[.systemFileNumber] as? UInt64 == after[.systemFileNumber] as? UInt64)
    #expect(Consequence("format", folder.path).output.isEmpty)
    #expect(folder.names == ["a", "even.scenario"])
  }

  @Test func `Permissions and links stay`() throws {
    let folder = try Folder()
    let odd = try folder.add("odd.scenario", Sample.met)
    let link = "\(folder.path)/link.scenario"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: odd)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: odd)
    #expect(Consequence("format", link).output == "\(link)\n")
    #expect(try folder.text("odd.scenario") == Self.canonical)
    let attributes = try FileManager.default.attributesOfItem(atPath: odd)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o640)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == odd)
  }

  @Test func `Standard input goes to standard output`() {
    for text in [Sample.met, Self.canonical] {
      let result = Consequence("format", "-", input: text)
      #expect(result == Consequence(output: Self.canonical, errors: "", status: .met))
    }
  }

  @Test func `Lint names the first line that differs and changes nothing`() throws {
    let folder = try Folder()
    let odd = try folder.add("odd.scenario", Sample.met)
    _ = try folder.add("even.scenario", Self.canonical)
    let result = Consequence("format", "--lint", folder.path)
    let message = "\(odd):6:1: not in canonical layout\n"
    #expect(result == Consequence(output: "", errors: message, status: .failed))
    #expect(try folder.text("odd.scenario") == Sample.met)
    #expect(Consequence("format", "--lint", "-", input: Self.canonical).status == .met)
    #expect(Consequence("format", "--lint", "-", input: Sample.met).errors.hasPrefix("-:6:1: "))
  }

  @Test func `Files with syntax errors stay, and the others are laid out`() throws {
    let folder = try Folder()
    let wrong = try folder.add("a.scenario", "  wobble\n")
    _ = try folder.add("odd.scenario", Sample.met)
    for flags in [["--lint"], []] {
      let result = Consequence(["format", folder.path, "--error-format", "short"] + flags)
      #expect(result.errors.hasPrefix("\(wrong):1:3: error[S010]: "))
      #expect(result.status == .invalid)
    }
    #expect(try folder.text("a.scenario") == "  wobble\n")
    #expect(try folder.text("odd.scenario") == Self.canonical)
    #expect(Consequence("format", "-", input: "wobble").output.isEmpty)
    #expect(Consequence("format", "\(folder.path)/none").status == .invalid)
  }

  @Test func `Wrong names don't matter`() {
    #expect(Consequence("format", "--lint", "-", input: Sample.invalid).status == .met)
  }

  @Test func `What can't be replaced is named`() throws {
    let folder = try Folder()
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let writer = Thread { try? Sample.met.write(toFile: pipe, atomically: false, encoding: .utf8) }
    writer.start()
    let result = Consequence("format", pipe)
    #expect(result.status == .unwritten)
    #expect(result.errors.contains("\(pipe) can't be written: it is no regular file"))
  }
}

extension Consequence {
  init(output: String, errors: String, status: gateway_sim.ExitStatus) {
    (self.output, self.errors, self.status) = (output, errors, status)
  }
}
