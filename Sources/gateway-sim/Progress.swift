/// Says on a terminal how far long work has come: silent for the first half second, and taken away
/// before anything else is written.
final class Progress {
  /// Gives the present; tests have their own.
  typealias Clock = () -> ContinuousClock.Instant

  private let channel: Channel
  private let now: Clock
  private let start: ContinuousClock.Instant
  private var latest: ContinuousClock.Instant?
  private var isShown = false

  private static let patience = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(100)

  init(_ channel: Channel, now: @escaping Clock = { ContinuousClock.now }) {
    self.channel = channel
    self.now = now
    start = now()
  }

  /// Shows a text that is shorter than a line, at most ten times a second.
  func show(_ text: @autoclosure () -> String) {
    guard channel.isTerminal else { return }
    let now = now()
    guard now - start >= Self.patience else { return }
    if let latest, now - latest < Self.interval { return }
    latest = now
    isShown = true
    write("\r\u{1b}[K\(text())")
  }

  /// Shows how many files are done.
  func show(_ done: Int, of all: Int) { show("\(done) of \(all) files") }

  /// Takes the text away before something else is written.
  func clear() {
    guard isShown else { return }
    isShown = false
    write("\r\u{1b}[K")
  }

  /// Whether anybody sees it changes nothing.
  private func write(_ text: String) {
    try? channel.write(text)
    try? channel.flush()
  }
}
