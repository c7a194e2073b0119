import Foundation
import Testing

@testable import gateway_sim

@Suite struct OutputTests {
  @Test func `With --trace - standard output is the trace alone`() {
    let result = Consequence("run", "--trace", "-", "-", input: Sample.failing)
    let lines = result.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix(#"{"kind":"scenario","format":1,"#) == true)
    #expect(lines.last?.hasPrefix(#"{"kind":"summary","#) == true)
    #expect(result.errors.contains("expected"))
    #expect(result.status == .failed)
  }

  @Test func `A trace that would never end is refused, and says what to do instead`() throws {
    let folder = try Folder()
    let world = Consequence(
      "generate", "--tenants", "50", "--flows", "1000", "--days", "3000", "--changes", "5")
    let path = "\(folder.path)/trace.jsonl"
    func run(_ more: String...) -> Consequence {
      Consequence(["run", "--quiet", "--trace", path, "-"] + more, input: world.output)
    }
    let refused = run()
    #expect(refused.status == .usage && refused.errors.contains("--trace-runs folded"))
    #expect(folder.names.isEmpty)
    #expect(run("--trace-runs", "folded").status == .met)
    #expect(Consequence("run", "--trace-runs", "none", "-", input: Sample.met).status == .usage)
  }

  @Test func `A table of each run that would never end, and a page too large, are refused at once`()
    throws
  {
    let folder = try Folder()
    let many = Consequence(
      "generate", "--tenants", "50", "--flows", "1000", "--days", "3000", "--changes", "5")
    let table = Consequence(
      "run", "--quiet", "--csv", "\(folder.path)/runs.csv", "-", input: many.output)
    #expect(table.status == .usage && table.errors.contains("--until"))
    let large = Consequence(
      "generate", "--tenants", "50", "--flows", "150000", "--days", "1", "--changes", "1")
    let page = Consequence(
      "run", "--quiet", "--html", "\(folder.path)/page.html", "-", input: large.output)
    #expect(page.status == .usage && page.errors.contains("--until"))
    #expect(folder.names.isEmpty)
  }

  @Test func `A trace file appears whole, beside the story`() throws {
    let folder = try Folder()
    let met = try folder.add("met.scenario", Sample.met)
    _ = try folder.add("trace.jsonl", "old")
    let result = Consequence("run", "--trace", "\(folder.path)/trace.jsonl", met, met)
    #expect(result.status == .met)
    #expect(result.output.contains("ada turns isolation on"))
    let alone = Consequence("run", "--trace", "-", met).output
    #expect(try folder.text("trace.jsonl") == alone + alone)
    #expect(folder.names == ["met.scenario", "trace.jsonl"])
  }

  @Test func `An output that can't be written is named`() throws {
    let folder = try Folder()
    let met = try folder.add("met.scenario", Sample.met)
    let result = Consequence("run", "--trace", "\(folder.path)/none/trace.jsonl", met)
    #expect(result.status == .unwritten)
    #expect(result.errors.contains("none/trace.jsonl can't be written: "))
    #expect(Consequence("run", "--trace", "/dev/full", met).status == .unwritten)
    #expect(folder.names == ["met.scenario"])
  }

  @Test func `What fails in the middle leaves no file behind`() throws {
    let folder = try Folder()
    do {
      let file = try WholeFile("\(folder.path)/trace.jsonl")
      try file.write([65])
      #expect(folder.names.count == 1)
    }
    #expect(folder.names.isEmpty)
  }

  @Test func `Work goes on without anybody reading messages, but not without readers`() {
    let console = Console(
      output: Channel(isTerminal: false) { _ in throw WriteProblem.readerGone },
      errors: Channel(isTerminal: false) { _ in throw WriteProblem.readerGone },
      input: { .success(Array(Sample.failing.utf8)) }, environment: { _ in nil })
    #expect(gatewaySim(["test", "-"], console) == .failed)
  }
}

/// The built program, for what can't be seen from inside.
@Suite struct ProcessTests {
  private func shell(_ script: String, input: String = Sample.failing) throws -> (String, Int32) {
    let result = try Shell.bash(script, input: input)
    return (result.output, result.status)
  }

  @Test func `Two processes give the same bytes`() throws {
    let first = try shell("\"$1\" run --trace - -")
    #expect(try shell("\"$1\" run --trace - -") == first)
    #expect(first.1 == 1 && !first.0.isEmpty)
  }

  @Test func `A reader that has gone ends it quietly`() throws {
    let script = "{ \"$1\" run - ; echo $? >&3; } 3>&1 2>&1 1> >(exec true) | cat"
    let (output, _) = try shell("sleep 0; \(script)", input: Sample.met)
    #expect(output.split(separator: "\n") == ["0"])
  }

  @Test func `A full disk is status 74`() throws {
    #expect(try shell("\"$1\" run - > /dev/full", input: Sample.met).1 == 74)
    #expect(try shell("\"$1\" test - > /dev/full").1 == 74)
  }
}
