import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Judges every expectation of a scenario against what happened, and those of its variants against
/// what happens in them with the same seed.
///
/// - Returns: a verdict an expectation, in file order and each variant's behind the scenario's own;
///   those that are not met say why.
public func judge(_ scenario: Scenario, _ simulation: Simulation) -> [Verdict] {
  let verdicts = scenario.expectations.map { judge($0, scenario, simulation) }
  return scenario.variants.reduce(verdicts) { verdicts, variant in
    let played = scenario.playing(variant)
    let simulation = simulate(played, seed: simulation.trace.seed)
    return verdicts + judge(played, simulation).map { $0.of(variant) }
  }
}

extension Verdict {
  /// The verdict as one on a variant.
  func of(_ variant: Variant) -> Verdict {
    var verdict = self
    verdict.variant = variant.name
    return verdict
  }
}

/// Judges one expectation against what happened.
func judge(
  _ expectation: Expectation, _ scenario: Scenario, _ simulation: Simulation
) -> Verdict {
  let phrases = Phrases(simulation.trace)
  let finding = simulation.find(expectation.claim, phrases)
  let explanation = Explanation(scenario, simulation, phrases)
  var verdict = Verdict(
    isMet: finding.isMet, source: expectation.source, expected: finding.expected,
    got: finding.got, message: expectation.message, line: expectation.line,
    column: expectation.column)
  if !finding.isMet { verdict.reasons = explanation.why(expectation.claim, finding) }
  return verdict
}

/// What a claim came to. It is put into words only where somebody reads them.
struct Finding {
  let isMet: Bool
  /// The instant at which expected and got first part, where there is one.
  let firstDifference: Instant?
  /// The statement behind what is then; nil where a schedule is, or no single run.
  var statement: Int?
  private let expectedText: () -> String
  private let gotText: () -> String

  init(
    isMet: Bool, expected: @autoclosure @escaping () -> String,
    got: @autoclosure @escaping () -> String, firstDifference: Instant? = nil
  ) {
    self.isMet = isMet
    self.firstDifference = firstDifference
    (expectedText, gotText) = (expected, got)
  }

  var expected: String { expectedText() }
  var got: String { gotText() }
}

extension Simulation {
  func find(_ claim: Claim, _ phrases: Phrases) -> Finding {
    switch claim {
    case .outcome(let row, let outcome, let because):
      return outcomeFinding(results[row], outcome, because, phrases)
    case .error(let row, let text): return errorFinding(results[row], text, phrases)
    case .runs(let flow, let count, let interval, let description):
      return countFinding(flow, count, interval, description, phrases)
    case .run(let flow, let time, let description):
      return runFinding(flow, time, description, phrases)
    case .history(let flow, let count, let time, let description):
      return historyFinding(flow, count, time, description, phrases)
    case .flow(let flow, let state, let time):
      return stateFinding(
        "flow \(phrases.name(flow))", "\(state.name)", "\(self.state(of: flow, at: time).name)",
        time, phrases)
    case .flowPage(let flow, let text, let time):
      return pageFinding(flow, text, time, phrases)
    case .app(let app, let uses, let connection, let time):
      let does = self.does(app, use: connection, at: time)
      let (app, connection) = (phrases.name(app), phrases.name(connection))
      func sentence(_ uses: Bool) -> String {
        "app \(app) \(uses ? "uses" : "does not use") \(connection)"
      }
      return Finding(
        isMet: does == uses, expected: "\(sentence(uses)) at \(phrases.time(time))",
        got: sentence(does), firstDifference: time)
    case .connection(let connection, let state, let time):
      return stateFinding(
        "connection \(phrases.name(connection))", "\(state.name)",
        "\(self.state(of: connection, at: time).name)", time, phrases)
    case .isolation(let tenant, let state, let time):
      return isolationFinding(tenant, state, time, phrases)
    case .rule(let tenant, let subject, let directions, let time):
      return ruleFinding(tenant, subject, directions, time, phrases)
    case .isolationAssessed(let tenant, let isOn, let time):
      return stateFinding(
        "isolation of \(phrases.name(tenant))", isOn ? "assessed as on" : "assessed as off",
        policyInForce(of: tenant, at: time).policy.isOn ? "assessed as on" : "assessed as off",
        time, phrases)
    case .package(let place, let state, let time):
      return packageFinding(place, state, time, phrases)
    case .mail(let recipient, let isSent, let time, let text):
      return mailFinding(recipient, isSent, time, text, phrases)
    case .returned(let row, let name): return returnedFinding(row, name, phrases)
    case .report(let name, let status, let time):
      return statusFinding(name, status, time, phrases)
    case .reportLists(let name, let listing, let time):
      return listingFinding(name, listing, time ?? trace.until, phrases)
    case .shared(let thing, let isShared, let recipient, let role, let time):
      return shareFinding(thing, isShared: isShared, recipient, role, time, phrases)
    case .visible(let app, let isVisible, let user, let time):
      return visibilityFinding(app, isVisible: isVisible, to: user, time, phrases)
    case .widelyShared(let thing, let isListed, let time):
      return widelySharedFinding(thing, isListed: isListed, time, phrases)
    case .operation(let name, let status, let time):
      return operationFinding(name, status, time, phrases)
    case .errorCode(let row, let code): return codeFinding(results[row], code, phrases)
    case .audit(let claim): return auditFinding(claim, phrases)
    case .removal(let recipient, let app, let state, let time):
      return removalFinding(recipient, app, state, time, phrases)
    }
  }

