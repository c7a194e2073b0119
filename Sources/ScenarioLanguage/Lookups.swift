import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Why something given on the command line means nothing in a scenario.
public struct LookupProblem: Error, Hashable, Sendable {
  /// What is wrong.
  public var message: String
  /// A near name that would be right.
  public var suggestion: String?

  /// A problem.
  public init(_ message: String, suggestion: String? = nil) {
    self.message = message
    self.suggestion = suggestion
  }
}

/// The instant that a text means in a scenario, in every form that scenarios have for times.
///
/// Bounds are the caller's business: the instant may lie before the start or beyond the end.
public func instant(
  _ text: String, in scenario: Scenario
) -> Result<Instant, LookupProblem> {
  let words = text.split { $0 == " " || $0 == "\t" }.map { Array($0.utf8)[...] }
  do {
    let civil = try TimeReader.time(words).resolved(from: scenario.start)
    return .success(Instant(civil.milliseconds - scenario.start.milliseconds))
  } catch {
    return .failure(LookupProblem(error.message))
  }
}

/// The length of time that a text means, as `15m` or `1h30m`.
public func duration(_ text: String) -> Result<Milliseconds, LookupProblem> {
  var reader = TimeReader(Array(text.utf8)[...])
  do {
    return .success(try reader.duration())
  } catch {
    return .failure(LookupProblem(error.message))
  }
}

/// The tenant with this name, domain or id.
public func tenant(
  named text: String, in scenario: Scenario
) -> Result<TenantID, LookupProblem> {
  let tenants = scenario.cast.tenants
  let key = text.lowercased()
  let row =
    tenants.firstIndex { $0.name == text }
    ?? tenants.firstIndex { $0.identifier == key || $0.domains.contains(key) }
  if let row { return .success(TenantID(row)) }
  return .failure(
    unknown("tenant", text, tenants.flatMap { [$0.name, $0.identifier] + $0.domains }))
}

/// The connector with this name.
public func connector(
  named text: String, in scenario: Scenario
) -> Result<ConnectorID, LookupProblem> {
  let names = scenario.cast.connectors.map(\.name)
  if let row = names.firstIndex(of: text) { return .success(ConnectorID(row)) }
  return .failure(
    LookupProblem(
      "there is no connector \"\(text)\"",
      suggestion: nearestConnector(to: text, among: names.prefix(5000))))
}

/// The person with this name.
public func user(
  named text: String, in scenario: Scenario
) -> Result<UserID, LookupProblem> {
  find(text, "person", in: scenario.cast.users.map(\.name)).map { UserID($0) }
}

/// The flow with this name.
public func flow(
  named text: String, in scenario: Scenario
) -> Result<FlowID, LookupProblem> {
  find(text, "flow", in: scenario.cast.flows.map(\.name)).map { FlowID($0) }
}

/// The app with this name.
public func app(
  named text: String, in scenario: Scenario
) -> Result<AppID, LookupProblem> {
  find(text, "app", in: scenario.cast.apps.map(\.name)).map { AppID($0) }
}

/// The connection with this name.
public func connection(
  named text: String, in scenario: Scenario
) -> Result<ConnectionID, LookupProblem> {
  find(text, "connection", in: scenario.cast.connections.map(\.name)).map { ConnectionID($0) }
}

private func find(_ name: String, _ kind: String, in names: [String]) -> Result<Int, LookupProblem>
{
  names.firstIndex(of: name).map { .success($0) } ?? .failure(unknown(kind, name, names))
}

private func unknown(_ kind: String, _ name: String, _ names: [String]) -> LookupProblem {
  LookupProblem(
    "there is no \(kind) \"\(name)\"", suggestion: nearest(to: name, among: names.prefix(5000)))
}
