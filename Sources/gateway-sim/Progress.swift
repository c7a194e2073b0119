/// Says on a terminal how far long work has come; silent for the first half second.
final class Progress {
  private let channel: Channel
  private let start = ContinuousClock.now
  private var latest: ContinuousClock.Instant?

  init(_ channel: Channel) { self.channel = channel }

  /// Shows a text, at most ten times a second.
  func show(_ text: @autoclosure () -> String) {
    guard channel.isTerminal else { return }
    let now = ContinuousClock.now
    guard now - start > .milliseconds(500), latest.map({ now - $0 > .milliseconds(100) }) ?? true
    else { return }
    latest = now
    try? channel.write("\r\u{1b}[K\(text())")
    try? channel.flush()
  }

  /// Takes the text away before something else is written.
  func clear() {
    guard latest != nil else { return }
    latest = nil
    try? channel.write("\r\u{1b}[K")
    try? channel.flush()
  }
}
