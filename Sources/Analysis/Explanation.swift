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
    case .outcome(let row, let outcome, _): return mismatch(row, outcome) + why(statement: row)
    case .error(let row, _): return why(statement: row)
    case .run(let flow, let time, _):
      return lastChange(of: flow, at: time) + why(run: flow, at: time)
    case .runs(let flow, _, let interval, _):
      guard let time = finding.firstDifference else {
        return neighbours(of: interval, flow) + lastChange(of: flow, at: simulation.trace.until)
      }
      return [Reason("first difference: the run at \(phrases.time(time))")]
        + why(run: flow, at: time)
    case .flow(let flow, _, let time):
      return lastChange(of: flow, at: time) + refusals(of: flow, at: time)
        + why(run: flow, at: time)
    case .flowPage(let flow, _, let time), .history(let flow, _, let time, _):
      return lastChange(of: flow, at: time) + why(run: flow, at: time)
    case .app(let app, _, let connection, let time):
      return said(simulation.lastRecord(of: app, about: connection, at: time))
        + why([connection], .saved, at: time)
    case .connection(let connection, _, let time):
      return said(simulation.lastChange(of: connection, at: time))
    case .isolation(let tenant, _, let time), .isolationAssessed(let tenant, _, let time),
      .rule(let tenant, _, _, let time):
      return policies(of: tenant, at: time)
    case .returned(let row, _), .errorCode(let row, _): return why(statement: row)
    case .audit(let claim): return why(claim)
    case .removal(_, let app, _, let time): return why(removalFrom: app, at: time)
    case .report(let name, _, let time): return why(report: name, at: time)
    case .package(let place, _, let time): return why(place, at: time)
    case .mail(let recipient, _, let time, _):
      return why(mailTo: recipient, at: finding.firstDifference ?? time ?? simulation.trace.until)
    case .reportLists(let name, _, let time):
      return why(report: name, at: time ?? simulation.trace.until)
    case .shared(let thing, _, _, _, let time), .widelyShared(let thing, _, let time):
      return why(sharing: thing, at: time)
    case .visible(let app, _, _, let time): return why(sharing: .app(app), at: time)
    case .operation(let name, _, let time): return why(operation: name, at: time)
    }
  }

  /// Why a statement ended as it did.
  func why(statement row: Int) -> [Reason] {
    let statement = scenario.timeline[row]
    let time = statement.time
    let design = scenario.settings.designTime.view
    var reasons = simulation.results[row].failure.map { [Reason("it said: " + message($0))] } ?? []
    switch statement.action {
    case .turnIsolation(_, let tenant), .allow(_, _, let tenant), .changeRule(_, _, let tenant),
      .retargetRule(_, _, let tenant), .removeRule(_, let tenant), .replacePolicy(_, let tenant),
      .readPolicy(let tenant):
      reasons += policies(of: tenant, at: time)
    case .createConnection(let id, let definition):
      reasons += [why(id, definition, design, at: time, isNew: true, line: statement.line)]
    case .createApp(_, let definition):
      reasons += why(scenario[definition.uses].map(\.connection), design, at: time)
    case .addConnection(let use, _): reasons += why([use.connection], design, at: time)
    case .openApp(let app):
      let closed = why(closed: row, app)
      reasons +=
        closed.isEmpty
        ? why(simulation.connections(of: app, at: time), .inForce, at: time) : closed
    case .createFlow(let flow, _), .saveFlow(let flow, _), .turnFlow(let flow, _),
      .moveFlow(let flow, _, _):
      let refused = why(refused: row, .flow(flow))
      reasons +=
        refused.isEmpty
        ? why(simulation.connections(of: flow, at: time), design, at: time) : refused
    case .runFlow(let flow):
      let refused = why(refused: row, .flow(flow))
      reasons +=
        refused.isEmpty ? lastChange(of: flow, at: time) + why(run: flow, at: time) : refused
    case .signal(let connection): reasons += why([connection], .inForce, at: time)
    case .share(let thing, _), .unshare(let thing, _, _):
      reasons += why(sharing: thing, at: time)
    case .sendCopy(let flow, _, _): reasons += why(refused: row, .flow(flow))
    case .changeGroup: break
    case .requestReport(let name, _): reasons += why(report: name, at: time)
    case .installPackage(let place, _): reasons += why(place, at: time)
    case .cancelOperation, .listPackages: break
    case .audit, .registerApp: break
    case .answerRemoval(_, let app, _): reasons += why(removalFrom: app, at: time)
    case .deleteConnection, .deleteApp, .deleteFlow, .createDataPolicy, .deleteDataPolicy: break
    }
    return reasons
  }

  /// That a statement of this kind never ends so, and how it may end.
  private func mismatch(_ row: Int, _ outcome: Outcome) -> [Reason] {
    let possible = scenario.timeline[row].action.outcomes
    guard !possible.contains(outcome) else { return [] }
    let words = possible.map(\.words).joined(separator: ", ")
    return [Reason("such a statement never ends as \(outcome.words), but as one of: \(words)")]
  }

  /// The runs next to an interval that has too few of them; one at its end is not among them.
  private func neighbours(of interval: Range<Instant>, _ flow: FlowID) -> [Reason] {
    let (start, end) = (interval.lowerBound, interval.upperBound)
    let before = simulation.lastRun(of: flow, before: start) { $0.kind == .flowRun }?.time
    let after = simulation.nextRun(of: flow, from: end) { $0.kind == .flowRun }
    var texts: [String] = []
    if let after, after < simulation.trace.until {
      texts.append(
        after == end
          ? "the run at \(phrases.time(end)) does not count: an interval's end is no part of it"
          : "the next run after the interval is at \(phrases.time(after))")
    }
    if let before { texts.append("the last run before the interval is at \(phrases.time(before))") }
    return texts.map { Reason($0) }
  }

  /// - Parameter isSaid: whether it is known what its runs said.
  func why(run flow: FlowID, at time: Instant, isSaid: Bool = false) -> [Reason] {
    let reasons = why(simulation.connections(of: flow, at: time), .inForce, at: time)
    guard !isSaid, let answer = simulation.encounter(of: flow, at: time)?.failure,
      answer.cause.isAboutWork
    else { return reasons }
    return [Reason("it said: " + message(answer))] + reasons
  }

  private func message(_ failure: Failure) -> String {
    phrases.oneLine(simulation.trace.text(of: failure).message)
  }
}

