import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// A scenario and what came of it, with the questions that behaviours ask of both. Every sight of it
/// has it at hand, so it is one object and never copied.
final class Scene: Sendable {
  let scenario: Scenario
  let simulation: Simulation
  /// When each flow first succeeded and first failed, by its row.
  let firstSuccess: [Instant?]
  let firstFailure: [Instant?]

  init(_ scenario: Scenario, _ simulation: Simulation) {
    self.scenario = scenario
    self.simulation = simulation
    let trace = simulation.trace
    let runs = trace.cast.flows.indices.map {
      simulation.runs(of: FlowID($0), in: .start..<max(trace.until, .start))
    }
    firstSuccess = runs.map { $0.first { trace.verdicts[$0.verdict].failure == nil }?.first }
    firstFailure = runs.map { $0.first { trace.verdicts[$0.verdict].failure != nil }?.first }
  }

  var cast: Cast { simulation.trace.cast }
  /// Every tenant.
  var tenants: [TenantID] { cast.tenants.indices.map { TenantID($0) } }
  /// Which policy judges makers.
  var designView: PolicyView {
    scenario.settings.designTime.view
  }

  func version(of tenant: TenantID, _ view: PolicyView, at time: Instant) -> PolicyVersion {
    simulation.policy(of: tenant, view, at: time)
  }

  func decide(
    _ definition: ConnectionDefinition, _ view: PolicyView, at time: Instant
  ) -> Decision {
    simulation.decision(definition, view, at: time)
  }

  /// A tenant's policy as a row of the timeline found it.
  func policy(of tenant: TenantID, before row: Int) -> IsolationPolicy {
    let trace = simulation.trace
    let saved = trace.events.last {
      $0.kind == .policySaved && $0.tenant == tenant && ($0.statement ?? row) < row
        && $0.time <= scenario.timeline[row].time
    }?.policy
    let first = trace.policies.firstIndex { $0.tenant == tenant }
    return (saved ?? first).map { trace.policies[$0].policy } ?? IsolationPolicy()
  }

  /// The last statement before an instant that gave a tenant's rule its directions.
  func lastChange(
    of subject: RuleSubject, in tenant: TenantID, before time: Instant
  ) -> Statement? {
    let row = scenario.timeline.indices.last { row in
      let statement = scenario.timeline[row]
      guard statement.time <= time, simulation.results[row].outcome == .saved else { return false }
      switch statement.action {
      case .allow(subject, _, tenant), .changeRule(subject, _, tenant): return true
      default: return false
      }
    }
    return row.map { scenario.timeline[$0] }
  }

  /// Whether a flow was ever suspended before an instant because isolation blocks a connection.
  func wasSuspended(_ flow: FlowID, before time: Instant) -> Bool {
    simulation.trace.events.contains {
      $0.kind == .flowSuspended && $0.flow == flow && $0.time < time && $0.isBlockedByIsolation
    }
  }

  /// Whether somebody opened an app before an instant, and it worked.
  func worked(_ app: AppID, before time: Instant) -> Bool {
    simulation.trace.events.contains {
      $0.kind == .appOpened && $0.app == app && $0.outcome == .allowed && $0.time < time
    }
  }

  /// Whether apps or flows exist at an instant.
  func hasAppsOrFlows(at time: Instant) -> Bool {
    cast.flows.indices.contains { simulation.state(of: FlowID($0), at: time) == .on }
      || cast.apps.indices.contains { !simulation.connections(of: AppID($0), at: time).isEmpty }
  }
}

extension Record {
  /// Whether the person sees an error of isolation.
  var isBlockedByIsolation: Bool { failure?.cause == .isolation }
}
