import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// What an expectation depends on: whose policies in force are looked at, and when at most.
struct Looks {
  var tenants: Set<TenantID> = []
  /// Runs of schedules, each from an instant on.
  var schedules: [(recurrence: Recurrence, from: Instant)] = []
  /// Single looks.
  var instants: [Instant] = []
  /// Looks outside count for nothing.
  private(set) var window = Instant.start..<Instant.start
  /// Whether a state is read, which is done after all that happens at an instant.
  var isState = false

  /// The looks within an interval in order, each once, and not many more than `limit`.
  func points(in interval: ClosedRange<Instant>, limit: Int) -> [Instant] {
    let both = (interval.lowerBound..<interval.upperBound + 1).clamped(to: window)
    var points = instants.filter(both.contains)
    for (recurrence, from) in schedules {
      let lower = max(from, both.lowerBound)
      let range = lower..<max(lower, both.upperBound)
      let count = min(limit, recurrence.count(in: range))
      points += (0..<count).compactMap { recurrence.occurrence($0, in: range) }
    }
    return Set(points).sorted()
  }

  /// Counts looks up to an instant only, which may be before the first.
  mutating func end(with last: Instant, from first: Instant = .start) {
    window = first..<max(first, last + 1)
  }
}

/// Finds what expectations depend on. It finds rather too much than too little: a look that never
/// happens only makes one class into two.
struct Lookout {
  let scenario: Scenario

  /// Whether what exists and runs when is the same for all delays.
  private var isPlain: Bool {
    scenario.settings.designTime == .immediate && scenario.settings.alwaysFailing == nil
      && scenario.works.isEmpty
  }

  func looks(of claim: Claim) -> Looks {
    var looks = Looks()
    switch claim {
    case .outcome(let row, _, _), .error(let row, _), .errorCode(let row, _):
      add(statement: row, to: &looks)
    case .runs(let flow, _, let interval, _):
      add(flow, to: &looks)
      let last = max(interval.lowerBound, interval.upperBound + -1)
      looks.end(with: last, from: first(interval.lowerBound))
    case .run(let flow, let time, _):
      add(flow, to: &looks)
      looks.end(with: time, from: first(time))
    case .history(let flow, _, let time, _), .flowPage(let flow, _, let time):
      add(flow, to: &looks)
      looks.end(with: time)
    case .flow(let flow, _, let time) where !isPlain:
      add(flow, to: &looks)
      looks.end(with: time)
    case .app(let app, _, _, let time) where !isPlain:
      add(app, to: &looks)
      looks.end(with: time)
    case .connection(let connection, _, let time) where !isPlain:
      add(connection, to: &looks)
      looks.end(with: time)
    case .isolationAssessed(let tenant, _, let time):
      looks.tenants = [tenant]
      looks.instants = [time]
      looks.end(with: time, from: time)
      looks.isState = true
    case .reportLists(_, _, let time):
      addReports(to: &looks)
      looks.end(with: time ?? scenario.until)
    case .shared(.flow(let flow), _, _, _, let time) where !isPlain,
      .widelyShared(.flow(let flow), _, let time) where !isPlain:
      add(flow, to: &looks)
      looks.end(with: time)
    case .shared(.app(let app), _, _, _, let time) where !isPlain,
      .visible(let app, _, _, let time) where !isPlain,
      .widelyShared(.app(let app), _, let time) where !isPlain:
      add(app, to: &looks)
      looks.end(with: time)
    case .mail(let recipient, _, let time, _):
      add(worksWhere: { $0.recipients.contains(recipient) }, to: &looks)
      looks.end(with: time ?? scenario.until)
    case .removal(_, _, _, let time):
      add(worksWhere: \.isGuard, to: &looks)
      looks.end(with: time)
    case .audit(let claim) where !isPlain:
      addEverything(to: &looks)
      looks.end(with: claim.latest(until: scenario.until))
    case .flow, .app, .connection, .isolation, .rule, .returned, .report, .operation, .package,
      .shared, .visible, .widelyShared, .audit:
      break
    }
    return looks
  }

  private func first(_ time: Instant) -> Instant { isPlain ? time : .start }

  private func add(statement row: Int, to looks: inout Looks) {
    let statement = scenario.timeline[row]
    switch statement.action {
    case .openApp(let app): add(app, to: &looks)
    case .runFlow(let flow): add(flow, to: &looks)
    case .signal(let connection):
      for flow in scenario.cast.flows.indices.map(FlowID.init)
      where mayWait(flow, for: connection) {
        add(flow, to: &looks)
      }
    case .createApp(let app, _) where !isPlain, .addConnection(_, let app) where !isPlain:
      add(app, to: &looks)
    case .createFlow(let flow, _) where !isPlain, .saveFlow(let flow, _) where !isPlain,
      .turnFlow(let flow, _) where !isPlain, .deleteFlow(let flow) where !isPlain:
      add(flow, to: &looks)
    case .share(.flow(let flow), _) where !isPlain, .unshare(.flow(let flow), _, _) where !isPlain,
      .sendCopy(let flow, _, _) where !isPlain, .moveFlow(let flow, _, _) where !isPlain:
      add(flow, to: &looks)
    case .share(.app(let app), _) where !isPlain, .unshare(.app(let app), _, _) where !isPlain:
      add(app, to: &looks)
    case .answerRemoval: add(worksWhere: \.isGuard, to: &looks)
    // How many calls flows make meanwhile counts, too.
    case .audit(.feed) where readsFeed: addEverything(to: &looks)
    case .createConnection(let id, _) where !isPlain, .deleteConnection(let id) where !isPlain:
      add(id, to: &looks)
    default: return
    }
    looks.end(with: statement.time, from: first(statement.time))
  }
}

// MARK: - Flows, apps and connections

