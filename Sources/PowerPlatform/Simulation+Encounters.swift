import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What somebody meets at an instant: the gateway's grounds, and the error that is seen.
public struct Encounter: Hashable, Sendable {
  /// Each connection's grounds in declared order, each once; data-policy last.
  public var grounds: Grounds
  /// What the person sees; nil where nothing blocks.
  public var failure: Failure?

  /// Whether it is let through.
  public var isAllowed: Bool { failure == nil }

  /// Something met.
  public init(grounds: Grounds, failure: Failure?) {
    self.grounds = grounds
    self.failure = failure
  }

  init(_ judgement: Judgement) {
    self.init(grounds: judgement.grounds, failure: judgement.failure)
  }
}

// What would be met at any instant, whether or not something is used then: under the policies in
// force, or under the saved ones that will be in force. Everything that happens at the instant has
// happened.

extension Simulation {
  /// What a run of a flow as it is at an instant meets; nil where there is no flow yet.
  public func encounter(
    of flow: FlowID, _ view: PolicyView = .inForce, at time: Instant
  ) -> Encounter? {
    let id = flow
    guard let flow = world.flows.value(of: id.row, at: time) else { return nil }
    var met = Encounter(world.judge(runOf: flow, view, at: time))
    met.failure = met.failure ?? world.failedWork(of: id, at: time)?.failure
    return met
  }

  /// What the data call of an app meets; nil where there is no app yet.
  public func encounter(
    of app: AppID, _ view: PolicyView = .inForce, at time: Instant
  ) -> Encounter? {
    guard let app = world.apps.value(of: app.row, at: time) else { return nil }
    let uses = world[app.uses]
    return Encounter(
      world.judge(
        uses, of: world.tenant(of: uses, owner: app.owner, at: time),
        from: .using(view, .appData, time)))
  }

  /// What whatever uses a connection meets, as far as it lies with the connection.
  public func encounter(of connection: ConnectionID, at time: Instant) -> Encounter {
    var met = Encounter(
      world.judge(
        CollectionOfOne(Use(connection)), trigger: nil, from: .using(.inForce, .appData, time)))
    guard state(of: connection, at: time) == .disabled else { return met }
    met.grounds.append(.dataPolicy)
    var failure = Failure(.appData, .blockedConnector)
    failure.connection = connection
    met.failure = met.failure ?? failure
    return met
  }

  /// What a maker meets who saves a flow as it is at an instant, or turns it on; nil where there is
  /// no flow yet.
  ///
  /// - Parameter view: which isolation policy judges makers; data policies judge them as saved.
  public func encounter(
    ofSaving flow: FlowID, _ view: PolicyView, at time: Instant
  ) -> Encounter? {
    guard let flow = world.flows.value(of: flow.row, at: time) else { return nil }
    return Encounter(
      world.judge(
        world[flow.definition.uses], of: world.tenant(of: flow, at: time),
        trigger: flow.definition.trigger.connection,
        from: Viewpoint(
          isolation: view, dataPolicies: .saved, surface: .flowDesign, time: time)))
  }

  /// What somebody meets who makes such a connection.
  ///
  /// - Parameter view: which isolation policy judges makers; data policies judge them as saved.
  public func encounter(
    ofCreating definition: ConnectionDefinition, _ view: PolicyView, at time: Instant
  ) -> Encounter {
    Encounter(world.judge(creating: nil, definition, view, at: time))
  }
}
