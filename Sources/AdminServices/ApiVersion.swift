/// The versions of the interface that the gateway takes.
enum ApiVersion {
  /// In the order in which the gateway was seen to list them.
  private static let supported = [
    "2024-10-01", "2026-05-01-preview", "2022-03-01-preview", "2021-10-01-preview",
  ]

  /// Refuses a call that asks for none of them.
  static func check(_ address: ServiceAddress) throws(ServiceError) {
    let list = supported.joined(separator: ", ")
    guard let name = address["api-version"], !name.isEmpty else {
      throw ServiceError(
        400, "ApiVersionInvalid",
        "An API version is needed. Supported API versions are: \(list)", inner: "ApiVersionMissing")
    }
    guard supported.contains(name.lowercased()) else {
      throw ServiceError(
        400, "ApiVersionInvalid",
        "API version \(name) is not supported. Supported API versions are: \(list)",
        inner: "ApiVersionUnsupported")
    }
  }
}
