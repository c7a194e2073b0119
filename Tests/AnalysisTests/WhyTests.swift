import DiscreteEvents
import PowerPlatform
import ReferenceEngine
import SimulationTrace
import TenantIsolation
import Testing

@testable import Analysis

/// What `why` says, against what happened and against decisions made anew, on random worlds.
@Suite struct WhyTests {
  @Test("The answer is what the run met", arguments: UInt64(0)..<60)
  func runs(seed: UInt64) {
    let world = Asked(seed)
    for flow in world.flows {
      for group in world.simulation.runs(of: flow, in: .start..<world.scenario.until) {
        // Of runs that share an instant, the last one is meant.
        let last = world.simulation.runs(of: flow, in: group.first..<group.first + 1).last
        let verdict = world.simulation.trace.verdicts[last?.verdict ?? group.verdict]
        let account = world.why(.run(flow), group.first)
        #expect(account.happens)
        #expect(account.answer == Account.Answer(verdict.outcome, verdict.grounds))
      }
    }
  }

  @Test(
    "Reasons give the grounds of the answer, and what blocks decides", arguments: UInt64(0)..<100)
  func reasons(seed: UInt64) {
    let world = Asked(seed)
    for flow in world.flows {
      for group in world.simulation.runs(of: flow, in: .start..<world.scenario.until) {
        for time in Set([group.first, group.last]) { world.expectGrounds(.run(flow), time) }
      }
    }
    for statement in world.scenario.timeline {
      switch statement.action {
      case .createConnection(let id, _): world.expectGrounds(.connection(id), statement.time)
      case .openApp(let app): world.expectGrounds(.app(app), statement.time)
      default: break
      }
    }
  }

  @Test("Reasons of a statement give the grounds that it ended on", arguments: UInt64(0)..<100)
  func reasonsOfStatements(seed: UInt64) {
    let world = Asked(seed)
    let explanation = Explanation(
      world.scenario, world.simulation, Phrases(world.simulation.trace))
    for (row, statement) in world.scenario.timeline.enumerated() {
      let result = world.simulation.results[row]
      switch statement.action {
      // Of apps, some connections are judged beside others; of signals, one run is told.
      case .createApp, .addConnection, .signal: continue
      // Turning off judges nothing.
      case .turnFlow(_, on: false): continue
      default: break
      }
      // Nobody met the gateway, or access to data hid it.
      guard !result.grounds.isEmpty else { continue }
      let told = explanation.why(statement: row).flatMap(\.grounds)
      #expect(Set(told) == Set(result.grounds), "seed \(seed), line \(statement.line)")
    }
  }

