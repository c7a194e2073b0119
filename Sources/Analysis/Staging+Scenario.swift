import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// What a stage shows that stands in the scenario.

extension Stage.Definition {
  init(_ id: ConnectionID, _ definition: ConnectionDefinition) {
    self.init(
      connection: id, connector: definition.connector, owner: definition.owner,
      creator: definition.creator, signIn: definition.signIn)
  }
}

extension Scenario {
  /// What connections are made of, those that come to nothing included.
  var definitions: [Stage.Definition] {
    let declared = declarations.compactMap { declaration -> Stage.Definition? in
      guard case .connection(let id, let definition) = declaration.item else { return nil }
      return Stage.Definition(id, definition)
    }
    return declared
      + timeline.compactMap { statement in
        guard case .createConnection(let id, let definition) = statement.action else { return nil }
        return Stage.Definition(id, definition)
      }
  }

  /// What is shared, or would be.
  var shared: Set<Shareable> {
    let declared = declarations.compactMap { declaration -> Shareable? in
      guard case .share(let thing, _) = declaration.item else { return nil }
      return thing
    }
    let later = timeline.compactMap { statement -> Shareable? in
      guard case .share(let thing, _) = statement.action else { return nil }
      return thing
    }
    return Set(declared + later)
  }

  /// When each version of a policy may come into force: all changes take a delay of the range, but
  /// those with one of their own, and of one tenant none comes before an earlier one.
  func mayBeInForce(_ trace: Trace) -> [ClosedRange<Instant>] {
    var ranges = trace.policies.map { $0.inForceAt...$0.inForceAt }
    var latest: [TenantID: ClosedRange<Instant>] = [:]
    for event in trace.events where event.kind == .policySaved {
      guard let policy = event.policy, let row = event.statement else { continue }
      let delay = timeline[row].delay.map { $0.length...$0.length } ?? settings.propagation
      let (first, last) = (event.time + delay.lowerBound, event.time + delay.upperBound)
      let tenant = trace.policies[policy].tenant
      let before = latest[tenant] ?? .start ... .start
      ranges[policy] = max(first, before.lowerBound)...max(last, before.upperBound)
      latest[tenant] = ranges[policy]
    }
    return ranges
  }

  /// What starts each flow as it is first defined.
  var starts: [Stage.Start] {
    var starts: [Stage.Start?] = Array(repeating: nil, count: cast.flows.count)
    for declaration in declarations {
      guard case .flow(let id, let definition) = declaration.item else { continue }
      starts[id.row] = starts[id.row] ?? Stage.Start(of: definition.trigger)
    }
    for statement in timeline {
      guard case .createFlow(let id, let definition) = statement.action else { continue }
      starts[id.row] = starts[id.row] ?? Stage.Start(of: definition.trigger)
    }
    let own = starts
    return own.indices.map { row in
      own[row] ?? originals(of: FlowID(row)).compactMap { own[$0.row] }.first
        ?? Stage.Start(.manual)
    }
  }
}

extension Stage.Start {
  fileprivate init(of trigger: FlowTrigger) {
    switch trigger {
    case .every(let period, _): self.init(.recurrence, period: period)
    case .signal: self.init(.signal)
    case .manual: self.init(.manual)
    }
  }
}
