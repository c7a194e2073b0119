import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Says why something is let through, or not, at an instant. Only what later statements of that instant
/// may have changed is simulated again, up to its own statement.
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
    inquiry.isClosed ? inquiry.answer(inquiry.met(inquiry.simulation, at: time)) : account.answer
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
    if asked.outcome.map({ !$0.isGood }) ?? false {
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
  /// What is asked: the simulation as it stood when it happened, else at the end of the instant.
  let simulation: Simulation
  let phrases: Phrases
  /// How it ended where it happens at the very instant.
  let happened: Account.Answer?
  /// What happens in the end.
  private let whole: Simulation

  /// - Parameter row: the statement that is meant; the instant's last one of its kind where nil.
  init(
    _ subject: Account.Subject, at time: Instant, _ scenario: Scenario, _ simulation: Simulation,
    _ phrases: Phrases? = nil, ofStatement row: Int? = nil
  ) {
    let event: Event?
    let matter: Matter
    switch subject {
    case .run(let flow):
      matter = .run(flow)
      event = time < scenario.until ? simulation.run(of: flow, at: time) : nil
    case .app(let app):
      matter = .app(app)
      event = simulation.opening(of: app, at: time, by: row)
    case .connection(let id):
      let creation = scenario.creation(of: id, at: time, simulation, by: row)
      matter = creation.map { .creation(id, $0.definition) } ?? .connection(id)
      event = creation?.event
    }
    self.init(
      of: matter, at: time, scenario, simulation, phrases, ofStatement: event?.statement,
      happened: event?.answer)
  }

  init(
    of matter: Matter, at time: Instant, _ scenario: Scenario, _ simulation: Simulation,
    _ phrases: Phrases? = nil, ofStatement row: Int? = nil, happened: Account.Answer? = nil
  ) {
    self.time = time
    self.scenario = scenario
    self.simulation = row.map { simulation.standing(after: $0, of: scenario) } ?? simulation
    self.matter = matter
    self.phrases = phrases ?? Phrases(simulation.trace)
    self.happened = happened
    whole = simulation
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
      let answer = answer(met(whole, at: time))
      if answer != asked { return Account.Moment(time, answer) }
      mark = nextMark(after: time)
    }
    return nil
  }

  private func nextMark(after time: Instant) -> Instant? {
    switch matter {
    case .run(let flow), .saving(let flow): whole.nextMark(of: flow, after: time)
    case .app(let app): whole.nextMark(of: app, after: time)
    case .connection(let id): whole.nextMark(of: id, after: time)
    case .creation(_, let definition): whole.nextMark(ofCreating: definition, view, after: time)
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
    return tenants.map { simulation.policy(of: $0, .inForce, at: time) }
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
      ($0.version.feltFrom, $0.version.tenant) < ($1.version.feltFrom, $1.version.tenant)
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

/// Something that happened, and the statement behind it; nil where a schedule is.
private struct Event {
  var answer: Account.Answer
  var statement: Int?
}

extension Simulation {
  fileprivate func run(of flow: FlowID, at time: Instant) -> Event? {
    runs(of: flow, in: time..<time + 1).last.map {
      let verdict = trace.verdicts[$0.verdict]
      return Event(
        answer: Account.Answer(verdict.outcome, verdict.grounds), statement: $0.statement)
    }
  }

  fileprivate func opening(of app: AppID, at time: Instant, by row: Int?) -> Event? {
    openings(of: app, at: time).last { row == nil || $0.statement == row }.map {
      Event(answer: Account.Answer($0.outcome, $0.grounds), statement: $0.statement)
    }
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
    of id: ConnectionID, at time: Instant, _ simulation: Simulation, by meant: Int?
  ) -> (definition: ConnectionDefinition, event: Event)? {
    let last = meant.map { $0 + 1 } ?? timeline.partitionPoint { $0.time > time }
    for row in timeline[..<last].indices.reversed().prefix(while: { timeline[$0].time == time }) {
      guard case .createConnection(id, let definition) = timeline[row].action else { continue }
      let result = simulation.results[row]
      guard let outcome = result.outcome, outcome != .refused else { continue }
      let answer = Account.Answer(outcome, result.grounds)
      return (definition, Event(answer: answer, statement: row))
    }
    return nil
  }
}
