import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Apps and flows shared with people, groups and everyone.
extension Checker {
  mutating func setWidelyShared() {
    guard let count = number(.count, upTo: 1_000_000), let capture = capture(.count) else { return }
    guard count > 0 else {
      return report(
        .badNumber, capture, "something is widely shared from 1 person on")
    }
    scenario.settings.widelyShared = Int(count)
  }

  // MARK: Names

  /// What a name stands for that is a person's, a group's or the word for everyone.
  mutating func recipient(_ capture: Document.Capture) -> Recipient? {
    if bytes(capture).elementsEqual("everyone".utf8) { return .everyone }
    guard let row = row(capture, .person, isRecipient: true) else { return nil }
    return row < Self.firstGroup ? .user(UserID(row)) : .group(GroupID(row - Self.firstGroup))
  }

  mutating func recipient() -> Recipient? {
    capture(.recipient).flatMap { recipient($0) }
  }

  private mutating func group() -> GroupID? {
    guard let capture = capture(.group), let row = row(capture, .person) else { return nil }
    guard row >= Self.firstGroup else {
      report(
        .personForGroup, capture,
        "\"\(shown(capture))\" is a person, not a group")
      return nil
    }
    return GroupID(row - Self.firstGroup)
  }

  private var role: ShareRole? {
    capture(.role).map { $0.choice == 0 ? .coOwner : .runOnly }
  }

  // MARK: What is so from the start

  mutating func declareShare(_ sentence: Sentence) {
    let thing: Shareable? =
      sentence == .sharedApp ? app().map { .app($0) } : flow().map { .flow($0) }
    let home = thing.flatMap { declaredHomes.home(of: $0, in: scenario) }
    let recipients = captures(.recipients).map { capture in
      recipient(capture).map { admit($0, capture, home) }
    }
    guard let thing else { return }
    let standard = sentence == .sharedApp ? ShareRole.user : .coOwner
    for recipient in recipients.compactMap(\.self) {
      add(.share(thing, Share(recipient, role ?? standard)))
    }
  }

  /// Says what is wrong with a recipient that the timeline would refuse.
  private mutating func admit(
    _ recipient: Recipient, _ capture: Document.Capture, _ home: DeclaredHomes.Home?
  ) -> Recipient {
    guard let home else { return recipient }
    switch recipient {
    case .user(home.owner):
      report(
        .sharedWithOwner, capture,
        "\"\(shown(capture))\" owns it: it is shared with others")
    case .user: _ = member(capture, of: home.tenant)
    case .group(let group):
      guard scenario.groups[group.row].tenant != home.tenant else { break }
      report(
        .groupElsewhere, capture,
        "\"\(shown(capture))\" is not a group of \(scenario.cast.tenants[home.tenant.row].name)")
    case .everyone: break
    }
    return recipient
  }

  mutating func declareDataAccess() {
    let connection = connection(.connection)
    if let connection, !isFirst(.dataAccess(connection: connection.row)) { return }
    let recipients = captures(.recipients).compactMap { recipient($0) }
    if let connection { add(.dataAccess(connection, recipients)) }
  }

  // MARK: What happens

  mutating func sharingAction(_ sentence: Sentence, by actor: UserID?) -> Action? {
    switch sentence {
    case .shareApp, .unshareApp: return appShare(isAdded: sentence == .shareApp)
    case .shareFlow, .unshareFlow: return flowShare(isAdded: sentence == .shareFlow)
    case .sendCopy: return sendCopy()
    case .moveFlow: return moveFlow()
    case .addMember, .removeMember:
      return groupChange(user(.person), isMember: sentence == .addMember)
    case .leaveGroup: return groupChange(actor, isMember: false)
    default: return nil
    }
  }

  private mutating func appShare(isAdded: Bool) -> Action? {
    let (app, recipient) = (app(), recipient())
    guard let app, let recipient else { return nil }
    return isAdded
      ? .share(.app(app), Share(recipient, .user)) : .unshare(.app(app), from: recipient, nil)
  }

