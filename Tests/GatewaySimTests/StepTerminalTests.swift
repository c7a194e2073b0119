import Foundation
import Testing

/// `step` in a real terminal: tmux has one for it, types, and shows its screen.
@Suite(.serialized) struct StepTerminalTests {
  private static let hasTmux = Shell.has("tmux")

  /// Opens a terminal with the built program in it, types keys, waits for each answer, and gives the
  /// screen with the status that the program ends with, if it does.
  private func terminal(_ keys: [(keys: String, answer: String)]) throws -> String {
    let folder = try Folder()
    let file = try folder.add("x.scenario", Sample.demonstration)
    // Each key waits until the screen shows its answer; half a minute is for machines under load.
    let typing = keys.map { key in
      """
      tmux -S "$socket" send-keys -t 0 \(key.keys)
      for _ in $(seq 300); do
        tmux -S "$socket" capture-pane -p -t 0 | grep -qF -e '\(key.answer)' && break; sleep 0.1
      done
      """
    }
    let script = """
      socket="$3/tmux"
      echo 'set -g remain-on-exit on' > "$3/tmux.conf"
      export LC_ALL=C.UTF-8 NO_COLOR=1
      tmux -S "$socket" -f "$3/tmux.conf" new-session -d -x 100 -y 40 \
        "'$1' step '$2'; echo status \\$?" >&/dev/null </dev/null
      for _ in $(seq 300); do
        tmux -S "$socket" capture-pane -p -t 0 | grep -qF '08:00>' && break; sleep 0.1
      done
      \(typing.joined(separator: "\n"))
      tmux -S "$socket" capture-pane -p -t 0
      tmux -S "$socket" kill-server
      """
    return try withAllSignals { try Shell.bash(script, file, folder.path).output }
  }

  /// What is started inherits the signals that the tests' runner blocks, and tmux would wait for its
  /// children for ever.
  private func withAllSignals<Result>(_ body: () throws -> Result) rethrows -> Result {
    var (none, blocked) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &blocked)
    defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
    return try body()
  }

  @Test(.enabled(if: hasTmux, "skipped: tmux is not installed"))
  func `The clock is the prompt, and what is typed is answered below it`() throws {
    let screen = try terminal([
      ("Enter", "09:00>"), ("'expect saved' Enter", "met   expect saved"),
      ("'adda turns isolation on' Enter", "did you mean"), ("'quit' Enter", "status"),
    ])
    #expect(screen.contains("help lists what can be typed\n08:00>\n09:00  policy ◔ ada turns"))
    #expect(screen.contains("09:00> expect saved\n  met   expect saved\n"))
    #expect(screen.contains("typed:1:10: error[N002]"))
    #expect(screen.contains("1 of 1 typed expectation met\nstatus 0"), "a person typed again")
  }

  @Test(.enabled(if: hasTmux, "skipped: tmux is not installed"))
  func `Ctrl-D ends it`() throws {
    let screen = try terminal([("to Space 08:30 Enter", "08:30>"), ("C-d", "status")])
    #expect(screen.contains("nothing happens until 08:30\n08:30>\nstatus 0"))
  }

  @Test(.enabled(if: hasTmux, "skipped: tmux is not installed"))
  func `Ctrl-C interrupts it`() throws {
    #expect(try terminal([("C-c", "status")]).contains("status 130"))
  }
}