  @Test("The answer is how the statement ended", arguments: UInt64(0)..<60)
  func statements(seed: UInt64) {
    let world = Asked(seed)
    for (statement, result) in zip(world.scenario.timeline, world.simulation.results) {
      guard let outcome = result.outcome, outcome != .refused else { continue }
      let answer = Account.Answer(outcome, result.grounds)
      let earlier = world.scenario.timeline.filter {
        $0.time == statement.time && $0.line > statement.line
      }
      switch statement.action {
      case .createConnection(let id, _):
        let isLast = !earlier.contains {
          if case .createConnection(id, _) = $0.action { true } else { false }
        }
        if isLast { #expect(world.why(.connection(id), statement.time).answer == answer) }
      case .openApp(let app):
        let isLast = !earlier.contains { $0.action == .openApp(app) }
        if isLast { #expect(world.why(.app(app), statement.time).answer == answer) }
      default: break
      }
    }
  }

  @Test(
    "The next change is the first at any instant at which something happens",
    arguments: UInt64(0)..<60)
  func nextChange(seed: UInt64) {
    let world = Asked(seed)
    // Recurring runs as well: what one is answered by its work is what the next one expects.
    let marks = Set(world.simulation.trace.records.map(\.time)).sorted()
    for (subject, time) in world.questions {
      let account = world.why(subject, time)
      guard case .run(let flow) = subject else { continue }
      let next = ([time] + marks.filter { $0 > time }).first {
        world.met(flow, at: $0) != account.answer
      }
      #expect(account.nextChange?.time == next)
      #expect(account.nextChange?.answer == next.map { world.met(flow, at: $0) })
    }
  }

  @Test("The flip flips, and nothing narrower does", arguments: UInt64(0)..<80)
  func flip(seed: UInt64) {
    let world = Asked(seed)
    for (subject, time) in world.questions {
      let question: Comment = "\(subject) at \(time.milliseconds)"
      let inquiry = Inquiry(subject, at: time, world.scenario, world.simulation)
      guard let decider = Decider(inquiry, world) else { continue }
      let isAllowed = decider.isAllowed()
      guard let edit = inquiry.flippingEdit else {
        #expect(!decider.everyRule.contains { decider.isAllowed(with: $0) != isAllowed }, question)
        #expect(
          !decider.everySwitch.contains { decider.isAllowed(with: $0) != isAllowed }, question)
        continue
      }
      let account = world.why(subject, time)
      // Of an app that sharing keeps somebody from, no policy turns the answer round.
      let isExpected = account.happens == false || account.flip != nil || inquiry.isClosed
      #expect(isExpected || account.nextChange?.time == time)
      switch edit {
      case .rule(let subject, _, _):
        #expect(decider.isAllowed(with: edit) != isAllowed, question)
        guard subject == .every, !isAllowed else { continue }
        let ofOneTenant = decider.everyRule.filter {
          if case .rule(.tenant, _, _) = $0 { true } else { false }
        }
        #expect(!ofOneTenant.contains { decider.isAllowed(with: $0) })
      case .isolation:
        #expect(decider.isAllowed(with: edit) != isAllowed, question)
        #expect(!decider.everyRule.contains { decider.isAllowed(with: $0) != isAllowed }, question)
      default:
        #expect(isAllowed)
        #expect(!decider.everyRule.contains { decider.isAllowed(with: $0) != isAllowed }, question)
        #expect(
          !decider.everySwitch.contains { decider.isAllowed(with: $0) != isAllowed }, question)
      }
    }
  }

  @Test("A pending policy leads to what a decision under it says", arguments: UInt64(0)..<60)
  func pending(seed: UInt64) {
    let world = Asked(seed)
    for (subject, time) in world.questions {
      let inquiry = Inquiry(subject, at: time, world.scenario, world.simulation)
      guard let decider = Decider(inquiry, world) else { continue }
      for pending in world.why(subject, time).pending {
        let edit = PolicyEdit.replace(pending.version.policy, pending.version.tenant)
        let outcome = pending.answer.outcome
        #expect((outcome == .succeeded || outcome == .allowed) == decider.isAllowed(with: edit))
        #expect(pending.version.feltFrom > time)
      }
    }
  }
}

/// A random world, and questions about it.
private struct Asked {
  let scenario: Scenario
  let simulation: Simulation
  private let seed: UInt64

  init(_ seed: UInt64) {
    self.seed = seed
    scenario = RandomWorld.scenario(seed: seed)
    simulation = simulate(scenario)
  }

  var flows: [FlowID] { scenario.cast.flows.indices.map { FlowID($0) } }

  func why(_ subject: Account.Subject, _ time: Instant) -> Account {
    Analysis.why(subject, at: time, scenario, simulation)
  }

  /// Expects that reasons and answer have the same grounds, of which those decide that block.
  func expectGrounds(_ subject: Account.Subject, _ time: Instant) {
    let account = why(subject, time)
    let question: Comment = "seed \(seed): \(subject) at \(time.milliseconds)"
    guard account.happens, !account.answer.grounds.isEmpty else { return }
    #expect(
      Set(account.reasons.flatMap(\.grounds)) == Set(account.answer.grounds), question)
    let blocking = account.answer.grounds.filter(\.isBlocking)
    guard !blocking.isEmpty else { return }
    #expect(Set(account.reasons.flatMap(\.deciding)) == Set(blocking), question)
  }

  func met(_ flow: FlowID, at time: Instant) -> Account.Answer {
    // A copy that has no connections of its owner's does not run.
    let isCopy = simulation.isCopy(flow, at: time)
    let met = isCopy ? nil : simulation.encounter(of: flow, at: time)
    return Account.Answer(met.map { $0.isAllowed ? .succeeded : .failed }, met?.grounds ?? [])
  }

  /// Everything there is, at instants where something happens and at others.
  var questions: [(Account.Subject, Instant)] {
    var chance = SeededGenerator(seed: seed, stream: "questions")
    let subjects =
      flows.map { Account.Subject.run($0) }
      + scenario.cast.apps.indices.map { .app(AppID($0)) }
      + scenario.cast.connections.indices.map { .connection(ConnectionID($0)) }
    let events = simulation.trace.events
    return subjects.flatMap { subject -> [(Account.Subject, Instant)] in
      var times = [Instant(chance.next(in: 0...max(0, scenario.until.milliseconds - 1)))]
      if !events.isEmpty {
        times.append(events[Int(chance.next(in: 0...Int64(events.count - 1)))].time)
      }
      return times.map { (subject, $0) }
    }
  }
}

