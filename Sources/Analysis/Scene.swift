import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// A scenario and what came of it, with the questions that behaviours ask of both. Every sight of it
/// has it at hand, so it is one object and never copied.
final class Scene: Sendable {
  let scenario: Scenario
  let simulation: Simulation
  /// Every tenant.
  let tenants: [TenantID]
  /// When each flow first succeeded and first failed, by its row.
  let firstSuccess: [Instant?]
  let firstFailure: [Instant?]
  /// By tenant, those that its policies ever name and those whose policies ever name it.
  private let related: [Set<TenantID>]
  /// By tenant, when its policies are saved and come into force.
  private let policyInstants: [[Instant]]

  init(_ scenario: Scenario, _ simulation: Simulation) {
    self.scenario = scenario
    self.simulation = simulation
    let trace = simulation.trace
    tenants = trace.cast.tenants.indices.map { TenantID($0) }
    related = trace.relatedTenants
    policyInstants = trace.policyInstants
    let runs = trace.cast.flows.indices.map {
      simulation.runs(of: FlowID($0), in: .start..<max(trace.until, .start))
    }
    firstSuccess = runs.map { $0.first { trace.verdicts[$0.verdict].failure == nil }?.first }
    firstFailure = runs.map { $0.first { trace.verdicts[$0.verdict].failure != nil }?.first }
  }

  var cast: Cast { simulation.trace.cast }
  /// The tenants whose policies matter to what stays in a tenant: behaviours ask whom that names or
  /// does not name, and who names it or does not. Of many tenants, some that nobody names are on and
  /// some are off at any time, so that those will do which a policy of the one ever names, and whose
  /// policies ever name it.
  func related(to tenant: TenantID) -> Set<TenantID> {
    tenants.count > 32 ? related[tenant.row] : Set(tenants)
  }

  /// When a tenant's policies are saved and come into force.
  func policyInstants(of tenant: TenantID) -> [Instant] { policyInstants[tenant.row] }
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

extension Trace {
  fileprivate var relatedTenants: [Set<TenantID>] {
    var related: [Set<TenantID>] = Array(repeating: [], count: cast.tenants.count)
    for version in policies {
      for rule in version.policy.rules {
        guard case .tenant(let other) = rule.subject else { continue }
        related[version.tenant.row].insert(other)
        related[other.row].insert(version.tenant)
      }
    }
    return related
  }

  fileprivate var policyInstants: [[Instant]] {
    var instants: [[Instant]] = Array(repeating: [], count: cast.tenants.count)
    for version in policies {
      instants[version.tenant.row] += [version.savedAt ?? .start, version.inForceAt]
    }
    return instants
  }
}
