import Reports
import SimulationTrace

/// Why there is no token, or nowhere to sign in: the shape is that of the directory's own errors, and
/// so is the text about tenants; the other texts are ours.
struct DirectoryError: Error {
  let code: String
  let number: Int
  let message: String
  var status = 400

  static let malformed = DirectoryError(
    code: "invalid_request", number: 900_144, message: "A field of the request is missing.")
  static let unsupported = DirectoryError(
    code: "unsupported_grant_type", number: 70_003,
    message: "Only grant_type=password and client_credentials are known.")
  static let unknownScope = DirectoryError(
    code: "invalid_scope", number: 70_011, message: "The scope is none of a service that is here.")
  static let unknownAccount = DirectoryError(
    code: "invalid_grant", number: 50_034, message: "The account does not exist in the directory.")
  static let unknownApplication = DirectoryError(
    code: "unauthorized_client", number: 700_016,
    message: "The application was not found in the directory.")
  static let wrongPassword = DirectoryError(
    code: "invalid_grant", number: 50_126, message: "The password is not valid.")

  static func unknownTenant(_ name: String) -> DirectoryError {
    DirectoryError(
      code: "invalid_tenant", number: 90_002,
      message: "Tenant '\(name)' not found. Check to make sure you have the correct tenant ID "
        + "and are signing into the correct cloud. Check with your subscription administrator, this "
        + "may happen if there are no active subscriptions for the tenant.")
  }

  func response(at time: CivilTime) -> ServiceResponse {
    var body = ByteBuffer()
    body.append("{\"error\":")
    body.append(json: code)
    body.append(key: "error_description", "AADSTS\(number): \(message)")
    body.append(",\"error_codes\":[\(number)]")
    body.append(key: "timestamp", iso: time)
    body.append("}")
    return ServiceResponse(status, body)
  }
}

extension DirectoryError {
  /// An app registration's own.
  init(_ error: FeedError, _ application: String) {
    let isSecret = error == .noSecret || error == .expiredSecret
    code = isSecret ? "invalid_client" : "invalid_grant"
    number = Int(error.code.filter(\.isNumber)) ?? 0
    message = error.message(application)
    status = error.httpStatus
  }
}

extension ByteBuffer {
  /// Appends `,"key":"2025-03-03T08:01:00.000Z"`.
  mutating func append(key: StaticString, iso time: CivilTime) {
    append(key: key)
    append("\"")
    append(iso: time)
    append("\"")
  }
}