  private mutating func flowShare(isAdded: Bool) -> Action? {
    let (flow, recipient) = (flow(), recipient())
    guard let flow, let recipient else { return nil }
    return isAdded
      ? .share(.flow(flow), Share(recipient, role ?? .coOwner))
      : .unshare(.flow(flow), from: recipient, role)
  }

  private mutating func sendCopy() -> Action? {
    let (flow, person) = (flow(), user(.person))
    let copy = copyName()
    guard let flow, let person else { return nil }
    return .sendCopy(flow, to: person, as: FlowID(copy))
  }

  /// The row of a copy's name: a copy without one is called after its original and whose it is.
  private mutating func copyName() -> Int {
    guard capture(.name) == nil, let flow = capture(.flow), let person = capture(.person) else {
      return create(.flow, in: \.flows)
    }
    let name = nameOfCopy(of: word(flow), for: word(person))
    return create(names.intern(name, .flow), name, .flow, in: \.flows)
  }

  private mutating func moveFlow() -> Action? {
    let (flow, person) = (flow(), user(.person))
    guard let uses = uses(), let flow, let person else { return nil }
    return .moveFlow(flow, to: person, uses: capture(.uses) == nil ? nil : scenario.append(uses))
  }

  private mutating func groupChange(_ user: UserID?, isMember: Bool) -> Action? {
    guard let group = group(), let user else { return nil }
    if isMember, let capture = capture(.person) {
      _ = member(capture, of: scenario.groups[group.row].tenant)
    }
    return .changeGroup(group, user, isMember: isMember)
  }

  // MARK: What is expected

  mutating func sharingClaim(_ sentence: Sentence) -> Claim? {
    let (time, holds) = (watchedInstant(.time), choice(.has) == 0)
    switch sentence {
    case .expectAppShared, .expectFlowShared:
      let thing = thing(isApp: sentence == .expectAppShared)
      guard let recipient = recipient(), let thing, let time else { return nil }
      return .shared(thing, isShared: holds, recipient, role, at: time)
    case .expectVisible:
      let (app, person) = (app(), user(.person))
      guard let app, let person, let time else { return nil }
      return .visible(app, isVisible: holds, person, at: time)
    default:
      guard let thing = thing(isApp: sentence == .expectWideApp), let time else { return nil }
      return .widelyShared(thing, isListed: holds, at: time)
    }
  }

  private mutating func thing(isApp: Bool) -> Shareable? {
    isApp ? app().map { .app($0) } : flow().map { .flow($0) }
  }
}

/// Whose declared apps and flows are, and in which tenant.
struct DeclaredHomes {
  struct Home {
    var owner: UserID
    var tenant: TenantID
  }

  private var connections: [ConnectionID: TenantID] = [:]
  private var homes: [Shareable: Home] = [:]
  /// How many declarations were looked at.
  private var count = 0

  /// Nil for what was not declared.
  mutating func home(of thing: Shareable, in scenario: Scenario) -> Home? {
    for declaration in scenario.declarations[count...] { note(declaration.item, scenario) }
    count = scenario.declarations.count
    return homes[thing]
  }

  private mutating func note(_ item: Declaration.Item, _ scenario: Scenario) {
    switch item {
    case .connection(let id, let definition): connections[id] = definition.creator
    case .app(let id, let app): note(.app(id), app.owner, scenario[app.uses].first, scenario)
    case .flow(let id, let flow): note(.flow(id), flow.owner, scenario[flow.uses].first, scenario)
    case .share, .dataAccess: break
    }
  }

  private mutating func note(
    _ thing: Shareable, _ owner: UserID, _ first: Use?, _ scenario: Scenario
  ) {
    let tenant = first.flatMap { connections[$0.connection] }
    homes[thing] = Home(owner: owner, tenant: tenant ?? scenario.cast.users[owner.row].home)
  }
}

/// What a copy is called that its sender gives no name: after its original and whose it is.
func nameOfCopy(of flow: String, for person: String) -> String { "\(flow)-of-\(person)" }
