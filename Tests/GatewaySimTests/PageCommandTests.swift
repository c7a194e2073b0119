import Foundation
import Testing

@testable import gateway_sim

/// `run --html` and `page`: pages that play scenarios, whole or not at all.
@Suite struct PageCommandTests {
  @Test func `run writes a page beside its story`() throws {
    let folder = try Folder()
    let file = try folder.add("a.scenario", Sample.met)
    let page = "\(folder.path)/a.html"
    let result = Consequence("run", file, "--html", page)
    #expect(result.status == .met)
    #expect(result.output == Consequence("run", file).output)
    let html = try folder.text("a.html")
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"))
    #expect(Consequence("run", file, "--html", "-").output == html)
  }

  @Test func `A page does not take the place of a scenario`() throws {
    let folder = try Folder()
    let file = try folder.add("a.html", Sample.met)
    let named = try folder.add("a.scenario", Sample.met)
    let result = Consequence("page", named, file, "--output", folder.path)
    #expect(result.status == .usage && result.errors.contains("would replace the scenario"))
    #expect(try folder.text("a.html") == Sample.met)
  }

  @Test func `A failed expectation is on the page and in the status`() throws {
    let folder = try Folder()
    let file = try folder.add("a.scenario", Sample.failing)
    let result = Consequence("run", file, "--html", "\(folder.path)/a.html")
    #expect(result.status == .failed)
    #expect(try folder.text("a.html").contains("not met, line 6"))
  }

  @Test func `Another scenario is played beside it`() throws {
    let folder = try Folder()
    let file = try folder.add("a.scenario", Sample.met)
    let other = try folder.add("b.scenario", Sample.world + "at 09:30 ada turns isolation on\n")
    let result = Consequence("run", file, "--html", "-", "--against", other)
    #expect(result.status == .met)
    #expect(result.output.contains("\"divergesAt\":3600000,"))
    let invalid = try folder.add("c.scenario", Sample.invalid)
    #expect(Consequence("run", file, "--html", "-", "--against", invalid).status == .invalid)
    let later = try folder.add("d.scenario", "start 2025-02-01 08:00\n" + Sample.demonstration)
    #expect(Consequence("run", file, "--html", "-", "--against", later).status == .usage)
  }

  @Test func `A variant is a play of its own`() throws {
    let folder = try Folder()
    let file = try folder.add(
      "a.scenario",
      Sample.world + "variant late \"Half an hour later\"\nat 09:00 ada turns isolation on\n"
        + "in late at 09:30 ada turns isolation off\n")
    let page = Consequence("run", file, "--html", "-").output
    #expect(page.contains("{\"name\":\"late\",\"title\":\"Half an hour later\""))
    #expect(page.contains("\"divergesAt\":5400000,"))
  }

  @Test(arguments: [
    ["--html", "-", "--trace", "-"], ["--html", "FILE"], ["--against", "FILE"],
    ["--html", "OUT", "--trace", "OUT"], ["FILE", "--html", "OUT"],
    ["--csv", "-", "--mermaid", "-"],
    ["--markdown", "FILE"], ["--csv", "OUT", "--markdown", "OUT"], ["FILE", "--mermaid", "-"],
  ])
  func `What cannot be meant is wrong usage`(arguments: [String]) throws {
    let folder = try Folder()
    let file = try folder.add("a.scenario", Sample.met)
    let result = Consequence(
      ["run", file]
        + arguments.map { $0 == "FILE" ? file : $0 == "OUT" ? "\(folder.path)/o" : $0 })
    #expect(result.status == .usage && result.output.isEmpty)
    #expect(folder.names == ["a.scenario"])
  }

