/// What Ctrl-C does: it takes unfinished files away and ends the program with 130. A request to
/// terminate does the same.
enum Interruption {
  /// A file that is not whole yet.
  private struct Unfinished {
    let path: UnsafeMutablePointer<CChar>
    var next: UnsafeMutablePointer<Unfinished>?
  }

  /// Read by a signal handler, which may touch nothing that allocates: hence a list of C strings.
  /// The first thread alone changes it, by single writes, so that it is whole at every instant.
  nonisolated(unsafe) private static var unfinished: UnsafeMutablePointer<Unfinished>?

  /// Lets Ctrl-C end the program in good order, and what the system does not write be an error and
  /// not a signal.
  static func prepare() {
    unfinished = nil
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    unblock([SIGINT, SIGTERM])
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        var entry = Interruption.unfinished
        while let current = entry {
          unlink(current.pointee.path)
          entry = current.pointee.next
        }
        _exit(ExitStatus.interrupted.rawValue)
      }
    }
  }

  /// Has another thread than this one, the first, do what Ctrl-C does: it is the one that names files.
  static func leaveToOthers() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// A program that starts this one may have blocked signals for its own sake, which is inherited.
  private static func unblock(_ numbers: [Int32]) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in numbers { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Names a file that is not whole yet.
  static func adds(_ path: String) {
    guard let copy = strdup(path) else { return }
    let entry = UnsafeMutablePointer<Unfinished>.allocate(capacity: 1)
    entry.initialize(to: Unfinished(path: copy, next: unfinished))
    unfinished = entry
  }

  /// Says that a file is whole now, or gone.
  static func forgets(_ path: String) {
    var previous: UnsafeMutablePointer<Unfinished>?
    var entry = unfinished
    while let current = entry, strcmp(current.pointee.path, path) != 0 {
      (previous, entry) = (current, current.pointee.next)
    }
    guard let entry else { return }
    if let previous {
      previous.pointee.next = entry.pointee.next
    } else {
      unfinished = entry.pointee.next
    }
    free(entry.pointee.path)
    entry.deallocate()
  }
}
