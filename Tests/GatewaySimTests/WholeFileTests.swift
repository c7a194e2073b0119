import Foundation
import Testing

@testable import gateway_sim

/// Files are whole under their names, or not there.
@Suite struct WholeFileTests {
  @Test(arguments: ["none/t.tap", "", "../none/t.tap", "locked.tap"])
  func `One report that can't be written keeps no other from it`(name: String) throws {
    let folder = try Folder()
    let met = try folder.add("met.scenario", Sample.met)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/locked.tap", withDestinationPath: "/proc/version")
    let result = Consequence(
      "test", met, "--report", "json=\(folder.path)/a.json", "--report",
      "tap=\(folder.path)/\(name)", "--report", "junit=/dev/full", "--report",
      "junit=\(folder.path)/b.xml")
    #expect(result.status == .unwritten)
    #expect(result.output.hasPrefix("ok    "))
    #expect(result.errors.contains("\(folder.path)/\(name) can't be written: "))
    #expect(result.errors.contains("/dev/full can't be written: "))
    #expect(folder.names == ["a.json", "b.xml", "locked.tap", "met.scenario"])
    #expect(try folder.text("a.json").hasSuffix("\"status\":0}\n"))
    #expect(try folder.text("b.xml").hasSuffix("</testsuites>\n"))
  }

  @Test func `What a killed program left behind is in nobody's way`() throws {
    let folder = try Folder()
    _ = try folder.add(".gateway-sim-\(getpid())-0.tmp", "left")
    let file = try WholeFile("\(folder.path)/a")
    try file.write(Array("whole".utf8))
    try file.finish()
    #expect(try folder.text("a") == "whole")
    #expect(folder.names == [".gateway-sim-\(getpid())-0.tmp", "a"])
  }

  @Test func `The longest name there may be will do`() throws {
    let folder = try Folder()
    let name = String(repeating: "n", count: 255)
    let file = try WholeFile("\(folder.path)/\(name)")
    try file.write([65])
    #expect(!folder.names.contains(name))
    try file.finish()
    #expect(folder.names == [name])
  }

  @Test func `An old file stays until the new one is whole`() throws {
    let folder = try Folder()
    let path = try folder.add("a", "old")
    do {
      let file = try WholeFile(path)
      try file.write([65])
      #expect(try folder.text("a") == "old")
    }
    #expect(try folder.text("a") == "old")
    #expect(folder.names == ["a"])
  }
}

/// What only a process of its own shows.
@Suite struct WholeFileProcessTests {
  /// A trace of millions of runs, which takes seconds to write.
  private static let long =
    Sample.world + """
      until +3650d
      maker mo of contoso
      at 09:00 mo creates connection c using teams signed in to fabrikam
      at 09:00 mo creates flow f every 1m using c

      """

