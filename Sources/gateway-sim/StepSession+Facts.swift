import Analysis
import DiscreteEvents
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace
import TenantIsolation

extension StepSession {
  /// What is known now of everything with a name; of nothing in particular, the names there are.
  func facts(about name: String?) throws(UsageError) -> [FactSheet] {
    guard let name else { return [names] }
    let cast = scenario.cast
    var sheets: [FactSheet] = []
    if case .success(let tenant) = tenant(named: name, in: scenario) {
      sheets.append(facts(tenant))
    }
    sheets += cast.users.rows(named: name, \.name).map { facts(UserID($0)) }
    sheets += scenario.groups.filter { $0.name == name }.map { facts($0) }
    sheets += cast.connectors.rows(named: name, \.name).map { facts(ConnectorID($0)) }
    sheets += cast.connections.rows(named: name, \.name).map { facts(ConnectionID($0)) }
    sheets += cast.apps.rows(named: name, \.name).map { facts(AppID($0)) }
    sheets += cast.flows.rows(named: name, \.name).map { facts(FlowID($0)) }
    sheets += cast.dataPolicies.rows(named: name, \.name).map { facts(DataPolicyID($0)) }
    sheets += cast.registrations.rows(named: name, \.name).map { facts(RegistrationID($0)) }
    sheets += cast.alertPolicies.rows(named: name, \.name).map { facts(AlertPolicyID($0)) }
    sheets += systemFacts(about: name)
    guard sheets.isEmpty else { return sheets }
    throw UsageError(
      "nothing is called \"\(name.shortened)\"", suggestion: nearest(to: name, among: allNames))
  }

  private var allNames: [String] {
    let cast = scenario.cast
    let titles = (cast.connections + cast.apps + cast.flows + cast.dataPolicies).map(\.name)
    return cast.tenants.map(\.name) + cast.users.map(\.name) + scenario.groups.map(\.name) + titles
      + cast.connectors.map(\.name) + cast.registrations.map(\.name)
      + cast.alertPolicies.map(\.name) + systemNames
  }

  private var names: FactSheet {
    let cast = scenario.cast
    var sheet = FactSheet("what there is at \(clock)")
    sheet.add("tenants", cast.tenants.map(\.name))
    sheet.add("people", cast.users.map(\.name) + scenario.groups.map(\.name))
    sheet.add(
      "connections",
      cast.connections.indices.filter { simulation.state(of: ConnectionID($0), at: now) != .absent }
        .map { cast.connections[$0].name })
    sheet.add(
      "apps",
      cast.apps.indices.filter { simulation.exists(AppID($0), at: now) }.map { cast.apps[$0].name })
    sheet.add(
      "flows",
      cast.flows.indices.filter { simulation.state(of: FlowID($0), at: now) != .absent }
        .map { cast.flows[$0].name })
    addSystems(to: &sheet)
    return sheet
  }

  func sheet(_ kind: String, _ name: String, _ display: String? = nil) -> FactSheet {
    FactSheet("\(kind) \(name)\(display.map { $0 == name ? "" : " \"\($0)\"" } ?? "") at \(clock)")
  }
}

extension Array {
  func rows(named name: String, _ path: (Element) -> String) -> [Int] {
    indices.filter { path(self[$0]) == name }
  }
}

// MARK: - Tenants and people

extension StepSession {
  private func facts(_ id: TenantID) -> FactSheet {
    let tenant = scenario.cast.tenants[id.row]
    var sheet = sheet("tenant", tenant.name, tenant.displayName)
    sheet.add("id", tenant.identifier)
    sheet.add("domains", tenant.domains)
    let saved = simulation.savedPolicy(of: id, at: now)
    let inForce = simulation.policyInForce(of: id, at: now)
    sheet.add("saved", words(saved))
    sheet.add("in force", words(inForce))
    let pending = simulation.trace.policies.filter { version in
      version.tenant == id && version.inForceAt > now && version.savedAt.map { $0 <= now } ?? false
    }
    for version in pending {
      sheet.add("pending", "\(words(version)): in force at \(text(version.inForceAt))")
    }
    if pending.isEmpty { sheet.add("pending", "nothing") }
    sheet.add("data policies, saved", dataPolicies(of: id, inForce: false))
    sheet.add("data policies, in force", dataPolicies(of: id, inForce: true))
    sheet.add("auditing", auditing(of: id))
    return sheet
  }

  func text(_ time: Instant) -> String { simulation.trace.timeText(time) }

