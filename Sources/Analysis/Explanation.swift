import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Says why something came out as it did, in lines that a person reads from top to bottom.
struct Explanation {
  private let scenario: Scenario
  private let simulation: Simulation
  private let phrases: Phrases

  init(_ scenario: Scenario, _ simulation: Simulation, _ phrases: Phrases) {
    self.scenario = scenario
    self.simulation = simulation
    self.phrases = phrases
  }

  /// Why a claim does not hold.
  func why(_ claim: Claim, _ finding: Finding) -> [String] {
    switch claim {
    case .outcome(let row, _, _), .error(let row, _): return why(statement: row)
    case .run(let flow, let time, _):
      return lastRecord(of: flow, until: time) + why(run: flow, at: time)
    case .runs(let flow, _, _, _):
      guard let time = finding.firstDifference else { return lastRecord(of: flow) }
      return ["first difference: the run at \(phrases.time(time))"] + why(run: flow, at: time)
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

  private func why(statement row: Int) -> [String] {
    let statement = scenario.timeline[row]
    let time = statement.time
    let design = scenario.settings.designTime == .immediate ? PolicyView.saved : .inForce
    var lines = simulation.results[row].failure.map { ["it said: " + message($0)] } ?? []
    switch statement.action {
    case .turnIsolation(_, let tenant), .allow(_, _, let tenant), .changeRule(_, _, let tenant),
      .retargetRule(_, _, let tenant), .removeRule(_, let tenant):
      lines += policies(of: tenant, at: time)
    case .createConnection(let id, let definition): lines += why(id, definition, design, at: time)
    case .createApp(_, let definition):
      lines += why(scenario[definition.uses].map(\.connection), design, at: time)
    case .addConnection(let use, _): lines += why([use.connection], design, at: time)
    case .openApp(let app):
      lines += why(simulation.connections(of: app, at: time), .inForce, at: time)
    case .createFlow(let flow, _), .saveFlow(let flow, _), .turnFlow(let flow, _):
      lines += why(simulation.connections(of: flow, at: time), design, at: time)
    case .runFlow(let flow):
      lines += lastRecord(of: flow, until: time) + why(run: flow, at: time)
    case .signal(let connection): lines += why([connection], .inForce, at: time)
    case .deleteConnection, .deleteApp, .deleteFlow, .createDataPolicy, .deleteDataPolicy: break
    }
    return lines
  }

  private func why(run flow: FlowID, at time: Instant) -> [String] {
    why(simulation.connections(of: flow, at: time), .inForce, at: time)
  }

  private func message(_ failure: Failure) -> String {
    phrases.oneLine(simulation.trace.text(of: failure).message)
  }
}

// MARK: - Connections

/// Which of a tenant's two policies counts.
enum PolicyView { case saved, inForce }

extension Explanation {
  private func why(
    _ connections: [ConnectionID], _ view: PolicyView, at time: Instant
  ) -> [String] {
    connections.flatMap { id -> [String] in
      guard simulation.state(of: id, at: time) != .absent else {
        let record = lastRecord(until: time) { $0.connection == id && !$0.kind.isRun }
        return ["\(phrases.name(id)) does not exist at \(phrases.time(time))"] + record
      }
      return simulation.definition(of: id, at: time).map { why(id, $0, view, at: time) } ?? []
    }
  }

  private func why(
    _ id: ConnectionID, _ definition: ConnectionDefinition, _ view: PolicyView, at time: Instant
  ) -> [String] {
    let connector = scenario.cast.connectors[definition.connector.row]
    let (creator, signIn) = (definition.creator, definition.signIn)
    let path =
      "\(phrases.name(id)) is made in \(phrases.name(creator)) and signs in to "
      + "\(phrases.name(signIn)) with \(connector.displayName)"
    if !definition.hasCredentials { return ["\(path), without valid credentials"] }
    switch connector.signIn {
    case .other:
      return ["\(path), which does not use Entra ID: isolation does not look at it"]
        + dataPolicies(definition, view, at: time)
    case .ownTokenService:
      return ["\(path), which issues its own tokens: isolation is not enforced on it"]
        + dataPolicies(definition, view, at: time)
    case .entraID: break
    }
    guard creator != signIn else {
      return ["\(path): one tenant, isolation does not look at it"]
        + dataPolicies(definition, view, at: time)
    }
    return [path]
      + side(.outbound, of: creator, other: signIn, view, at: time)
      + side(.inbound, of: signIn, other: creator, view, at: time)
      + dataPolicies(definition, view, at: time)
  }

  /// One tenant's say: the policy that counts, the rule that decided, and what is still to come.
  private func side(
    _ direction: Direction, of tenant: TenantID, other: TenantID, _ view: PolicyView,
    at time: Instant
  ) -> [String] {
    let version =
      view == .saved
      ? simulation.savedPolicy(of: tenant, at: time)
      : simulation.policyInForce(of: tenant, at: time)
    let ground = version.policy.ground(direction, for: other)
    let line =
      "\(direction == .outbound ? "outbound" : "inbound"), \(phrases.name(tenant)): "
      + "\(reason(ground, version.policy, direction, other)); \(origin(version, view)) "
      + "(\(ground.name))"
    return view == .inForce ? [line] + pending(tenant, direction, other, at: time) : [line]
  }

  private func reason(
    _ ground: Ground, _ policy: IsolationPolicy, _ direction: Direction, _ other: TenantID
  ) -> String {
    let way = direction == .outbound ? "to" : "from"
    switch ground {
    case .outboundIsolationOff, .inboundIsolationOff: return "isolation is off"
    case .outboundRule, .inboundRule:
      return "isolation is on, and the rule for \(phrases.name(other)) allows it"
    case .outboundWildcard, .inboundWildcard:
      return "isolation is on, and the rule for * allows it"
    default:
      let rules = policy.rules.count
      let among = rules == 0 ? "there are no rules" : "none of its \(rules) rules fits"
      return
        "isolation is on, and nothing allows connections \(way) \(phrases.name(other)): \(among)"
    }
  }

  private func origin(_ version: PolicyVersion, _ view: PolicyView) -> String {
    let line = version.line > 0 ? "line \(version.line)" : "by default"
    guard let saved = version.savedAt else { return "so since the start, \(line)" }
    let text = "saved at \(phrases.time(saved)), \(line)"
    return view == .saved
      ? text : text + ", in force since \(phrases.time(version.inForceAt))"
  }

  /// Saved versions that are not in force yet, and what each will say.
  private func pending(
    _ tenant: TenantID, _ direction: Direction, _ other: TenantID, at time: Instant
  ) -> [String] {
    pendingVersions(of: tenant, at: time).map { version in
      let ground = version.policy.ground(direction, for: other)
      return "pending, \(phrases.name(tenant)): \(origin(version, .saved)), in force at "
        + "\(phrases.time(version.inForceAt)), will say \(ground.name)"
    }
  }

  private func pendingVersions(of tenant: TenantID, at time: Instant) -> [PolicyVersion] {
    simulation.trace.policies.filter { version in
      guard version.tenant == tenant, let saved = version.savedAt else { return false }
      return saved <= time && version.inForceAt > time
    }
  }

  private func dataPolicies(
    _ definition: ConnectionDefinition, _ view: PolicyView, at time: Instant
  ) -> [String] {
    simulation.dataPolicies(of: definition.creator, inForce: view == .inForce, at: time).map {
      "data policy \(phrases.name($0.id)) of \(phrases.name(definition.creator)) "
        + ($0.policy.blocked.contains(definition.connector)
          ? "blocks \(phrases.displayName(definition.connector))"
          : "holds as well")
    }
  }
}

// MARK: - Policies and records

extension Explanation {
  private func policies(of tenant: TenantID, at time: Instant) -> [String] {
    let saved = simulation.savedPolicy(of: tenant, at: time)
    let inForce = simulation.policyInForce(of: tenant, at: time)
    return [
      "saved policy of \(phrases.name(tenant)): \(content(saved.policy)); \(origin(saved, .saved))",
      "policy in force: \(content(inForce.policy)); \(origin(inForce, .inForce))",
    ]
      + pendingVersions(of: tenant, at: time).map {
        "pending: \(content($0.policy)); \(origin($0, .saved)), in force at "
          + phrases.time($0.inForceAt)
      }
  }

  private func content(_ policy: IsolationPolicy) -> String {
    let rules = policy.rules.map { rule in
      let directions =
        rule.directions == .both ? "both" : rule.directions == .inbound ? "inbound" : "outbound"
      return "\(phrases.subject(rule.subject)) \(directions)"
    }
    return (policy.isOn ? "on" : "off")
      + (rules.isEmpty ? ", no rules" : ", rules: " + rules.joined(separator: ", "))
  }

  private func lastRecord(of flow: FlowID, until time: Instant? = nil) -> [String] {
    lastRecord(until: time ?? simulation.trace.until) { $0.flow == flow && !$0.kind.isRun }
  }

  /// The last thing that happened to something, with its line.
  private func lastRecord(until time: Instant, _ fits: (Record) -> Bool) -> [String] {
    let events = simulation.trace.events
    guard let record = events.last(where: { $0.time <= time && fits($0) }) else { return [] }
    let who = record.actor.map { " by \(phrases.name($0))" } ?? ""
    let grounds = phrases.because(Array(record.grounds))
    return [
      "line \(record.line): \(record.kind.name) at \(phrases.time(record.time))\(who)\(grounds)"
    ]
  }
}
