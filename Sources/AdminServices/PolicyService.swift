import DiscreteEvents
import PowerPlatform
import Reports
import SimulationTrace
import TenantIsolation

// The isolation policy of a tenant: read, and replaced as a whole, at once or by an operation.

/// Where a tenant's policy and its operations are.
struct PolicyRoute: Hashable {
  /// The tenant's identifier, as written.
  let tenant: String
  /// The operation that is asked for; nil for the policy itself.
  let operation: String?

  init?(_ address: ServiceAddress) {
    let parts = address.parts
    let names = parts.map { $0.lowercased() }
    guard names.starts(with: Self.place), parts.count > 5 else { return nil }
    tenant = parts[4]
    switch (names[5], parts.count) {
    case ("tenantisolationpolicy", 6): operation = nil
    case ("tenantisolationpolicyoperations", 7): operation = names[6]
    default: return nil
    }
  }

  private static let place = ["providers", "powerplatform.governance", "v1", "tenants"]
}

/// What is known of a call once its sender is.
private struct PolicyCall {
  var tenant: TenantID
  var role: Role
  var caller: ServiceCaller
  var time: Instant
}

extension AdminServices {
  /// How many seconds a program is told to wait before it looks after an operation again; nobody
  /// showed what the service says.
  private static let retryAfter = 5

  /// Versions of the interface are not looked at: programs name several, or none.
  mutating func answer(
    _ route: PolicyRoute, _ request: ServiceRequest, at time: Instant
  ) throws(ServiceError) -> ServiceResponse {
    let methods = route.operation == nil ? ["GET", "PUT"] : ["GET"]
    guard methods.contains(request.method) else {
      throw .notAllowed(request.method, but: methods)
    }
    let caller = try caller(of: request, at: time)
    guard tenant(of: caller) != nil else { throw .noCaller }
    guard isGUID(route.tenant) else { throw .badTenant }
    let call = try permit(caller, route, request.path, at: time)
    reach(time)
    if let id = route.operation { return try look(at: id, call) }
    return try request.method == "PUT" ? replace(with: request.body, call) : read(call)
  }

  /// An administrator by the edition at hand, of the tenant itself; or a program that one registered.
  private func permit(
    _ caller: ServiceCaller, _ route: PolicyRoute, _ path: String, at time: Instant
  ) throws(ServiceError) -> PolicyCall {
    let role: Role? =
      switch caller.principal {
      case .user: administrativeRole(caller)
      case .application(let isRegistered): isRegistered ? .administrator : nil
      }
    guard let role, let tenant = tenant(route.tenant), tenant == self.tenant(of: caller) else {
      throw ServiceError(
        403, "Forbidden",
        Cast.forbiddenPath(path, to: caller.objectID, of: caller.tenant.lowercased()))
    }
    return PolicyCall(tenant: tenant, role: role, caller: caller, time: time)
  }

  // MARK: The policy

  private mutating func read(_ call: PolicyCall) throws(ServiceError) -> ServiceResponse {
    try refuseIfFailed(perform(.readPolicy(tenant: call.tenant), call))
    let version = simulation.savedPolicy(of: call.tenant, at: call.time)
    return ServiceResponse(200, version.isConfigured ? body(of: version) : ByteBuffer())
  }

  private mutating func replace(
    with bytes: [UInt8], _ call: PolicyCall
  ) throws(ServiceError) -> ServiceResponse {
    let written = try PolicyBody(bytes)
    if let id = written.tenant, tenant(id) != call.tenant { throw .otherTenant }
    let rules = written.entries.map { entry in
      Rule(
        entry.tenant.map { .tenant(tenantOrStranger($0)) } ?? .every, entry.directions)
    }
    let result = perform(
      .replacePolicy(
        PolicyReplacement(isOn: !written.isDisabled, rules: rules), tenant: call.tenant),
      call)
    try refuseIfFailed(result)
    guard result.outcome == .allowed, let row = result.operation else {
      return ServiceResponse(200, body(of: simulation.savedPolicy(of: call.tenant, at: call.time)))
    }
    return accepted(simulation.trace.adminOperations[row.row], at: call.time)
  }

  private mutating func perform(_ action: Action, _ call: PolicyCall) -> StatementResult {
    let actor = person(call.caller, of: call.tenant, as: call.role, isNamed: true)
    return perform(action, by: actor, at: call.time)
  }

  private func refuseIfFailed(_ result: StatementResult) throws(ServiceError) {
    guard let failure = result.failure else { return }
    let text = simulation.trace.text(of: failure)
    var error = ServiceError(text)
    if text.httpStatus == 400 {
      error.details = [.init(code: "ValidationError", message: text.message)]
    }
    throw error
  }

  private func body(of version: PolicyVersion) -> ByteBuffer {
    var body = ByteBuffer()
    body.append("{\"properties\":{\"tenantId\":")
    body.append(json: scenario.cast.tenants[version.tenant.row].identifier)
    body.append(",")
    body.appendMembers(of: version.policy, in: scenario.cast)
    body.append("}}")
    return body
  }

  // MARK: Operations

  private func look(at id: String, _ call: PolicyCall) throws(ServiceError) -> ServiceResponse {
    let operation = simulation.trace.adminOperations.first {
      $0.identifier == id && $0.tenant == call.tenant && $0.requestedAt <= call.time
    }
    guard let operation else {
      throw ServiceError(404, "OperationNotFound", "This tenant has no operation '\(id)'.")
    }
    return operation.status(at: call.time).isTerminal
      ? ServiceResponse(200, body(of: operation, at: call.time))
      : accepted(operation, at: call.time)
  }

  private func accepted(_ operation: AdminOperation, at time: Instant) -> ServiceResponse {
    let tenant = scenario.cast.tenants[operation.tenant.row].identifier
    var response = ServiceResponse(202, body(of: operation, at: time))
    response.headers.append(
      .init(
        "location",
        "\(policyOrigin)\(Cast.policyPath(of: tenant))Operations/\(operation.identifier)"))
    response.headers.append(.init("retry-after", "\(Self.retryAfter)"))
    return response
  }

  private func body(of operation: AdminOperation, at time: Instant) -> ByteBuffer {
    var body = ByteBuffer()
    body.append("{\"id\":")
    body.append(json: operation.identifier)
    body.append(",\"state\":{\"id\":\"")
    body.append(operation.status(at: time).wireName)
    body.append("\"}}")
    return body
  }
}

extension ServiceError {
  static let badTenant = invalid("Invalid tenant ID format", "The tenant ID must be a valid GUID")

  fileprivate static let otherTenant = invalid(
    "Tenant ID mismatch", "The tenantId of the policy is not that of the path")

  /// What is wrong with a body, in the form of a published example.
  static func invalid(_ message: String, _ detail: String) -> ServiceError {
    var error = ServiceError(400, "BadRequest", message)
    error.details = [Detail(code: "ValidationError", message: detail)]
    return error
  }
}
