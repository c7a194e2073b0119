import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// The platform's REST interfaces for administrators, over a simulation: a call in, an answer out.
///
/// There is no socket here: whoever has one asks here. What changes the platform is a
/// statement like those of scenarios, put among them at the instant of the call, and simulated with
/// them; so both ways of asking have one meaning. No call crashes.
public struct AdminServices: Sendable {
  /// The platform with everything that calls have changed so far.
  public private(set) var simulation: Simulation
  /// What links to further pages begin with.
  public var origin = "https://api.powerplatform.com"
  /// What the addresses of content begin with.
  public var feedOrigin = "https://manage.office.com"
  /// What the places of a policy's operations begin with.
  public var policyOrigin = "https://api.bap.microsoft.com"
  /// What the places begin with at which people and programs sign in.
  public var signInOrigin = "https://login.microsoftonline.com"
  /// The most entries of a page; documented nowhere.
  public let pageSize: Int

  var scenario: Scenario
  let seed: UInt64
  private(set) var calls = 0
  /// Who has asked for a token, by the token.
  var tokens: [String: TokenGrant] = [:]
  /// Which calls of the feed are still admitted.
  var feedQuota: CallQuota
  /// The people that stand for callers.
  private var people: [Caller: UserID] = [:]

  private struct Caller: Hashable {
    var tenant: TenantID
    var role: Role
    /// Whose id; nil where it does not matter who exactly calls.
    var objectID: String?
  }

  /// Services over a scenario's platform.
  ///
  /// - Parameters:
  ///   - seed: the scenario's own where nil.
  ///   - pageSize: the most entries of a page, at least one.
  public init(_ scenario: Scenario, seed: UInt64? = nil, pageSize: Int = 100) {
    self.scenario = scenario
    self.scenario.expectations = []
    self.scenario.variants = []
    self.seed = seed ?? scenario.seed
    self.pageSize = max(1, pageSize)
    feedQuota = CallQuota(limit: scenario.settings.audit.requestLimit)
    simulation = simulate(self.scenario, seed: self.seed)
  }

  /// Answers a call that is made at an instant; later than the scenario's end, the platform goes on.
  public mutating func respond(to request: ServiceRequest, at time: Instant) -> ServiceResponse {
    calls += 1
    var response: ServiceResponse
    do throws(ServiceError) {
      response = try answer(request, at: time)
    } catch {
      response = error.response(of: ServiceFamily(path: request.path))
    }
    let correlation = derivedIdentifier("correlation", "\(seed)", "\(calls)")
    response.headers.insert(.init("x-ms-correlation-id", correlation), at: 0)
    if !response.body.isEmpty {
      response.headers.insert(.init("content-type", "application/json; charset=utf-8"), at: 0)
    }
    return response
  }

  private mutating func answer(
    _ request: ServiceRequest, at time: Instant
  ) throws(ServiceError) -> ServiceResponse {
    guard time >= .start, time.milliseconds < Scenario.longest else { throw .outOfTime }
    let address = try ServiceAddress(path: request.path, query: request.query)
    if let directory = address.tokenDirectory { return grant(directory, request, at: time) }
    if let route = SignInRoute(address) { return try answer(route, request.method, at: time) }
    if let route = FeedRoute(address) { return try answer(route, request, address, at: time) }
    if let route = PackageRoute(address) {
      try route.checkVersion(address)
      return try answer(route, call(request, address, at: time))
    }
    if let route = PolicyRoute(address) {
      return try answer(route, call(request, address, at: time))
    }
    guard let route = ReportRoute(address) else { throw .unknownRoute }
    try ApiVersion.check(address)
    return try answer(route, call(request, address, at: time))
  }

  /// A call with who makes it.
  mutating func call(
    _ request: ServiceRequest, _ address: ServiceAddress, at time: Instant
  ) throws(ServiceError) -> ServiceCall {
    let caller = try caller(of: request, at: time)
    guard let tenant = tenant(caller.tenant) else { throw .noCaller }
    reach(time)
    return ServiceCall(
      request: request, address: address, caller: caller, tenant: tenant, time: time)
  }

