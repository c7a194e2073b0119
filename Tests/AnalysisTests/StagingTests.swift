import DiscreteEvents
import PowerPlatform
import ReferenceEngine
import ScenarioLanguage
import SimulationTrace
import TenantIsolation
import Testing

@testable import Analysis

/// The stage of a player, against asking the simulation at every instant.
@Suite struct StagingTests {
  @Test("After an instant the stage stands as the simulation says", arguments: UInt64(0)..<60)
  func states(seed: UInt64) {
    let scenario = RandomWorld.scenario(seed: seed)
    let simulation = simulate(scenario)
    let stage = stage(scenario, simulation)
    var values = Dictionary(uniqueKeysWithValues: stage.initial)
    var changes = stage.changes[...]
    let events = simulation.trace.events
    for (row, event) in events.enumerated() {
      while let change = changes.first, change.event == row {
        values[change.place] = change.value
        changes.removeFirst()
      }
      // What is last at its instant is recorded a millisecond later.
      let isLast = row + 1 == events.count || events[row + 1].time > event.time + 1
      if isLast { check(values, stage, simulation, at: event.time) }
    }
    #expect(changes.isEmpty)
  }

  private func check(
    _ values: [Stage.Place: Stage.Value], _ stage: Stage, _ simulation: Simulation,
    at time: Instant
  ) {
    let cast = simulation.trace.cast
    func value(_ thing: Stage.Thing, _ field: Stage.Field) -> Stage.Value? {
      values[Stage.Place(thing, field)]
    }
    for id in cast.flows.indices.map({ FlowID($0) }) {
      #expect(value(.flow(id), .state) == .word("\(simulation.state(of: id, at: time).name)"))
      guard simulation.state(of: id, at: time) != .absent else { continue }
      let uses = simulation.connections(of: id, at: time).map(\.row)
      #expect(value(.flow(id), .uses) == .rows(uses))
    }
    for id in cast.connections.indices.map({ ConnectionID($0) }) {
      let state = simulation.state(of: id, at: time)
      #expect(value(.connection(id), .state) == .word("\(state.name)"))
      guard case .decision(let decision) = value(.connection(id), .decision) else {
        #expect(state == .absent)
        continue
      }
      #expect(decision.answer.grounds == simulation.encounter(of: id, at: time).grounds)
    }
    for id in cast.apps.indices.map({ AppID($0) }) where simulation.exists(id, at: time) {
      let uses = simulation.connections(of: id, at: time).map(\.row)
      #expect(value(.app(id), .state) == .word("present"))
      #expect(value(.app(id), .uses) == .rows(uses))
    }
    for id in cast.tenants.indices.map({ TenantID($0) }) {
      let versions = simulation.trace.policies
      let saved = simulation.savedPolicy(of: id, at: time)
      let inForce = simulation.policyInForce(of: id, at: time)
      if case .row(let row) = value(.tenant(id), .saved) { #expect(versions[row] == saved) }
      if case .row(let row) = value(.tenant(id), .inForce) { #expect(versions[row] == inForce) }
      for (field, isInForce) in [(Stage.Field.saved, false), (.inForce, true)] {
        let known = stage.dataPolicies.filter { $0.tenant == id }.map(\.policy)
        let holding = known.filter {
          guard case .row(let row) = value(.dataPolicy($0), field) else { return false }
          return stage.dataPolicies[row].content != nil
        }
        let policies = simulation.dataPolicies(of: id, inForce: isInForce, at: time)
        #expect(Set(holding) == Set(policies.map(\.id)))
      }
    }
  }

  @Test("Decisions end as what they are about", arguments: UInt64(0)..<30)
  func decisions(seed: UInt64) {
    let scenario = RandomWorld.scenario(seed: seed)
    let simulation = simulate(scenario)
    let stage = stage(scenario, simulation)
    #expect(stage.decisions.count == simulation.trace.events.count)
    for (event, decision) in zip(simulation.trace.events, stage.decisions) {
      guard let decision, event.kind != .policyInForce else { continue }
      #expect(decision.answer == Account.Answer(event.outcome, event.grounds))
      if let flip = decision.flip { #expect(flip.answer.outcome != event.outcome) }
    }
    for segment in simulation.trace.segments {
      guard let first = segment.recurrence.occurrence(0, in: segment.interval) else { continue }
      let verdict = simulation.trace.verdicts[segment.verdict]
      let answer = stage.decisionOfRun(segment.flow, first)?.answer
      #expect(answer == Account.Answer(verdict.outcome, verdict.grounds))
    }
  }

  @Test func `A data policy on its way is named, with what it leads to by itself`() throws {
    let text = """
      tenant contoso "Contoso"
      admin ada of contoso
      maker maya of contoso
      connection mail "Mailbox" of maya using office365-outlook signed in to contoso
      flow sync of maya every 1h using mail
      at 09:00 ada creates data policy no-mail blocking office365-outlook
      at 09:40 ada deletes data policy no-mail

      """
    let scenario = try #require(load("a") { _ in .success(Array(text.utf8)) }.scenario)
    let simulation = simulate(scenario)
    let pending = why(.run(FlowID(0)), at: .start + 110 * 60_000, scenario, simulation)
      .pendingDataPolicies
    #expect(pending.map(\.change.content) == ["blocks Office 365 Outlook", nil])
    #expect(pending.map(\.change.inForceAt) == [Instant(120 * 60_000), Instant(160 * 60_000)])
    #expect(pending.map(\.answer.outcome) == [.failed, .succeeded])
    #expect(pending.first?.answer.grounds.contains(.dataPolicy) == true)
    let later = why(.run(FlowID(0)), at: .start + 120 * 60_000, scenario, simulation)
    #expect(later.pendingDataPolicies.map(\.change.content) == [nil])
    let stage = stage(scenario, simulation)
    let steps = try #require(stage.decisionOfRun(FlowID(0), .start + 60 * 60_000)).reasons
    #expect(steps.contains { $0.text.contains("Mailbox") })
  }

  @Test func `Only a delay that is drawn has a range`() throws {
    let text = """
      start 08:00
      until 14:00
      set propagation 45m..75m
      tenant contoso
      admin ada of contoso
      at 09:00 ada turns isolation on in force after 60m
      at 10:30 ada turns isolation off
      at 11:00 ada turns isolation on in force after 5m

      """
    let scenario = try #require(load("a") { _ in .success(Array(text.utf8)) }.scenario)
    let ranges = stage(scenario, simulate(scenario)).mayBeInForce
    let minutes = ranges.map { [$0.lowerBound, $0.upperBound].map { $0.milliseconds / 60_000 } }
    // The last follows the one before, which is still on its way.
    #expect(minutes == [[0, 0], [120, 120], [195, 225], [195, 225]])
  }

  @Test func `A suspended flow says which rule would have saved it`() throws {
    let text = """
      tenant contoso
      tenant fabrikam
      admin ada of contoso
      maker maya of contoso
      connection mail of maya using office365-outlook signed in to fabrikam
      at 09:00 ada turns isolation on
      at 09:05 maya creates flow sync every 1h using mail

      """
    let scenario = try #require(load("a") { _ in .success(Array(text.utf8)) }.scenario)
    let simulation = simulate(scenario)
    let row = simulation.trace.events.firstIndex { $0.kind == .flowSuspended }
    let decision = try #require(row.flatMap { stage(scenario, simulation).decisions[$0] })
    #expect(decision.flip?.edit == "ada allows fabrikam outbound")
    #expect(decision.flip?.answer.outcome == .saved)
    #expect(decision.flip?.alsoAllows == [], "nobody asked, and the list may be long")
    #expect(decision.reasons.contains { $0.lines.joined().contains("outbound-blocked") })
  }

  @Test func `Statements of one line each have their own reasons and evidence`() throws {
    let text = """
      tenant contoso
      admin ada of contoso
      maker maya of contoso
      maker mo of contoso
      connection mail of maya using sharepoint signed in to contoso
      flow sync of maya every 1h using mail
      at 09:00 maya turns off flow sync
        expect saved
      at 09:00 mo deletes flow sync
        expect refused
      at 09:00 ada deletes flow sync
        expect refused

      """
    var scenario = try #require(load("a") { _ in .success(Array(text.utf8)) }.scenario)
    // As in a JSON image that was flattened.
    for row in scenario.timeline.indices { scenario.timeline[row].line = 1 }
    let simulation = simulate(scenario)
    let stage = stage(scenario, simulation)
    let events = simulation.trace.events
    #expect(stage.evidence.map(\.event) == [0, 1, 2])
    for (row, name) in [(1, "mo"), (2, "ada")] {
      let told = stage.decisions[row]?.reasons.flatMap(\.lines).joined(separator: " ")
      #expect(events[row].kind == .operationRefused)
      #expect(told?.contains("\(name) is neither owner") == true)
    }
  }
}
