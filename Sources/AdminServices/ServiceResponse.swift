import Reports

/// What an admin service answers.
public struct ServiceResponse: Hashable, Sendable {
  /// A header's name and value.
  public struct Header: Hashable, Sendable {
    /// The name as clients were seen to receive it, most in lower case.
    public var name: String
    /// The value.
    public var value: String

    init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The HTTP status.
  public var status: Int
  /// The headers in a fixed order; `x-ms-correlation-id` is always there.
  public var headers: [Header] = []
  /// JSON, or nothing.
  public var body: [UInt8]

  init(_ status: Int, _ body: ByteBuffer) {
    self.status = status
    self.body = body.bytes
  }

  /// The value of a header; nil where it is not there.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
