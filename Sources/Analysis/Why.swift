import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Says why something is let through, or not, at an instant: nothing is simulated again.
///
/// - Parameters:
///   - subject: what is asked about.
///   - time: when, after everything that happens then.
///   - scenario: the scenario; what happens at or after its end is no run.
///   - simulation: its simulation, which may reach further than the scenario.
public func why(
  _ subject: Account.Subject, at time: Instant, _ scenario: Scenario, _ simulation: Simulation
) -> Account {
  let inquiry = Inquiry(subject, at: time, scenario, simulation)
  var account = inquiry.account(of: subject, namesOthers: true)
  // What sharing decides is nothing that a policy changes.
  let judged =
    inquiry.isClosed ? inquiry.answer(inquiry.met(simulation, at: time)) : account.answer
  account.ties = inquiry.ties(judged)
  account.pending = inquiry.pending
  account.pendingDataPolicies = inquiry.pendingDataPolicies
  account.nextChange = inquiry.nextChange(from: judged)
  return account
}

extension Inquiry {
  /// The answer, why, and what would turn it round: nothing of what is on its way.
  func account(of subject: Account.Subject, namesOthers: Bool = false) -> Account {
    let met = met(simulation, at: time)
    let asked = happened ?? answer(met)
    var account = Account(subject, at: time, happens: happened != nil, answer: asked)
    account.reasons = reasons(met)
    let bad: [Outcome] = [.failed, .blocked, .suspended, .refused]
    if asked.outcome.map(bad.contains) ?? false {
      account.reasons = account.reasons.map(\.decidingIfBlocking)
    }
    if met != nil, answer(met).outcome == asked.outcome {
      account.flip = flip(namesOthers: namesOthers)
    }
    return account
  }
}

/// One question, and whom it has to be put to.
struct Inquiry {
  /// What is judged.
  enum Matter: Hashable {
    case run(FlowID)
    case app(AppID)
    case connection(ConnectionID)
    /// A connection that a statement makes at the very instant.
    case creation(ConnectionID, ConnectionDefinition)
    /// The saving of a flow, or its turning on, at the very instant.
    case saving(FlowID)
  }

  let matter: Matter
  let time: Instant
  let scenario: Scenario
  let simulation: Simulation
  let phrases: Phrases
  /// How it ended where it happens at the very instant.
  let happened: Account.Answer?

  init(
    _ subject: Account.Subject, at time: Instant, _ scenario: Scenario, _ simulation: Simulation,
    _ phrases: Phrases? = nil
  ) {
    self.time = time
    self.scenario = scenario
    self.simulation = simulation
    self.phrases = phrases ?? Phrases(simulation.trace)
    switch subject {
    case .run(let flow):
      matter = .run(flow)
      happened = time < scenario.until ? simulation.run(of: flow, at: time) : nil
    case .app(let app):
      matter = .app(app)
      happened = simulation.opening(of: app, at: time)
    case .connection(let id):
      let creation = scenario.creation(of: id, at: time, simulation)
      matter = creation.map { .creation(id, $0.definition) } ?? .connection(id)
      happened = creation?.answer
    }
  }

  init(
    of matter: Matter, at time: Instant, _ scenario: Scenario, _ simulation: Simulation,
    _ phrases: Phrases? = nil
  ) {
    self.time = time
    self.scenario = scenario
    self.simulation = simulation
    self.matter = matter
    self.phrases = phrases ?? Phrases(simulation.trace)
    happened = nil
  }

  /// Whether somebody opened the app at the very instant and met what it is shared with, or who has
  /// access to its data.
  var isClosed: Bool {
    guard case .app(let app) = matter else { return false }
    return simulation.lastOpening(of: app, at: time)?.isClosedDoor ?? false
  }

  /// Whether makers are judged, and not what exists.
  var isDesign: Bool {
    switch matter {
    case .creation, .saving: true
    case .run, .app, .connection: false
    }
  }

  /// Which isolation policy counts.
  var view: PolicyView { isDesign ? scenario.settings.designTime.view : .inForce }

  /// What would be met at an instant; nil where there is nothing that could meet anything.
  func met(_ simulation: Simulation, at time: Instant) -> Encounter? {
    switch matter {
    case .run(let flow):
      simulation.isCopy(flow, at: time) ? nil : simulation.encounter(of: flow, at: time)
    case .app(let app): simulation.encounter(of: app, at: time)
    case .connection(let id): simulation.encounter(of: id, at: time)
    case .creation(_, let definition):
      simulation.encounter(ofCreating: definition, view, at: time)
    case .saving(let flow): simulation.encounter(ofSaving: flow, view, at: time)
    }
  }

  /// What was met, in the words that fit what is asked about.
  func answer(_ met: Encounter?) -> Account.Answer {
    guard let met else { return Account.Answer(nil, []) }
    switch matter {
    case .run: return Account.Answer(met.isAllowed ? .succeeded : .failed, met.grounds)
    case .saving: return Account.Answer(met.isAllowed ? .saved : .suspended, met.grounds)
    case .app, .connection, .creation:
      return Account.Answer(met.isAllowed ? .allowed : .blocked, met.grounds)
    }
  }

  /// The connections that are judged, in order.
  var connections: [ConnectionID] {
    switch matter {
    case .run(let flow), .saving(let flow): simulation.connections(of: flow, at: time)
    case .app(let app): simulation.connections(of: app, at: time)
    case .connection(let id), .creation(let id, _): [id]
    }
  }

