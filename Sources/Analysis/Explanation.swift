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
        + why(run: flow, startedBy: finding.statement, at: time)
    case .flow(let flow, _, let time):
      return lastChange(of: flow, at: time) + refusals(of: flow, at: time)
        + why(run: flow, at: time)
    case .flowPage(let flow, _, let time), .history(let flow, _, let time, _):
      return lastChange(of: flow, at: time) + why(run: flow, at: time)
    case .app(let app, _, let connection, let time):
      return why(app, has: connection, at: time)
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
    standing(after: row).why(done: row)
  }

  /// What is to be said of a statement's instant.
  private func standing(after row: Int) -> Explanation {
    Explanation(scenario, simulation.standing(after: row, of: scenario), phrases)
  }

  /// - Parameter row: the last statement that was done.
  private func why(done row: Int) -> [Reason] {
    let result = simulation.results[row]
    let uses = why(usesIn: scenario.timeline[row], row)
    return (result.failure.map { [Reason("it said: " + message($0))] } ?? []) + uses
      + dataPolicy(Encounter(grounds: result.grounds, failure: result.failure), besides: uses)
  }

  private func why(usesIn statement: Statement, _ row: Int) -> [Reason] {
    let time = statement.time
    switch statement.action {
    case .turnIsolation(_, let tenant), .allow(_, _, let tenant), .changeRule(_, _, let tenant),
      .retargetRule(_, _, let tenant), .removeRule(_, let tenant), .replacePolicy(_, let tenant),
      .readPolicy(let tenant):
      return policies(of: tenant, at: time)
    case .createConnection(let id, let definition):
      return [why(making: id, definition, line: statement.line, at: time)]
    case .createApp(_, let definition):
      let uses = scenario[definition.uses].map(\.connection)
      let tenant = simulation.tenant(ofUses: uses, owner: definition.owner, at: time)
      return why(uses, in: tenant, isDesign: true, at: time)
    case .addConnection(let use, let app):
      return why(adding: use.connection, to: app, at: time)
    case .openApp(let app):
      let closed = why(closed: row, app)
      return closed.isEmpty ? why(usesOf: app, at: time) : closed
    case .createFlow(let flow, _), .saveFlow(let flow, _), .turnFlow(let flow, _),
      .moveFlow(let flow, _, _):
      let refused = why(refused: row, .flow(flow))
      return refused.isEmpty ? why(usesOf: flow, isDesign: true, at: time) : refused
    case .runFlow(let flow):
      let refused = why(refused: row, .flow(flow))
      return refused.isEmpty
        ? lastChange(of: flow, at: time) + why(usesOf: flow, at: time) : refused
    case .signal(let connection): return why(signal: row, of: connection, at: time)
    case .share(let thing, _), .unshare(let thing, _, _): return why(sharing: thing, at: time)
    case .sendCopy(let flow, _, _): return why(refused: row, .flow(flow))
    case .requestReport(let name, _): return why(report: name, at: time)
    case .installPackage(let place, _): return why(place, at: time)
    case .answerRemoval(_, let app, _): return why(removalFrom: app, at: time)
    case .changeGroup, .cancelOperation, .listPackages, .audit, .registerApp, .deleteConnection,
      .deleteApp, .deleteFlow, .createDataPolicy, .deleteDataPolicy:
      return []
    }
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

  /// Of the runs that a signal starts, the first that fails is told, as its error is the signal's.
  private func why(signal row: Int, of connection: ConnectionID, at time: Instant) -> [Reason] {
    let runs = simulation.records(ofStatement: row).filter(\.kind.isRun)
    let told = runs.first { $0.outcome == .failed } ?? runs.first
    guard let flow = told?.flow else { return why([connection], at: time) }
    return (runs.count > 1 ? [Reason("the run of \(phrases.name(flow)):")] : [])
      + why(usesOf: flow, at: time)
  }

  /// Why an app has a connection, or has it not: what the maker met who asked for it.
  private func why(_ app: AppID, has connection: ConnectionID, at time: Instant) -> [Reason] {
    let record = simulation.lastRecord(of: app, about: connection, at: time)
    let kinds: [RecordKind] = [.appConnectionAdded, .appConnectionRefused]
    guard let record, let row = record.statement, kinds.contains(record.kind) else {
      return said(record) + why(adding: connection, to: app, at: time)
    }
    return said(record)
      + standing(after: row).why(adding: connection, to: app, at: record.time)
  }

  /// Why a run ends as it does, or what one would meet.
  ///
  /// - Parameters:
  ///   - row: the statement that started it; that of the instant's last run where nil.
  ///   - isSaid: whether it is known what its runs said.
  func why(
    run flow: FlowID, startedBy row: Int? = nil, at time: Instant, isSaid: Bool = false
  ) -> [Reason] {
    let started = row ?? simulation.runs(of: flow, in: time..<time + 1).last?.statement
    return (started.map(standing) ?? self).why(whatRuns: flow, at: time, isSaid: isSaid)
  }

  private func why(whatRuns flow: FlowID, at time: Instant, isSaid: Bool) -> [Reason] {
    let met = simulation.encounter(of: flow, at: time)
    let uses = why(usesOf: flow, at: time)
    let reasons = uses + dataPolicy(met, besides: uses)
    guard !isSaid, let answer = met?.failure, answer.cause.isAboutWork else { return reasons }
    return [Reason("it said: " + message(answer))] + reasons
  }

  private func message(_ failure: Failure) -> String {
    phrases.oneLine(simulation.trace.text(of: failure).message)
  }
}

// MARK: - Policies and records

extension Explanation {
  /// A tenant's policy after all that happens at an instant: as saved, as in force, and what is still
  /// to come.
  func policies(of tenant: TenantID, at time: Instant) -> [Reason] {
    let inForce = simulation.policyInForce(of: tenant, at: time)
    let pending = simulation.pendingPolicies(of: tenant, at: time).filter { $0.inForceAt > time }
    return currentPolicies(of: tenant, inForce: inForce, at: time)
      + pending.map {
        Reason(
          "pending: \(phrases.content($0.policy)); \(origin($0, .saved)), \(arrival($0))",
          line: $0.lineIfAny
        ).ahead
      }
  }

  /// A tenant's policy as saved, what is lost with it, and as in force.
  func currentPolicies(
    of tenant: TenantID, inForce: PolicyVersion, at time: Instant
  ) -> [Reason] {
    let saved = simulation.savedPolicy(of: tenant, at: time)
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

  /// When a version comes into force.
  func arrival(_ version: PolicyVersion) -> String {
    "in force at \(phrases.time(version.inForceAt))\(version.isLast ? ", last" : "")"
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
