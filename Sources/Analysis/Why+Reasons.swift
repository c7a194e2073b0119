import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

extension Inquiry {
  /// Why, step by step: what is asked about, each connection, and what people see.
  func reasons(_ met: Encounter?) -> [Reason] {
    let explanation = Explanation(scenario, simulation, phrases)
    let connections = connections(explanation)
    if isClosed {
      return audience(explanation)
        + [
          Reason(
            "isolation and data policies, whoever opens it:", weight: .aside, children: connections)
        ]
    }
    if case .run(let flow) = matter, simulation.isCopy(flow, at: time) {
      return standing + explanation.history(of: matter, at: time)
    }
    return standing + explanation.history(of: matter, at: time) + audience(explanation)
      + connections + explanation.dataPolicy(met, besides: connections) + sight(met)
  }

  private func connections(_ explanation: Explanation) -> [Reason] {
    switch matter {
    case .run(let flow): explanation.why(usesOf: flow, at: time)
    case .saving(let flow): explanation.why(usesOf: flow, isDesign: true, at: time)
    case .app(let app): explanation.why(usesOf: app, at: time)
    case .connection(let id): explanation.why([id], at: time)
    case .creation(let id, let definition):
      [
        explanation.why(
          making: id, definition, line: simulation.line(of: id, at: time), at: time)
      ]
    }
  }

  /// Who opens the app, who has access to its data, and whom that kept out at the very instant.
  private func audience(_ explanation: Explanation) -> [Reason] {
    guard case .app(let app) = matter, simulation.exists(app, at: time) else { return [] }
    let kept = simulation.openings(of: app, at: time).filter(\.isClosedDoor).compactMap { record in
      record.failure.map {
        Reason(
          phrases.oneLine(simulation.trace.text(of: $0).message), line: record.line,
          weight: .decides)
      }
    }
    let access = self.connections.compactMap { explanation.dataAccess(of: $0, at: time) }
    guard simulation.shares(of: .app(app), at: time) != nil || !kept.isEmpty || !access.isEmpty
    else { return [] }
    return kept + [
      Reason(phrases.sharing(of: .app(app), simulation.shares(of: .app(app), at: time)))
    ]
      + access
  }

  /// Whether what is asked about is there at all.
  private var standing: [Reason] {
    switch matter {
    case .run(let flow):
      guard happened == nil else { return [] }
      return [
        Reason(simulation.noRun(flow, time, until: scenario.until, phrases)),
        Reason(
          simulation.isCopy(flow, at: time)
            ? copyWithoutConnections : "what follows is what a run would meet then"),
      ]
    case .app(let app):
      guard !simulation.exists(app, at: time) else { return [] }
      return [Reason("app \(phrases.name(app)) does not exist at \(phrases.time(time))")]
    case .connection, .saving: return []
    case .creation(let id, _):
      return [
        Reason(
          "\(phrases.name(id)) is being created: \(view == .inForce ? "the policies in force count" : "the policies as saved count")"
        )
        .resting(on: .assumed, .designTime)
      ]
    }
  }

  /// What the person sees, and on what that text rests.
  private func sight(_ met: Encounter?) -> [Reason] {
    guard let failure = met?.failure, failure.surface != .request else { return [] }
    let text = simulation.trace.text(of: failure)
    var reason = Reason("what is seen: \(phrases.oneLine(text.message))", weight: .aside)
    reason.basis = text.basis
    return [reason]
  }
}

/// What is to be said of a copy that nobody gave connections yet.
public let copyWithoutConnections =
  "it is a copy and does nothing yet: it has to be saved with connections of its owner's (assumed)"

extension Explanation {
  /// The last thing that was done to what is asked about.
  fileprivate func history(of matter: Inquiry.Matter, at time: Instant) -> [Reason] {
    switch matter {
    case .run(let flow), .saving(let flow): said(simulation.lastChange(of: flow, at: time))
    case .app(let app): said(simulation.lastChange(of: app, at: time))
    case .connection, .creation: []
    }
  }
}
