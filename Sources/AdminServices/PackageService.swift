import DiscreteEvents
import PowerPlatform
import Reports
import SimulationTrace
import TenantIsolation

// Application packages: listed, installed, and their installation's operation looked after.

/// Where packages are.
enum PackageRoute: Hashable {
  /// All that a tenant is offered.
  case ofTenant
  /// All that an environment is offered; with its id.
  case ofEnvironment(String)
  /// The installation of a package, by its unique name.
  case installation(String, environment: String)
  /// An operation, by its id.
  case operation(String, environment: String)
  /// The end of an operation before it is done. No page has it (assumed).
  case cancellation(String, environment: String)

  init?(_ address: ServiceAddress) {
    let parts = address.parts
    let lower = parts.map { $0.lowercased() }
    guard lower.first == "appmanagement" else { return nil }
    if lower.dropFirst() == ["applicationpackages"] {
      self = .ofTenant
      return
    }
    guard lower.count > 3, lower[1] == "environments" else { return nil }
    let environment = lower[2]
    switch (lower[3], lower.count) {
    case ("applicationpackages", 4): self = .ofEnvironment(environment)
    case ("applicationpackages", 6) where lower[5] == "install":
      self = .installation(parts[4], environment: environment)
    case ("operations", 6) where lower[5] == "cancel":
      self = .cancellation(lower[4], environment: environment)
    case ("operations", 5): self = .operation(lower[4], environment: environment)
    default: return nil
    }
  }

  /// Refuses a version that the gateway does not take. Addresses of operations are handed out with
  /// one that is none, and are taken so.
  func checkVersion(_ address: ServiceAddress) throws(ServiceError) {
    switch self {
    case .operation, .cancellation:
      if address["api-version"] == "1" { return }
    case .ofTenant, .ofEnvironment, .installation: break
    }
    try ApiVersion.check(address)
  }

  /// The one method that it has.
  var method: String {
    switch self {
    case .installation, .cancellation: "POST"
    case .ofTenant, .ofEnvironment, .operation: "GET"
    }
  }
}

extension AdminServices {
  mutating func answer(
    _ route: PackageRoute, _ call: ServiceCall
  ) throws(ServiceError) -> ServiceResponse {
    guard call.request.method == route.method else {
      throw .notAllowed(call.request.method, but: [route.method])
    }
    let scopes = [Scope.installPackages] + (route.method == "POST" ? [] : [.readPackages])
    let role = try permit(call, scopes, as: \.isAdministrator, or: .notPackageAdministrator)
    let actor = person(call.caller, of: call.tenant, as: role)
    if route.method == "POST" { try call.request.checkPayload() }
    switch route {
    case .ofTenant: return list(of: nil, at: call.time)
    case .ofEnvironment(let id): return try list(of: environment(id, call), call, by: actor)
    case .installation(let name, let id):
      return try install(name, in: environment(id, call), call, by: actor)
    case .operation(let id, let environment):
      return ServiceResponse(
        200, body(of: try operation(id, of: self.environment(environment, call), call), call))
    case .cancellation(let id, let environment):
      return try cancel(
        operation(id, of: self.environment(environment, call), call), call, by: actor)
    }
  }

  /// The environment with an id; another tenant's is not there.
  private mutating func environment(
    _ id: String, _ call: ServiceCall
  ) throws(ServiceError) -> EnvironmentID {
    let row = scenario.cast.environments.firstIndex {
      $0.identifier == id && $0.tenant == call.tenant
    }
    guard let row else { throw refusal(.environmentElsewhere, call) }
    return EnvironmentID(row)
  }

  // MARK: Operations

  private mutating func list(
    of environment: EnvironmentID, _ call: ServiceCall, by actor: UserID
  ) throws(ServiceError) -> ServiceResponse {
    try perform(.listPackages(environment), by: actor, at: call.time).check(simulation)
    return list(of: environment, at: call.time)
  }

