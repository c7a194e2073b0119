import DiscreteEvents
import SimulationTrace
import TenantIsolation

// What apps and flows would meet at an instant, whether or not anything runs then: under the
// policies in force, or under the saved ones that will be in force.

extension Simulation {
  /// Why a run of a flow would fail; nil where it would succeed, or the flow is not known yet.
  public func failure(of flow: FlowID, inForce: Bool, at time: Instant) -> Failure? {
    guard let flow = world.flows.value(of: flow.row, at: time) else { return nil }
    return world.judge(
      world[flow.definition.uses], of: world.tenant(of: flow, at: time),
      trigger: flow.definition.trigger.connection, from: viewpoint(.run, inForce, time)
    ).failure
  }

  /// Why an app's data would not load; nil where it would, or the app is not known yet.
  public func failure(of app: AppID, inForce: Bool, at time: Instant) -> Failure? {
    guard let app = world.apps.value(of: app.row, at: time) else { return nil }
    return world.judge(
      app.uses, of: world.tenant(of: app.uses, owner: app.owner, at: time),
      from: viewpoint(.appData, inForce, time)
    ).failure
  }

  private func viewpoint(_ surface: Surface, _ inForce: Bool, _ time: Instant) -> Viewpoint {
    Viewpoint(
      isolation: inForce ? .inForce : .saved, dataPolicies: inForce ? .inForce : .saved,
      surface: surface, time: time)
  }

  /// What isolation says to an existing connection under the policies as saved.
  public func decisionSaved(_ connection: ConnectionDefinition, at time: Instant) -> Decision {
    world.decide(connection, .saved, at: time)
  }

  /// Whether an app exists.
  public func exists(_ app: AppID, at time: Instant) -> Bool {
    world.apps.value(of: app.row, at: time)?.isPresent ?? false
  }

  /// What starts a flow as it was last defined; nil before its first creation.
  public func trigger(of flow: FlowID, at time: Instant) -> FlowTrigger? {
    world.flows.value(of: flow.row, at: time)?.definition.trigger
  }
}