/// Decides about connections in use by nothing but the pure decision.
private struct Decider {
  private let definitions: [ConnectionDefinition]
  private let world: Asked
  private let simulation: Simulation
  private let time: Instant

  /// Nil where more than isolation has a say, or where something is created.
  init?(_ inquiry: Inquiry, _ world: Asked) {
    if case .creation = inquiry.matter { return nil }
    if case .run(let flow) = inquiry.matter,
      inquiry.simulation.work(of: flow, at: inquiry.time) != nil
    {
      return nil
    }
    simulation = inquiry.simulation
    guard let met = inquiry.met(simulation, at: inquiry.time),
      !met.grounds.contains(.dataPolicy), !met.grounds.contains(.connectionAbsent)
    else { return nil }
    definitions = inquiry.definitions
    self.world = world
    time = inquiry.time
  }

  private var tenants: [TenantID] {
    Array(Set(definitions.flatMap { [$0.creator, $0.signIn] }))
  }

  func isAllowed(with edit: PolicyEdit? = nil) -> Bool {
    definitions.allSatisfy { definition in
      decide(
        ConnectionRequest(
          creator: definition.creator, signIn: definition.signIn,
          token: world.scenario.cast.connectors[definition.connector.row].signIn),
        creatorPolicy: policy(of: definition.creator, edit),
        signInPolicy: policy(of: definition.signIn, edit)
      ).isAllowed
    }
  }

  private func policy(of tenant: TenantID, _ edit: PolicyEdit? = nil) -> IsolationPolicy {
    var policy = simulation.policy(of: tenant, .inForce, at: time).policy
    guard let edit, edit.tenant == tenant else { return policy }
    switch edit {
    case .isolation(let on, _): policy.isOn = on
    case .rule(let subject, let directions, _):
      _ = policy.remove(subject)
      if !directions.isEmpty { policy.allow(directions, for: subject) }
    case .replace(let other, _): policy = other
    default: break
    }
    return policy
  }

  var everySwitch: [PolicyEdit] {
    tenants.flatMap { [.isolation(on: true, $0), .isolation(on: false, $0)] }
  }

  /// Each rule about each of the tenants, added, changed and removed, as far as the edition lets it.
  var everyRule: [PolicyEdit] {
    let limit = world.scenario.settings.edition.ruleLimit
    return tenants.flatMap { tenant -> [PolicyEdit] in
      let policy = policy(of: tenant)
      let subjects = tenants.map { RuleSubject.tenant($0) } + [.every]
      return subjects.flatMap { subject -> [PolicyEdit] in
        let isNew = policy.directions(for: subject).isEmpty
        if isNew, policy.rules.count >= limit { return [] }
        return [[], .inbound, .outbound, .both].map { .rule(subject, $0, tenant) }
      }
    }
  }
}

extension Reason {
  /// The grounds that the step and those below it give, without asides and what is to come.
  fileprivate var grounds: [Ground] { tree.compactMap(\.ground) }

  /// Those of them on which the outcome rests.
  fileprivate var deciding: [Ground] {
    tree.filter { $0.weight == .decides }.compactMap(\.ground)
  }

  private var tree: [Reason] {
    weight == .aside || isAhead ? [] : [self] + children.flatMap(\.tree)
  }
}