  private func list(of environment: EnvironmentID?, at time: Instant) -> ServiceResponse {
    var body = ByteBuffer()
    body.append("{\"value\":")
    body.appendList(PackageCatalogue.builtIn) { buffer, package in
      guard let details = package.details else { return }
      let state = environment.map { self.state(of: package, in: $0, at: time) } ?? .none
      let instance = environment.map { self.instance(of: package, in: $0) }
      buffer.append(package, details, state, instance: state == .none ? nil : instance)
    }
    body.append("}")
    return ServiceResponse(200, body)
  }

  private mutating func install(
    _ name: String, in environment: EnvironmentID, _ call: ServiceCall, by actor: UserID
  ) throws(ServiceError) -> ServiceResponse {
    let package = packageID(named: name)
    let operation = operationName()
    let result = perform(
      .installPackage(PackagePlace(package, in: environment), as: operation), by: actor,
      at: call.time)
    try result.check(simulation)
    guard let details = scenario.cast.packages[package.row].details,
      let row = result.operation.map({ simulation.trace.adminOperations[$0.row] })
    else { throw .internalError }
    var body = ByteBuffer()
    body.append(
      scenario.cast.packages[package.row], details, row, in: scenario, origin: origin,
      instance: instance(of: scenario.cast.packages[package.row], in: environment))
    var response = ServiceResponse(202, body)
    let identifier = scenario.cast.environments[environment.row].identifier
    response.headers.append(
      .init(
        "operation-location",
        "\(origin)/appmanagement/environments/\(identifier)/operations/\(row.identifier)"
          + "?api-version=1"))
    return response
  }

  private func operation(
    _ id: String, of environment: EnvironmentID, _ call: ServiceCall
  ) throws(ServiceError) -> AdminOperation {
    let row = simulation.trace.adminOperations.first {
      guard case .packageInstallation(let place) = $0.task else { return false }
      return $0.identifier == id && place.environment == environment && $0.requestedAt <= call.time
    }
    guard let row else {
      throw ServiceError(404, "OperationNotFound", "This environment has no operation \(id).")
    }
    return row
  }

  private func body(of operation: AdminOperation, _ call: ServiceCall) -> ByteBuffer {
    var body = ByteBuffer()
    body.append(operation, at: call.time, in: scenario)
    return body
  }

  /// Ends an operation that is not done yet, and answers with it as it stands then.
  private mutating func cancel(
    _ operation: AdminOperation, _ call: ServiceCall, by actor: UserID
  ) throws(ServiceError) -> ServiceResponse {
    guard let name = operation.name else { throw refusal(.notCancelable, call) }
    try perform(.cancelOperation(name), by: actor, at: call.time).check(simulation)
    let canceled = simulation.operation(named: name, at: call.time) ?? operation
    return ServiceResponse(200, body(of: canceled, call))
  }

  // MARK: Names

  private func state(
    of package: ApplicationPackage, in environment: EnvironmentID, at time: Instant
  ) -> PackageState {
    let row = scenario.cast.packages.firstIndex { $0.name == package.name }
    return row.map {
      simulation.state(of: PackagePlace(PackageID($0), in: environment), at: time)
    } ?? .none
  }

  /// The id of a package's instance in an environment.
  private func instance(of package: ApplicationPackage, in environment: EnvironmentID) -> String {
    derivedIdentifier(
      "instance package", scenario.cast.environments[environment.row].identifier, package.name)
  }

  private mutating func packageID(named name: String) -> PackageID {
    if let row = scenario.cast.packages.firstIndex(where: { $0.name == name }) {
      return PackageID(row)
    }
    scenario.cast.packages.append(PackageCatalogue.package(named: name))
    return PackageID(scenario.cast.packages.count - 1)
  }

  private mutating func operationName() -> AdminOperationID {
    scenario.cast.adminOperations.append(Title(name: "a call's operation"))
    return AdminOperationID(scenario.cast.adminOperations.count - 1)
  }
}

extension ServiceRequest {
  /// Refuses a body that is there and no object. What it says changes nothing (assumed).
  fileprivate func checkPayload() throws(ServiceError) {
    guard !body.isEmpty else { return }
    guard case .object = JSONValue(body) else {
      throw .badRequest("The body is no JSON object.", "BodyMalformed")
    }
  }
}
