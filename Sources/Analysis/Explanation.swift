import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Says why something came out as it did: steps that a person reads from top to bottom.
struct Explanation {
  let scenario: Scenario
  let simulation: Simulation
  let phrases: Phrases

  init(_ scenario: Scenario, _ simulation: Simulation, _ phrases: Phrases) {
    self.scenario = scenario
    self.simulation = simulation
    self.phrases = phrases
  }

  /// Why a claim does not hold.
  func why(_ claim: Claim, _ finding: Finding) -> [Reason] {
    switch claim {
    case .outcome(let row, _, _), .error(let row, _): return why(statement: row)
    case .run(let flow, let time, _):
      return lastRecord(of: flow, until: time) + why(run: flow, at: time)
    case .runs(let flow, _, _, _):
      guard let time = finding.firstDifference else { return lastRecord(of: flow) }
      return [Reason("first difference: the run at \(phrases.time(time))")]
        + why(run: flow, at: time)
    case .flow(let flow, _, let time), .flowPage(let flow, _, let time),
      .history(let flow, _, let time, _):
      return lastRecord(of: flow, until: time) + why(run: flow, at: time)
    case .app(let app, _, let connection, let time):
      return lastRecord(until: time) { $0.app == app && $0.connection == connection }
        + why([connection], .saved, at: time)
    case .connection(let connection, _, let time):
      return lastRecord(until: time) { $0.connection == connection && !$0.kind.isRun }
    case .isolation(let tenant, _, let time), .isolationAssessed(let tenant, _, let time):
      return policies(of: tenant, at: time)
    }
  }

  /// Why a statement ended as it did.
  func why(statement row: Int) -> [Reason] {
    let statement = scenario.timeline[row]
    let time = statement.time
    let design = scenario.settings.designTime == .immediate ? PolicyView.saved : .inForce
    var reasons = simulation.results[row].failure.map { [Reason("it said: " + message($0))] } ?? []
    switch statement.action {
    case .turnIsolation(_, let tenant), .allow(_, _, let tenant), .changeRule(_, _, let tenant),
      .retargetRule(_, _, let tenant), .removeRule(_, let tenant):
      reasons += policies(of: tenant, at: time)
    case .createConnection(let id, let definition):
      reasons += [why(id, definition, design, at: time, isNew: true)]
    case .createApp(_, let definition):
      reasons += why(scenario[definition.uses].map(\.connection), design, at: time)
    case .addConnection(let use, _): reasons += why([use.connection], design, at: time)
    case .openApp(let app):
      reasons += why(simulation.connections(of: app, at: time), .inForce, at: time)
    case .createFlow(let flow, _), .saveFlow(let flow, _), .turnFlow(let flow, _):
      reasons += why(simulation.connections(of: flow, at: time), design, at: time)
    case .runFlow(let flow):
      reasons += lastRecord(of: flow, until: time) + why(run: flow, at: time)
    case .signal(let connection): reasons += why([connection], .inForce, at: time)
    case .deleteConnection, .deleteApp, .deleteFlow, .createDataPolicy, .deleteDataPolicy: break
    }
    return reasons
  }

  private func why(run flow: FlowID, at time: Instant) -> [Reason] {
    why(simulation.connections(of: flow, at: time), .inForce, at: time)
  }

  private func message(_ failure: Failure) -> String {
    phrases.oneLine(simulation.trace.text(of: failure).message)
  }
}

// MARK: - Policies and records

extension Explanation {
  /// A tenant's policy as saved, as in force, and what is still to come.
  func policies(of tenant: TenantID, at time: Instant) -> [Reason] {
    let saved = simulation.savedPolicy(of: tenant, at: time)
    let inForce = simulation.policyInForce(of: tenant, at: time)
    return [
      Reason(
        "saved policy of \(phrases.name(tenant)): \(phrases.content(saved.policy)); "
          + origin(saved, .saved), line: saved.lineIfAny),
      Reason(
        "policy in force: \(phrases.content(inForce.policy)); \(origin(inForce, .inForce))",
        line: inForce.lineIfAny),
    ]
      + pendingVersions(of: tenant, at: time).map {
        Reason(
          "pending: \(phrases.content($0.policy)); \(origin($0, .saved)), in force at "
            + phrases.time($0.inForceAt), line: $0.lineIfAny
        ).ahead
      }
  }

  /// Since when a version holds, and which line is behind it.
  func origin(_ version: PolicyVersion, _ view: PolicyView) -> String {
    let line = version.line > 0 ? "line \(version.line)" : "by default"
    guard let saved = version.savedAt else { return "so since the start, \(line)" }
    let text = "saved at \(phrases.time(saved)), \(line)"
    return view == .saved
      ? text : text + ", in force since \(phrases.time(version.inForceAt))"
  }

  /// Saved versions that are not in force yet.
  func pendingVersions(of tenant: TenantID, at time: Instant) -> [PolicyVersion] {
    simulation.trace.policies.filter { version in
      guard version.tenant == tenant, let saved = version.savedAt else { return false }
      return saved <= time && version.inForceAt > time
    }
  }

  private func lastRecord(of flow: FlowID, until time: Instant? = nil) -> [Reason] {
    lastRecord(until: time ?? simulation.trace.until) { $0.flow == flow && !$0.kind.isRun }
  }

  /// The last thing that happened to something, with its line.
  func lastRecord(until time: Instant, _ fits: (Record) -> Bool) -> [Reason] {
    let events = simulation.trace.events
    guard let record = events.last(where: { $0.time <= time && fits($0) }) else { return [] }
    let who = record.actor.map { " by \(phrases.name($0))" } ?? ""
    let grounds = phrases.because(Array(record.grounds))
    return [
      Reason(
        "line \(record.line): \(record.kind.name) at \(phrases.time(record.time))\(who)\(grounds)",
        line: record.line)
    ]
  }
}

extension PolicyVersion {
  /// The scenario's line behind it; nil where none is.
  var lineIfAny: Int? { line > 0 ? line : nil }
}
