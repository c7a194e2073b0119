import Foundation
import Synchronization
import Testing

@testable import gateway_sim

/// Several files are worked on at a time, and nobody can tell from what comes out.
@Suite struct JobsTests {
  /// A folder with files of every fate, enough of them for workers to overtake each other.
  private func folder() throws -> Folder {
    let folder = try Folder()
    let ranged = "set propagation 45m..75m\n" + Sample.met
    let fates = [Sample.met, Sample.failing, Sample.invalid, Sample.demonstration, ranged]
    for number in 10..<40 {
      _ = try folder.add("\(number).scenario", fates[number % fates.count])
    }
    return folder
  }

  @Test(arguments: ["test", "coverage", "explore"], ["2", "3", "16"])
  func `The bytes are those of one job`(command: String, jobs: String) throws {
    let folder = try folder()
    let paths = command == "explore" ? folder.names.map { "\(folder.path)/\($0)" } : [folder.path]
    let alone = Consequence([command, "--jobs", "1"] + paths)
    #expect(alone.output.isEmpty == false && alone.errors.contains("12.scenario:"))
    #expect(Consequence([command, "--jobs", jobs] + paths) == alone)
    #expect(Consequence([command] + paths) == alone, "all cores")
  }

  @Test func `Reports are those of one job`() throws {
    let folder = try folder()
    func report(jobs: String) -> Consequence {
      Consequence("test", "--jobs", jobs, "--report", "json=-", "--filter", "1", folder.path)
    }
    #expect(report(jobs: "1") == report(jobs: "4"))
  }

  @Test func `Standard input is one of the files`() throws {
    let folder = try folder()
    let paths = ["\(folder.path)/10.scenario", "-", "\(folder.path)/11.scenario"]
    let alone = Consequence(["test", "--jobs", "1"] + paths, input: Sample.failing)
    #expect(alone.output.contains("\n-:"))
    #expect(Consequence(["test", "--jobs", "3"] + paths, input: Sample.failing) == alone)
  }

  @Test(arguments: ["0", "-1", "many", "1025"])
  func `Fewer than one is wrong usage`(jobs: String) {
    let result = Consequence("test", "--jobs=\(jobs)", "-")
    #expect(result.status == .usage && result.errors.contains("--jobs is a whole number from 1"))
  }

  @Test func `Products come in order, and workers are not far ahead`() {
    let started = Mutex(0)
    let work = OrderedWork(Array(0..<40), jobs: 3) { number in
      started.withLock { $0 += 1 }
      if number % 7 == 0 { usleep(2000) }
      return number * 2
    }
    defer { work.stop() }
    for row in 0..<40 {
      #expect(work.product(of: row) == row * 2)
      #expect(started.withLock { $0 } <= row + 1 + 2 * 3)
    }
  }

  @Test func `A reader that has gone ends it quietly`() throws {
    let folder = try folder()
    let result = try Shell.bash(
      "\"$1\" test --jobs 4 \"$2\" 2>&1 | head -c 1 >/dev/null; echo ${PIPESTATUS[0]}", folder.path)
    #expect(result.output != "70\n" && result.output != "74\n")
  }

  @Test func `Ctrl-C ends it while a worker waits for a file, and leaves no report`() throws {
    let folder = try folder()
    let result = try Shell.bash(
      """
      cd "$2"; mkfifo slow
      "$1" test --jobs 2 --report junit=report.xml 10.scenario slow 11.scenario & program=$!
      exec 3>slow; sleep 0.2; kill -INT $program; wait $program; echo $?; rm slow; ls | grep -v '[.]scenario$'
      """, folder.path)
    #expect(result.output.hasSuffix("130\n"))
  }
}