  private func words(_ version: PolicyVersion) -> String {
    guard version.isConfigured else {
      return scenario.cast.words(version.policy) + ", never configured"
    }
    let origin = version.savedAt.map { ", saved at \(text($0))" } ?? ", since before the start"
    return scenario.cast.words(version.policy) + origin
      + (version.line > 0 ? ", line \(version.line)" : "")
  }

  private func dataPolicies(of tenant: TenantID, inForce: Bool) -> [String] {
    simulation.dataPolicies(of: tenant, inForce: inForce, at: now)
      .map { scenario.cast.dataPolicies[$0.id.row].name }
  }

  private func facts(_ id: UserID) -> FactSheet {
    let cast = scenario.cast
    let user = cast.users[id.row]
    var sheet = sheet("person", user.name)
    sheet.add("role", "\(user.role.name) of \(cast.tenants[user.home.row].name)")
    sheet.add("guest in", user.guestIn.map { cast.tenants[$0.row].name })
    let groups = scenario.groups.indices.filter {
      simulation.members(of: GroupID($0), at: now).contains(id)
    }
    sheet.add("groups", groups.map { scenario.groups[$0].name })
    sheet.add(
      "owns",
      cast.connections.indices.filter { row in
        simulation.state(of: ConnectionID(row), at: now) != .absent
          && simulation.definition(of: ConnectionID(row), at: now)?.owner == id
      }.map { "connection \(cast.connections[$0].name)" }
        + cast.apps.indices.filter {
          simulation.exists(AppID($0), at: now) && simulation.owner(of: AppID($0), at: now) == id
        }.map { "app \(cast.apps[$0].name)" }
        + cast.flows.indices.filter {
          simulation.state(of: FlowID($0), at: now) != .absent
            && simulation.owner(of: FlowID($0), at: now) == id
        }.map { "flow \(cast.flows[$0].name)" })
    return sheet
  }

  private func facts(_ group: Group) -> FactSheet {
    let cast = scenario.cast
    var sheet = sheet("group", group.name)
    sheet.add("tenant", cast.tenants[group.tenant.row].name)
    let row = scenario.groups.firstIndex { $0.name == group.name }
    let members = row.map { simulation.members(of: GroupID($0), at: now) } ?? []
    sheet.add("members", members.map { cast.users[$0.row].name })
    return sheet
  }

  /// Whom an app or a flow is shared with; nothing where nobody shared it yet.
  private func addShares(of thing: Shareable, to sheet: inout FactSheet) {
    guard let shares = simulation.shares(of: thing, at: now) else { return }
    sheet.add(
      "shared with",
      shares.map {
        let name = scenario.cast.name(of: $0.recipient)
        return $0.role == .user ? name : "\(name) (\($0.role.name))"
      })
    if simulation.isWidelyShared(thing, at: now) { sheet.add("", "widely shared") }
  }
}

// MARK: - What people make

extension StepSession {
  private func facts(_ id: ConnectorID) -> FactSheet {
    let connector = scenario.cast.connectors[id.row]
    var sheet = sheet("connector", connector.name, connector.displayName)
    sheet.add("signs in with", "\(connector.signIn.name)")
    sheet.add("usual trigger", connector.trigger)
    sheet.add("usual action", connector.action)
    return sheet
  }

  private func facts(_ id: ConnectionID) -> FactSheet {
    let cast = scenario.cast
    let title = cast.connections[id.row]
    var sheet = sheet("connection", title.name, title.displayName)
    sheet.add("state", "\(simulation.state(of: id, at: now).name)")
    guard let definition = simulation.definition(of: id, at: now) else { return sheet }
    sheet.add(
      "made",
      "by \(cast.users[definition.owner.row].name) in "
        + "\(cast.tenants[definition.creator.row].name), signed in to "
        + "\(cast.tenants[definition.signIn.row].name) with "
        + cast.connectors[definition.connector.row].displayName)
    let met = simulation.encounter(of: id, at: now)
    sheet.add("a use now", words(met, "allowed", "blocked"))
    sheet.add(
      "used by",
      cast.flows.indices.filter {
        simulation.state(of: FlowID($0), at: now) != .absent
          && simulation.connections(of: FlowID($0), at: now).contains(id)
      }.map { "flow \(cast.flows[$0].name)" }
        + cast.apps.indices.filter { simulation.does(AppID($0), use: id, at: now) }
        .map { "app \(cast.apps[$0].name)" })
    return sheet
  }

