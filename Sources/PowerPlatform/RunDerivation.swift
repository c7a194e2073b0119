import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Derives recurring runs from the world's logs: a schedule meets a verdict timeline.
///
/// What a run meets can only change when the flow, one of its connections, what isolation says to
/// one of them or a data policy in force changes. Between two such instants all runs are
/// alike, so a segment says all about them, however many they are.
struct RunDerivation {
  private let world: World
  private let settings: Settings
  private let until: Instant

  init(_ world: World, _ settings: Settings, until: Instant) {
    self.world = world
    self.settings = settings
    self.until = until
  }

  /// The runs of one flow in time order, from an instant on.
  func segments(
    of id: FlowID, from start: Instant = .start, into verdicts: inout VerdictTable
  ) -> [RunSegment] {
    var segments: [RunSegment] = []
    let history = world.flows.history(of: id.row)
    for (row, entry) in history.enumerated() {
      guard entry.value.state == .on, case .every(let period, _) = entry.value.definition.trigger
      else { continue }
      let end = row + 1 < history.count ? history[row + 1].time : until
      let interval = max(start, entry.time)..<max(start, entry.time, min(end, until))
      let recurrence = Recurrence(anchor: entry.value.anchor, period: period)
      guard recurrence.count(in: interval) > 0 else { continue }
      append(to: &segments, id, entry.value, recurrence, interval, &verdicts)
    }
    return segments
  }

  private func append(
    to segments: inout [RunSegment], _ id: FlowID, _ flow: World.Flow, _ recurrence: Recurrence,
    _ interval: Range<Instant>, _ verdicts: inout VerdictTable
  ) {
    let marks = changes(touching: flow, in: interval)
    for (row, mark) in marks.enumerated() {
      let end = row + 1 < marks.count ? marks[row + 1] : interval.upperBound
      guard recurrence.count(in: mark..<end) > 0 else { continue }
      let verdict = verdicts.row(
        of: world.verdict(of: flow, at: mark, blockedTrigger: settings.blockedTrigger))
      if let last = segments.last, last.verdict == verdict, last.recurrence == recurrence,
        last.line == flow.line, last.interval.upperBound == mark
      {
        segments[segments.count - 1].interval = last.interval.lowerBound..<end
      } else {
        segments.append(
          RunSegment(
            flow: id, recurrence: recurrence, interval: mark..<end, verdict: verdict,
            line: flow.line))
      }
    }
  }

  /// The interval's start and every later instant in it at which the flow's verdict may change.
  private func changes(touching flow: World.Flow, in interval: Range<Instant>) -> [Instant] {
    var marks = [interval.lowerBound]
    func note(_ time: Instant) -> Bool {
      if interval.contains(time) { marks.append(time) }
      return time > interval.lowerBound
    }
    for use in world[flow.definition.uses] {
      world.connections.forEachBackwards(use.connection.row) { connection in
        let definition = connection.value.definition
        world.inForce.forEachDecisionBackwards(about: world.request(definition), note)
        world.dataPoliciesInForce.forEachBackwards(definition.creator.row) { note($0.time) }
        return note(connection.time)
      }
    }
    let home = world.cast.users[flow.definition.owner.row].home
    world.dataPoliciesInForce.forEachBackwards(home.row) { note($0.time) }
    marks.sort()
    return marks.removingRepetitions()
  }

  /// The ties that decided what one of the runs met.
  func ties(of segments: [RunSegment]) -> [Tie] {
    segments.flatMap { segment -> [Tie] in
      let start = segment.interval.lowerBound
      guard segment.recurrence.first(atOrAfter: start) == start,
        let flow = world.flows.value(of: segment.flow.row, at: start)
      else { return [] }
      return world.decidingChanges(of: world[flow.definition.uses], at: start).map {
        Tie(time: start, policy: $0, flow: segment.flow, line: segment.line)
      }
    }
  }
}

extension World {
  /// The policies coming into force at this very instant without which isolation would have given
  /// other grounds for one of these connections.
  func decidingChanges(of uses: some Collection<Use>, at time: Instant) -> [Int] {
    var changes: [Int] = []
    for use in uses {
      guard let connection = connections.value(of: use.connection.row, at: time),
        connection.isPresent
      else { continue }
      for change in decidingChanges(of: connection.definition, at: time)
      where !changes.contains(change) {
        changes.append(change)
      }
    }
    return changes
  }

  /// The same for one connection, whether or not it exists.
  func decidingChanges(of definition: ConnectionDefinition, at time: Instant) -> [Int] {
    [definition.creator, definition.signIn].compactMap { tenant in
      let version = policyVersion(of: tenant, .inForce, at: time)
      let isNew = policies[version].savedAt != nil && policies[version].inForceAt == time
      return isNew && matters(version, to: definition, at: time) ? version : nil
    }
  }

  private func matters(
    _ version: Int, to definition: ConnectionDefinition, at time: Instant
  ) -> Bool {
    func decision(_ tenantBefore: TenantID?) -> Decision {
      func policy(_ tenant: TenantID) -> IsolationPolicy {
        self.policy(of: tenant, .inForce, at: tenant == tenantBefore ? time + -1 : time)
      }
      return TenantIsolation.decide(
        request(definition), creatorPolicy: policy(definition.creator),
        signInPolicy: policy(definition.signIn))
    }
    return decision(nil) != decision(policies[version].tenant)
  }
}

extension Array where Element: Equatable {
  /// The elements without those equal to the one before.
  fileprivate func removingRepetitions() -> [Element] {
    var kept: [Element] = []
    kept.reserveCapacity(count)
    for element in self where kept.last != element { kept.append(element) }
    return kept
  }
}
