import Foundation

extension Figure {
  /// Whole processes, from their start to their end.
  static let process = Figure(
    name: "process", summary: "whole processes of the program: one scenario, and all there are"
  ) {
    let scenario = "Scenarios/propagation/one-hour-change.scenario"
    return [
      ("the version", ["--version"]),
      ("test of one scenario", ["test", scenario]),
      ("test of all scenarios", ["test", "Scenarios"]),
      ("test of all scenarios, one job", ["test", "--jobs", "1", "Scenarios"]),
    ].map { what, arguments in
      let time = Measurement(repeating: 20) { Process.run(arguments) }
      return Finding(what, time.median, .seconds)
    }
  }
}

extension Process {
  /// Lets the program do something and waits for its end; gives its status.
  @discardableResult static func run(_ arguments: [String]) -> Int {
    let process = Process()
    process.executableURL = Bundle.main.bundleURL.appending(path: "gateway-sim")
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return -1 }
    process.waitUntilExit()
    return Int(process.terminationStatus)
  }

  /// The most memory that the program took, in bytes, and all that ran before it.
  static func peakMemory(of arguments: [String]) -> Int {
    run(arguments)
    var usage = rusage()
    // The system's headers disagree about the constant's type: -1 are all children that have ended.
    getrusage(-1, &usage)
    return usage.ru_maxrss * 1024
  }
}
