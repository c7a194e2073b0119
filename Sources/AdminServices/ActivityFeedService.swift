import DiscreteEvents
import PowerPlatform
import Reports
import SimulationTrace
import TenantIsolation

// The Office 365 Management Activity API: subscriptions, content, and its pieces.

/// Where an operation of the feed is, and in whose tenant.
struct FeedRoute: Hashable {
  /// What is asked for.
  enum Operation: Hashable {
    case start, stop, list, content, notifications
    /// A piece of content by its id.
    case blob(String)
    /// Names of things that no content of ours has.
    case names

    /// The method that it takes.
    var method: String { self == .start || self == .stop ? "POST" : "GET" }
  }

  /// The tenant as the address gives it.
  var tenant: String
  var operation: Operation

  init?(_ address: ServiceAddress) {
    let parts = address.parts
    let words = parts.map { $0.lowercased() }
    guard words.count >= 6, words[0] == "api", ["v1.0", "v1"].contains(words[1]),
      words[3] == "activity", words[4] == "feed",
      let operation = Self.operation(words.dropFirst(5), parts)
    else { return nil }
    tenant = words[2]
    self.operation = operation
  }

  private static func operation(_ rest: ArraySlice<String>, _ parts: [String]) -> Operation? {
    switch rest.joined(separator: "/") {
    case "subscriptions/start": return .start
    case "subscriptions/stop": return .stop
    case "subscriptions/list": return .list
    case "subscriptions/content": return .content
    case "subscriptions/notifications": return .notifications
    case "resources/dlpsensitivetypes": return .names
    default:
      return rest.count == 2 && rest.first == "audit" ? .blob(parts[parts.count - 1]) : nil
    }
  }
}

/// Why the feed does not do what it is asked, in its own envelope.
struct FeedRefusal: Error {
  var status: Int
  var code: String
  var message: String

  init(_ error: FeedError, _ detail: String = "", _ other: String = "") {
    (status, code, message) = (error.httpStatus, error.code, error.message(detail, other))
  }

  init(_ status: Int, _ code: String, _ message: String) {
    (self.status, self.code, self.message) = (status, code, message)
  }

  var response: ServiceResponse {
    var body = ByteBuffer()
    body.append("{\"error\":{\"code\":")
    body.append(json: code)
    body.append(key: "message", message)
    body.append("}}")
    return ServiceResponse(status, body)
  }
}

/// What is known of a call of the feed once its sender is.
struct FeedRequestCall {
  var tenant: TenantID
  /// The person who calls; nil where an application calls by itself.
  var actor: UserID?
  var registration: RegistrationID
  var address: ServiceAddress
  var body: [UInt8]
  var time: Instant
}

extension AdminServices {
  /// Answers a call of the feed.
  mutating func answer(
    _ route: FeedRoute, _ request: ServiceRequest, _ caller: ServiceCaller,
    _ address: ServiceAddress, at time: Instant
  ) -> ServiceResponse {
    do throws(FeedRefusal) {
      guard request.method == route.operation.method else {
        throw FeedRefusal(
          405, "MethodNotAllowed", "\(request.method) is none of the methods of this route.")
      }
      let call = try admit(route, request, caller, address, at: time)
      return try answer(route.operation, call)
    } catch {
      return error.response
    }
  }

  private mutating func answer(
    _ operation: FeedRoute.Operation, _ call: FeedRequestCall
  ) throws(FeedRefusal) -> ServiceResponse {
    switch operation {
    case .start: return try start(call)
    case .stop:
      try perform(.stop(try call.contentType()), call)
      return ServiceResponse(200, ByteBuffer())
    case .list: return listSubscriptions(call)
    case .content: return try listContent(call)
    case .notifications:
      _ = try subscription(call)
      return ServiceResponse(200, .emptyList)
    case .blob(let id): return try fetch(id, call)
    case .names: return ServiceResponse(200, .emptyList)
    }
  }

  // MARK: Who calls

