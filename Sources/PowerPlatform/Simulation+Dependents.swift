import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What a tenant's policies can have a say about, at whatever time.
struct DependentIndex: Sendable {
  /// Connections that live in a tenant or sign in to it, by tenant.
  private(set) var connections: [[ConnectionID]]
  /// The apps and flows that use a connection, by connection.
  private(set) var apps: [[AppID]]
  private(set) var flows: [[FlowID]]
  /// The apps and flows whose owner is at home in a tenant, by tenant.
  private(set) var appsAtHome: [[AppID]]
  private(set) var flowsAtHome: [[FlowID]]

  init(_ world: World) {
    connections = Array(repeating: [], count: world.cast.tenants.count)
    apps = Array(repeating: [], count: world.cast.connections.count)
    flows = Array(repeating: [], count: world.cast.connections.count)
    appsAtHome = Array(repeating: [], count: world.cast.tenants.count)
    flowsAtHome = appsAtHome.map { _ in [] }
    for id in world.cast.connections.indices.map({ ConnectionID($0) }) {
      world.connections.forEachBackwards(id.row) {
        add(id, $0.value.definition)
        return true
      }
    }
    for id in world.cast.apps.indices.map({ AppID($0) }) {
      var later: World.AppUses?
      world.apps.forEachBackwards(id.row) {
        // An app that uses more later is the same list.
        if $0.value.uses.list != later?.list {
          for use in world[$0.value.uses] { apps.add(id, at: use.connection.row) }
        }
        later = $0.value.uses
        appsAtHome.add(id, at: world.cast.users[$0.value.owner.row].home.row)
        return true
      }
    }
    for id in world.cast.flows.indices.map({ FlowID($0) }) {
      world.flows.forEachBackwards(id.row) {
        add(id, $0.value.definition, world)
        return true
      }
    }
  }

  /// Takes in what a connection is made of now.
  mutating func add(_ id: ConnectionID, _ definition: ConnectionDefinition) {
    connections.add(id, at: definition.creator.row)
    connections.add(id, at: definition.signIn.row)
  }

  /// Takes in what a flow is made of now.
  mutating func add(_ id: FlowID, _ definition: FlowDefinition, _ world: World) {
    for use in world[definition.uses] { flows.add(id, at: use.connection.row) }
    flowsAtHome.add(id, at: world.cast.users[definition.owner.row].home.row)
  }

  /// Connections among which are all that live in a tenant, in order.
  func connections(of tenant: TenantID) -> [ConnectionID] { connections[tenant.row].sortedOnce }

  /// Flows among which are all that live in a tenant, in order.
  func flows(of tenant: TenantID) -> [FlowID] {
    (connections(of: tenant).flatMap { flows[$0.row] } + flowsAtHome[tenant.row]).sortedOnce
  }

  /// Flows among which are all that use a connection, in order.
  func flows(using connection: ConnectionID) -> [FlowID] { flows[connection.row].sortedOnce }
}

extension Array {
  fileprivate mutating func add<ID: Equatable>(_ id: ID, at row: Int) where Element == [ID] {
    if self[row].last != id { self[row].append(id) }
  }
}

/// Everything whose judgement a change of policies could touch, each in the order of its rows.
public struct Dependents: Sendable {
  /// Connections.
  public var connections: [ConnectionID] = []
  /// Apps.
  public var apps: [AppID] = []
  /// Flows.
  public var flows: [FlowID] = []
}

extension Simulation {
  /// What a change could have a say about; as many things as there are to look at, not as many as
  /// there are.
  public func dependents(on edit: PolicyEdit, at time: Instant) -> Dependents {
    let index = dependents.value { DependentIndex(world) }
    var found = Dependents()
    found.connections = index.connections[edit.tenant.row].filter {
      world.connections.value(of: $0.row, at: time).map { edit.concerns($0.definition) } ?? false
    }
    found.apps = found.connections.flatMap { index.apps[$0.row] }
    found.flows = found.connections.flatMap { index.flows[$0.row] }
    if edit.isAboutData {
      found.apps += index.appsAtHome[edit.tenant.row]
      found.flows += index.flowsAtHome[edit.tenant.row]
    }
    found.apps = found.apps.sortedOnce
    found.flows = found.flows.sortedOnce
    return found
  }
}

extension Simulation {
  /// What the connections of a flow are ever made of, whatever it uses when.
  public func definitionsEver(of flow: FlowID) -> Set<ConnectionDefinition> {
    var found: Set<ConnectionDefinition> = []
    world.flows.forEachBackwards(flow.row) {
      for use in world[$0.value.definition.uses] {
        world.connections.forEachBackwards(use.connection.row) {
          found.insert($0.value.definition)
          return true
        }
      }
      return true
    }
    return found
  }
}

extension PolicyEdit {
  /// Whether it changes data policies, which judge an app or a flow as a whole.
  fileprivate var isAboutData: Bool {
    switch self {
    case .deleteDataPolicy, .createDataPolicy, .block: true
    case .isolation, .rule, .replace: false
    }
  }

  /// Whether it could change what is said about such connections.
  fileprivate func concerns(_ connection: ConnectionDefinition) -> Bool {
    switch self {
    case .isolation, .rule(.every, _, _), .replace: connection.creator != connection.signIn
    case .rule(.tenant(let other), _, let tenant):
      [connection.creator, connection.signIn].contains(other) && tenant != other
        && connection.creator != connection.signIn
    case .deleteDataPolicy, .createDataPolicy, .block: connection.creator == tenant
    }
  }
}

extension Array where Element: Comparable {
  /// The elements in order, equal ones once.
  fileprivate var sortedOnce: [Element] {
    var kept: [Element] = []
    for element in sorted() where kept.last != element { kept.append(element) }
    return kept
  }
}