  func stateFinding(
    _ subject: String, _ expected: String, _ got: String, _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    Finding(
      isMet: expected == got, expected: "\(subject) is \(expected) at \(phrases.time(time))",
      got: "\(subject) is \(got)", firstDifference: time)
  }

  private func outcomeFinding(
    _ result: StatementResult, _ outcome: Outcome, _ because: [Ground], _ phrases: Phrases
  ) -> Finding {
    Finding(
      isMet: result.outcome == outcome && because.allSatisfy(result.grounds.contains),
      expected: outcome.words + phrases.because(because),
      got: result.outcome.map { $0.words + phrases.because(Array(result.grounds)) }
        ?? "nothing was started")
  }

  private func errorFinding(
    _ result: StatementResult, _ text: String, _ phrases: Phrases
  ) -> Finding {
    let message = result.failure.map { trace.text(of: $0).message }
    return Finding(
      isMet: message?.contains(text) ?? false, expected: "an error with \"\(text)\"",
      got: message.map { "the error \"\(phrases.oneLine($0))\"" } ?? "no error")
  }

  private func pageFinding(
    _ flow: FlowID, _ text: String, _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    let texts = pageTexts(of: flow, at: time)
    return Finding(
      isMet: texts.contains { $0.contains(text) },
      expected: "flow \(phrases.name(flow)) shows \"\(text)\" at \(phrases.time(time))",
      got: texts.isEmpty
        ? "its page shows no warning (it is \(state(of: flow, at: time).name))"
        : texts.map { "\"\(phrases.oneLine($0))\"" }.joined(separator: ", "),
      firstDifference: time)
  }
}

// MARK: - Runs

extension Simulation {
  private func countFinding(
    _ flow: FlowID, _ count: Int, _ interval: Range<Instant>, _ description: RunDescription,
    _ phrases: Phrases
  ) -> Finding {
    let all = runs(of: flow, in: interval)
    return countFinding(
      all, count, description,
      "\(count == 0 ? "no runs" : counted(count, "run")) of "
        + "\(phrases.name(flow)) from \(phrases.time(interval.lowerBound)) to "
        + phrases.time(interval.upperBound), phrases)
  }

  private func historyFinding(
    _ flow: FlowID, _ count: Int, _ time: Instant, _ description: RunDescription, _ phrases: Phrases
  ) -> Finding {
    countFinding(
      runHistory(of: flow, at: time), count, description,
      "the run history of \(phrases.name(flow)) lists \(counted(count, "run")) "
        + "at \(phrases.time(time))", phrases)
  }

  private func countFinding(
    _ groups: [RunGroup], _ count: Int, _ description: RunDescription,
    _ expected: @autoclosure @escaping () -> String, _ phrases: Phrases
  ) -> Finding {
    let all = groups.filter { isRun($0) }
    let fitting = all.filter { fits($0, description) }
    let number = fitting.reduce(0) { $0 + $1.count }
    // Too many: the first beyond the number. Too few: the first that should have fitted.
    let misfit = all.first { !fits($0, description) }.map {
      (time: $0.first, statement: $0.statement)
    }
    let odd = number > count ? fitting.run(count) : misfit
    var finding = Finding(
      isMet: number == count, expected: expected() + phrases.described(description),
      got: phrases.summary(all, of: trace), firstDifference: odd?.time)
    finding.statement = odd?.statement
    return finding
  }

  private func runFinding(
    _ flow: FlowID, _ time: Instant, _ description: RunDescription, _ phrases: Phrases
  ) -> Finding {
    let all = runs(of: flow, in: time..<time + 1).filter { isRun($0) }
    let isMet = all.contains { fits($0, description) }
    return Finding(
      isMet: isMet,
      expected: "a run of \(phrases.name(flow)) at \(phrases.time(time))"
        + phrases.described(description),
      got: all.isEmpty
        ? noRun(flow, time, until: trace.until, phrases) : phrases.summary(all, of: trace),
      firstDifference: time)
  }

  /// A failed trigger is no run.
  func isRun(_ group: RunGroup) -> Bool { trace.verdicts[group.verdict].kind == .flowRun }

  func fits(_ group: RunGroup, _ description: RunDescription) -> Bool {
    let verdict = trace.verdicts[group.verdict]
    if let outcome = description.outcome, outcome != verdict.outcome { return false }
    guard description.because.allSatisfy(verdict.grounds.contains) else { return false }
    guard let text = description.error else { return true }
    return verdict.failure.map { trace.text(of: $0).message.contains(text) } ?? false
  }

  /// That there is no run, and which are next to it.
  func noRun(_ flow: FlowID, _ time: Instant, until: Instant, _ phrases: Phrases) -> String {
    let before = lastRun(of: flow, before: min(time, until)) { $0.kind == .flowRun }?.time
    let next = nextRun(of: flow, from: time) { $0.kind == .flowRun }
    let after = next.flatMap { $0 < until ? $0 : nil }
    var text = "no run at that time; the flow is \(state(of: flow, at: time).name)"
    if let before { text += ", its run before was at \(phrases.time(before))" }
    if let after { text += ", its next one is at \(phrases.time(after))" }
    return text
  }
}

extension [RunGroup] {
  /// When the run takes place that has as many before it, a group after the other, and the statement
  /// that started it.
  fileprivate func run(_ number: Int) -> (time: Instant, statement: Int?)? {
    var before = 0
    for group in self {
      if number < before + group.count {
        let time = group.first + Milliseconds(number - before) * group.period
        return (time, group.statement)
      }
      before += group.count
    }
    return nil
  }
}
