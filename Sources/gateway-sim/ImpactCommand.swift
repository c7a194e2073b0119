import Analysis
import DiscreteEvents
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

/// `impact FILE …`: load, compare the worlds with and without the changes, report.
@Sendable func impactCommand(_ invocation: Invocation, _ console: Console) throws {
  let form = try ImpactForm(invocation)
  var reader = Reader(invocation, console)
  guard var scenario = try reader.scenario(invocation.operands[0]) else { return }
  let texts = invocation.values(of: .change)
  let changes = try policyChanges(texts, in: &scenario).mapError {
    UsageError("--change \($0.message)", suggestion: $0.suggestion)
  }
  .get()
  let time = try invocation.period(of: &scenario)
  let impact = try impact(of: changes, on: scenario, at: time).mapError {
    UsageError("--change \($0.row + 1): it would be refused: \($0.message)")
  }
  .get()
  let report = ImpactReport(impact, of: texts.map(plainChange), on: scenario, at: time)
  try console.say(form.render(report, try console.storyStyle(invocation)))
}

/// How the answer is written.
private enum ImpactForm {
  case table, json, csv, markdown

  init(_ invocation: Invocation) throws {
    let forms: [(Flag, ImpactForm)] = [(.json, .json), (.csv, .csv), (.markdown, .markdown)]
    let given = forms.filter { invocation.has($0.0) }
    if given.count > 1 {
      throw UsageError("\(given[0].0.name) and \(given[1].0.name) are two forms: choose one")
    }
    self = given.first?.1 ?? .table
  }

  func render(_ report: ImpactReport, _ style: Style) -> String {
    switch self {
    case .table: report.text(style)
    case .json: report.json
    case .csv: report.csv
    case .markdown: report.markdown
    }
  }
}

extension Invocation {
  /// When the changes are made; the scenario's end becomes the one that is asked for.
  fileprivate func period(of scenario: inout Scenario) throws -> Instant {
    let given = value(of: .at) ?? ""
    let time = try scenario.instant(typed: given, for: .at)
    if let text = value(of: .until) {
      let end = try scenario.instant(typed: text, for: .until)
      guard end > time else { throw UsageError("--until \(text) is not after --at \(given)") }
      scenario.until = end
    }
    guard time < scenario.until else {
      throw UsageError("--at \(given) is not between the scenario's start and end; see --until")
    }
    return time
  }
}

// MARK: - In the scenario's words

extension ImpactReport {
  /// The impact with names instead of rows.
  fileprivate init(
    _ impact: Impact, of changes: [String], on scenario: Scenario, at time: Instant
  ) {
    var trace = Trace()
    trace.start = scenario.start
    trace.until = scenario.until
    trace.seed = scenario.seed
    trace.propagation = rangeText(scenario.settings.propagation)
    let cast = scenario.cast
    self.init(trace, changes: changes, at: time, inForce: impact.inForce)
    affected = impact.affected.map { Affected($0, cast) }
    healed = impact.healed.map {
      Healed(
        kind: $0.item.kind, name: $0.item.name(in: cast),
        firstSucceeded: $0.firstSucceeded.both, ifUsed: $0.ifUsed.both, gained: $0.gained)
    }
    unaffected = impact.unaffected.map {
      Unaffected(kind: $0.item.kind, name: $0.item.name(in: cast), because: $0.because)
    }
    rules = impact.rules.map { Rule($0, cast) }
    rulesSuffice = impact.rulesSuffice
    delays = (
      impact.delays.changes, impact.delays.combinations, impact.delays.isComplete
    )
  }
}

extension ImpactReport.Affected {
  fileprivate init(_ affected: Impact.Affected, _ cast: Cast) {
    self.init(
      kind: affected.item.kind, name: affected.item.name(in: cast),
      blocked: affected.sides.map { side in
        .init(
          connection: cast.connections[side.connection.row].name,
          by: cast.tenants[side.tenant.row].name, direction: side.direction,
          tenant: cast.tenants[side.other.row].name)
      },
      isScheduled: affected.isScheduled, lastSucceeded: affected.lastSucceeded,
      firstFailed: affected.firstFailed.both, ifUsed: affected.ifUsed.both, lost: affected.lost,
      suspended: affected.suspended.both, isBlockedWhenSaved: affected.isBlockedWhenSaved)
  }
}

extension Impact.Moments {
  fileprivate var both: ImpactReport.Moments { (earliest, latest) }
}

extension Impact.Outlook {
  fileprivate var both: ImpactReport.Outlook { (stretches, lasts) }
}

extension ImpactReport.Rule {
  fileprivate init(_ rule: Impact.NeededRule, _ cast: Cast) {
    self.init(
      owner: cast.tenants[rule.tenant.row].name, tenant: cast.tenants[rule.other.row].name,
      directions: rule.directions,
      alsoAllows: rule.alsoAllows.map { cast.connections[$0.row].name })
  }
}

extension Impact.Item {
  fileprivate var kind: String {
    switch self {
    case .app: "app"
    case .flow: "flow"
    }
  }

  fileprivate func name(in cast: Cast) -> String {
    switch self {
    case .app(let app): cast.apps[app.row].name
    case .flow(let flow): cast.flows[flow.row].name
    }
  }
}
