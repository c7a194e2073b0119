import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// Audit logs, their feed, and flows that read it: in some worlds only, so that the others keep room for
// the rest.

extension RandomWorld {
  mutating func drawAuditCast() {
    let homes = flowOwners.map { scenario.cast.users[$0.row].home }
    let tenants = [homes[0], chance(75) ? homes[1] : drawTenant()]
    for (row, tenant) in tenants.enumerated() {
      scenario.cast.registrations.append(drawRegistration("feed\(row)", of: tenant))
    }
    scenario.cast.alertPolicies = (0..<2).map { Title(name: "w\($0)") }
    scenario.cast.contentPages = (0..<4).map { Title(name: "p\($0)") }
    for tenant in tenants where chance(30) { scenario.licences.e5.append(tenant) }
    for user in scenario.cast.users.indices where chance(70) {
      scenario.licences.premium.append(UserID(user))
    }
    for app in scenario.cast.apps.indices where chance(10) {
      scenario.registeredApps.append(AppID(app))
    }
    approvers = (0..<2).map { _ in drawUser() }
  }

  private mutating func drawRegistration(_ name: String, of tenant: TenantID) -> AppRegistration {
    var registration = AppRegistration(name: name, tenant: tenant)
    if chance(98) { registration.delegated.append(.activityFeedRead) }
    if chance(25) { registration.delegated.append(.activityFeedReadDlp) }
    if chance(70) { registration.application.append(.activityFeedRead) }
    registration.isConsented = chance(97)
    if chance(97) {
      registration.secretUntil = scenario.start + (chance(92) ? 1000 : Int64(upTo(12))) * Self.hour
    }
    if chance(2) { registration.resource = "https://manage.example.com" }
    if chance(2) { registration.redirect = "https://example.com" }
    return registration
  }

  mutating func drawAuditSettings() {
    let minute = Self.minute
    scenario.settings.audit.delay = pick([
      0...0, grid...grid, 0...2 * grid, 1...999, 60 * minute...90 * minute,
    ])
    scenario.settings.audit.recordsIsolation = chance(60)
    scenario.settings.audit.firstContent = pick([0, 0, 0, grid, 3 * grid])
    scenario.settings.audit.restart = pick([0, 15 * minute, 2 * grid])
    scenario.settings.audit.duplicates = pick([0, 0, 30, 100])
    scenario.settings.audit.disorder = pick([0, 0, grid, 3 * grid])
    scenario.settings.audit.pageSize = pick([100, 1, 2, 3])
    scenario.settings.audit.requestLimit = pick([2000, 2000, 2000, 3, 8])
    scenario.settings.audit.longWindow = pick([.refused, .partial])
    scenario.settings.audit.checksLicences = chance(15)
    scenario.settings.widelyShared = pick([1, 1, 2, 3])
  }

  /// What most worlds with an audit log begin with.
  mutating func drawAuditBeginning() {
    for row in scenario.cast.registrations.indices {
      let tenant = scenario.cast.registrations[row].tenant
      if chance(90) {
        let on = AuditAction.turnAuditing(on: true, tenant: tenant)
        begin(with: (administrator(of: tenant), .audit(on)))
      }
      if chance(85) {
        let start = FeedRequest.start(.general, publisher: .none)
        begin(with: (administrator(of: tenant), .audit(.feed(RegistrationID(row), start))))
      }
    }
    for row in 0...upTo(1) { begin(with: drawFeedFlow(FlowID(row))) }
  }

  private mutating func begin(with step: (UserID?, Action)) {
    scenario.timeline.append(
      Statement(time: .start, actor: step.0, action: step.1, line: nextLine()))
  }

  // MARK: Statements

  mutating func drawAuditAction() -> (UserID?, Action) {
    switch upTo(99) {
    case 0..<4:
      let tenant = scenario.cast.registrations[upTo(1)].tenant
      let isOn = chance(70)
      return (administrator(of: tenant), .audit(.turnAuditing(on: isOn, tenant: tenant)))
    case 4..<10: return drawAlertPolicyAction()
    case 10..<35: return drawFeedCall()
    case 35..<38:
      let app = AppID(upTo(scenario.cast.apps.count - 1))
      let home = scenario.cast.users[appOwners[app.row].row].home
      return (administrator(of: home), .registerApp(app))
    case 38..<62:
      let app = AppID(upTo(scenario.cast.apps.count - 1))
      return (actor(appOwners[app.row]), .share(.app(app), Share(drawWideRecipient(app), .user)))
    case 62..<78: return drawAnswer()
    case 78..<93:
      return drawFeedFlow(FlowID(upTo(scenario.cast.flows.count - 2)))
    default:
      let flow = FlowID(upTo(scenario.cast.flows.count - 1))
      return (
        actor(flowOwners[flow.row]), chance(60) ? .deleteFlow(flow) : .runFlow(flow)
      )
    }
  }

