/// Hands out a stream line by line, as soon as each is there.
final class LineReader {
  /// Gives the next bytes; none at the end.
  private let more: () -> [UInt8]
  private var waiting: [UInt8] = []
  private var isAtEnd = false

  /// The most bytes of a line; what is longer is handed out in pieces.
  private static let limit = 1 << 20

  init(_ more: @escaping () -> [UInt8]) { self.more = more }

  /// An open file of the system.
  convenience init(descriptor: Int32) {
    self.init {
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count >= 0 { return Array(chunk[..<count]) }
        if errno != EINTR { return [] }
      }
    }
  }

  /// The next line without its end; nil behind the last one.
  func next() -> String? {
    while true {
      if let end = waiting.firstIndex(of: 0x0a) { return take(end, dropping: 1) }
      if waiting.count >= Self.limit { return take(Self.limit, dropping: 0) }
      if isAtEnd { return waiting.isEmpty ? nil : take(waiting.count, dropping: 0) }
      let bytes = more()
      isAtEnd = bytes.isEmpty
      waiting += bytes
    }
  }

  private func take(_ count: Int, dropping rest: Int) -> String {
    defer { waiting.removeFirst(count + rest) }
    let line = waiting[..<count]
    return String(decoding: line.last == 0x0d ? line.dropLast() : line, as: UTF8.self)
  }
}
