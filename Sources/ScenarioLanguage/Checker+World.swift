import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

extension Checker {
  mutating func world(_ sentence: Sentence) {
    switch sentence {
    case .tenant: declareTenant()
    case .isolation: setIsolation()
    case .rule: addRule()
    case .person: declarePerson()
    case .group: declareGroup()
    case .connector: declareConnector()
    case .connection: declareConnection()
    case .app: declareApp()
    case .recurringFlow, .signalledFlow, .manualFlow: declareFlow(sentence)
    case .sharedApp, .sharedFlow: declareShare(sentence)
    case .dataAccess: declareDataAccess()
    case .environment: declareEnvironment()
    case .licence, .premiumLicence: giveLicence(sentence)
    case .appRegistration: declareRegistration()
    case .registeredApp: declareRegisteredApp()
    default: break
    }
  }

  // MARK: People

  private mutating func declarePerson() {
    let row = scenario.cast.users.count
    let name = declare(.person, row: row)
    let home = tenant(.tenant)
    if home == nil { isTimelineIncomplete = true }
    let hosts = captures(.guestIn).compactMap { host($0, of: name, home: home) }
    let roles: [Role] = [
      .administrator, .globalAdministrator, .maker, .user, .dynamicsAdministrator,
    ]
    scenario.cast.users.append(
      User(name: name, role: roles[choice(.role)], home: home ?? TenantID(0), guestIn: hosts))
  }

  private mutating func host(
    _ capture: Document.Capture, of name: String, home: TenantID?
  ) -> TenantID? {
    guard let host = tenant(capture) else { return nil }
    if host == home {
      report(.guestAtHome, capture, "\(name) is a member there, not a guest")
    }
    return host
  }

  private mutating func declareGroup() {
    let row = Self.firstGroup + scenario.groups.count
    let name = declare(.person, row: row)
    let home = tenant(.tenant)
    let members = captures(.members).compactMap { member($0, of: home) }
    scenario.cast.groups.append(Title(name: name))
    scenario.groups.append(Group(name: name, tenant: home ?? TenantID(0), members: members))
  }

  mutating func member(_ capture: Document.Capture, of tenant: TenantID?) -> UserID? {
    guard let user = user(capture) else { return nil }
    let person = scenario.cast.users[user.row]
    if let tenant, !person.works(in: tenant) {
      report(
        .strangerInTenant, capture,
        "\(person.name) is neither a member nor a guest of \(scenario.cast.tenants[tenant.row].name)"
      )
    }
    return user
  }

  // MARK: Connections, apps and flows

  private mutating func declareConnector() {
    let row = scenario.cast.connectors.count
    let name = declare(.connector, row: row)
    scenario.cast.connectors.append(
      Connector(
        name: name, displayName: text(.display) ?? name, signIn: SignIn.allCases[choice(.token)],
        trigger: "Trigger", action: "Action"))
  }

  private mutating func declareConnection() {
    let row = scenario.cast.connections.count
    let name = declare(.connection, row: row)
    scenario.cast.connections.append(Title(name: name, displayName: text(.display)))
    guard let definition = connectionDefinition(owner: user(.owner)) else { return }
    add(.connection(ConnectionID(row), definition))
  }

  private mutating func declareApp() {
    let row = scenario.cast.apps.count
    let name = declare(.app, row: row)
    scenario.cast.apps.append(Title(name: name, displayName: text(.display)))
    let owner = user(.owner)
    guard let uses = uses(), let owner else { return }
    add(.app(AppID(row), AppDefinition(owner: owner, uses: scenario.append(uses))))
  }

  private mutating func declareFlow(_ sentence: Sentence) {
    let row = scenario.cast.flows.count
    let name = declare(.flow, row: row)
    scenario.cast.flows.append(Title(name: name, displayName: text(.display)))
    let owner = user(.owner)
    guard let definition = flowDefinition(sentence, owner: owner) else { return }
    add(.flow(FlowID(row), definition))
    runs.listens(definition)
  }

  mutating func add(_ item: Declaration.Item) {
    scenario.declarations.append(Declaration(item, line: scenarioLine))
  }

  // MARK: Policies

  private mutating func setIsolation() {
    guard let tenant = tenant(.tenant), isFirst(.isolation(tenant: tenant.row)) else { return }
    makeRoom(for: tenant)
    scenario.policies[tenant.row].isOn = choice(.state) == 0
    scenario.policyLines[tenant.row] = scenarioLine
  }

  private mutating func addRule() {
    let tenant = tenant(.tenant)
    guard let other = capture(.other), let subject = ruleSubject(other), let tenant else { return }
    makeRoom(for: tenant)
    let limit = Settings.Edition.of2025.ruleLimit
    let rules = scenario.policies[tenant.row].rules.count
    // Whatever the edition, more than this is wrong; looking for equal ones among any number of
    // rules could take hours.
    guard rules <= limit else { return }
    scenario.policies[tenant.row].allow(directions(choice(.directions)), for: subject)
    let count = scenario.policies[tenant.row].rules.count
    if count > rules, count > Settings.Edition.of2023.ruleLimit {
      ruleOverflows.append((count, tenant.row, file, row))
    }
    if scenario.policyLines[tenant.row] == 0 { scenario.policyLines[tenant.row] = scenarioLine }
  }

  func directions(_ choice: Int) -> Directions {
    choice == 0 ? .inbound : choice == 1 ? .outbound : .both
  }

  private mutating func makeRoom(for tenant: TenantID) {
    while scenario.policies.count <= tenant.row {
      scenario.policies.append(IsolationPolicy())
      scenario.policyLines.append(0)
    }
  }

  /// Reports, for each tenant, the first rule beyond what the edition allows.
  mutating func checkRuleLimits() {
    let limit = scenario.settings.edition.ruleLimit
    for overflow in ruleOverflows where overflow.count == limit + 1 {
      (file, row) = (overflow.file, overflow.row)
      report(
        .tooManyRules, opening,
        "edition \(scenario.settings.edition.name) allows \(limit) rules, "
          + "and \(scenario.cast.tenants[overflow.tenant].name) has them already")
    }
    if let last = scenario.cast.tenants.indices.last { makeRoom(for: TenantID(last)) }
  }
}