extension Lookout {
  /// A run uses its connections up to the step that fails, so that a report depends on flows that
  /// have several; and on everything where what exists depends on the delays.
  private func addReports(to looks: inout Looks) {
    for flow in scenario.cast.flows.indices.map(FlowID.init) where !isPlain || hasSteps(flow) {
      add(flow, to: &looks)
    }
    guard !isPlain else { return }
    addThings(to: &looks)
  }

  /// What the audit log records depends on what exists.
  private func addEverything(to looks: inout Looks) {
    for flow in scenario.cast.flows.indices { add(FlowID(flow), to: &looks) }
    addThings(to: &looks)
  }

  private func addThings(to looks: inout Looks) {
    for app in scenario.cast.apps.indices { add(AppID(app), to: &looks) }
    for connection in scenario.cast.connections.indices {
      add(ConnectionID(connection), to: &looks)
    }
  }

  /// Whether flows read the Activity API.
  private var readsFeed: Bool { scenario.works.contains(where: \.readsFeed) }

  /// What flows do depends on their runs; what they read depends on all that is recorded.
  private func add(worksWhere fits: (FlowWork) -> Bool, to looks: inout Looks) {
    for flow in scenario.cast.flows.indices.map(FlowID.init) {
      let works = definitions(of: flow).compactMap { $0.work.map { scenario.works[$0.row] } }
      guard works.contains(where: fits) else { continue }
      if works.contains(where: \.readsFeed) { return addEverything(to: &looks) }
      add(flow, to: &looks)
    }
  }

  private func hasSteps(_ id: FlowID) -> Bool {
    definitions(of: id).contains { $0.uses.count > 1 }
      || scenario.timeline.contains {
        switch $0.action {
        case .saveFlow(id, let uses?), .moveFlow(id, _, let uses?): uses.count > 1
        default: false
        }
      }
  }

  /// What a flow is made as, or what it is a copy of.
  private func definitions(of id: FlowID) -> [FlowDefinition] {
    scenario.originals(of: id).flatMap { ownDefinitions(of: $0) }
  }

  /// Whether a flow may be one that a connection's signals start: copies and flows that are moved
  /// wait for the first of their new connections.
  private func mayWait(_ id: FlowID, for connection: ConnectionID) -> Bool {
    let triggers = definitions(of: id).compactMap(\.trigger.connection)
    if triggers.contains(connection) { return true }
    return !triggers.isEmpty
      && scenario.timeline.contains {
        switch $0.action {
        case .saveFlow(id, let uses?), .moveFlow(id, _, let uses?):
          scenario[uses].first?.connection == connection
        default: false
        }
      }
  }

  private func ownDefinitions(of id: FlowID) -> [FlowDefinition] {
    scenario.declarations.compactMap {
      if case .flow(id, let definition) = $0.item { definition } else { nil }
    }
      + scenario.timeline.compactMap {
        if case .createFlow(id, let definition) = $0.action { definition } else { nil }
      }
  }

  private func add(_ id: FlowID, to looks: inout Looks) {
    let definitions = definitions(of: id)
    var periods: Set<Milliseconds> = []
    for definition in definitions {
      for use in scenario[definition.uses] { add(use.connection, to: &looks) }
      guard case .every(let period, let anchor) = definition.trigger else { continue }
      periods.insert(period)
      looks.schedules.append((Recurrence(anchor: anchor ?? .start, period: period), .start))
    }
    for statement in scenario.timeline {
      add(statement, of: id, periods.sorted(), to: &looks)
    }
  }

  private func add(
    _ statement: Statement, of id: FlowID, _ periods: [Milliseconds], to looks: inout Looks
  ) {
    var time = statement.time
    switch statement.action {
    case .saveFlow(id, let uses), .moveFlow(id, _, let uses):
      for use in uses.map({ scenario[$0] }) ?? [] { add(use.connection, to: &looks) }
    case .createFlow(id, _), .turnFlow(id, _): break
    case .runFlow(id), .answerRemoval: return looks.instants.append(statement.time)
    case .signal(let connection):
      guard mayWait(id, for: connection) else { return }
      return looks.instants.append(statement.time)
    case .createDataPolicy, .deleteDataPolicy:
      // What a data policy suspended may come back, and runs from then on.
      guard scenario.settings.reactivation != nil else { return }
      time = time + scenario.settings.dataPolicyPropagation
    default: return
    }
    looks.instants.append(time)
    for period in periods {
      looks.schedules.append((Recurrence(anchor: time, period: period), time))
    }
  }

  /// A share that a guard takes away closes an app.
  private func add(_ id: AppID, to looks: inout Looks) {
    if scenario.works.contains(where: \.isGuard) {
      for flow in scenario.cast.flows.indices { add(FlowID(flow), to: &looks) }
    }
    for declaration in scenario.declarations {
      guard case .app(id, let definition) = declaration.item else { continue }
      for use in scenario[definition.uses] { add(use.connection, to: &looks) }
    }
    for statement in scenario.timeline {
      switch statement.action {
      case .createApp(id, let definition):
        for use in scenario[definition.uses] { add(use.connection, to: &looks) }
      case .addConnection(let use, id): add(use.connection, to: &looks)
      case .openApp(id): break
      default: continue
      }
      looks.instants.append(statement.time)
    }
  }

  private func add(_ id: ConnectionID, to looks: inout Looks) {
    for declaration in scenario.declarations {
      guard case .connection(id, let definition) = declaration.item else { continue }
      looks.tenants.formUnion([definition.creator, definition.signIn])
    }
    for statement in scenario.timeline {
      guard case .createConnection(id, let definition) = statement.action else { continue }
      looks.tenants.formUnion([definition.creator, definition.signIn])
      if !isPlain { looks.instants.append(statement.time) }
    }
  }
}