  private mutating func drawAlertPolicyAction() -> (UserID?, Action) {
    let id = AlertPolicyID(upTo(1))
    let tenant = scenario.cast.registrations[upTo(1)].tenant
    if chance(25) { return (administrator(of: tenant), .audit(.deleteAlertPolicy(id))) }
    let policy = AlertPolicy(
      tenant: tenant, operations: drawOperations(), recipients: drawReaders(of: tenant))
    return (administrator(of: tenant), .audit(.createAlertPolicy(id, policy)))
  }

  private mutating func drawReaders(of tenant: TenantID) -> [Recipient] {
    (0..<1 + upTo(1)).map { _ in
      chance(70) ? .user(administrator(of: tenant)) : .group(GroupID(upTo(1)))
    }
  }

  private mutating func drawOperations() -> [AuditOperation] {
    (0..<2 + upTo(4)).map { _ in pick(AuditOperation.allCases) }
  }

  private mutating func drawFeedFlow(_ flow: FlowID) -> (UserID?, Action) {
    let owner = actor(flowOwners[flow.row])
    let period = chance(4) ? 25 * Self.hour : pick([grid, 2 * grid, 3 * grid])
    let uses = chance(50) ? UseList.none : drawUses(of: owner)
    triggers[flow.row] = .every(period, anchor: nil)
    let work = drawFeedWork(of: owner)
    let definition = FlowDefinition(
      owner: owner, trigger: triggers[flow.row], uses: uses, work: work)
    return (owner, .createFlow(flow, definition))
  }

  mutating func drawFeedWork(of owner: UserID) -> WorkID {
    let home = scenario.cast.users[owner.row].home
    let own = scenario.cast.registrations.firstIndex { $0.tenant == home }
    let registration = RegistrationID(chance(90) ? own ?? 0 : upTo(1))
    let people = (0..<1 + upTo(1)).map { _ in chance(80) ? pick(approvers) : drawUser() }
    if chance(55) { return scenario.append(.guarding(registration, asking: people)) }
    let digest = FeedDigest(
      registration, of: chance(40) ? FeedDigest.standard : drawOperations(),
      followsPages: chance(50), keepsDuplicates: chance(40))
    return scenario.append(.digesting(digest, mailing: people))
  }

  private mutating func drawWideRecipient(_ app: AppID) -> Recipient {
    let recipient: Recipient =
      chance(45) ? .everyone : chance(80) ? .user(drawUser()) : drawRecipient()
    wideShares.append((app, recipient))
    return recipient
  }

  private mutating func drawAnswer() -> (UserID?, Action) {
    let (app, recipient) = wideShares.isEmpty ? (AppID(0), .everyone) : drawOld(wideShares)
    let user = chance(6) ? drawUser() : pick(approvers)
    return (user, .answerRemoval(of: recipient, from: app, isApproved: chance(65)))
  }

  /// Mostly one of which flows may have heard.
  private mutating func drawOld<Element>(_ choices: [Element]) -> Element {
    pick(Array(choices.prefix(chance(30) ? choices.count : max(1, choices.count - 2))))
  }

  // MARK: Calls

  private mutating func drawFeedCall() -> (UserID?, Action) {
    let registration = RegistrationID(chance(80) ? 0 : 1)
    let tenant = scenario.cast.registrations[registration.row].tenant
    let actor = chance(6) ? nil : administrator(of: tenant)
    return (actor, .audit(.feed(registration, drawRequest())))
  }

  private mutating func drawRequest() -> FeedRequest {
    let type: ContentType = chance(85) ? .general : pick(ContentType.allCases)
    let page = ContentPageID(upTo(3))
    switch upTo(31) {
    case 0..<6: return .start(type, publisher: drawPublisher())
    case 6..<9: return .stop(type)
    case 9..<11: return .listSubscriptions
    case 11..<20: return .list(type, drawWindow(), as: page)
    case 20..<24: return .listNext(after: ContentPageID(upTo(3)), as: page)
    case 24..<29: return .fetchPage(page)
    default: return .fetchBlob(upTo(3), of: page)
    }
  }

  private mutating func drawPublisher() -> FeedPublisher {
    pick([.none, .none, .tenant(TenantID(0)), .application(RegistrationID(0))])
  }

  private mutating func drawWindow() -> FeedWindow {
    guard chance(60) else { return FeedWindow() }
    let now = scenario.timeline.last?.time ?? .start
    if chance(6) { return chance(50) ? FeedWindow(from: now) : FeedWindow(to: now) }
    let start = now + -Int64(upTo(24)) * grid + (chance(8) ? -7 * CivilTime.day : 0)
    let length = chance(10) ? 25 * Self.hour : Int64(upTo(30) - 1) * grid
    return FeedWindow(from: start, to: start + length)
  }
}