  @Test(arguments: ["INT", "TERM"])
  func `Interrupted while writing, it leaves no file behind`(signal: String) throws {
    let folder = try Folder()
    let scenario = try folder.add("long.scenario", Self.long)
    _ = try folder.add("trace.jsonl", "old")
    let process = Process()
    process.executableURL = URL(filePath: Shell.program)
    process.arguments = ["run", "--quiet", scenario, "--trace", "\(folder.path)/trace.jsonl"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    while process.isRunning, !isWriting(in: folder) { usleep(2000) }
    #expect(folder.names.count == 3 && process.isRunning)
    kill(process.processIdentifier, signal == "INT" ? SIGINT : SIGTERM)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    #expect(folder.names == ["long.scenario", "trace.jsonl"])
    #expect(try folder.text("trace.jsonl") == "old")
  }

  private func isWriting(in folder: Folder) -> Bool {
    guard let name = folder.names.first(where: { $0.hasSuffix(".tmp") }) else { return false }
    let facts = try? FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")
    return (facts?[.size] as? UInt64 ?? 0) > 0
  }

  @Test func `A disk that fills up in the middle leaves no file behind`() throws {
    let folder = try Folder()
    let script = "cd \"$2\"; ulimit -f 1; \"$1\" test - --report json=big --report tap=small"
    let many = Sample.demonstration + String(repeating: "  expect saved\n", count: 20)
    let result = try Shell.bash(script, folder.path, input: many)
    #expect(result.status == 74)
    #expect(folder.names == ["small"])
  }

  @Test func `Reports are written even if nobody reads the rest`() throws {
    let folder = try Folder()
    let script = """
      cd "$2"; { "$1" test met.scenario --report tap=a.tap; echo $? >status; } | true
      "$1" test met.scenario --report tap=b.tap >/dev/full; echo $?
      "$1" test met.scenario --report tap=c.tap >&-; echo $?
      "$1" test met.scenario --report tap=- --report json=d.json | true
      """
    _ = try folder.add("met.scenario", Sample.met)
    #expect(try Shell.bash(script, folder.path).output == "74\n74\n")
    #expect(try folder.text("status") == "0\n")
    for name in ["a.tap", "b.tap", "c.tap"] {
      #expect(try folder.text(name).hasSuffix("\nok 1 - met.scenario:6: expect saved\n"))
    }
    #expect(try folder.text("d.json").hasSuffix("\"status\":0}\n"))
  }

  @Test func `What run writes to files is written even if nobody reads its story`() throws {
    let folder = try Folder()
    _ = try folder.add("a.scenario", Self.long(notes: 300))
    let script = """
      cd "$2"; { "$1" run a.scenario --markdown a.md --trace a.jsonl; echo $? >status; } | true
      "$1" run a.scenario --markdown b.md --trace b.jsonl >/dev/full; echo $?
      "$1" run a.scenario --trace - --markdown c.md >/dev/full; echo $?
      """
    #expect(try Shell.bash(script, folder.path).output == "74\n74\n")
    #expect(try folder.text("status") == "0\n")
    for name in ["a", "b"] { #expect(try folder.text("\(name).jsonl").contains("\"summary\"")) }
    for name in ["a", "b", "c"] { #expect(try folder.text("\(name).md").hasPrefix("# told\n")) }
  }

  /// A scenario whose story is longer than what waits before it is written.
  private static func long(notes: Int) -> String {
    let note = "note \"\(String(repeating: "told ", count: 60))\" at 08:30\n"
    return "scenario \"told\"\n" + Sample.met + String(repeating: note, count: notes)
  }

  @Test func `Standard output is no file that takes another's place`() throws {
    let folder = try Folder()
    _ = try folder.add("log", "kept\n")
    let script = """
      cd "$2"; sizes="--tenants 2 --flows 2 --days 1 --changes 1"
      "$1" generate $sizes >alone; "$1" generate $sizes --output - >dash
      for name in /dev/stdout /dev/fd/1; do "$1" generate $sizes --output $name >>log; done
      """
    #expect(try Shell.bash(script, folder.path).status == 0)
    let world = try folder.text("alone")
    #expect(try folder.text("dash") == world && folder.text("log") == "kept\n" + world + world)
    #expect(folder.names == ["alone", "dash", "log"])
  }

  @Test(.enabled(if: Shell.has("python3"), "skipped: there is no python3"))
  func `A pipe that does not wait loses nothing`() throws {
    let folder = try Folder()
    let scenario = try folder.add("many.scenario", Self.many)
    let script = """
      cd "$2"; python3 -c 'import os; os.set_blocking(1, False); os.execv("'"$1"'",
        ["gateway-sim", "test", "many.scenario", "--report", "json=-"])' | (sleep 0.3; cat)
      """
    let output = try Shell.bash(script, folder.path).output
    #expect(
      output
        == Consequence("test", scenario, "--report", "json=-").output
        .replacing(scenario, with: "many.scenario"))
  }

  private static let many =
    Sample.demonstration + String(repeating: "  expect saved\n", count: 3000)

  @Test func `What is meant for a closed stream gets into no file`() throws {
    let folder = try Folder()
    _ = try folder.add("failing.scenario", Sample.failing)
    let script = "cd \"$2\"; \"$1\" test failing.scenario none --report tap=a.tap >&- 2>&- <&-"
    #expect(try Shell.bash(script, folder.path).status == 74)
    #expect(try folder.text("a.tap").hasPrefix("TAP version 13\n1..2\n"))
    #expect(try !folder.text("a.tap").contains("FAIL"))
  }

  @Test func `A pipe may be a report's file`() throws {
    let folder = try Folder()
    _ = try folder.add("met.scenario", Sample.met)
    let script = """
      cd "$2"; mkfifo pipe; cat pipe >copy &
      "$1" test met.scenario --report tap=pipe >/dev/null; echo $?; wait
      """
    #expect(try Shell.bash(script, folder.path).output == "0\n")
    #expect(try folder.text("copy").hasSuffix("\nok 1 - met.scenario:6: expect saved\n"))
    #expect(folder.names == ["copy", "met.scenario", "pipe"])
  }
}
