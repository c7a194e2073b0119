import SimulationTrace
import TenantIsolation

/// Which connections and flows a signal or a change of a tenant's data policies can be about, so
/// that nobody walks over all others.
struct Concerned {
  /// Flows that ever used a connection.
  private var flowsOfConnection: [[FlowID]]
  /// Flows of people whose account lives in a tenant.
  private var flowsOfHome: [[FlowID]]
  /// Connections that were ever made in a tenant.
  private var connectionsOfTenant: [[ConnectionID]]

  /// All that a world knows.
  init(_ world: World) {
    flowsOfConnection = Array(repeating: [], count: world.cast.connections.count)
    flowsOfHome = Array(repeating: [], count: world.cast.tenants.count)
    connectionsOfTenant = flowsOfHome.map { _ in [] }
    for row in world.cast.connections.indices {
      world.connections.forEachBackwards(row) {
        add(ConnectionID(row), of: $0.value.definition.creator)
        return true
      }
    }
    for row in world.cast.flows.indices {
      world.flows.forEachBackwards(row) {
        add(FlowID(row), $0.value.definition, world)
        return true
      }
    }
  }

  /// Takes in a connection that is made in a tenant.
  mutating func add(_ id: ConnectionID, of tenant: TenantID) {
    connectionsOfTenant[tenant.row].append(id)
  }

  /// Takes in a flow that is made or uses other connections now.
  mutating func add(_ id: FlowID, _ definition: FlowDefinition, _ world: World) {
    for use in world[definition.uses] { flowsOfConnection[use.connection.row].append(id) }
    flowsOfHome[world.cast.users[definition.owner.row].home.row].append(id)
  }

  /// Flows that may start with a connection's signals, in their order.
  func flows(using connection: ConnectionID) -> [FlowID] {
    flowsOfConnection[connection.row].inOrder
  }

  /// Connections that may live in a tenant, in their order.
  func connections(of tenant: TenantID) -> [ConnectionID] {
    connectionsOfTenant[tenant.row].inOrder
  }

  /// Flows that may live in a tenant, in their order.
  func flows(of tenant: TenantID) -> [FlowID] {
    (connections(of: tenant).flatMap { flowsOfConnection[$0.row] } + flowsOfHome[tenant.row])
      .inOrder
  }
}

extension Array where Element: Comparable {
  /// Rising, each once.
  fileprivate var inOrder: [Element] {
    var list: [Element] = []
    for element in sorted() where list.last != element { list.append(element) }
    return list
  }
}
