import DiscreteEvents
import SimulationTrace
import TenantIsolation

// What can be asked of packages and mails afterwards.

extension Simulation {
  /// How far a package has come in an environment, after everything that happens at the instant.
  public func state(of place: PackagePlace, at time: Instant) -> PackageState {
    packages.state(of: place, at: time)
  }

  /// What a flow as it is at an instant does besides using its connections, a row of
  /// ``Scenario/works``.
  public func work(of flow: FlowID, at time: Instant) -> WorkID? {
    world.flows.value(of: flow.row, at: time)?.definition.work
  }

  /// The mails that somebody got until an instant, that one included, in order of time.
  public func mails(to recipient: UserID, by time: Instant) -> [Mail] {
    trace.mails.filter { $0.time <= time && $0.recipients.contains(recipient) }
  }
}
