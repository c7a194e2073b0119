/// Why bytes did not get out.
enum WriteProblem: Error, Equatable {
  /// Whoever read the pipe has gone.
  case readerGone
  /// The system refuses.
  case refused(name: String, reason: String)
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
      } else if errno == EPIPE {
        throw WriteProblem.readerGone
      } else if errno != EINTR {
        throw WriteProblem.refused(name: name, reason: systemMessage(errno))
      }
    }
  }
}
