/// A version of the interface that the gateway takes.
struct ApiVersion {
  /// As the call writes it.
  let name: String

  /// In the order in which the gateway was seen to list them.
  private static let supported = [
    "2024-10-01", "2026-05-01-preview", "2022-03-01-preview", "2021-10-01-preview",
  ]

  /// What the address of an operation has instead of a version.
  static let ofOperations = ApiVersion(name: "1")

  private init(name: String) { self.name = name }

  /// The version that a call asks for.
  init(_ address: ServiceAddress) throws(ServiceError) {
    let list = Self.supported.joined(separator: ", ")
    guard let name = address["api-version"], !name.isEmpty else {
      throw ServiceError(
        400, "ApiVersionInvalid",
        "An API version is needed. Supported API versions are: \(list)", inner: "ApiVersionMissing")
    }
    guard Self.supported.contains(name.lowercased()) else {
      throw ServiceError(
        400, "ApiVersionInvalid",
        "API version \(name) is not supported. Supported API versions are: \(list)",
        inner: "ApiVersionUnsupported")
    }
    self.name = name.lowercased()
  }
}
