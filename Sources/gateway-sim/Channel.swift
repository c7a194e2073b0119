/// Why bytes did not get out.
enum WriteProblem: Error, Equatable {
  /// Whoever read the pipe has gone.
  case readerGone
  /// The system refuses.
  case refused(name: String, reason: String)

  /// The system's latest refusal.
  static func latest(_ name: String) -> WriteProblem {
    .refused(name: name, reason: systemMessage(errno))
  }
}

/// A standard stream that bytes go out by.
final class Channel {
  /// Takes all bytes over, or throws a ``WriteProblem``.
  typealias Writer = ([UInt8]) throws -> Void

  /// Whether somebody watches.
  let isTerminal: Bool
  /// How wide a terminal is; nil where it does not say, or where none is.
  let columns: Int?
  private let writer: Writer
  private var waiting: [UInt8] = []

  private static let limit = 64 * 1024

  init(isTerminal: Bool, columns: Int? = nil, writer: @escaping Writer) {
    self.isTerminal = isTerminal
    self.columns = columns
    self.writer = writer
  }

  /// An open file of the system.
  convenience init(descriptor: Int32, name: String) {
    self.init(isTerminal: isatty(descriptor) == 1, columns: Self.columns(of: descriptor)) {
      try writeAll($0, to: descriptor, name: name)
    }
  }

  func write(_ text: String) throws { try write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) throws {
    guard bytes.count < Self.limit else {
      try flush()
      return try writer(bytes)
    }
    waiting += bytes
    if waiting.count >= Self.limit { try flush() }
  }

  func flush() throws {
    guard !waiting.isEmpty else { return }
    // What could not be written is not tried again when the program ends.
    defer { waiting.removeAll(keepingCapacity: true) }
    try writer(waiting)
  }
}

/// Writes to an open file until all is written.
func writeAll(_ bytes: [UInt8], to descriptor: Int32, name: String) throws {
  try bytes.withUnsafeBytes { buffer in
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else {
        try recover(descriptor, name: name)
      }
    }
  }
}

/// Waits where the latest error only says "not now"; throws every other one.
private func recover(_ descriptor: Int32, name: String) throws {
  switch errno {
  case EINTR: break
  case EAGAIN:
    // Whoever shares the pipe has made it one that doesn't wait.
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    poll(&request, 1, -1)
  case EPIPE: throw WriteProblem.readerGone
  default: throw WriteProblem.latest(name)
  }
}

/// Takes the places of standard streams that are closed, so that no file that is opened later gets
/// what is meant for them. Writing there remains an error.
func occupyStandardStreams() {
  while true {
    let descriptor = open("/dev/null", O_RDONLY)
    guard descriptor >= 0 else { return }
    if descriptor > STDERR_FILENO {
      close(descriptor)
      return
    }
  }
}
