import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// A world of pairs of tenants: each flow runs every 15 minutes from the first of a pair to the
/// second, over a connection of its own.
struct PairedTenants {
  var flows = 1_000
  var flowsOfOnePair = 20
  var days = 7
  /// What the first tenant's administrator does, evenly spread: rules for a tenant that nobody
  /// signs in to, and isolation on or off with every 16th.
  var changes = 64

  /// The world as a scenario.
  var scenario: Scenario {
    var scenario = Scenario()
    scenario.title = "\(flows) flows, \(days) days, \(changes) changes"
    scenario.until = Instant(Int64(days) * CivilTime.day)
    addTenants(to: &scenario)
    addFlows(to: &scenario)
    for change in 0..<changes { add(change, to: &scenario) }
    return scenario
  }

  private var pairs: Int { max(1, flows / flowsOfOnePair) }

  private func addTenants(to scenario: inout Scenario) {
    scenario.cast.connectors = [
      Connector(
        name: "mail", displayName: "Mail", signIn: .entraID, trigger: "Arrives", action: "Send")
    ]
    scenario.cast.operations = ["Arrives", "Send", "Action"]
    for row in 0...2 * pairs {
      let tenant = TenantID(row)
      scenario.cast.tenants.append(
        Tenant(name: "t\(row)", displayName: "t\(row)", identifier: "\(row)", domains: []))
      scenario.policies.append(IsolationPolicy())
      scenario.policyLines.append(0)
      for (role, name) in [(Role.administrator, "admin"), (.maker, "maker")] {
        scenario.cast.users.append(
          User(name: "\(name)\(row)", role: role, home: tenant, guestIn: []))
      }
    }
  }

  private func addFlows(to scenario: inout Scenario) {
    for row in 0..<flows {
      let creator = TenantID(row / flowsOfOnePair % pairs * 2)
      let owner = UserID(creator.row * 2 + 1)
      scenario.cast.connections.append(Title(name: "c\(row)"))
      scenario.cast.flows.append(Title(name: "f\(row)"))
      let connection = ConnectionDefinition(
        owner: owner, connector: ConnectorID(0), creator: creator,
        signIn: TenantID(creator.row + 1), hasCredentials: true)
      let flow = FlowDefinition(
        owner: owner, trigger: .every(900_000, anchor: Instant(Int64(row % 900) * 1000)),
        uses: scenario.append([Use(ConnectionID(row))]))
      scenario.declarations.append(Declaration(.connection(ConnectionID(row), connection), line: 1))
      scenario.declarations.append(Declaration(.flow(FlowID(row), flow), line: 1))
    }
  }

  private func add(_ change: Int, to scenario: inout Scenario) {
    let tenant = TenantID(0)
    let time = scenario.until.milliseconds / Int64(changes + 1) * Int64(change + 1)
    let unconcerned = RuleSubject.tenant(TenantID(2 * pairs))
    let action: Action =
      switch change % 16 {
      case 8: .turnIsolation(on: change % 32 == 8, tenant: tenant)
      case let place where place % 2 == 0: .allow(unconcerned, .both, tenant: tenant)
      default: .changeRule(unconcerned, to: change % 4 == 1 ? .inbound : .both, tenant: tenant)
      }
    scenario.timeline.append(
      Statement(time: Instant(time), actor: UserID(0), action: action, line: change + 2))
  }
}