  @Test func `Documents come beside the story, or alone on standard output`() throws {
    let folder = try Folder()
    let file = try folder.add("a.scenario", Sample.met)
    let story = Consequence("run", file).output
    for (flag, start) in [("--mermaid", "# a\n"), ("--csv", "flow,name,"), ("--markdown", "# a\n")]
    {
      let scenario = try folder.add("b.scenario", "scenario \"a\"\n" + Sample.met)
      #expect(Consequence("run", file, flag, "\(folder.path)/out").output == story)
      let alone = Consequence("run", scenario, flag, "-")
      #expect(alone.status == .met && alone.output.hasPrefix(start))
    }
  }

  @Test(arguments: [("out.mmd", "sequenceDiagram\n"), ("out.md", "# a\n")])
  func `The file's name says whether a diagram stands alone`(name: String, start: String) throws {
    let folder = try Folder()
    let file = try folder.add("b.scenario", "scenario \"a\"\n" + Sample.met)
    #expect(Consequence("run", file, "--mermaid", "\(folder.path)/\(name)").status == .met)
    let text = try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
    #expect(text.hasPrefix(start))
  }

  @Test func `A page that can't be written is said and has its status`() throws {
    let folder = try Folder()
    let file = try folder.add("a.scenario", Sample.met)
    let result = Consequence("run", file, "--html", "\(folder.path)/none/a.html")
    #expect(result.status == .unwritten)
    #expect(result.errors.contains("none/a.html can't be written"))
  }

  @Test func `A page grows with the connections, not with their square`() {
    func size(_ connections: Int) -> Int {
      let world = (0..<connections).map {
        "connection c\($0) of maya using sharepoint signed in to fabrikam\n"
      }
      let input = Sample.world + world.joined() + "at 09:00 ada turns isolation on\n"
      return Consequence("run", "-", "--quiet", "--html", "-", input: input).output.utf8.count
    }
    let (few, some, many) = (size(20), size(40), size(80))
    #expect(many - some < 5 * (some - few) / 2)
  }

  @Test func `A set has a page a scenario and an index that leads to them`() throws {
    let folder = try Folder()
    _ = try folder.add("in/a.scenario", "scenario \"The <first>\"\n" + Sample.met)
    _ = try folder.add("in/b/a.scenario", Sample.failing)
    _ = try folder.add("in/index.scenario", Sample.demonstration)
    _ = try folder.add("in/z.scenario", Sample.invalid)
    let result = Consequence("page", "\(folder.path)/in", "--output", "\(folder.path)/out")
    #expect(result.status == .invalid)
    #expect(result.output == "3 pages and an index in \(folder.path)/out\n")
    let out = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out").sorted()
    #expect(out == ["a-2.html", "a.html", "index-2.html", "index.html"])
    let index = try folder.text("out/index.html")
    #expect(index.contains("<a href=\"a.html\"><bdi>The &lt;first&gt;</bdi></a>"))
    #expect(index.contains("0 of 1 expectation met"))
    #expect(index.contains("a demonstration"))
    let again = Consequence("page", "\(folder.path)/in", "--output", "\(folder.path)/out")
    #expect(again == result)
    #expect(try folder.text("out/index.html") == index)
  }

  @Test func `Where a scenario lies is nothing that a page tells`() throws {
    let folder = try Folder()
    let file = try folder.add("in/deep/a.scenario", Sample.met)
    let page = Consequence("run", file, "--html", "-", "--against", file).output
    #expect(page.contains("\"file\":\"a.scenario\"") && !page.contains(folder.path))
    _ = Consequence("page", "\(folder.path)/in", "--output", "\(folder.path)/out")
    let index = try folder.text("out/index.html")
    #expect(index.contains("<h2>Deep</h2>") && !index.contains(folder.path))
    #expect(try !folder.text("out/a.html").contains(folder.path))
  }

  @Test func `A folder that can't be made is said`() throws {
    let folder = try Folder()
    let file = try folder.add("a.scenario", Sample.met)
    let result = Consequence("page", file, "--output", "\(file)/out")
    #expect(result.status == .unwritten && result.errors.contains("can't be written"))
    #expect(Consequence("page", file).status == .usage)
  }
}
