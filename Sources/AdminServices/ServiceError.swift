import Reports
import SimulationTrace

/// Why an admin service does not do what it is asked.
///
/// The envelope is that of the service: see ``ServiceFamily``. The envelopes, the texts about
/// versions, `RouteNotFound` and the text of who may not access a path were seen; all other codes and
/// texts are this simulator's own.
struct ServiceError: Error {
  /// One thing that is wrong, among several perhaps.
  struct Detail {
    var code: String
    var message: String
  }

  var status: Int
  var code: String
  var message: String
  /// The more exact code, in the flat envelope.
  var inner: String?
  /// What is wrong, in the envelope that has details.
  var details: [Detail] = []
  /// The methods that would be right, with a status of 405.
  var allowed: [String] = []

  init(_ status: Int, _ code: String, _ message: String, inner: String? = nil) {
    self.status = status
    self.code = code
    self.message = message
    self.inner = inner
  }

  /// The answer in the envelope of a service.
  func response(of family: ServiceFamily) -> ServiceResponse {
    var response = ServiceResponse(status, body(of: family))
    if status == 401 { response.headers.append(.init("www-authenticate", "Bearer")) }
    if !allowed.isEmpty {
      response.headers.append(.init("allow", allowed.joined(separator: ", ")))
    }
    return response
  }

  private func body(of family: ServiceFamily) -> ByteBuffer {
    let isNested = family != .powerPlatform
    var body = ByteBuffer()
    body.append(isNested ? "{\"error\":{\"code\":" : "{\"code\":" as StaticString)
    body.append(json: code)
    body.append(key: "message", message)
    switch family {
    case .powerPlatform: appendInner(to: &body)
    case .businessApplications: appendDetails(to: &body)
    case .managementActivity: break
    }
    body.append(isNested ? "}}" : "}" as StaticString)
    return body
  }

  private func appendInner(to body: inout ByteBuffer) {
    guard let inner else { return }
    body.append(",\"innererror\":{\"code\":")
    body.append(json: inner)
    body.append("}")
  }

  private func appendDetails(to body: inout ByteBuffer) {
    guard !details.isEmpty else { return body.append(key: "detailUrlType", "NotSpecified") }
    body.append(key: "details")
    body.appendList(details) { body, detail in
      body.append("{\"code\":")
      body.append(json: detail.code)
      body.append(key: "message", detail.message)
      body.append("}")
    }
  }
}

extension ServiceError {
  /// Seen, as is its code.
  static let unknownRoute = ServiceError(
    404, "RouteNotFound", "No route of this service has this path.")

  static let noCaller = ServiceError(
    401, "Unauthorized", "A valid token of a tenant that is known here is needed.")

  static let outOfTime = ServiceError(
    503, "ServiceUnavailable", "The simulated time of this call is before the start or too late.")

  static let expiredToken = ServiceError(
    401, "ExpiredAuthenticationToken", "The token has expired: a new one is needed.")

  static let internalError = ServiceError(500, "InternalError", "This should not happen.")

  /// What the model says to a call.
  init(_ text: ErrorText) {
    self.init(text.httpStatus, text.code, text.message)
    if status == 400 { details = [Detail(code: "ValidationError", message: message)] }
  }

  /// What the Activity API says to a call.
  init(_ error: FeedError, _ detail: String = "", _ other: String = "") {
    self.init(error.httpStatus, error.code, error.message(detail, other))
  }

  static func notAllowed(_ method: String, but allowed: [String]) -> ServiceError {
    var error = ServiceError(
      405, "MethodNotAllowed", "\(method) is none of the methods of this route.")
    error.allowed = allowed
    return error
  }

  static func badRequest(_ message: String, _ inner: String) -> ServiceError {
    ServiceError(400, "BadRequest", message, inner: inner)
  }

  static func forbidden(_ message: String, _ inner: String) -> ServiceError {
    ServiceError(403, "Forbidden", message, inner: inner)
  }
}