  private func words(_ met: Encounter, _ good: String, _ bad: String) -> String {
    let grounds = met.grounds.map { "\($0.name)" }.joined(separator: ", ")
    return (met.isAllowed ? good : bad) + (grounds.isEmpty ? "" : " (\(grounds))")
  }

  private func facts(_ id: AppID) -> FactSheet {
    let cast = scenario.cast
    let title = cast.apps[id.row]
    var sheet = sheet("app", title.name, title.displayName)
    guard simulation.exists(id, at: now) else {
      sheet.add("state", "absent")
      return sheet
    }
    sheet.add("owner", simulation.owner(of: id, at: now).map { cast.users[$0.row].name } ?? "-")
    sheet.add(
      "uses", simulation.connections(of: id, at: now).map { cast.connections[$0.row].name })
    addShares(of: .app(id), to: &sheet)
    addQuestions(about: id, to: &sheet)
    if let met = simulation.encounter(of: id, at: now) {
      sheet.add("data call now", words(met, "allowed", "blocked"))
    }
    return sheet
  }

  private func facts(_ id: FlowID) -> FactSheet {
    let cast = scenario.cast
    let title = cast.flows[id.row]
    var sheet = sheet("flow", title.name, title.displayName)
    let state = simulation.state(of: id, at: now)
    sheet.add("state", "\(state.name)")
    guard state != .absent else { return sheet }
    if simulation.isCopy(id, at: now) { sheet.add("", copyWithoutConnections) }
    sheet.add("owner", simulation.owner(of: id, at: now).map { cast.users[$0.row].name } ?? "-")
    sheet.add("starts", trigger(of: id))
    sheet.add(
      "uses", simulation.connections(of: id, at: now).map { cast.connections[$0.row].name })
    addShares(of: .flow(id), to: &sheet)
    addWork(of: id, to: &sheet)
    if !simulation.isCopy(id, at: now), let met = simulation.encounter(of: id, at: now) {
      sheet.add("a run now", words(met, "succeeds", "fails"))
    }
    for text in simulation.pageTexts(of: id, at: now) { sheet.add("its page says", text) }
    addHistory(of: id, to: &sheet)
    return sheet
  }

  private func trigger(of flow: FlowID) -> String {
    switch simulation.trigger(of: flow, at: now) {
    case .every(let period, _): "every \(durationText(period))"
    case .signal(let connection):
      "when \(scenario.cast.connections[connection.row].name) signals"
    case .manual, nil: "by hand"
    }
  }

  /// The run history, the latest runs first as the portal has them.
  private func addHistory(of flow: FlowID, to sheet: inout FactSheet) {
    let groups = simulation.runHistory(of: flow, at: now).reversed()
    for group in groups.prefix(5) {
      let verdict = simulation.trace.verdicts[group.verdict]
      let when =
        group.count == 1
        ? "at \(text(group.first))" : "from \(text(group.first)) to \(text(group.last))"
      sheet.add("run history", "\(group.count) \(verdict.outcome.name) \(when)")
    }
    if groups.isEmpty { sheet.add("run history", "no runs") }
    if groups.count > 5 {
      sheet.add("run history", "and \(counted(groups.count - 5, "group")) before")
    }
  }

  private func facts(_ id: DataPolicyID) -> FactSheet {
    let cast = scenario.cast
    var sheet = sheet("data policy", cast.dataPolicies[id.row].name)
    func tenants(inForce: Bool) -> [String] {
      cast.tenants.indices.filter { row in
        simulation.dataPolicies(of: TenantID(row), inForce: inForce, at: now)
          .contains { $0.id == id }
      }.map { cast.tenants[$0].name }
    }
    sheet.add("saved for", tenants(inForce: false))
    sheet.add("in force for", tenants(inForce: true))
    let policy = cast.tenants.indices.lazy.flatMap { row in
      simulation.dataPolicies(of: TenantID(row), inForce: false, at: now)
    }.first { $0.id == id }?.policy
    guard let policy else { return sheet }
    func names(_ connectors: [ConnectorID]) -> [String] {
      connectors.map { cast.connectors[$0.row].name }
    }
    sheet.add("blocks", names(policy.blocked))
    sheet.add(
      "blocks actions",
      policy.blockedActions.map {
        "\(cast.operations[$0.operation.row]) of \(cast.connectors[$0.connector.row].name)"
      })
    if let business = policy.business { sheet.add("business", names(business)) }
    return sheet
  }
}