  private mutating func admit(
    _ route: FeedRoute, _ request: ServiceRequest, _ caller: ServiceCaller,
    _ address: ServiceAddress, at time: Instant
  ) throws(FeedRefusal) -> FeedRequestCall {
    guard route.tenant.isIdentifier else { throw FeedRefusal(.tenantNoGUID, route.tenant) }
    guard caller.tenant.lowercased() == route.tenant else {
      throw FeedRefusal(.tenantMismatch, route.tenant, caller.tenant)
    }
    let known = scenario.cast.tenants.firstIndex { $0.identifier == route.tenant }
    guard let tenant = known.map({ TenantID($0) }) else {
      throw FeedRefusal(.tenantUnknown, route.tenant)
    }
    let actor = try permit(caller, address, in: tenant)
    guard countFeedCall(of: tenant, at: time) else {
      throw FeedRefusal(
        .tooManyRequests, request.method, address["publisheridentifier"] ?? route.tenant)
    }
    return FeedRequestCall(
      tenant: tenant, actor: actor, registration: registration(of: caller, in: tenant),
      address: address, body: request.body, time: time)
  }

  /// The person who calls; nil for an application by itself.
  private mutating func permit(
    _ caller: ServiceCaller, _ address: ServiceAddress, in tenant: TenantID
  ) throws(FeedRefusal) -> UserID? {
    let permission =
      "\((ContentType(named: address["contenttype"]) ?? .general).permission.wireName)"
    if caller.applicationPermissions.contains(permission) { return nil }
    guard caller.scopes.contains(permission) else {
      let held = caller.scopes.union(caller.applicationPermissions)
      throw FeedRefusal(.permissionMissing, held.sorted().joined(separator: " "), permission)
    }
    let roles: [Role] = [.administrator, .globalAdministrator]
    guard let role = roles.first(where: caller.roles.contains) else {
      let text = refusal(.notAuditAdministrator, to: caller, in: tenant)
      throw FeedRefusal(text.httpStatus, text.code, text.message)
    }
    return person(caller, of: tenant, as: role)
  }

  /// The registration that a caller uses: one that the scenario declares, or else one of the call's
  /// own, to which nothing is missing.
  private mutating func registration(
    of caller: ServiceCaller, in tenant: TenantID
  ) -> RegistrationID {
    let rows = scenario.cast.registrations.indices.filter {
      scenario.cast.registrations[$0].tenant == tenant
    }
    let name = caller.application.map { "application \($0)" } ?? "a caller's application"
    let known = rows.first { row in
      let identifier = scenario.cast.registrationIdentifier(RegistrationID(row))
      return identifier == caller.application?.lowercased()
        || scenario.cast.registrations[row].name == name
    }
    if let known { return RegistrationID(known) }
    var registration = AppRegistration(name: name, tenant: tenant)
    registration.delegated = FeedPermission.allCases
    registration.application = FeedPermission.allCases
    registration.isConsented = true
    registration.secretUntil = CivilTime(year: 9999, month: 1, day: 1)
    return add(registration)
  }

  // MARK: Subscriptions

  private mutating func start(_ call: FeedRequestCall) throws(FeedRefusal) -> ServiceResponse {
    let type = try call.contentType()
    let publisher = try publisher(call)
    if let address = try call.webhook() {
      // Nothing listens in a simulation, so no endpoint is ever found to be right.
      throw FeedRefusal(
        .webhookInvalid, address,
        address.lowercased().hasPrefix("https://")
          ? "The endpoint did not return HTTP 200." : "The address must begin with HTTPS.")
    }
    try perform(.start(type, publisher: publisher), call)
    var body = ByteBuffer()
    body.append(subscription: type, isEnabled: true)
    return ServiceResponse(200, body)
  }

  private func publisher(_ call: FeedRequestCall) throws(FeedRefusal) -> FeedPublisher {
    guard let text = call.address["publisheridentifier"]?.lowercased() else { return .none }
    guard text.isIdentifier else {
      throw FeedRefusal(.parameterInvalid, "PublisherIdentifier", "guid")
    }
    if let row = scenario.cast.tenants.firstIndex(where: { $0.identifier == text }) {
      return .tenant(TenantID(row))
    }
    let application = scenario.cast.registrations.indices.first {
      scenario.cast.registrationIdentifier(RegistrationID($0)) == text
    }
    return application.map { .application(RegistrationID($0)) } ?? .none
  }

  /// Has the caller change a subscription, by a statement.
  private mutating func perform(
    _ request: FeedRequest, _ call: FeedRequestCall
  ) throws(FeedRefusal) {
    let result = perform(
      .audit(.feed(call.registration, request)), by: call.actor, at: call.time)
    guard let failure = result.failure else { return }
    let text = simulation.trace.text(of: failure)
    throw FeedRefusal(text.httpStatus, text.code, text.message)
  }

