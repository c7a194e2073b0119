import DiscreteEvents
import PowerPlatform
import ReferenceEngine
import SimulationTrace
import TenantIsolation
import Testing

/// What a finished simulation answers about any instant, against ``ReferenceEngine``, which was
/// there at that instant.
@Suite struct QuestionTests {
  @Test("States at every instant are those that held then", arguments: UInt64(0)..<100)
  func states(seed: UInt64) {
    let scenario = RandomWorld.scenario(seed: seed)
    let simulation = simulate(scenario)
    var reference = ReferenceEngine(scenario)
    _ = reference.run()
    for snapshot in reference.snapshots {
      let time = snapshot.time
      for flow in scenario.cast.flows.indices.map({ FlowID($0) }) {
        #expect(simulation.state(of: flow, at: time) == snapshot.flows[flow] ?? .absent)
      }
      for connection in scenario.cast.connections.indices.map({ ConnectionID($0) }) {
        let state = snapshot.connections[connection] ?? .absent
        #expect(simulation.state(of: connection, at: time) == state)
        for app in scenario.cast.apps.indices.map({ AppID($0) }) {
          let uses = snapshot.apps[app]?.contains(connection) ?? false
          #expect(simulation.does(app, use: connection, at: time) == uses)
        }
      }
      for (tenant, version) in snapshot.saved {
        #expect(simulation.savedPolicy(of: tenant, at: time) == simulation.trace.policies[version])
      }
      for (tenant, version) in snapshot.inForce {
        let policy = simulation.policyInForce(of: tenant, at: time)
        #expect(policy == simulation.trace.policies[version])
      }
    }
  }

  @Test(
    "What became of shares, subscriptions and pages is what had become of them then",
    arguments: UInt64(0)..<100)
  func feed(seed: UInt64) {
    let scenario = RandomWorld.scenario(seed: seed)
    let simulation = simulate(scenario)
    var reference = ReferenceEngine(scenario)
    _ = reference.run()
    let people = scenario.cast.users.indices.map { Recipient.user(UserID($0)) }
    for snapshot in reference.snapshots {
      let time = snapshot.time
      for app in scenario.cast.apps.indices.map({ AppID($0) }) {
        for recipient in [.everyone] + people {
          let state = simulation.approval(ofRemoving: recipient, from: app, at: time)
          #expect(state == snapshot.removal(of: recipient, from: app))
        }
      }
      for registration in scenario.cast.registrations.indices.map({ RegistrationID($0) }) {
        for type in ContentType.allCases {
          let isEnabled = simulation.subscription(registration, type, at: time)
          #expect(isEnabled == snapshot.subscription(registration, type))
        }
      }
      for page in scenario.cast.contentPages.indices.map({ ContentPageID($0) }) {
        #expect(simulation.contentPage(page, at: time) == snapshot.pages[page])
      }
    }
  }

  @Test("Counting runs in an interval is counting them one by one", arguments: UInt64(0)..<100)
  func counts(seed: UInt64) {
    let scenario = RandomWorld.scenario(seed: seed)
    let simulation = simulate(scenario)
    var reference = ReferenceEngine(scenario)
    let runs = reference.run().events.filter(\.kind.isRun)
    var chance = SeededGenerator(seed: seed, stream: "intervals")
    for flow in scenario.cast.flows.indices.map({ FlowID($0) }) {
      for _ in 0..<20 {
        let ends = [0, 1].map { _ in
          Instant(chance.next(in: 0...scenario.until.milliseconds / 300_000) * 300_000)
        }
        let interval = min(ends[0], ends[1])..<max(ends[0], ends[1])
        let expected = runs.filter { $0.flow == flow && interval.contains($0.time) }
        let groups = simulation.runs(of: flow, in: interval)
        #expect(groups.reduce(0) { $0 + $1.count } == expected.count)
        let failed = groups.filter { simulation.trace.verdicts[$0.verdict].failure != nil }
        #expect(
          failed.reduce(0) { $0 + $1.count } == expected.count { $0.outcome == .failed })
        #expect(groups.map(\.first).min() == expected.first?.time)
        #expect(groups.map(\.last).max() == expected.last?.time)
      }
    }
  }

  @Test(
    "The page of a flow warns while its latest run failed and it is on", arguments: UInt64(0)..<60)
  func warnings(seed: UInt64) {
    let scenario = RandomWorld.scenario(seed: seed)
    let simulation = simulate(scenario)
    var reference = ReferenceEngine(scenario)
    let runs = reference.run().events.filter(\.kind.isRun)
    for snapshot in reference.snapshots {
      for (flow, state) in snapshot.flows where state == .on {
        let latest = runs.last { $0.flow == flow && $0.time <= snapshot.time }
        let texts = simulation.pageTexts(of: flow, at: snapshot.time)
        #expect(texts == (latest?.outcome == .failed ? [Cast.flowPageWarning] : []))
      }
    }
  }

  @Test("The run history goes back 28 days and no further")
  func history() {
    var scenario = Scenario()
    scenario.until = Instant(40 * CivilTime.day)
    scenario.cast.tenants = [
      Tenant(name: "contoso", displayName: "Contoso", identifier: "1", domains: [])
    ]
    scenario.policies = [IsolationPolicy()]
    scenario.policyLines = [0]
    scenario.cast.users = [User(name: "maya", role: .maker, home: TenantID(0), guestIn: [])]
    scenario.cast.flows = [Title(name: "nightly")]
    let flow = FlowDefinition(
      owner: UserID(0), trigger: .every(CivilTime.day, anchor: nil), uses: .none)
    scenario.declarations = [Declaration(.flow(FlowID(0), flow), line: 1)]
    let history = simulate(scenario).runHistory(of: FlowID(0), at: Instant(35 * CivilTime.day))
    #expect(history.map(\.count) == [29])
    #expect(history.first?.first == Instant(7 * CivilTime.day))
    #expect(history.first?.last == Instant(35 * CivilTime.day))
  }
}
