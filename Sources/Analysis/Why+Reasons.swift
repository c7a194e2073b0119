import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

extension Inquiry {
  /// Why, step by step: what is asked about, each connection, and what people see.
  func reasons(_ met: Encounter?) -> [Reason] {
    let explanation = Explanation(scenario, simulation, phrases)
    let connections: [Reason]
    if case .creation(let id, let definition) = matter {
      connections = [explanation.why(id, definition, view, at: time, isNew: true)]
    } else {
      connections = explanation.why(self.connections, .inForce, at: time)
    }
    return standing + explanation.history(of: matter, at: time) + connections
      + dataPolicy(met, connections) + sight(met)
  }

  /// Whether what is asked about is there at all.
  private var standing: [Reason] {
    switch matter {
    case .run(let flow):
      guard happened == nil else { return [] }
      return [
        Reason(simulation.noRun(flow, time, until: scenario.until, phrases)),
        Reason("what follows is what a run would meet then"),
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

  /// A data policy's say about an app or a flow as a whole, where no single connection has it.
  private func dataPolicy(_ met: Encounter?, _ connections: [Reason]) -> [Reason] {
    let isTold = connections.contains { $0.children.contains { $0.ground == .dataPolicy } }
    guard let met, met.grounds.contains(.dataPolicy), !isTold else { return [] }
    let name = met.failure?.dataPolicy.map { "data policy \(phrases.name($0))" } ?? "a data policy"
    return [
      Reason("\(name) forbids it", ground: .dataPolicy, weight: .decides).resting(on: .dataPolicy)
    ]
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

extension Explanation {
  /// The last thing that was done to what is asked about.
  fileprivate func history(of matter: Inquiry.Matter, at time: Instant) -> [Reason] {
    switch matter {
    case .run(let flow), .saving(let flow): said(simulation.lastRecord(of: flow, at: time))
    case .app(let app): said(simulation.lastRecord(of: app, at: time))
    case .connection, .creation: []
    }
  }
}
