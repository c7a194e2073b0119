import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// One use as data policies see it.
struct DataPolicyMember {
  var step: Int
  var use: Use
  var definition: ConnectionDefinition
  var operation: OperationID
}

/// A tenant's data policies of now, as rows of ``World/dataPolicyChanges``, by what violates them.
struct DataPolicyIndex: Sendable {
  /// Those that block a connector, or one of its actions.
  private var blocking: [ConnectorID: [Int]] = [:]
  /// Those that keep connectors apart.
  fileprivate private(set) var mixing: [Int] = []

  fileprivate func rows(blocking connector: ConnectorID) -> [Int] { blocking[connector] ?? [] }

  /// Takes in a data policy that holds from now on.
  mutating func insert(_ row: Int, _ policy: DataPolicy) {
    for connector in policy.restricted { blocking[connector, default: []].append(row) }
    if policy.business != nil { mixing.append(row) }
  }

  /// Takes out one that held until now.
  mutating func remove(_ row: Int, _ policy: DataPolicy) {
    for connector in policy.restricted { blocking[connector]?.removeAll { $0 == row } }
    mixing.removeAll { $0 == row }
  }
}

extension World {
  /// The existing connections among uses, as data policies see them.
  func members(
    of uses: some Collection<Use>, trigger: ConnectionID?, at time: Instant
  ) -> [DataPolicyMember] {
    var trigger = trigger
    return uses.enumerated().compactMap { step, use in
      let isTrigger = use.connection == trigger
      if isTrigger { trigger = nil }
      guard let connection = connections.value(of: use.connection.row, at: time),
        connection.isPresent
      else { return nil }
      let definition = connection.definition
      return DataPolicyMember(
        step: step, use: use, definition: definition,
        operation: operation(of: use, definition, isTrigger: isTrigger))
    }
  }

  /// The first violation of any of these data policies: blocked connectors and actions in the order
  /// of the uses, then mixes.
  func violation(
    of policies: [Int], by members: [DataPolicyMember], on surface: Surface
  ) -> (failure: Failure, step: Int)? {
    members.lazy.compactMap { block(of: policies, $0, on: surface) }.first
      ?? mix(of: policies, members, on: surface)
  }

  /// The same of those in an index.
  func violation(
    of policies: DataPolicyIndex, by members: [DataPolicyMember], on surface: Surface
  ) -> (failure: Failure, step: Int)? {
    members.lazy.compactMap {
      block(of: policies.rows(blocking: $0.definition.connector), $0, on: surface)
    }.first ?? mix(of: policies.mixing, members, on: surface)
  }

  /// The first of these data policies that forbids a use by itself.
  private func block(
    of policies: [Int], _ member: DataPolicyMember, on surface: Surface
  ) -> (failure: Failure, step: Int)? {
    for row in policies {
      guard let cause = dataPolicyChanges[row].content?.blocks(member) else { continue }
      return (failure(surface, cause, member, policy: row), member.step)
    }
    return nil
  }

  /// The first mix that any of these data policies forbids.
  func mix(
    of policies: [Int], _ members: [DataPolicyMember], on surface: Surface
  ) -> (failure: Failure, step: Int)? {
    for row in policies {
      guard let (first, second) = dataPolicyChanges[row].content?.mix(members) else { continue }
      var failure = failure(surface, .connectorMix, second, policy: row)
      failure.otherConnector = first.definition.connector
      return (failure, second.step)
    }
    return nil
  }

  private func failure(
    _ surface: Surface, _ cause: Cause, _ member: DataPolicyMember, policy: Int
  ) -> Failure {
    var failure = Failure(surface, cause)
    failure.connection = member.use.connection
    failure.connector = member.definition.connector
    failure.dataPolicy = dataPolicyChanges[policy].policy
    if cause == .blockedAction || surface == .run { failure.operation = member.operation }
    return failure
  }
}

extension DataPolicy {
  /// The connectors that it blocks, or actions of them.
  fileprivate var restricted: [ConnectorID] { blocked + blockedActions.map(\.connector) }

  /// Whether something that uses these connectors, each given once, might violate it.
  func concerns(_ connectors: [ConnectorID]) -> Bool {
    business != nil && connectors.count > 1
      || blocked.contains(where: connectors.contains)
      || blockedActions.contains { connectors.contains($0.connector) }
  }

  /// Why this policy forbids a use by itself; nil where it doesn't.
  fileprivate func blocks(_ member: DataPolicyMember) -> Cause? {
    if blocked.contains(member.definition.connector) { return .blockedConnector }
    let action = BlockedAction(
      connector: member.definition.connector, operation: member.operation)
    return blockedActions.contains(action) ? .blockedAction : nil
  }

  /// The first two uses that this policy keeps apart: a business connector and another one.
  fileprivate func mix(
    _ members: [DataPolicyMember]
  ) -> (DataPolicyMember, DataPolicyMember)? {
    guard let business, let first = members.first else { return nil }
    let isBusiness = business.contains(first.definition.connector)
    let second = members.first { business.contains($0.definition.connector) != isBusiness }
    return second.map { (first, $0) }
  }
}
