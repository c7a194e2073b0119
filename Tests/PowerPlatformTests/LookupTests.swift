import DiscreteEvents
import PowerPlatform
import ReferenceEngine
import SimulationTrace
import TenantIsolation
import Testing

/// What a simulation looks up is what a search through everything would find, on random worlds.
@Suite struct LookupTests {
  @Test("The last change of something is the last that is told of it", arguments: UInt64(0)..<40)
  func records(seed: UInt64) {
    let world = Looked(seed)
    let events = world.simulation.trace.events
    for time in world.instants {
      let told = events.filter { $0.time <= time && !$0.kind.isRun }
      for flow in world.flows {
        let last = told.last { $0.flow == flow && $0.flowState != nil }
        #expect(same(world.simulation.lastChange(of: flow, at: time), last))
      }
      for app in world.apps {
        let kinds: [RecordKind] = [
          .appCreated, .appConnectionAdded, .appConnectionRefused, .appDeleted,
        ]
        let last = told.last { $0.app == app && kinds.contains($0.kind) }
        #expect(same(world.simulation.lastChange(of: app, at: time), last))
      }
      for id in world.connections {
        let kinds: [RecordKind] = [
          .connectionCreated, .connectionBlocked, .connectionDeleted, .connectionDisabled,
          .connectionEnabled, .operationRefused,
        ]
        let last = told.last { $0.connection == id && kinds.contains($0.kind) }
        #expect(same(world.simulation.lastChange(of: id, at: time), last))
        for app in world.apps {
          let last = told.last { $0.connection == id && $0.app == app }
          #expect(same(world.simulation.lastRecord(of: app, about: id, at: time), last))
        }
      }
    }
  }

  @Test("A statement ends as one of its kind may", arguments: UInt64(0)..<100)
  func outcomes(seed: UInt64) {
    let world = Looked(seed)
    for (statement, result) in zip(world.scenario.timeline, world.simulation.results) {
      #expect(result.outcome.map(statement.action.outcomes.contains) ?? true, "\(statement)")
    }
  }

  private func same(_ left: Record?, _ right: Record?) -> Bool {
    left.map { plainText($0) } == right.map { plainText($0) }
  }

  @Test("A connection's line is that of the last creation the gateway judged", arguments: 0..<40)
  func lines(seed: Int) {
    let world = Looked(UInt64(seed))
    for time in world.instants {
      for id in world.connections {
        let created = world.scenario.timeline.indices.last { row in
          guard case .createConnection(id, _) = world.scenario.timeline[row].action else {
            return false
          }
          let outcome = world.simulation.results[row].outcome
          return world.scenario.timeline[row].time <= time
            && (outcome == .allowed || outcome == .blocked)
        }
        let declared = world.scenario.declarations.first {
          if case .connection(id, _) = $0.item { true } else { false }
        }
        let line = created.map { world.scenario.timeline[$0].line } ?? declared?.line
        #expect(world.simulation.line(of: id, at: time) == line)
      }
    }
  }

  @Test("Pending policies are those saved that judge nothing yet", arguments: UInt64(0)..<100)
  func pending(seed: UInt64) {
    let world = Looked(seed)
    for time in world.instants {
      for tenant in world.tenants {
        let pending = world.simulation.trace.policies.filter {
          guard $0.tenant == tenant, let saved = $0.savedAt else { return false }
          return saved <= time && $0.feltFrom > time
        }
        #expect(world.simulation.pendingPolicies(of: tenant, at: time) == pending)
      }
    }
  }

  @Test("Neighbouring runs are the nearest among all runs", arguments: UInt64(0)..<40)
  func neighbours(seed: UInt64) {
    let world = Looked(seed)
    let records = world.simulation.trace.records.filter(\.kind.isRun)
    for flow in world.flows {
      let all = records.filter { $0.flow == flow }
      for time in world.instants {
        for isAny in [true, false] {
          func fits(_ record: Record) -> Bool { isAny || record.kind == .flowRun }
          func fits(_ verdict: RunVerdict) -> Bool { isAny || verdict.kind == .flowRun }
          let before = all.last { $0.time < time && fits($0) }
          let last = world.simulation.lastRun(of: flow, before: time, where: fits)
          #expect(last?.time == before?.time)
          #expect(last?.verdict == before?.run?.verdict)
          let after = all.first { $0.time >= time && fits($0) }
          #expect(world.simulation.nextRun(of: flow, from: time, where: fits) == after?.time)
        }
      }
    }
  }

