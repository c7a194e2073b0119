import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

extension Checker {
  mutating func timeline(_ sentence: Sentence) {
    subject = .wrong
    let isKnown = enterVariant()
    variantAbove = variant
    let known = repeats.count
    let time = statementTime()
    let actor = sentence == .signal ? nil : user(.actor)
    let action = action(sentence, by: actor)
    let delay = delay()
    guard let action, let time, isKnown, actor != nil || sentence == .signal else {
      isTimelineIncomplete = true
      return repeats.removeLast(repeats.count - known)
    }
    var statement = Statement(time: time, actor: actor, action: action, line: scenarioLine)
    statement.ruleNotation = ruleNotation()
    statement.delay = delay
    subject = .statement(append(statement))
    countRuns(startedBy: action, at: time)
  }

  /// When the statement happens: within the scenario, and not before the one above, which of a
  /// variant's statement is one of the same variant.
  mutating func statementTime() -> Instant? {
    guard let capture = capture(.time), let time = instantWithin(capture) else { return nil }
    guard !isClockWrong else { return time }
    let previous = variant.map { variants[$0].previousAt } ?? previousAt
    if let variant {
      variants[variant].previousAt = (time, line)
    } else {
      previousAt = (time, line)
    }
    if let previous, time < previous.time {
      report(
        .backInTime, capture,
        "line \(line) goes back in time: line \(previous.line) is at "
          + scenario.civil(previous.time).text,
        related: Origin(file: origin.file, line: previous.line))
      return nil
    }
    return time
  }

  /// A time at which something can happen in the scenario.
  mutating func instantWithin(_ capture: Document.Capture) -> Instant? {
    guard let time = instant(capture) else { return nil }
    guard !isClockWrong else { return time }
    if time < .start {
      report(.beforeStart, capture, "this is before the start, \(scenario.start.text)")
      return nil
    }
    if let until, time >= until {
      report(
        .afterUntil, capture, "the scenario has ended by then, at \(scenario.civil(until).text)")
      return nil
    }
    return time
  }

  /// What the statement does. All its places are looked at before any of them counts as wrong.
  mutating func action(_ sentence: Sentence, by actor: UserID?) -> Action? {
    switch sentence {
    case .turnIsolation:
      let isOn = choice(.state) == 0
      return tenant(.tenant, ofActor: actor).map { .turnIsolation(on: isOn, tenant: $0) }
    case .allow, .changeRule, .removeRule: return ruleChange(sentence, by: actor)
    case .createDataPolicy: return createDataPolicy(by: actor)
    case .deleteDataPolicy:
      return row(.policy, .dataPolicy).map { .deleteDataPolicy(DataPolicyID($0)) }
    case .createConnection:
      let row = create(.connection, in: \.connections)
      let definition = connectionDefinition(owner: actor)
      return definition.map { .createConnection(ConnectionID(row), $0) }
    case .createApp: return createApp(by: actor)
    case .createRecurringFlow, .createSignalledFlow, .createManualFlow:
      let row = create(.flow, in: \.flows)
      return flowDefinition(sentence, owner: actor).map { .createFlow(FlowID(row), $0) }
    case .addConnection:
      let (connection, app) = (connection(.connection), app())
      guard let connection, let app else { return nil }
      return .addConnection(Use(connection), to: app)
    case .saveFlow: return saveFlow()
    case .requestReport: return requestReport(by: actor)
    case .shareApp, .shareFlow, .unshareApp, .unshareFlow, .sendCopy, .moveFlow, .addMember,
      .removeMember, .leaveGroup:
      return sharingAction(sentence, by: actor)
    case .readPolicy: return tenant(.tenant, ofActor: actor).map { .readPolicy(tenant: $0) }
    case .replacePolicy: return replacePolicy(by: actor)
    case .installPackage: return installPackage()
    case .createPollingFlow: return pollingFlow(by: actor)
    case .turnAuditing, .createAlertPolicy, .deleteAlertPolicy, .startSubscription,
      .stopSubscription, .listSubscriptions, .listContent, .listNextPage, .fetchContent, .fetchBlob:
      return auditAction(sentence, by: actor).map { .audit($0) }
    case .createDigestFlow, .createGuardFlow, .approveRemoval, .rejectRemoval, .registerApp:
      return feedFlowAction(sentence, by: actor)
    default: return plainAction(sentence)
    }
  }

  private mutating func plainAction(_ sentence: Sentence) -> Action? {
    switch sentence {
    case .deleteConnection: return connection(.connection).map { .deleteConnection($0) }
    case .openApp: return app().map { .openApp($0) }
    case .deleteApp: return app().map { .deleteApp($0) }
    case .turnFlow:
      let isOn = choice(.state) == 0
      return flow().map { .turnFlow($0, on: isOn) }
    case .deleteFlow: return flow().map { .deleteFlow($0) }
    case .runFlow: return flow().map { .runFlow($0) }
    case .cancelOperation:
      return row(.operation, .operation).map { .cancelOperation(AdminOperationID($0)) }
    case .listPackages: return environment().map { .listPackages($0) }
    case .signal: return connection(.connection).map { .signal($0) }
    default: return nil
    }
  }

  // MARK: Rules

  /// How the tenant of a rule is written; everything else forgets it.
  private func ruleNotation() -> TenantNotation? {
    guard let other = capture(.other) else { return nil }
    let key = word(other).lowercased()
    if key == "*" { return nil }
    if isGUID(key) { return .identifier }
    guard let row = tenantKeys[key] else { return .name }
    return scenario.cast.tenants[row].domains.first == key ? .domain : .furtherDomain
  }

