import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// A day of flows between two tenants whose administrators change their policies now and then, each
/// change felt at a time that is known as a range only.
struct FourChanges {
  var flows = 50
  var changes = 4
  /// How far the changes are apart: each next one of a tenant is saved before the one before is
  /// certain to be in force.
  var distance: Milliseconds = 20 * 60_000

  private static let minute: Milliseconds = 60_000
  /// The first two tenants change their policies in turn; a third one does nothing.
  private static let tenants = 3

  /// The world as a scenario, with two expectations for each flow.
  var scenario: Scenario {
    var scenario = Scenario()
    scenario.title = "\(flows) flows, \(changes) changes, a day"
    scenario.until = Instant(CivilTime.day)
    scenario.settings.propagation = 45 * Self.minute...75 * Self.minute
    addTenants(to: &scenario)
    for row in 0..<flows { addFlow(row, to: &scenario) }
    for row in 0..<changes { addChange(row, to: &scenario) }
    for row in 0..<flows { addExpectations(on: FlowID(row), to: &scenario) }
    return scenario
  }

  private func addTenants(to scenario: inout Scenario) {
    scenario.cast.connectors = [
      Connector(
        name: "files", displayName: "Files", signIn: .entraID, trigger: "Arrives", action: "Copy")
    ]
    scenario.cast.operations = ["Arrives", "Copy", "Action"]
    for row in 0..<Self.tenants {
      scenario.cast.tenants.append(
        Tenant(name: "t\(row)", displayName: "t\(row)", identifier: "\(row)", domains: []))
      scenario.policies.append(IsolationPolicy())
      scenario.policyLines.append(0)
      scenario.cast.users.append(
        User(name: "admin\(row)", role: .administrator, home: TenantID(row), guestIn: []))
    }
  }

  /// Flows every 5 to 60 minutes, two thirds of them to the other tenant that changes its policy.
  private func addFlow(_ row: Int, to scenario: inout Scenario) {
    scenario.cast.connections.append(Title(name: "c\(row)"))
    scenario.cast.flows.append(Title(name: "f\(row)"))
    let connection = ConnectionDefinition(
      owner: UserID(0), connector: ConnectorID(0), creator: TenantID(0),
      signIn: TenantID(row % 3 == 0 ? 2 : 1), hasCredentials: true)
    let period = [5, 10, 15, 20, 30, 60][row % 6] * Self.minute
    let flow = FlowDefinition(
      owner: UserID(0), trigger: .every(period, anchor: Instant(Int64(row % 5) * Self.minute)),
      uses: scenario.append([Use(ConnectionID(row))]))
    scenario.declarations.append(Declaration(.connection(ConnectionID(row), connection), line: 1))
    scenario.declarations.append(Declaration(.flow(FlowID(row), flow), line: 1))
  }

  /// On, on, then rules that let the other tenant through again.
  private func addChange(_ row: Int, to scenario: inout Scenario) {
    let (tenant, other) = (TenantID(row % 2), TenantID(1 - row % 2))
    let action: Action =
      row < 2
      ? .turnIsolation(on: true, tenant: tenant) : .allow(.tenant(other), .both, tenant: tenant)
    let time = Instant(9 * 60 * Self.minute + Int64(row) * distance)
    scenario.timeline.append(
      Statement(time: time, actor: UserID(tenant.row), action: action, line: row + 2))
  }

  /// What holds for some delays only, so that all have to be judged, and what holds for all.
  private func addExpectations(on flow: FlowID, to scenario: inout Scenario) {
    let day = Instant.start..<scenario.until
    let claims: [(Claim, Bool)] = [
      (.runs(flow, count: 0, in: day, RunDescription(.failed)), true),
      (.run(flow, at: Instant(8 * 60 * Self.minute), RunDescription(.succeeded)), false),
    ]
    for (claim, isPossibility) in claims {
      scenario.expectations.append(
        Expectation(claim, isPossibility: isPossibility, source: "", line: 1, column: 1))
    }
  }
}
