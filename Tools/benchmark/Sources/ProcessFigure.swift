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
      let time = Measurement(repeating: 20) { Program.run(arguments).status }
      return Finding(what, time.median, .seconds)
    }
  }
}

/// The program that was built beside the benchmark.
enum Program {
  /// Lets it do something and waits for its end. Foundation's `Process` would notice the end some
  /// 50 ms late.
  ///
  /// - Returns: the status as the system tells it, and the most memory taken in bytes, which is
  ///   counted from the size of the benchmark on.
  @discardableResult static func run(_ arguments: [String]) -> (status: Int, memory: Int) {
    let path = Bundle.main.bundleURL.appending(path: "gateway-sim").path
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
    }
    var (child, status, usage) = (pid_t(), Int32(), rusage())
    guard posix_spawn(&child, path, &actions, nil, &words, nil) == 0,
      wait4(child, &status, 0, &usage) == child
    else { return (-1, 0) }
    return (Int(status), usage.ru_maxrss * 1024)
  }
}