  private mutating func ruleChange(_ sentence: Sentence, by actor: UserID?) -> Action? {
    let tenant = tenant(.tenant, ofActor: actor)
    guard let other = capture(.other), let subject = ruleSubject(other) else { return nil }
    if sentence == .changeRule { return retarget(subject, of: tenant) }
    guard let tenant else { return nil }
    return sentence == .allow
      ? .allow(subject, directions(choice(.directions)), tenant: tenant)
      : .removeRule(subject, tenant: tenant)
  }

  /// A rule's directions can be changed. Its tenant cannot, and trying is refused in the
  /// simulation, so it is no mistake of the file.
  private mutating func retarget(_ subject: RuleSubject, of tenant: TenantID?) -> Action? {
    guard let target = capture(.to) else { return nil }
    let words = ["inbound", "outbound", "both"]
    if let choice = words.firstIndex(of: word(target)) {
      return tenant.map { .changeRule(subject, to: directions(choice), tenant: $0) }
    }
    guard isTenant(target) else {
      reportUnknownTarget(target, words)
      return nil
    }
    guard let other = ruleSubject(target), let tenant else { return nil }
    return .retargetRule(subject, to: other, tenant: tenant)
  }

  private mutating func isTenant(_ capture: Document.Capture) -> Bool {
    let key = word(capture).lowercased()
    let id = intern(capture, .tenant)
    return key == "*" || isGUID(key) || tenantKeys[key] != nil || names.row(id) != nil
  }

  private mutating func reportUnknownTarget(_ target: Document.Capture, _ words: [String]) {
    guard isNewlyUnknown(intern(target, .tenant)) else { return }
    report(
      .unknownRuleTarget, target,
      "a rule is changed to inbound, outbound or both, not to \"\(shown(target))\"",
      suggestion: nearest(to: word(target), among: words + names.all(.tenant).prefix(5000)))
  }

  // MARK: Data policies

  private mutating func createDataPolicy(by actor: UserID?) -> Action? {
    let row = create(.dataPolicy, in: \.dataPolicies)
    let before = problems
    var policy = DataPolicy()
    policy.blocked = connectors(.blocked)
    policy.business = capture(.business) == nil ? nil : connectors(.business)
    if capture(.of) != nil, let connector = connector(.of) {
      policy.blockedActions = captures(.actions).map {
        DataPolicy.BlockedAction(connector: connector, operation: operation($0))
      }
    }
    guard let tenant = tenant(.tenant, ofActor: actor), problems == before else { return nil }
    return .createDataPolicy(DataPolicyID(row), policy, tenant: tenant)
  }

  // MARK: Connections, apps and flows

  mutating func connectionDefinition(owner: UserID?) -> ConnectionDefinition? {
    let connector = connector(.connector)
    let creator = workplace(of: owner)
    let signIn = tenant(.signIn)
    guard let connector, let creator, let signIn, let owner else { return nil }
    return ConnectionDefinition(
      owner: owner, connector: connector, creator: creator, signIn: signIn,
      hasCredentials: capture(.withoutCredentials) == nil)
  }

  private mutating func createApp(by actor: UserID?) -> Action? {
    let row = create(.app, in: \.apps)
    guard let uses = uses(), let actor else { return nil }
    return .createApp(AppID(row), AppDefinition(owner: actor, uses: scenario.append(uses)))
  }

  private mutating func saveFlow() -> Action? {
    let flow = flow()
    guard let uses = uses(), let flow else { return nil }
    return .saveFlow(flow, uses: capture(.uses) == nil ? nil : scenario.append(uses))
  }

  mutating func flowDefinition(_ sentence: Sentence, owner: UserID?) -> FlowDefinition? {
    let trigger = trigger(sentence)
    let uses = uses()
    guard let trigger, let uses, let owner else { return nil }
    guard case .signal(let source) = trigger, !uses.contains(where: { $0.connection == source })
    else { return FlowDefinition(owner: owner, trigger: trigger, uses: scenario.append(uses)) }
    return FlowDefinition(
      owner: owner, trigger: trigger, uses: scenario.append([Use(source)] + uses))
  }

  private mutating func trigger(_ sentence: Sentence) -> FlowTrigger? {
    switch sentence {
    case .recurringFlow, .createRecurringFlow: return recurrence()
    case .signalledFlow, .createSignalledFlow: return connection(.signal).map { .signal($0) }
    default: return .manual
    }
  }

  private mutating func recurrence() -> FlowTrigger? {
    let period = period()
    guard let from = capture(.from) else { return period.map { .every($0, anchor: nil) } }
    let anchor = instant(from)
    guard let period, let anchor else { return nil }
    return .every(period, anchor: anchor)
  }

  /// The connections an app or a flow uses and for what; nil where one of them is wrong.
  mutating func uses() -> [Use]? {
    var uses: [Use] = []
    var isWrong = false
    for index in files[file].document.captures(of: row) {
      let capture = files[file].document.captures[index]
      if capture.field == .uses {
        let connection = row(capture, .connection)
        isWrong = isWrong || connection == nil
        uses.append(Use(ConnectionID(connection ?? 0)))
      } else if capture.field == .operation, !uses.isEmpty {
        uses[uses.count - 1].operation = operation(capture)
      }
    }
    return isWrong ? nil : uses
  }
}
