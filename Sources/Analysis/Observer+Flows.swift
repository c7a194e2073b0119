import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// Runs, and what people see of a flow besides.

extension Observer {
  mutating func observe(_ flow: FlowID) {
    let claims = expected.claims(on: flow)
    for piece in pieces(of: flow, claims) {
      for group in scene.simulation.runs(of: flow, in: piece) { observe(group, of: flow, claims) }
    }
    observeSuspensions(of: flow, claims)
    observeHistory(of: flow, claims)
  }

  /// Pieces of time between which nothing changes and no expectation begins or ends, so that one run
  /// stands for all in its piece.
  private func pieces(of flow: FlowID, _ claims: [Claim]) -> [Range<Instant>] {
    let until = scene.simulation.trace.until
    var cuts: Set<Instant> = [.start, until]
    var tenants: Set<TenantID> = []
    for definition in scene.simulation.definitionsEver(of: flow) {
      tenants.formUnion([definition.creator, definition.signIn])
      if definition.creator == definition.signIn {
        tenants.formUnion(scene.related(to: definition.creator))
      }
    }
    for tenant in tenants { cuts.formUnion(scene.policyInstants(of: tenant)) }
    for claim in claims {
      if let interval = claim.interval {
        cuts.formUnion([interval.lowerBound, interval.upperBound])
      }
    }
    let sorted = cuts.filter { $0 >= .start && $0 <= until }.sorted()
    return zip(sorted, sorted.dropFirst()).map { $0..<$1 }
  }
}

// MARK: - Runs

extension Observer {
  private mutating func observe(_ group: RunGroup, of flow: FlowID, _ claims: [Claim]) {
    let trace = scene.simulation.trace
    let verdict = trace.verdicts[group.verdict]
    let said = assertion(on: group, verdict, claims)
    let connections = defined(
      scene.simulation.connections(of: flow, at: group.first), at: group.first)
    for (id, definition) in connections {
      let own = scene.simulation.decision(definition, .inForce, at: group.first).grounds
      let whole = (verdict.outcome, verdict.grounds, verdict.failure)
      guard var sight = sight(id, definition, own, .run, at: group.first, whole, said)
      else { continue }
      sight.assertion.isListed = said.isListed
      (sight.flow, sight.steps) = (flow, verdict.steps)
      sight.isBySignal = isBySignal(group)
      note(sight)
    }
    if verdict.failure?.cause == .isolation { observeFailing(group, claims) }
  }

  private func isBySignal(_ group: RunGroup) -> Bool {
    guard let row = group.statement,
      case .signal = scene.scenario.timeline[row].action
    else { return false }
    return true
  }

  /// What is said of runs: by expectations on them, and on the statement that started them.
  private func assertion(
    on group: RunGroup, _ verdict: RunVerdict, _ claims: [Claim]
  ) -> Assertion {
    var assertion = Assertion()
    for claim in claims {
      if let said = scene.simulation.said(by: claim, of: group) { assertion.add(said) }
    }
    guard let row = group.statement,
      scene.simulation.results[row].outcome == verdict.outcome
    else { return assertion }
    assertion.add(expected.statement(row))
    return assertion
  }
}

extension Claim {
  /// The runs it looks at; nil where it looks at none.
  fileprivate var interval: Range<Instant>? {
    switch self {
    case .runs(_, _, let interval, _): interval
    case .run(_, let time, _): time..<time + 1
    case .history(_, _, let time, _): time + -Trace.historyWindow..<time + 1
    default: nil
    }
  }

  fileprivate var description: RunDescription? {
    switch self {
    case .runs(_, let count, _, let description), .history(_, let count, _, let description):
      count > 0 ? description : nil
    case .run(_, _, let description): description
    default: nil
    }
  }
}

extension Simulation {
  /// What a met claim says of runs; nil where it speaks of others.
  fileprivate func said(by claim: Claim, of group: RunGroup) -> Assertion? {
    guard let interval = claim.interval, interval.contains(group.first),
      let description = claim.description, isRun(group), fits(group, description)
    else { return nil }
    var assertion = Assertion(outcome: description.outcome != nil)
    for ground in description.because { assertion.grounds.append(ground) }
    assertion.texts = description.error.map { [$0] } ?? []
    if case .history = claim { assertion.isListed = assertion.outcome }
    return assertion
  }
}

// MARK: - What people see besides runs

extension Observer {
  /// A flow whose runs fail is on meanwhile, and its page warns.
  private mutating func observeFailing(_ group: RunGroup, _ claims: [Claim]) {
    let shown = group.first..<group.last + max(1, group.period)
    var sight = FlowSight(kind: .failing)
    for claim in claims {
      switch claim {
      case .flow(_, .on, let time) where shown.contains(time): sight.assertion.outcome = true
      case .flowPage(_, let text, let time) where shown.contains(time):
        sight.assertion.texts.append(text)
      default: break
      }
    }
    note(sight)
  }

  private mutating func observeSuspensions(of flow: FlowID, _ claims: [Claim]) {
    let simulation = scene.simulation
    for event in simulation.trace.events
    where event.kind == .flowSuspended && event.flow == flow && event.isBlockedByIsolation {
      var sight = FlowSight(kind: .idle)
      sight.assertion.outcome = claims.contains { claim in
        guard case .runs(_, 0, let interval, RunDescription()) = claim else { return false }
        let first = max(interval.lowerBound, event.time)
        return first < interval.upperBound && simulation.state(of: flow, at: first) == .suspended
      }
      note(sight)
    }
  }

  /// A run history that goes back less far than the runs do.
  private mutating func observeHistory(of flow: FlowID, _ claims: [Claim]) {
    let simulation = scene.simulation
    func hasOlder(_ time: Instant) -> Bool {
      let first = time + -Trace.historyWindow
      return first > .start && !simulation.runs(of: flow, in: .start..<first).isEmpty
    }
    guard hasOlder(simulation.trace.until) else { return }
    var sight = FlowSight(kind: .forgetting)
    sight.assertion.outcome = claims.contains {
      if case .history(_, _, let time, _) = $0 { hasOlder(time) } else { false }
    }
    note(sight)
  }
}
