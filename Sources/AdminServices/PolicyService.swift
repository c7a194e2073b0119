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

extension AdminServices {
  /// How many seconds a program is told to wait before it looks after an operation again; nobody
  /// showed what the service says.
  private static let retryAfter = 5

  /// Versions of the interface are not looked at: programs name several, or none.
  mutating func answer(
    _ route: PolicyRoute, _ call: ServiceCall
  ) throws(ServiceError) -> ServiceResponse {
    let methods = route.operation == nil ? ["GET", "PUT"] : ["GET"]
    guard methods.contains(call.request.method) else {
      throw .notAllowed(call.request.method, but: methods)
    }
    guard isGUID(route.tenant) else { throw .badTenant }
    let role = try permit(call, route)
    if let id = route.operation { return try look(at: id, call) }
    return try call.request.method == "PUT" ? replace(call, as: role) : read(call, as: role)
  }

  /// An administrator by the edition at hand, of the tenant itself; or a program that one registered.
  private func permit(
    _ call: ServiceCall, _ route: PolicyRoute
  ) throws(ServiceError) -> Role {
    let (caller, edition) = (call.caller, scenario.settings.edition)
    let role: Role? =
      switch caller.principal {
      case .user: Role.allCases.first { caller.roles.contains($0) && edition.administers($0) }
      case .application(let isRegistered): isRegistered ? .administrator : nil
      }
    guard let role, tenant(route.tenant) == call.tenant else {
      throw ServiceError(
        403, "Forbidden",
        Cast.forbiddenPath(
          call.request.path, to: caller.objectID, of: caller.tenant.lowercased()))
    }
    return role
  }

  // MARK: The policy

  private mutating func read(
    _ call: ServiceCall, as role: Role
  ) throws(ServiceError) -> ServiceResponse {
    _ = try perform(.readPolicy(tenant: call.tenant), call, as: role)
    let version = simulation.savedPolicy(of: call.tenant, at: call.time)
    return ServiceResponse(200, version.isConfigured ? body(of: version) : ByteBuffer())
  }

  private mutating func replace(
    _ call: ServiceCall, as role: Role
  ) throws(ServiceError) -> ServiceResponse {
    let written = try PolicyBody(call.request.body)
    if let id = written.tenant, tenant(id) != call.tenant { throw .otherTenant }
    let limit = scenario.settings.edition.ruleLimit
    let (replacement, cast) = resolve(written, limit)
    // What is refused leaves nothing behind, its tenants included.
    if let flaw = replacement.flaw(limit: limit) { throw refusal(flaw, call, limit: limit) }
    scenario.cast = cast
    let result = try perform(.replacePolicy(replacement, tenant: call.tenant), call, as: role)
    guard result.outcome == .allowed, let row = result.operation else {
      return ServiceResponse(200, body(of: simulation.savedPolicy(of: call.tenant, at: call.time)))
    }
    return accepted(simulation.trace.adminOperations[row.row], at: call.time)
  }

  /// The policy that a body means, and everybody with those of whom it knows an identifier alone. Of a
  /// list that is too long, as much as it takes to be so.
  private func resolve(_ body: PolicyBody, _ limit: Int) -> (PolicyReplacement, Cast) {
    var cast = scenario.cast
    var known = Dictionary(
      cast.tenants.enumerated().map { ($1.identifier, TenantID($0)) },
      uniquingKeysWith: { first, _ in first })
    func tenant(_ id: String) -> TenantID {
      if let tenant = known[id] { return tenant }
      let tenant = TenantID(cast.tenants.count)
      cast.tenants.append(Tenant(name: id, displayName: id, identifier: id, domains: []))
      known[id] = tenant
      return tenant
    }
    let rules = body.entries.prefix(limit + 1).map { entry in
      Rule(entry.tenant.map { .tenant(tenant($0.lowercased())) } ?? .every, entry.directions)
    }
    return (PolicyReplacement(isOn: !body.isDisabled, rules: rules), cast)
  }

  private mutating func perform(
    _ action: Action, _ call: ServiceCall, as role: Role
  ) throws(ServiceError) -> StatementResult {
    let actor = person(call.caller, of: call.tenant, as: role, isNamed: true)
    let result = perform(action, by: actor, at: call.time)
    try result.check(simulation)
    return result
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

  private func look(at id: String, _ call: ServiceCall) throws(ServiceError) -> ServiceResponse {
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
