import SimulationTrace

/// Bytes on their way out, in one buffer that is used again and again.
///
/// Appending never fails. Only where a writer says that a line is complete may the bytes go to the
/// sink, whose error then ends the writing.
public struct ByteBuffer {
  /// Takes bytes over; throws where they can't be written.
  public typealias Sink = ([UInt8]) throws -> Void

  /// What waits to be written.
  public private(set) var bytes: [UInt8] = []
  private let sink: Sink
  private var lastDay = CivilTime(year: 1970, month: 1, day: 1)
  private var lastDayText: [UInt8] = Array("1970-01-01".utf8)

  /// The buffer goes to the sink as soon as it is this long.
  private static let limit = 64 * 1024

  /// A buffer in front of a sink; one without a sink only collects.
  public init(sink: Sink? = nil) {
    self.sink = sink ?? { _ in }
    bytes.reserveCapacity(sink == nil ? 256 : Self.limit + 4096)
  }

  /// Writes what waits if it is much; to be called between lines.
  @inline(__always)
  mutating func flushIfLong() throws {
    if bytes.count >= Self.limit { try flush() }
  }

  /// Writes all that waits.
  public mutating func flush() throws {
    guard !bytes.isEmpty else { return }
    try sink(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// What waits, as text; for buffers that only collect.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

// MARK: - Appending

extension ByteBuffer {
  /// Appends one byte.
  @inline(__always)
  public mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Appends bytes.
  @inline(__always)
  public mutating func append(_ other: [UInt8]) { bytes.append(contentsOf: other) }

  /// Appends text that is known when the program is built.
  @inline(__always)
  public mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Appends text in UTF-8.
  public mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Appends an integer in decimal digits.
  public mutating func append(decimal value: some FixedWidthInteger) {
    if value < 0 { append(UInt8(ascii: "-")) }
    append(digits: UInt64(value.magnitude), width: 1)
  }

  /// Appends at least `width` decimal digits, zeros in front.
  public mutating func append(digits value: UInt64, width: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(20, width)) { digits in
      var rest = value
      var first = digits.count
      repeat {
        first -= 1
        digits.initializeElement(at: first, to: UInt8(ascii: "0") + UInt8(rest % 10))
        rest /= 10
      } while rest > 0 || digits.count - first < width
      bytes.append(contentsOf: digits[first...])
    }
  }

  /// Appends 16 hexadecimal digits.
  public mutating func append(hex value: UInt64) {
    for shift in stride(from: 60, through: 0, by: -4) {
      let digit = UInt8(value >> UInt64(shift) & 15)
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
    }
  }
}

// MARK: - Time

extension ByteBuffer {
  /// Appends a point of time as `2025-03-03T08:01:00.000Z`.
  public mutating func append(iso time: CivilTime) {
    let timeOfDay = UInt32(time.timeOfDay)
    append(date: time)
    append(UInt8(ascii: "T"))
    append(clock: timeOfDay)
    append(UInt8(ascii: "."))
    let thousandths = timeOfDay % 1000
    append(UInt8(ascii: "0") + UInt8(thousandths / 100))
    append(two: thousandths % 100)
    append(UInt8(ascii: "Z"))
  }

  /// Appends a date as `2025-03-03`. Neighbouring records mostly share it, so the last one is kept.
  public mutating func append(date time: CivilTime) {
    let midnight = time.midnight
    if midnight != lastDay {
      var text = ByteBuffer()
      let date = midnight.date
      text.append(digits: UInt64(max(0, date.year)), width: 4)
      text.append(UInt8(ascii: "-"))
      text.append(two: UInt32(date.month))
      text.append(UInt8(ascii: "-"))
      text.append(two: UInt32(date.day))
      lastDay = midnight
      lastDayText = text.bytes
    }
    append(lastDayText)
  }

  /// Appends `08:05:30`.
  @inline(__always)
  private mutating func append(clock timeOfDay: UInt32) {
    append(two: timeOfDay / 3_600_000)
    append(UInt8(ascii: ":"))
    append(two: timeOfDay / 60_000 % 60)
    append(UInt8(ascii: ":"))
    append(two: timeOfDay / 1000 % 60)
  }

  @inline(__always)
  private mutating func append(two value: UInt32) {
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10))
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
  }
}