// MARK: - Policies and records

extension Explanation {
  /// A tenant's policy as saved, as in force, and what is still to come.
  func policies(of tenant: TenantID, at time: Instant) -> [Reason] {
    currentPolicies(of: tenant, at: time)
      + simulation.pendingPolicies(of: tenant, at: time).map {
        Reason(
          "pending: \(phrases.content($0.policy)); \(origin($0, .saved)), in force at "
            + phrases.time($0.inForceAt), line: $0.lineIfAny
        ).ahead
      }
  }

  /// A tenant's policy as saved, what is lost with it, and as in force.
  func currentPolicies(of tenant: TenantID, at time: Instant) -> [Reason] {
    let saved = simulation.savedPolicy(of: tenant, at: time)
    let inForce = simulation.policyInForce(of: tenant, at: time)
    return [
      Reason(
        "saved policy of \(phrases.name(tenant)): \(phrases.content(saved.policy)); "
          + origin(saved, .saved), line: saved.lineIfAny)
    ] + undone(by: saved) + [
      Reason(
        "policy in force: \(phrases.content(inForce.policy)); \(origin(inForce, .inForce))",
        line: inForce.lineIfAny)
    ]
  }

  /// Since when a version holds, and which line is behind it.
  func origin(_ version: PolicyVersion, _ view: PolicyView) -> String {
    guard version.isConfigured else { return "never configured" }
    guard let saved = version.savedAt else { return "so since the start, line \(version.line)" }
    let text = "saved at \(phrases.time(saved))" + (version.lineIfAny.map { ", line \($0)" } ?? "")
    return view == .saved
      ? text : text + ", in force since \(phrases.time(version.inForceAt))"
  }

  /// What left a flow in its state and with its connections.
  func lastChange(of flow: FlowID, at time: Instant) -> [Reason] {
    said(simulation.lastChange(of: flow, at: time))
  }

  /// The last time since then that somebody tried to change it and was refused.
  private func refusals(of flow: FlowID, at time: Instant) -> [Reason] {
    let changed = simulation.lastChange(of: flow, at: time)?.time ?? .start
    return said(
      simulation.trace.events.last {
        $0.kind == .operationRefused && $0.flow == flow && changed <= $0.time && $0.time <= time
      })
  }

  /// Something that happened: `maya saves flow copy at 08:10 (line 23): suspended because …`.
  func said(_ record: Record?) -> [Reason] {
    guard let record else { return [] }
    let line = record.line > 0 ? record.line : nil
    return [
      Reason(
        "\(phrases.sentence(record)) at \(phrases.time(record.time))"
          + (line.map { " (line \($0))" } ?? "") + phrases.ending(record), line: line)
    ]
  }
}

extension PolicyVersion {
  /// The scenario's line behind it; nil where none is.
  var lineIfAny: Int? { line > 0 ? line : nil }
}
