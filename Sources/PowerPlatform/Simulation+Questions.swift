import DiscreteEvents
import SimulationTrace
import TenantIsolation

// What can be asked of a simulation afterwards. A state at an instant is read after everything that
// happens at it.

extension Simulation {
  /// A flow's state.
  public func state(of flow: FlowID, at time: Instant) -> FlowState {
    world.flows.value(of: flow.row, at: time)?.state ?? .absent
  }

  /// A connection's state.
  public func state(of connection: ConnectionID, at time: Instant) -> ConnectionState {
    world.connectionState(connection, at: time)
  }

  /// What a connection was last defined as, whether or not it exists; nil before its first creation
  /// and where that was refused.
  public func definition(
    of connection: ConnectionID, at time: Instant
  ) -> ConnectionDefinition? {
    world.connections.value(of: connection.row, at: time)?.definition
  }

  /// Whether an app has a connection; false for an app that does not exist.
  public func does(_ app: AppID, use connection: ConnectionID, at time: Instant) -> Bool {
    guard let app = world.apps.value(of: app.row, at: time), app.isPresent else { return false }
    return app.uses.contains { $0.connection == connection }
  }

  /// The connections of a flow in the order it uses them.
  public func connections(of flow: FlowID, at time: Instant) -> [ConnectionID] {
    guard let flow = world.flows.value(of: flow.row, at: time) else { return [] }
    return world[flow.definition.uses].map(\.connection)
  }

  /// The connections of an app in the order they were added.
  public func connections(of app: AppID, at time: Instant) -> [ConnectionID] {
    world.apps.value(of: app.row, at: time)?.uses.map(\.connection) ?? []
  }

  /// A tenant's policy as its administrators see it.
  public func savedPolicy(of tenant: TenantID, at time: Instant) -> PolicyVersion {
    world.policies[world.policyVersion(of: tenant, .saved, at: time)]
  }

  /// The policy that a tenant's active apps and flows are judged by.
  public func policyInForce(of tenant: TenantID, at time: Instant) -> PolicyVersion {
    // What comes into force behind all else of an instant is logged one millisecond later.
    let next = world.policies[world.policyVersion(of: tenant, .inForce, at: time + 1)]
    if next.inForceAt <= time { return next }
    return world.policies[world.policyVersion(of: tenant, .inForce, at: time)]
  }

  /// The names of the data policies that hold for a tenant: as saved, or in force.
  public func dataPolicies(
    of tenant: TenantID, inForce: Bool, at time: Instant
  ) -> [(id: DataPolicyID, policy: DataPolicy)] {
    world.dataPolicyRows(of: tenant, inForce ? .inForce : .saved, at: time).map {
      (world.dataPolicies[$0].id, world.dataPolicies[$0].policy)
    }
  }

  /// What isolation says to an existing connection under the policies in force.
  public func decisionInForce(_ connection: ConnectionDefinition, at time: Instant) -> Decision {
    world.decide(connection, .inForce, at: time)
  }

  /// What isolation says to somebody who makes such a connection now.
  public func decisionWhenCreated(
    _ request: ConnectionRequest, designTime: Settings.DesignTime, at time: Instant
  ) -> Decision {
    let view: World.PolicyView = designTime == .immediate ? .saved : .inForce
    return decide(
      request, creatorPolicy: world.policy(of: request.creator, view, at: time),
      signInPolicy: world.policy(of: request.signIn, view, at: time))
  }

  /// What a flow's page says besides its state: its warning while the latest run failed, or what its
  /// maker was told when it was suspended.
  public func pageTexts(of flow: FlowID, at time: Instant) -> [String] {
    guard let status = world.flows.value(of: flow.row, at: time) else { return [] }
    switch status.state {
    case .suspended:
      return status.failure.map { [trace.text(of: world.failures[$0.row]).message] } ?? []
    case .on: return latestRunFailed(flow, at: time) ? [Cast.flowPageWarning] : []
    case .off, .absent: return []
    }
  }

  private func latestRunFailed(_ flow: FlowID, at time: Instant) -> Bool {
    // Of several at one instant the last one counts: groups stand in the order in which they ran.
    let latest = runs(of: flow, in: .start..<max(.start, time + 1)).enumerated().max {
      ($0.element.last, $0.element.isRecurring ? 1 : 0, $0.offset)
        < ($1.element.last, $1.element.isRecurring ? 1 : 0, $1.offset)
    }?.element
    return latest.map { trace.verdicts[$0.verdict].failure != nil } ?? false
  }
}

// MARK: - Runs

/// Runs of one flow that are alike: a piece of its schedule, or a single run.
public struct RunGroup: Hashable, Sendable {
  /// The first run.
  public var first: Instant
  /// The last run.
  public var last: Instant
  /// The distance of two runs; 0 for a single one.
  public var period: Milliseconds
  /// The number of runs; at least one.
  public var count: Int
  /// What they meet, a row of ``Trace/verdicts``.
  public var verdict: Int
  /// Whether the schedule started them.
  public var isRecurring: Bool
  /// The scenario's line behind them.
  public var line: Int
}

extension Simulation {
  /// How long the portal's run history goes back; documented.
  public static let historyWindow: Milliseconds = 28 * CivilTime.day

  /// The runs of a flow in a half-open interval, in the order of their first ones. Counting is
  /// arithmetic: no run is made.
  public func runs(of flow: FlowID, in interval: Range<Instant>) -> [RunGroup] {
    let groups = recurringRuns(of: flow, in: interval) + startedRuns(of: flow, in: interval)
    return groups.enumerated().sorted {
      ($0.element.first, $0.element.isRecurring ? 1 : 0, $0.offset)
        < ($1.element.first, $1.element.isRecurring ? 1 : 0, $1.offset)
    }.map(\.element)
  }

  /// The run history as the flow's page lists it at an instant.
  public func runHistory(of flow: FlowID, at time: Instant) -> [RunGroup] {
    runs(of: flow, in: time + -Self.historyWindow..<time + 1)
  }

  private func recurringRuns(of flow: FlowID, in interval: Range<Instant>) -> [RunGroup] {
    trace.segments[segmentStarts[flow.row]..<segmentStarts[flow.row + 1]].compactMap { segment in
      let piece = segment.interval.clamped(to: interval)
      guard let first = segment.recurrence.occurrence(0, in: piece),
        let last = segment.recurrence.last(in: piece)
      else { return nil }
      return RunGroup(
        first: first, last: last, period: segment.recurrence.period,
        count: segment.recurrence.count(in: piece), verdict: segment.verdict, isRecurring: true,
        line: segment.line)
    }
  }

  private func startedRuns(of flow: FlowID, in interval: Range<Instant>) -> [RunGroup] {
    startedRuns.history(of: flow.row).compactMap { row in
      guard interval.contains(row.time), let run = trace.events[row.value].run else { return nil }
      return RunGroup(
        first: row.time, last: row.time, period: 0, count: 1, verdict: run.verdict,
        isRecurring: false, line: trace.events[row.value].line)
    }
  }
}