  private func listSubscriptions(_ call: FeedRequestCall) -> ServiceResponse {
    var body = ByteBuffer()
    let types = ContentType.allCases.compactMap { type in
      simulation.subscription(call.registration, type, at: call.time).map { (type, $0) }
    }
    body.appendList(types) { $0.append(subscription: $1.0, isEnabled: $1.1) }
    return ServiceResponse(200, body)
  }

  /// The type of an enabled subscription.
  private func subscription(_ call: FeedRequestCall) throws(FeedRefusal) -> ContentType {
    let type = try call.contentType()
    guard simulation.subscription(call.registration, type, at: call.time) == true else {
      throw FeedRefusal(.noSubscription)
    }
    return type
  }

  // MARK: Content

  private func listContent(_ call: FeedRequestCall) throws(FeedRefusal) -> ServiceResponse {
    let type = try subscription(call)
    let window = try call.window(from: scenario.start)
    let offset = try call.offset()
    let page: FeedCall
    switch simulation.content(call.registration, type, window, from: offset, at: call.time) {
    case .success(let found): page = found
    case .failure(let error): throw FeedRefusal(error.error)
    }
    var body = ByteBuffer()
    let blobs = page.blobs.map { simulation.trace.audit.blobs[$0] }
    body.appendList(blobs) { append($1, type, call, to: &$0) }
    var response = ServiceResponse(200, body)
    if page.hasMore, let window = page.window {
      let next = page.offset + page.blobs.count
      response.headers.append(.init("NextPageUri", nextPage(type, window, next, call)))
    }
    return response
  }

  private func append(
    _ blob: ContentBlob, _ type: ContentType, _ call: FeedRequestCall, to body: inout ByteBuffer
  ) {
    body.append("{\"contentType\":\"")
    body.append(type.wireName)
    body.append("\"")
    body.append(key: "contentId", blob.identifier)
    body.append(key: "contentUri", "\(place("v1.0", call))/audit/\(blob.identifier)")
    body.append(key: "contentCreated", iso: scenario.civil(blob.createdAt))
    body.append(key: "contentExpiration", iso: scenario.civil(blob.expiresAt))
    body.append("}")
  }

  /// Where the feed of the caller's tenant is.
  private func place(_ version: String, _ call: FeedRequestCall) -> String {
    "\(feedOrigin)/api/\(version)/\(scenario.cast.tenants[call.tenant.row].identifier)/activity/feed"
  }

  private func nextPage(
    _ type: ContentType, _ window: Range<Instant>, _ offset: Int, _ call: FeedRequestCall
  ) -> String {
    var (start, end) = (ByteBuffer(), ByteBuffer())
    start.append(iso: scenario.civil(window.lowerBound))
    end.append(iso: scenario.civil(window.upperBound))
    return "\(place("v1", call))/subscriptions/content?contentType=\(type.wireName)"
      + "&startTime=\(start.text)&endTime=\(end.text)&nextPage=R\(offset)"
  }

  private func fetch(
    _ id: String, _ call: FeedRequestCall
  ) throws(FeedRefusal) -> ServiceResponse {
    guard id.split(separator: "$").count >= 4 else { throw FeedRefusal(.contentIdInvalid, id) }
    switch simulation.blob(id, of: call.registration, at: call.time) {
    case .success(let blob):
      var body = ByteBuffer()
      body.appendList(blob.records) {
        $0.append(simulation.trace.audit.records[$1], in: simulation.trace)
      }
      return ServiceResponse(200, body)
    case .failure(let error): throw FeedRefusal(error.error, id)
    }
  }
}

extension ByteBuffer {
  fileprivate static var emptyList: ByteBuffer {
    var buffer = ByteBuffer()
    buffer.append("[]")
    return buffer
  }

  fileprivate mutating func append(subscription type: ContentType, isEnabled: Bool) {
    append("{\"contentType\":\"")
    append(type.wireName)
    append("\",\"status\":\"")
    append(isEnabled ? "enabled" : "disabled" as StaticString)
    append("\",\"webhook\":null}")
  }

  fileprivate mutating func append(key: StaticString, iso time: CivilTime) {
    append(key: key)
    append("\"")
    append(iso: time)
    append("\"")
  }

  fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }
}
