import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Derives recurring runs from the world's logs: a schedule meets a verdict timeline.
///
/// What a run meets can only change when the flow, one of its connections, what isolation says to
/// one of them or a data policy in force changes. Between two such instants all runs are
/// alike, so a segment says all about them, however many they are.
struct RunDerivation {
  /// By flow in the order in which they were derived, each flow's in time order.
  private(set) var segments: [RunSegment] = []
  /// What the runs meet.
  private(set) var verdicts: VerdictTable

  private let world: World
  private let settings: Settings
  private let horizon: Range<Instant>
  private var timelines: DecisionTimelines
  /// The flow at hand's rows in the world's log, and where its verdict may change; kept to be filled
  /// again.
  private var history: [Int] = []
  private var marks: [Instant] = []
  /// The connectors that flow may use, and the tenants it may live in.
  private var connectors: [ConnectorID] = []
  private var tenants: [TenantID] = []

  /// Derives runs from an instant on; nothing happens at or after `until`.
  init(
    _ world: World, _ settings: Settings, from start: Instant = .start, until: Instant,
    verdicts: VerdictTable = VerdictTable()
  ) {
    self.world = world
    self.settings = settings
    self.verdicts = verdicts
    horizon = start..<max(start, until)
    timelines = DecisionTimelines(.inForce, from: start)
  }

  /// Derives the runs of a simulation that is at its end.
  init(of simulator: Simulator) {
    self.init(
      simulator.world, simulator.scenario.settings, until: simulator.scenario.until,
      verdicts: simulator.verdicts)
  }

  /// Derives the runs of flows, given in their order. Returns where each flow's segments begin, and
  /// where the last one's end.
  mutating func derive(_ flows: some Collection<FlowID>) -> [Int] {
    // Room that is never touched costs nothing.
    segments.reserveCapacity(2 * flows.count)
    verdicts.expect(2 * flows.count)
    var starts = [0]
    starts.reserveCapacity(world.cast.flows.count + 1)
    for flow in flows {
      starts += repeatElement(segments.count, count: flow.row + 1 - starts.count)
      derive(flow)
      starts.append(segments.count)
    }
    starts += repeatElement(segments.count, count: world.cast.flows.count + 1 - starts.count)
    return starts
  }

  /// Derives the runs of one flow.
  mutating func derive(_ id: FlowID) {
    let first = segments.count
    world.flows.list(id.row, into: &history)
    for (place, row) in history.enumerated() {
      let entry = world.flows.rows[row]
      guard entry.value.state == .on, case .every(let period, _) = entry.value.definition.trigger
      else { continue }
      let next = place + 1 < history.count ? world.flows.rows[history[place + 1]].time : nil
      let interval = horizon.clamped(to: entry.time..<max(entry.time, next ?? horizon.upperBound))
      let recurrence = Recurrence(anchor: entry.value.anchor, period: period)
      guard recurrence.count(in: interval) > 0 else { continue }
      findMarks(of: id, entry.value, in: interval)
      sortMarks()
      derive(id, entry.value, recurrence, interval, after: first)
    }
  }

  /// Derives the runs of a stretch in which nobody touches the flow, from mark to mark.
  private mutating func derive(
    _ id: FlowID, _ flow: World.Flow, _ recurrence: Recurrence, _ interval: Range<Instant>,
    after first: Int
  ) {
    for (row, mark) in marks.enumerated() {
      let end = row + 1 < marks.count ? marks[row + 1] : interval.upperBound
      guard recurrence.count(in: mark..<end) > 0 else { continue }
      let last = segments.count > first ? segments.count - 1 : nil
      var met = world.verdict(of: flow, at: mark, blockedTrigger: settings.blockedTrigger)
      if met.failure == nil, let work = world.failedWork(of: id, at: mark) {
        world.fail(&met, of: flow, by: work, at: mark)
      }
      let verdict = verdicts.row(of: met, after: last.map { segments[$0].verdict })
      let segment = RunSegment(
        flow: id, recurrence: recurrence, interval: mark..<end, verdict: verdict, line: flow.line)
      if let last, segments[last].isContinued(by: segment) {
        segments[last].interval = segments[last].interval.lowerBound..<end
      } else {
        segments.append(segment)
      }
    }
  }

  /// Finds the interval's start and every later instant in it at which the flow's verdict may
  /// change.
  private mutating func findMarks(
    of id: FlowID, _ flow: World.Flow, in interval: Range<Instant>
  ) {
    marks.removeAll(keepingCapacity: true)
    marks.append(interval.lowerBound)
    for use in world[flow.definition.uses] {
      world.connections.forEachBackwards(use.connection.row) { connection in
        let definition = connection.value.definition
        for change in timelines.changes(of: definition, world) { mark(change, interval) }
        return mark(connection.time, interval)
      }
    }
    if !world.dataPolicyChanges.isEmpty { markDataPolicies(about: flow, in: interval) }
    world.workFailures.forEachBackwards(id.row) { mark($0.time, interval) }
  }

  private mutating func sortMarks() {
    guard marks.count > 1 else { return }
    marks.sort()
    marks.removeRepetitions()
  }

  /// Marks where a data policy changes that can have anything against the flow.
  private mutating func markDataPolicies(about flow: World.Flow, in interval: Range<Instant>) {
    connectors.removeAll(keepingCapacity: true)
    tenants.removeAll(keepingCapacity: true)
    tenants.append(world.cast.users[flow.definition.owner.row].home)
    for use in world[flow.definition.uses] {
      world.connections.forEachBackwards(use.connection.row) { connection in
        let definition = connection.value.definition
        connectors.appendOnce(definition.connector)
        tenants.appendOnce(definition.creator)
        return connection.time > interval.lowerBound
      }
    }
    for tenant in tenants {
      world.dataPoliciesInForce.changes.forEachBackwards(tenant.row) { change in
        let policy = world.dataPolicyChanges[change.value.element].content
        let mayMatter = policy?.concerns(connectors) ?? true
        return mayMatter ? mark(change.time, interval) : change.time > interval.lowerBound
      }
    }
  }

  /// Marks an instant in the interval. Returns whether earlier ones may be in it as well.
  @discardableResult
  private mutating func mark(_ time: Instant, _ interval: Range<Instant>) -> Bool {
    if time > interval.lowerBound, time < interval.upperBound { marks.append(time) }
    return time > interval.lowerBound
  }

  /// The ties that decided what one of the runs met.
  var ties: [Tie] {
    segments.flatMap { segment -> [Tie] in
      let start = segment.interval.lowerBound
      guard segment.recurrence.contains(start),
        let flow = world.flows.value(of: segment.flow.row, at: start)
      else { return [] }
      return world.decidingChanges(of: world[flow.definition.uses], at: start).map {
        Tie(time: start, policy: $0, flow: segment.flow, line: segment.line)
      }
    }
  }
}

extension RunSegment {
  fileprivate func isContinued(by other: RunSegment) -> Bool {
    verdict == other.verdict && recurrence == other.recurrence && line == other.line
      && interval.upperBound == other.interval.lowerBound
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
  fileprivate mutating func appendOnce(_ element: Element) {
    if !contains(element) { append(element) }
  }

  /// Removes elements that are equal to the one before.
  fileprivate mutating func removeRepetitions() {
    var kept = 0
    for row in indices where row == 0 || self[row] != self[kept - 1] {
      self[kept] = self[row]
      kept += 1
    }
    removeSubrange(kept...)
  }
}
