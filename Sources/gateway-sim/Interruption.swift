/// What Ctrl-C does: it takes an unfinished file away and ends the program with 130.
enum Interruption {
  /// Read by a signal handler, which may touch nothing that allocates: hence a C string. It is only
  /// changed between two writes of the one thread there is.
  nonisolated(unsafe) private static var unfinished: UnsafeMutablePointer<CChar>?

  /// Lets Ctrl-C end the program in good order, and a closed pipe be an error and not a signal.
  static func prepare() {
    unfinished = nil
    signal(SIGPIPE, SIG_IGN)
    signal(SIGINT) { _ in
      if let path = Interruption.unfinished { unlink(path) }
      _exit(ExitStatus.interrupted.rawValue)
    }
  }

  /// Names the file that is not whole yet; nil where there is none.
  static func removes(_ path: String?) {
    let previous = unfinished
    unfinished = path.flatMap { strdup($0) }
    free(previous)
  }
}