  @Test("Nothing changes what is met before the next mark", arguments: UInt64(0)..<40)
  func marks(seed: UInt64) {
    let world = Looked(seed)
    let simulation = world.simulation
    for (place, time) in world.instants.enumerated() {
      func quiet(until mark: Instant?) -> [Instant] {
        world.instants[place...].filter { instant in mark.map { instant < $0 } ?? true }
      }
      for flow in world.flows {
        let met = simulation.encounter(of: flow, at: time)
        for later in quiet(until: simulation.nextMark(of: flow, after: time)) {
          #expect(simulation.encounter(of: flow, at: later) == met)
        }
      }
      for app in world.apps {
        let met = simulation.encounter(of: app, at: time)
        for later in quiet(until: simulation.nextMark(of: app, after: time)) {
          #expect(simulation.encounter(of: app, at: later) == met)
        }
      }
      for id in world.connections {
        let met = simulation.encounter(of: id, at: time)
        for later in quiet(until: simulation.nextMark(of: id, after: time)) {
          #expect(simulation.encounter(of: id, at: later) == met)
        }
        guard let definition = simulation.definition(of: id, at: time) else { continue }
        for view in [PolicyView.saved, .inForce] {
          let met = simulation.encounter(ofCreating: definition, view, at: time)
          let mark = simulation.nextMark(ofCreating: definition, view, after: time)
          for later in quiet(until: mark) {
            #expect(simulation.encounter(ofCreating: definition, view, at: later) == met)
          }
        }
      }
    }
  }

  @Test("A change of policies touches nothing but its dependents", arguments: UInt64(0)..<40)
  func dependents(seed: UInt64) {
    let world = Looked(seed)
    let simulation = world.simulation
    var touched = 0
    for time in world.instants.prefix(12) {
      for edit in world.edits(at: time) {
        let supposing = simulation.supposing(edit, .inForce, at: time)
        let found = simulation.dependents(on: edit, at: time)
        touched += found.connections.count
        for id in world.connections where !found.connections.contains(id) {
          let met = supposing.encounter(of: id, at: time)
          #expect(simulation.encounter(of: id, at: time) == met)
        }
        for id in world.apps where !found.apps.contains(id) {
          let met = supposing.encounter(of: id, at: time)
          #expect(simulation.encounter(of: id, at: time) == met)
        }
        for id in world.flows where !found.flows.contains(id) {
          let met = supposing.encounter(of: id, at: time)
          #expect(simulation.encounter(of: id, at: time) == met)
        }
        #expect(found.connections == found.connections.sorted())
        #expect(found.apps == Set(found.apps).sorted() && found.flows == Set(found.flows).sorted())
      }
    }
    #expect(touched > 0)
  }
}

/// A random world and where to look at it.
private struct Looked {
  let scenario: Scenario
  let simulation: Simulation
  /// Some at which something happens, some moments around, and the start.
  let instants: [Instant]

  init(_ seed: UInt64) {
    scenario = RandomWorld.scenario(seed: seed)
    simulation = simulate(scenario)
    let events = simulation.trace.events.map(\.time.milliseconds)
    let all = Set(events.flatMap { [$0 - 1, $0, $0 + 1] } + [0]).filter { $0 >= 0 }.sorted()
    instants = all.indices.filter { $0 % (1 + all.count / 40) == 0 }.map { Instant(all[$0]) }
  }

  var tenants: [TenantID] { scenario.cast.tenants.indices.map { TenantID($0) } }
  var flows: [FlowID] { scenario.cast.flows.indices.map { FlowID($0) } }
  var apps: [AppID] { scenario.cast.apps.indices.map { AppID($0) } }
  var connections: [ConnectionID] { scenario.cast.connections.indices.map { ConnectionID($0) } }

  /// Every kind of change of the first tenants' policies.
  func edits(at time: Instant) -> [PolicyEdit] {
    let tenants = tenants.prefix(3)
    return tenants.flatMap { tenant -> [PolicyEdit] in
      let isolation = [true, false].map { PolicyEdit.isolation(on: $0, tenant) }
      let rules = (tenants.map { RuleSubject.tenant($0) } + [.every]).flatMap { subject in
        [[], Directions.outbound, .both].map { PolicyEdit.rule(subject, $0, tenant) }
      }
      let deletions = simulation.dataPolicies(of: tenant, inForce: true, at: time).map {
        PolicyEdit.deleteDataPolicy($0.id, tenant)
      }
      let blocks = scenario.cast.connectors.indices.map {
        PolicyEdit.block(ConnectorID($0), tenant)
      }
      return isolation + rules + deletions + blocks
    }
  }
}
