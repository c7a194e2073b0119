import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Walks over a scenario and what came of it, and notes everything that a behaviour could be.
struct Observer {
  let scene: Scene
  let expected: Expected
  private(set) var observations: [Observation] = []

  init(_ scenario: Scenario, _ simulation: Simulation, _ verdicts: [Verdict]) {
    scene = Scene(scenario, simulation)
    expected = Expected(scenario, verdicts)
    for row in scenario.timeline.indices {
      observe(statement: row)
      observeSharing(row)
    }
    for row in scene.cast.flows.indices { observe(FlowID(row)) }
    for version in simulation.trace.policies { observe(version) }
    for row in simulation.trace.reports.indices { observe(report: row) }
    observePackages()
    observeAudit()
    observeFeedFlows()
    for row in simulation.trace.adminOperations.indices { observe(operation: row) }
  }

  mutating func note(_ sight: ConnectionSight) { observations.append(.connection(sight)) }
  mutating func note(_ sight: FlowSight) { observations.append(.flow(sight)) }
  mutating func note(_ sight: ReportSight) { observations.append(.report(sight)) }
  mutating func note(_ sight: PackageSight) { observations.append(.package(sight)) }
  mutating func note(_ sight: ShareSight) { observations.append(.share(sight)) }
  mutating func note(_ sight: AuditSight) { observations.append(.audit(sight)) }
  mutating func note(_ sight: FeedFlowSight) { observations.append(.feedFlow(sight)) }
  mutating func note(_ sight: OperationSight) { observations.append(.operation(sight)) }

  private mutating func observe(statement row: Int) {
    let statement = scene.scenario.timeline[row]
    switch statement.action {
    case .turnIsolation(_, let tenant), .allow(_, _, let tenant), .changeRule(_, _, let tenant),
      .retargetRule(_, _, let tenant), .removeRule(_, let tenant), .readPolicy(let tenant),
      .replacePolicy(_, let tenant):
      observations.append(
        .policyChange(
          PolicyChangeSight(
            scene: scene, row: row, tenant: tenant,
            result: scene.simulation.results[row], assertion: expected.statement(row))))
    case .createConnection(let id, let definition):
      observe([(id, definition)], .creation, row)
    case .createApp(let app, let definition):
      let uses = scene.scenario[definition.uses].map(\.connection)
      observe(defined(uses, at: statement.time), .appCreation, row, app: app)
    case .addConnection(let use, let app):
      observe(defined([use.connection], at: statement.time), .appEdit, row, app: app)
    case .openApp(let app):
      let uses = scene.simulation.connections(of: app, at: statement.time)
      observe(defined(uses, at: statement.time), .appOpening, row, app: app)
    case .createFlow(let flow, _): observe(flow, .flowCreation, row)
    case .saveFlow(let flow, _), .turnFlow(let flow, on: true), .moveFlow(let flow, _, _):
      observe(flow, .flowEdit, row)
    case .requestReport: observe(request: row)
    case .installPackage: observe(packages: .request, row)
    case .listPackages: observe(packages: .listing, row)
    case .audit(let action): observe(action, row)
    default: break
    }
  }

  private mutating func observe(_ flow: FlowID, _ moment: Moment, _ row: Int) {
    let time = scene.scenario.timeline[row].time
    let uses = scene.simulation.connections(of: flow, at: time)
    observe(defined(uses, at: time), moment, row, flow: flow)
  }

  /// The connections that exist, and what they are made of.
  func defined(
    _ connections: [ConnectionID], at time: Instant
  ) -> [(ConnectionID, ConnectionDefinition)] {
    connections.compactMap { id in
      guard scene.simulation.state(of: id, at: time) != .absent else { return nil }
      return scene.simulation.definition(of: id, at: time).map { (id, $0) }
    }
  }
}

// MARK: - Connections

extension Observer {
  /// Notes what a statement's judgement says to each of its connections.
  private mutating func observe(
    _ connections: [(ConnectionID, ConnectionDefinition)], _ moment: Moment, _ row: Int,
    app: AppID? = nil, flow: FlowID? = nil
  ) {
    let (statement, result) = (scene.scenario.timeline[row], scene.simulation.results[row])
    guard let outcome = result.outcome, outcome != .refused else { return }
    let view = moment.isAtRunTime ? PolicyView.inForce : scene.designView
    for (id, definition) in connections {
      let own =
        moment == .creation
        ? result.grounds : scene.decide(definition, view, at: statement.time).grounds
      guard
        var sight = sight(
          id, definition, own, moment, at: statement.time,
          (outcome, result.grounds, result.failure), expected.statement(row))
      else { continue }
      (sight.app, sight.flow) = (app, flow)
      if let app, expected.says(app, uses: sight.isAllowed, id, since: statement.time) {
        sight.assertion.outcome = true
      }
      note(sight)
    }
  }

  /// One connection's part in a judgement of several, and in what is expected of the whole.
  ///
  /// - Returns: nil where the policies changed once more in the same instant, so that what the
  ///   connection met can't be told from the logs.
  func sight(
    _ id: ConnectionID, _ definition: ConnectionDefinition, _ own: Grounds, _ moment: Moment,
    at time: Instant, _ whole: (outcome: Outcome, grounds: Grounds, failure: Failure?),
    _ said: Assertion
  ) -> ConnectionSight? {
    guard own.allSatisfy(whole.grounds.contains) else { return nil }
    let isCause = whole.failure.map { $0.connection == id } ?? false
    var grounds = own
    if isCause, whole.grounds.contains(.dataPolicy) { grounds.append(.dataPolicy) }
    var sight = ConnectionSight(
      scene: scene, moment: moment, time: time, definition: definition, grounds: grounds,
      outcome: whole.outcome, failure: isCause ? whole.failure : nil)
    sight.assertion.outcome = said.outcome && whole.outcome.isGood == sight.isAllowed
    for ground in said.grounds where grounds.contains(ground) {
      sight.assertion.grounds.append(ground)
    }
    if isCause { sight.assertion.texts = said.texts }
    return sight
  }
}

// MARK: - Policies on their way

extension Observer {
  /// Notes how long a saved policy waits, and whether it is said meanwhile that the one before counts.
  private mutating func observe(_ version: PolicyVersion) {
    guard let saved = version.savedAt, saved < version.inForceAt else { return }
    let before = scene.simulation.policyInForce(of: version.tenant, at: saved).policy
    let isSwitch = before.isOn != version.policy.isOn
    var sight = PendingSight(delay: version.inForceAt - saved, isSwitch: isSwitch)
    sight.assertion.outcome =
      isSwitch
      && expected.says(
        version.tenant, isAssessedAsOn: before.isOn, in: saved..<version.inForceAt)
    observations.append(.pending(sight))
  }
}
