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

/// A call of the feed that is let in.
private struct FeedAccess {
  var call: ServiceCall
  /// The person who calls; nil where an application calls by itself.
  var actor: UserID?
  var registration: RegistrationID
}

extension AdminServices {
  /// Answers a call of the feed.
  mutating func answer(
    _ route: FeedRoute, _ request: ServiceRequest, _ address: ServiceAddress, at time: Instant
  ) throws(ServiceError) -> ServiceResponse {
    let method = route.operation.method
    guard request.method == method else { throw .notAllowed(request.method, but: [method]) }
    return try answer(route.operation, admit(route, request, address, at: time))
  }

  private mutating func answer(
    _ operation: FeedRoute.Operation, _ access: FeedAccess
  ) throws(ServiceError) -> ServiceResponse {
    switch operation {
    case .start: return try start(access)
    case .stop:
      try perform(.stop(try access.call.contentType()), access)
      return ServiceResponse(200, ByteBuffer())
    case .list: return listSubscriptions(access)
    case .content: return try listContent(access)
    case .notifications:
      _ = try subscription(access)
      return ServiceResponse(200, .emptyList)
    case .blob(let id): return try fetch(id, access)
    case .names: return ServiceResponse(200, .emptyList)
    }
  }

  // MARK: Who calls

  private mutating func admit(
    _ route: FeedRoute, _ request: ServiceRequest, _ address: ServiceAddress, at time: Instant
  ) throws(ServiceError) -> FeedAccess {
    let caller = try caller(of: request, at: time)
    guard isGUID(route.tenant) else { throw ServiceError(.tenantNoGUID, route.tenant) }
    guard caller.tenant.lowercased() == route.tenant else {
      throw ServiceError(.tenantMismatch, route.tenant, caller.tenant)
    }
    guard tenant(route.tenant) != nil else { throw ServiceError(.tenantUnknown, route.tenant) }
    let call = try call(request, address, at: time)
    let actor = try permit(call)
    guard feedQuota.admits(call.tenant, at: time) else {
      throw ServiceError(
        .tooManyRequests, request.method, address["publisheridentifier"] ?? route.tenant)
    }
    return FeedAccess(call: call, actor: actor, registration: registration(of: call))
  }

  /// The person who calls; nil for an application by itself.
  private mutating func permit(_ call: ServiceCall) throws(ServiceError) -> UserID? {
    let caller = call.caller
    let permission =
      "\((ContentType(named: call.address["contenttype"]) ?? .general).permission.wireName)"
    if caller.applicationPermissions.contains(permission) { return nil }
    guard caller.scopes.contains(permission) else {
      let held = caller.scopes.union(caller.applicationPermissions)
      throw ServiceError(.permissionMissing, held.sorted().joined(separator: " "), permission)
    }
    let roles: [Role] = [.administrator, .globalAdministrator]
    guard let role = roles.first(where: caller.roles.contains) else {
      throw refusal(.notAuditAdministrator, call)
    }
    return person(caller, of: call.tenant, as: role)
  }

  /// The registration that a caller uses: one that the scenario declares, or else one of the call's
  /// own, to which nothing is missing.
  private mutating func registration(of call: ServiceCall) -> RegistrationID {
    let (cast, application) = (scenario.cast, call.caller.application)
    let name = application.map { "application \($0)" } ?? "a caller's application"
    let declared = application.flatMap(cast.registration(withClientID:))
    if let declared, cast.registrations[declared.row].tenant == call.tenant { return declared }
    let known = cast.registrations.firstIndex { $0.tenant == call.tenant && $0.name == name }
    if let known { return RegistrationID(known) }
    var registration = AppRegistration(name: name, tenant: call.tenant)
    registration.delegated = FeedPermission.allCases
    registration.application = FeedPermission.allCases
    registration.isConsented = true
    registration.secretUntil = CivilTime(year: 9999, month: 1, day: 1)
    return add(registration)
  }

  // MARK: Subscriptions

