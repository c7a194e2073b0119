import DiscreteEvents
import PowerPlatform
import ReferenceEngine
import Reports
import SimulationTrace
import TenantIsolation
import Testing

/// The engine that ships against ``ReferenceEngine``, on random worlds.
@Suite struct ReferenceTests {
  @Test(
    "Deriving runs and making them one by one tell the same story",
    arguments: UInt64(0)..<40)
  func agreement(batch: UInt64) {
    for seed in batch * 10..<batch * 10 + 10 {
      let scenario = RandomWorld.scenario(seed: seed)
      guard firstDifference(in: scenario) != nil else { continue }
      let small = shrunk(scenario)
      Issue.record(
        """
        World \(seed): \(firstDifference(in: small) ?? "")
        \(description(of: small))
        """)
    }
  }

  @Test("Random worlds show whatever can happen")
  func variety() {
    var kinds: [RecordKind: Int] = [:]
    var grounds: [Ground: Int] = [:]
    var causes: [Cause: Int] = [:]
    var feedErrors: [FeedError: Int] = [:]
    // Only whoever writes requests by hand meets these, or has waited for a week.
    let errorsOfClients: Set<FeedError> = [
      .parameterMissing, .parameterInvalid, .tenantMismatch, .tenantUnknown, .tenantNoGUID,
      .contentTypeInvalid, .webhookInvalid, .contentIdInvalid, .contentExpired,
    ]
    var ties = 0
    for seed in UInt64(0)..<400 {
      let trace = simulate(RandomWorld.scenario(seed: seed)).trace
      ties += trace.ties.count
      for record in trace.records {
        kinds[record.kind, default: 0] += 1
        for ground in record.grounds { grounds[ground, default: 0] += 1 }
        if let failure = record.failure { causes[failure.cause, default: 0] += 1 }
        if let feed = record.failure?.feed { feedErrors[feed.error, default: 0] += 1 }
      }
    }
    for kind in RecordKind.allCases { #expect(kinds[kind, default: 0] >= 10, "\(kind)") }
    for ground in Ground.allCases { #expect(grounds[ground, default: 0] >= 10, "\(ground)") }
    // Hardly anybody cancels a policy in a random world, or moves a flow as its co-owner.
    let rare: [Cause] = [.notCancelable, .ownerAlone, .installInProgress]
    for cause in Cause.allCases where !rare.contains(cause) {
      #expect(causes[cause, default: 0] >= 3, "\(cause)")
    }
    for error in FeedError.allCases where !errorsOfClients.contains(error) {
      #expect(feedErrors[error, default: 0] >= 1, "\(error)")
    }
    #expect(ties >= 30)
  }

  @Test("A seed given from outside stands in for the scenario's own", arguments: UInt64(0)..<20)
  func seeds(seed: UInt64) {
    var scenario = RandomWorld.scenario(seed: seed)
    scenario.settings.propagation = 60_000...7_200_000
    let given = simulate(scenario, seed: 99).trace
    let own = simulate(scenario).trace
    scenario.seed = 99
    #expect(bytes(of: given) == bytes(of: simulate(scenario).trace))
    #expect(bytes(of: given) != bytes(of: own))
  }

  // MARK: Comparing

  /// What differs first between the two engines; nil where nothing does.
  private func firstDifference(in scenario: Scenario) -> String? {
    let simulation = simulate(scenario)
    let trace = simulation.trace
    var reference = ReferenceEngine(scenario)
    let expected = reference.run()
    var place = 0
    for record in trace.records {
      guard place < expected.events.count else { return "one record more: \(plain(record, trace))" }
      if !same(record, trace, expected.events[place], expected) {
        return """
          record \(place)
          got      \(plain(record, trace))
          expected \(plain(expected.events[place], expected))
          """
      }
      place += 1
    }
    if place < expected.events.count {
      return "no record for: \(plain(expected.events[place], expected))"
    }
    let results = simulation.results.map {
      ReferenceEngine.Result(outcome: $0.outcome, grounds: $0.grounds, failure: $0.failure)
    }
    func differ<Value: Equatable>(_ what: String, _ got: Value, _ wanted: Value) -> String? {
      got == wanted ? nil : "\(what)\ngot      \(plainText(got))\nexpected \(plainText(wanted))"
    }
    func differ<Row: Equatable>(_ what: String, _ got: [Row], _ wanted: [Row]) -> String? {
      let same = zip(got, wanted).prefix { $0 == $1 }.count
      return differ(
        "\(what) from row \(same) on", got.dropFirst(same).prefix(1),
        wanted.dropFirst(same).prefix(1))
    }
    let tables =
      differ("ties", trace.ties, expected.ties)
      ?? differ("mails", trace.mails, expected.mails)
      ?? differ("lists of packages", trace.packageLists, expected.packageLists)
      ?? differ("policies", trace.policies, expected.policies)
      ?? differ("reports", trace.reports, expected.reports)
      ?? differ("administrators' operations", trace.adminOperations, expected.adminOperations)
    let auditTables =
      differ("questions", trace.approvals, expected.approvals)
      ?? differ("audit records", trace.audit.records, expected.audit.records)
      ?? differ("alerts", trace.audit.alerts, expected.audit.alerts)
      ?? differ("content", trace.audit.blobs, expected.audit.blobs)
      ?? differ("calls", trace.audit.calls, expected.audit.calls)
    return tables ?? auditTables
      ?? differ("results", results, reference.results)
      ?? differ("collisions", simulation.collisions, reference.collisions)
      ?? differ("operations", trace.cast.operations, expected.cast.operations)
      ?? differ("fingerprint", trace.fingerprint, expected.fingerprint)
      ?? differ("counts", Counts(trace), Counts(expected))
      ?? differ("bytes", bytes(of: trace), bytes(of: expected, told: trace))
  }

  private func same(_ left: Record, _ leftTrace: Trace, _ right: Record, _ rightTrace: Trace)
    -> Bool
  {
    leftTrace.verdict(of: left) == rightTrace.verdict(of: right) && left.plain == right.plain
  }

  /// The trace as it is written; what it says about its settings is not the reference's business.
  private func bytes(of trace: Trace, told other: Trace? = nil) -> [UInt8] {
    var trace = trace
    trace.propagation = other?.propagation ?? trace.propagation
    trace.settings = other?.settings ?? trace.settings
    trace.assumptions = other?.assumptions ?? trace.assumptions
    let written = Written()
    do {
      try TraceWriter.write(trace) { written.bytes += $0 }
    } catch {
      Issue.record(error)
    }
    return written.bytes
  }

  private final class Written {
    var bytes: [UInt8] = []
  }

  private func plain(_ record: Record, _ trace: Trace) -> String {
    plainText(record) + (record.run.map { " " + plainText(trace.verdicts[$0.verdict]) } ?? "")
  }

  // MARK: Shrinking

  /// A smaller world on which the engines still differ.
  private func shrunk(_ scenario: Scenario) -> Scenario {
    var small = scenario
    func attempt(_ change: (inout Scenario) -> Void) -> Bool {
      var candidate = small
      change(&candidate)
      guard firstDifference(in: candidate) != nil else { return false }
      small = candidate
      return true
    }
    var goesOn = true
    while goesOn {
      goesOn = false
      for row in small.timeline.indices.reversed() where attempt({ $0.timeline.remove(at: row) }) {
        goesOn = true
      }
      for row in small.declarations.indices.reversed()
      where attempt({ $0.declarations.remove(at: row) }) {
        goesOn = true
      }
    }
    let defaults = Settings()
    for change in [
      { $0.settings.propagation = defaults.propagation },
      { $0.settings.designTime = defaults.designTime },
      { $0.settings.blockedTrigger = defaults.blockedTrigger },
      { $0.settings.dataPolicyPropagation = defaults.dataPolicyPropagation },
      { $0.settings.reactivation = nil }, { $0.settings.alwaysFailing = nil },
      { $0.settings.edition = defaults.edition }, { $0.settings.reports = defaults.reports },
      { $0.settings.widelyShared = defaults.widelyShared },
      { $0.settings.policyOperation = defaults.policyOperation },
      { $0.settings.installs = defaults.installs }, { $0.settings.audit = defaults.audit },
    ] as [(inout Scenario) -> Void] { _ = attempt(change) }
    return small
  }

  private func description(of scenario: Scenario) -> String {
    var lines = ["settings \(plainText(scenario.settings))", "until \(plainText(scenario.until))"]
    for (row, user) in scenario.cast.users.enumerated() {
      lines.append("#\(row) \(plainText(user))")
    }
    for (row, policy) in scenario.policies.enumerated() where row < 4 {
      lines.append("policy of #\(row) \(plainText(policy))")
    }
    for declaration in scenario.declarations { lines.append(plainText(declaration.item)) }
    for statement in scenario.timeline { lines.append(plainText(statement)) }
    for (row, use) in scenario.uses.enumerated() { lines.append("use \(row) \(plainText(use))") }
    return lines.joined(separator: "\n")
  }
}

extension Trace {
  fileprivate func verdict(of record: Record) -> RunVerdict? {
    record.run.map { verdicts[$0.verdict] }
  }
}

extension Record {
  /// Without what is the engines' own: rows of tables, and what only one of them needs to know.
  fileprivate var plain: Record {
    var record = self
    record.run?.verdict = 0
    record.isInRecurringRun = false
    record.statement = nil
    return record
  }
}