  /// What they are made of, those that are gone left out.
  var definitions: [ConnectionDefinition] {
    if case .creation(_, let definition) = matter { return [definition] }
    return connections.compactMap { simulation.definition(of: $0, at: time) }
  }
}

// MARK: - What changes the answer

extension Inquiry {
  /// The first change at or after the instant that leads to another answer.
  func nextChange(from asked: Account.Answer) -> Account.Moment? {
    var mark: Instant? = time
    while let time = mark {
      let answer = answer(met(simulation, at: time))
      if answer != asked { return Account.Moment(time, answer) }
      mark = nextMark(after: time)
    }
    return nil
  }

  private func nextMark(after time: Instant) -> Instant? {
    switch matter {
    case .run(let flow), .saving(let flow): simulation.nextMark(of: flow, after: time)
    case .app(let app): simulation.nextMark(of: app, after: time)
    case .connection(let id): simulation.nextMark(of: id, after: time)
    case .creation(_, let definition):
      simulation.nextMark(ofCreating: definition, view, after: time)
    }
  }

  /// The tenants that have a say.
  private var tenants: [TenantID] {
    definitions.flatMap { [$0.creator, $0.signIn] }.reduce(into: []) { tenants, tenant in
      if !tenants.contains(tenant) { tenants.append(tenant) }
    }
  }

  /// Policies that came into force at the very instant, if the answer was another a moment before.
  func ties(_ asked: Account.Answer) -> [Account.Pending] {
    guard view == .inForce, time > .start else { return [] }
    let before = answer(met(simulation, at: time + -1))
    guard before != asked, before.outcome != nil else { return [] }
    return tenants.map { simulation.policyInForce(of: $0, at: time) }
      .filter { $0.savedAt != nil && $0.inForceAt == time }
      .map { Account.Pending($0, before) }
  }

  /// Policies on their way into force, and what each would lead to by itself.
  var pending: [Account.Pending] {
    guard view == .inForce else { return [] }
    let versions = tenants.flatMap { simulation.pendingPolicies(of: $0, at: time) }
    return versions.map { version in
      let edit = PolicyEdit.replace(version.policy, version.tenant)
      let supposing = simulation.supposing(edit, .inForce, at: time)
      return Account.Pending(version, answer(met(supposing, at: time)))
    }
    .sorted {
      ($0.version.inForceAt, $0.version.tenant) < ($1.version.inForceAt, $1.version.tenant)
    }
  }
}

extension Inquiry {
  /// Changes of data policies on their way into force, and what each would lead to by itself.
  ///
  /// What is being made is judged by data policies as saved: nothing is on its way to it.
  var pendingDataPolicies: [Account.PendingDataPolicy] {
    guard !isDesign, let tenant = dataPolicyTenant else { return [] }
    return simulation.pendingDataPolicies(of: tenant, at: time).map { change in
      let edit =
        change.content.map { PolicyEdit.createDataPolicy(change.policy, $0, tenant) }
        ?? .deleteDataPolicy(change.policy, tenant)
      let supposing = simulation.supposing(edit, .inForce, at: time)
      return Account.PendingDataPolicy(
        change.map(phrases.content), answer(met(supposing, at: time)))
    }
  }
}

// MARK: - What happens at the very instant

extension Simulation {
  fileprivate func run(of flow: FlowID, at time: Instant) -> Account.Answer? {
    runs(of: flow, in: time..<time + 1).last.map {
      let verdict = trace.verdicts[$0.verdict]
      return Account.Answer(verdict.outcome, verdict.grounds)
    }
  }

  fileprivate func opening(of app: AppID, at time: Instant) -> Account.Answer? {
    lastOpening(of: app, at: time).map { Account.Answer($0.outcome, $0.grounds) }
  }

  fileprivate func lastOpening(of app: AppID, at time: Instant) -> Record? {
    openings(of: app, at: time).last
  }

  /// The openings of an app at an instant, and the attempts that sharing refused.
  func openings(of app: AppID, at time: Instant) -> [Record] {
    let events = trace.events
    return events[..<events.partitionPoint { $0.time > time }].reversed().prefix { $0.time == time }
      .filter { $0.app == app && ($0.kind == .appOpened || $0.isClosedDoor) }.reversed()
  }
}

extension Record {
  /// Whether sharing, or access to data, kept somebody from an app.
  var isClosedDoor: Bool {
    switch failure?.cause {
    case .notSharedWithActor: attempt == .open
    case .noDataAccess: true
    default: false
    }
  }
}

extension Scenario {
  /// The statement that makes a connection at an instant, and how it ended; nil where there is none
  /// or where it was refused before the gateway was asked.
  fileprivate func creation(
    of id: ConnectionID, at time: Instant, _ simulation: Simulation
  ) -> (definition: ConnectionDefinition, answer: Account.Answer)? {
    let last = timeline.partitionPoint { $0.time > time }
    for row in timeline[..<last].indices.reversed().prefix(while: { timeline[$0].time == time }) {
      guard case .createConnection(id, let definition) = timeline[row].action else { continue }
      let result = simulation.results[row]
      guard let outcome = result.outcome, outcome != .refused else { continue }
      return (definition, Account.Answer(outcome, result.grounds))
    }
    return nil
  }
}