  private mutating func start(_ access: FeedAccess) throws(ServiceError) -> ServiceResponse {
    let type = try access.call.contentType()
    let publisher = try publisher(access.call)
    if let address = try access.call.webhook() {
      // Nothing listens in a simulation, so no endpoint is ever found to be right.
      throw ServiceError(
        .webhookInvalid, address,
        address.lowercased().hasPrefix("https://")
          ? "The endpoint did not return HTTP 200." : "The address must begin with HTTPS.")
    }
    try perform(.start(type, publisher: publisher), access)
    var body = ByteBuffer()
    body.append(subscription: type, isEnabled: true)
    return ServiceResponse(200, body)
  }

  private func publisher(_ call: ServiceCall) throws(ServiceError) -> FeedPublisher {
    guard let text = call.address["publisheridentifier"]?.lowercased() else { return .none }
    guard isGUID(text) else {
      throw ServiceError(.parameterInvalid, "PublisherIdentifier", "guid")
    }
    if let tenant = tenant(text) { return .tenant(tenant) }
    return scenario.cast.registration(withClientID: text).map { .application($0) } ?? .none
  }

  /// Has the caller change a subscription, by a statement.
  private mutating func perform(
    _ request: FeedRequest, _ access: FeedAccess
  ) throws(ServiceError) {
    try perform(
      .audit(.feed(access.registration, request)), by: access.actor, at: access.call.time
    ).check(simulation)
  }

  private func listSubscriptions(_ access: FeedAccess) -> ServiceResponse {
    var body = ByteBuffer()
    let types = ContentType.allCases.compactMap { type in
      simulation.subscription(access.registration, type, at: access.call.time).map { (type, $0) }
    }
    body.appendList(types) { $0.append(subscription: $1.0, isEnabled: $1.1) }
    return ServiceResponse(200, body)
  }

  /// The type of an enabled subscription.
  private func subscription(_ access: FeedAccess) throws(ServiceError) -> ContentType {
    let type = try access.call.contentType()
    guard simulation.subscription(access.registration, type, at: access.call.time) == true else {
      throw ServiceError(.noSubscription)
    }
    return type
  }

  // MARK: Content

  private func listContent(_ access: FeedAccess) throws(ServiceError) -> ServiceResponse {
    let (type, call) = (try subscription(access), access.call)
    let window = try call.window(from: scenario.start)
    let offset = try call.offset()
    let page: FeedCall
    switch simulation.content(access.registration, type, window, from: offset, at: call.time) {
    case .success(let found): page = found
    case .failure(let error): throw ServiceError(error.error)
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
    _ blob: ContentBlob, _ type: ContentType, _ call: ServiceCall, to body: inout ByteBuffer
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
  private func place(_ version: String, _ call: ServiceCall) -> String {
    "\(feedOrigin)/api/\(version)/\(scenario.cast.tenants[call.tenant.row].identifier)/activity/feed"
  }

  private func nextPage(
    _ type: ContentType, _ window: Range<Instant>, _ offset: Int, _ call: ServiceCall
  ) -> String {
    var (start, end) = (ByteBuffer(), ByteBuffer())
    start.append(iso: scenario.civil(window.lowerBound))
    end.append(iso: scenario.civil(window.upperBound))
    return "\(place("v1", call))/subscriptions/content?contentType=\(type.wireName)"
      + "&startTime=\(start.text)&endTime=\(end.text)&nextPage=R\(offset)"
  }

  private func fetch(
    _ id: String, _ access: FeedAccess
  ) throws(ServiceError) -> ServiceResponse {
    guard id.split(separator: "$").count >= 4 else { throw ServiceError(.contentIdInvalid, id) }
    switch simulation.blob(id, of: access.registration, at: access.call.time) {
    case .success(let blob):
      var body = ByteBuffer()
      body.appendList(blob.records) {
        $0.append(simulation.trace.audit.records[$1], in: simulation.trace)
      }
      return ServiceResponse(200, body)
    case .failure(let error): throw ServiceError(error.error, id)
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

  fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }
}
