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
  /// What is wrong, in the nested envelope.
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
    let body = family == .powerPlatform ? flat : nested
    var response = ServiceResponse(status, body)
    if status == 401 { response.headers.append(.init("www-authenticate", "Bearer")) }
    if !allowed.isEmpty {
      response.headers.append(.init("allow", allowed.joined(separator: ", ")))
    }
    return response
  }

  private var flat: ByteBuffer {
    var body = ByteBuffer()
    body.append("{\"code\":")
    body.append(json: code)
    body.append(key: "message", message)
    if let inner {
      body.append(",\"innererror\":{\"code\":")
      body.append(json: inner)
      body.append("}")
    }
    body.append("}")
    return body
  }

  private var nested: ByteBuffer {
    var body = ByteBuffer()
    body.append("{\"error\":{\"code\":")
    body.append(json: code)
    body.append(key: "message", message)
    if details.isEmpty {
      body.append(key: "detailUrlType", "NotSpecified")
    } else {
      body.append(key: "details")
      body.appendList(details) { body, detail in
        body.append("{\"code\":")
        body.append(json: detail.code)
        body.append(key: "message", detail.message)
        body.append("}")
      }
    }
    body.append("}}")
    return body
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
  init(_ text: ErrorText) { self.init(text.httpStatus, text.code, text.message) }

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