  /// The tenant with an identifier.
  func tenant(_ identifier: String) -> TenantID? {
    let identifier = identifier.lowercased()
    return scenario.cast.tenants.firstIndex { $0.identifier == identifier }.map { TenantID($0) }
  }

  /// Lets the platform go on where a call comes after the scenario's end.
  mutating func reach(_ time: Instant) {
    guard time >= scenario.until else { return }
    scenario.until = time + CivilTime.day
    simulation = simulate(scenario, seed: seed)
  }
}

// MARK: - Statements

extension AdminServices {
  /// Has a caller do something at an instant, after all that the scenario has at it.
  ///
  /// - Parameter actor: nil for an application by itself.
  /// - Returns: how it ended.
  mutating func perform(
    _ action: Action, by actor: UserID?, at time: Instant
  ) -> StatementResult {
    let row = scenario.timeline.firstIndex { $0.time > time } ?? scenario.timeline.count
    scenario.timeline.insert(Statement(time: time, actor: actor, action: action, line: 0), at: row)
    simulation = simulate(scenario, seed: seed)
    return simulation.results[row]
  }

  /// Who a caller is: somebody of the scenario whose object id it has, or else somebody with a role.
  ///
  /// - Parameter isNamed: whether callers without a place in the scenario are told apart by their ids.
  mutating func person(
    _ caller: ServiceCaller, of tenant: TenantID, as role: Role, isNamed: Bool = false
  ) -> UserID {
    let id = caller.objectID.lowercased()
    let known = scenario.cast.users.indices.map { UserID($0) }.first {
      scenario.cast.users[$0.row].home == tenant && scenario.cast.objectIdentifier(of: $0) == id
    }
    return known
      ?? person(Caller(tenant: tenant, role: role, objectID: isNamed ? caller.objectID : nil))
  }

  /// What the model says to a caller who may not do something.
  mutating func refusal(
    _ cause: Cause, _ call: ServiceCall, limit: Int = 0
  ) -> ServiceError {
    let role = Role.allCases.first(where: call.caller.roles.contains) ?? .user
    var failure = Failure(.request, cause)
    failure.user = person(call.caller, of: call.tenant, as: role)
    failure.tenant = call.tenant
    failure.limit = Int32(clamping: limit)
    return ServiceError(scenario.cast.text(of: failure))
  }

  private mutating func person(_ caller: Caller) -> UserID {
    if let known = people[caller] { return known }
    let user = UserID(scenario.cast.users.count)
    scenario.cast.users.append(
      User(
        name: caller.objectID ?? "a caller (\(caller.role.name))", role: caller.role,
        home: caller.tenant, guestIn: [])
    )
    people[caller] = user
    return user
  }

  /// The name under which calls ask for reports.
  mutating func reportName() -> ReportID {
    let name = "a call's report"
    let row = scenario.cast.reports.firstIndex { $0.name == name }
    if row == nil { scenario.cast.reports.append(Title(name: name)) }
    return ReportID(row ?? scenario.cast.reports.count - 1)
  }

  /// Adds a registration that the scenario does not declare.
  mutating func add(_ registration: AppRegistration) -> RegistrationID {
    scenario.cast.registrations.append(registration)
    simulation = simulate(scenario, seed: seed)
    return RegistrationID(scenario.cast.registrations.count - 1)
  }

  /// Scope and role are asked for one by one: an administrator's token without the scope was seen
  /// to be refused, and so was a program that calls for itself.
  ///
  /// - Returns: the role that is enough.
  mutating func permit(
    _ call: ServiceCall, _ scopes: [Scope], as isEnough: (Role) -> Bool, or cause: Cause
  ) throws(ServiceError) -> Role {
    let names = scopes.map(\.rawValue)
    guard call.caller.principal == .user, names.contains(where: call.caller.scopes.contains) else {
      throw .forbidden(
        "The token lacks the scope \(names.joined(separator: " or ")).", "ScopeMissing")
    }
    let role = Role.allCases.first { call.caller.roles.contains($0) && isEnough($0) }
    guard let role else { throw refusal(cause, call) }
    return role
  }
}

extension StatementResult {
  /// Refuses a call as the model refused the statement.
  func check(_ simulation: Simulation) throws(ServiceError) {
    if let failure { throw ServiceError(simulation.trace.text(of: failure)) }
  }
}
