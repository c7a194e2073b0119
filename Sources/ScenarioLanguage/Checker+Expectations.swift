import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

extension Checker {
  mutating func expectation(_ sentence: Sentence) {
    let isKnown = enterVariant()
    if capture(.variant) == nil { variant = variantAbove }
    guard let claim = claim(sentence), isKnown else { return }
    append(
      Expectation(
        claim, isPossibility: capture(.possibly) != nil, message: text(.message),
        // Nothing is judged where something is wrong.
        source: problems > 0 ? "" : document.source(of: row), line: Int(line), column: column))
  }

  /// Adds it to what is expected of the scenario, or of the variant.
  private mutating func append(_ expectation: Expectation) {
    guard let variant else { return scenario.expectations.append(expectation) }
    var isAboutOwn = false
    if case .statement(let place) = subject { isAboutOwn = place.variant != nil }
    variants[variant].expectations.append((expectation, isAboutOwn))
  }

  /// Indentation is plain blanks, a byte a column; a byte order mark takes none.
  private var column: Int {
    let known = document.hint(of: row).column
    if known > 0 { return known }
    let byte = opening.lowerBound
    let bytes = files[file].document.source.bytes
    var first = byte
    while first > 0, bytes[first - 1] == 0x20 || bytes[first - 1] == 0x09 { first -= 1 }
    return byte - first + 1
  }

  private mutating func claim(_ sentence: Sentence) -> Claim? {
    switch sentence {
    case .expectOutcome: return outcomeClaim()
    case .expectError: return judgedStatement().map { .error(statement: $0, text(.error) ?? "") }
    case .expectRuns, .expectOneRun, .expectNoRuns: return runsClaim(sentence)
    case .expectRunAt:
      let (flow, time, run) = (flow(), watchedInstant(.time), runDescription())
      guard let flow, let time, let run else { return nil }
      return .run(flow, at: time, run)
    case .expectHistory: return historyClaim()
    case .expectApp: return appClaim()
    case .expectIsolation, .expectAssessed: return isolationClaim(sentence)
    case .expectReturned, .expectReport, .expectReportCount, .expectReportLists,
      .expectReportNames:
      return reportClaim(sentence)
    case .expectAppShared, .expectFlowShared, .expectVisible, .expectWideApp, .expectWideFlow:
      return sharingClaim(sentence)
    case .expectRule: return ruleClaim()
    case .expectOperation: return operationClaim()
    case .expectPackage: return packageClaim()
    case .expectMail, .expectNoMail: return mailClaim(sentence)
    case .expectErrorCode:
      let code = capture(.code).map { word($0) } ?? ""
      return judgedStatement().map { .errorCode(statement: $0, code) }
    case .expectAuditRecords, .expectNoAuditRecords, .expectAlert, .expectNoAlert,
      .expectSubscription, .expectPage, .expectPageRecords:
      return auditClaim(sentence).map { .audit($0) }
    case .expectRemoval: return removalClaim()
    default: return stateClaim(sentence)
    }
  }

  /// The statement above, which outcomes speak of; nil, and a diagnostic, where there is none.
  mutating func judgedStatement() -> Int? {
    switch subject {
    case .statement(let place):
      guard let other = place.variant, other != variant else { return place.row }
      report(
        .otherVariant, opening,
        "the \"at\" line above happens in the variant \(variants[other].variant.name) alone")
      return nil
    case .wrong: return nil
    case .nothing:
      report(
        .withoutStatement, opening,
        "an outcome is expected of the \"at\" line above: here is none")
      return nil
    }
  }

  private mutating func outcomeClaim() -> Claim? {
    let statement = judgedStatement()
    guard let grounds = grounds(), let statement else { return nil }
    return .outcome(statement: statement, Outcome.allCases[choice(.outcome)], because: grounds)
  }

  private mutating func runsClaim(_ sentence: Sentence) -> Claim? {
    let (flow, interval, run) = (flow(), interval(), runDescription())
    var count: UInt64? = sentence == .expectOneRun ? 1 : 0
    if sentence == .expectRuns { count = number(.count, upTo: 1_000_000_000_000) }
    guard let flow, let interval, let run, let count else { return nil }
    return .runs(flow, count: Int(count), in: interval, run)
  }

  private mutating func historyClaim() -> Claim? {
    let (flow, time, run) = (flow(), watchedInstant(.time), runDescription())
    let count = number(.count, upTo: 1_000_000_000_000)
    guard let flow, let time, let run, let count else { return nil }
    return .history(flow, count: Int(count), at: time, run)
  }

  mutating func interval() -> Range<Instant>? {
    let (from, to) = (watchedInstant(.from), watchedInstant(.to))
    guard let from, let to, let capture = capture(.to) else { return nil }
    guard from <= to else {
      report(
        .reversedRange, capture,
        "this is before the interval begins, at \(scenario.civil(from).text)")
      return nil
    }
    return from..<to
  }

  private mutating func runDescription() -> RunDescription? {
    guard let grounds = grounds() else { return nil }
    let outcome: Outcome? = capture(.outcome).map { $0.choice == 0 ? .succeeded : .failed }
    return RunDescription(outcome, because: grounds, error: text(.error))
  }

  private mutating func appClaim() -> Claim? {
    let (app, connection, time) = (app(), connection(.connection), watchedInstant(.time))
    guard let app, let connection, let time else { return nil }
    return .app(app, uses: choice(.has) == 0, connection, at: time)
  }

  private mutating func isolationClaim(_ sentence: Sentence) -> Claim? {
    let (tenant, time, state) = (tenant(.tenant), watchedInstant(.time), choice(.state))
    guard let tenant, let time else { return nil }
    return sentence == .expectIsolation
      ? .isolation(tenant, IsolationState.allCases[state], at: time)
      : .isolationAssessed(tenant, isOn: state == 0, at: time)
  }

  private mutating func stateClaim(_ sentence: Sentence) -> Claim? {
    let time = watchedInstant(.time)
    if sentence == .expectConnection {
      let states: [ConnectionState] = [.connected, .disabled, .absent]
      guard let connection = connection(.connection), let time else { return nil }
      return .connection(connection, states[choice(.state)], at: time)
    }
    guard let flow = flow(), let time else { return nil }
    if sentence == .expectFlowPage { return .flowPage(flow, shows: text(.text) ?? "", at: time) }
    let states: [FlowState] = [.on, .off, .suspended, .absent]
    return .flow(flow, states[choice(.state)], at: time)
  }

  /// The grounds after `because`; nil where one of them is unknown.
  private mutating func grounds() -> [Ground]? {
    var grounds: [Ground] = []
    var isWrong = false
    for capture in captures(.because) {
      let name = word(capture)
      if let ground = Ground.allCases.first(where: { "\($0.name)" == name }) {
        grounds.append(ground)
        continue
      }
      isWrong = true
      report(
        .unknownGround, capture, "there is no ground \"\(shown(capture))\"",
        suggestion: nearest(to: name, among: Ground.allCases.map { "\($0.name)" }))
    }
    return isWrong ? nil : grounds
  }
}
