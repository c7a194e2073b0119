import DiscreteEvents
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace
import TenantIsolation

/// `decide FILE …`: load, simulate up to the asked time, ask, answer.
@Sendable func decideCommand(_ invocation: Invocation, _ console: Console) throws {
  var reader = Reader(invocation, console)
  guard var scenario = try reader.scenario(invocation.operands[0]) else { return }
  let question = try Question(invocation, scenario)
  // Policies go on coming into force after the scenario's end.
  scenario.until = max(scenario.until, question.time + 1)
  let answer = question.answer(simulate(scenario), scenario)
  let text = invocation.has(.json) ? answer.json : answer.text(console.style(of: console.output))
  try console.say(text)
}

/// Who wants to connect what with what, and when.
private struct Question {
  var time: Instant
  var request: ConnectionRequest
  var connector: ConnectorID
  var user: UserID?

  init(_ invocation: Invocation, _ scenario: Scenario) throws {
    func given(_ flag: Flag) -> String { invocation.value(of: flag) ?? "" }
    let creator = try tenant(named: given(.creator), in: scenario).orUsageError(.creator)
    let signIn = try tenant(named: given(.signIn), in: scenario).orUsageError(.signIn)
    connector = try ScenarioLanguage.connector(named: given(.connector), in: scenario)
      .orUsageError(.connector)
    user = try invocation.value(of: .user).map {
      try ScenarioLanguage.user(named: $0, in: scenario).orUsageError(.user)
    }
    time = try invocation.value(of: .at).map { try scenario.instant(typed: $0, for: .at) } ?? .start
    request = ConnectionRequest(
      creator: creator, signIn: signIn, token: scenario.cast.connectors[connector.row].signIn,
      isGuest: try Self.isGuest(user, in: creator, scenario.cast))
  }

  private static func isGuest(_ user: UserID?, in tenant: TenantID, _ cast: Cast) throws -> Bool {
    guard let person = user.map({ cast.users[$0.row] }) else { return false }
    guard person.works(in: tenant) else {
      throw UsageError(
        "--user: \(person.name) is neither a member nor a guest of \(cast.tenants[tenant.row].name)"
      )
    }
    return person.home != tenant
  }
}

// MARK: - The answer

extension Question {
  /// A new connection meets the policies of makers, an existing one those in force.
  func answer(_ simulation: Simulation, _ scenario: Scenario) -> Answer {
    let new = simulation.decision(request, scenario.settings.designTime.view, at: time)
    let used = simulation.decision(request, .inForce, at: time)
    let newBlocker = blocker(simulation, .saved)
    let usedBlocker = blocker(simulation, .inForce)
    return Answer(
      trace: simulation.trace, time: time, creator: request.creator, signIn: request.signIn,
      connector: connector, user: user, grounds: new.grounds.adding(newBlocker),
      failure: failure(new, newBlocker), groundsInForce: used.grounds.adding(usedBlocker))
  }

  /// The data policy that blocks the connector; nil where none does.
  private func blocker(_ simulation: Simulation, _ view: PolicyView) -> DataPolicyID? {
    simulation.dataPolicy(blocking: connector, of: request.creator, view, at: time)
  }

  private func failure(_ decision: Decision, _ blocker: DataPolicyID?) -> Failure? {
    guard !decision.isAllowed || blocker != nil else { return nil }
    var failure = Failure(
      .connectionCreation, decision.isAllowed ? .blockedConnector : .isolation)
    failure.tenant = decision.blockingSide == .inbound ? request.signIn : request.creator
    failure.creator = request.creator
    failure.signIn = request.signIn
    failure.connector = connector
    failure.user = user
    failure.dataPolicy = blocker
    return failure
  }
}

extension Grounds {
  fileprivate func adding(_ policy: DataPolicyID?) -> Grounds {
    var grounds = self
    if policy != nil { grounds.append(.dataPolicy) }
    return grounds
  }
}
