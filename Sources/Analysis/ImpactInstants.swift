import DiscreteEvents
import PowerPlatform

/// The instants from some changes on at which an answer about an app or a flow may change.
struct ImpactInstants {
  private let time: Instant
  private let until: Instant
  /// Those of policies and connections.
  private var common: Set<Instant> = []
  /// Those at which an app or a flow itself becomes another.
  private var own: [Impact.Item: Set<Instant>] = [:]

  init(_ world: ChangedWorld) {
    (time, until) = (world.time, world.scenario.until)
    common = [time]
    for policy in world.without.trace.policies + world.with.trace.policies {
      common.formUnion([policy.savedAt ?? time, policy.inForceAt])
    }
    common.formUnion(world.without.dataPolicyChanges.map(\.inForceAt))
    for statement in world.scenario.timeline {
      switch statement.action {
      case .createApp(let app, _), .addConnection(_, let app), .deleteApp(let app):
        own[.app(app), default: []].insert(statement.time)
      case .createFlow(let flow, _), .saveFlow(let flow, _), .turnFlow(let flow, _),
        .deleteFlow(let flow), .moveFlow(let flow, _, _), .sendCopy(_, _, let flow):
        own[.flow(flow), default: []].insert(statement.time)
      case .openApp, .runFlow, .signal: break
      default: common.insert(statement.time)
      }
    }
  }

  /// The instants for one app or flow, in order; those for connections where none is named.
  func of(_ item: Impact.Item? = nil) -> [Instant] {
    common.union(item.flatMap { own[$0] } ?? []).filter { $0 >= time && $0 < until }.sorted()
  }
}
