import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// The isolation policy as one object, and operations.

/// What somebody knows of a policy: the version that was read, and how it looks with own changes.
struct Known {
  var basis: Int?
  var policy = IsolationPolicy()
}

/// A policy that was asked for, what its author knew then, and how that looks with all that they have
/// changed since.
struct Asked {
  var policy: IsolationPolicy
  var statement: Statement
  var known: Known
  var since: IsolationPolicy
}

extension ReferenceEngine {
  mutating func readPolicy(_ tenant: TenantID, _ statement: Statement) {
    guard administersIsolation(statement, tenant), let actor = statement.actor else {
      return refuse(statement, .policyForbidden) { $0.tenant = tenant }
    }
    let version = saved[tenant] ?? 0
    known[actor, default: [:]][tenant] = Known(
      basis: version, policy: trace.policies[version].policy)
    note(.policyRead, statement, .succeeded) {
      $0.tenant = tenant
      $0.policy = version
    }
  }

  mutating func replacePolicy(
    _ tenant: TenantID, _ replacement: PolicyReplacement, _ statement: Statement, _ row: Int
  ) {
    if let name = replacement.operation, trace.adminOperations.contains(where: { $0.name == name })
    {
      return collisions.append(row)
    }
    guard administersIsolation(statement, tenant) else {
      return refuse(statement, .policyForbidden) { $0.tenant = tenant }
    }
    var policy = IsolationPolicy(isOn: replacement.isOn)
    for rule in replacement.rules {
      guard !rule.directions.isEmpty else {
        return refuse(statement, .ruleWithoutDirection) { $0.tenant = tenant }
      }
      guard policy.directions(for: rule.subject).isEmpty else {
        return refuse(statement, .ruleRepeated) { $0.tenant = tenant }
      }
      policy.allow(rule.directions, for: rule.subject)
    }
    let limit = scenario.settings.edition == .of2023 ? 50 : 500
    guard policy.rules.count <= limit else {
      return refuse(statement, .ruleLimit, limit: limit) { $0.tenant = tenant }
    }
    scenario.settings.policyOperation.isAsynchronous
      ? replaceLater(tenant, policy, replacement.operation, statement)
      : replaceNow(tenant, policy, replacement.operation, statement)
  }

  private mutating func replaceNow(
    _ tenant: TenantID, _ policy: IsolationPolicy, _ name: AdminOperationID?,
    _ statement: Statement
  ) {
    let known = knowledge(tenant, statement)
    let next = trace.events.count
    saveWhole(
      Asked(policy: policy, statement: statement, known: known, since: known.policy), tenant)
    guard name != nil else { return }
    let row = take(tenant, policy, name, statement, [clock, clock], .succeeded)
    let mention = OperationMention(AdminOperation.Row(row), .succeeded)
    trace.events[next].operation = mention
    noteStep(row, .succeeded, .succeeded)
  }

  private mutating func replaceLater(
    _ tenant: TenantID, _ policy: IsolationPolicy, _ name: AdminOperationID?,
    _ statement: Statement
  ) {
    let course = scenario.settings.policyOperation.course
    let times = [clock + course.start, clock + course.start + course.duration]
    let row = take(tenant, policy, name, statement, times, course.ending)
    pending.append((times[0], .operation(row, .running)))
    pending.append((times[1], .operation(row, course.ending)))
    if let actor = statement.actor {
      known[actor, default: [:]][tenant] = Known(
        basis: known[actor]?[tenant]?.basis, policy: policy)
    }
    note(.operationChanged, statement, .allowed) {
      $0.tenant = tenant
      $0.operation = OperationMention(AdminOperation.Row(row), .notStarted)
    }
  }

  private mutating func take(
    _ tenant: TenantID, _ policy: IsolationPolicy, _ name: AdminOperationID?,
    _ statement: Statement, _ times: [Instant], _ ending: OperationStatus
  ) -> Int {
    let same = trace.adminOperations.filter { $0.requestedAt == clock }.count
    var operation = AdminOperation(
      .policyReplacement, name: name, tenant: tenant, actor: statement.actor,
      identifier: derivedIdentifier(
        "operation", scenario.cast.tenants[tenant.row].identifier, "\(clock.milliseconds)",
        "\(same)"),
      requestedAt: clock, ending: ending, line: statement.line)
    if times[0] < scenario.until { operation.startedAt = times[0] }
    if times[1] < scenario.until { operation.endedAt = times[1] }
    trace.adminOperations.append(operation)
    let known = knowledge(tenant, statement)
    replacements[trace.adminOperations.count - 1] = Asked(
      policy: policy, statement: statement, known: known, since: known.policy)
    return trace.adminOperations.count - 1
  }

  mutating func change(operation row: Int, to status: OperationStatus) {
    if case .packageInstallation(let place) = trace.adminOperations[row].task {
      return change(installation: row, of: place, to: status)
    }
    noteStep(row, status, status == .succeeded ? .succeeded : status == .failed ? .failed : nil)
    guard status == .succeeded, let asked = replacements[row] else { return }
    let next = trace.events.count
    saveWhole(asked, trace.adminOperations[row].tenant)
    trace.events[next].operation = OperationMention(AdminOperation.Row(row), .succeeded)
  }

  private mutating func noteStep(_ row: Int, _ status: OperationStatus, _ outcome: Outcome?) {
    let operation = trace.adminOperations[row]
    var record = Record(.operationChanged, at: clock, line: operation.line, outcome: outcome)
    record.tenant = operation.tenant
    record.operation = OperationMention(AdminOperation.Row(row), status)
    if status == .failed {
      record.failure = Failure(.request, .operationFailed)
      record.failure?.tenant = operation.tenant
    }
    trace.events.append(record)
  }

  private func knowledge(_ tenant: TenantID, _ statement: Statement) -> Known {
    statement.actor.flatMap { known[$0]?[tenant] } ?? Known()
  }

  /// Saves a policy instead of another one, and finds what its author did not know of that.
  private mutating func saveWhole(_ asked: Asked, _ tenant: TenantID) {
    let old = saved[tenant].map { trace.policies[$0].policy } ?? IsolationPolicy()
    let (policy, seen) = (asked.policy, asked.known.policy)
    var replaced = PolicyReplaced(
      of: policy, by: policy, knowing: policy, since: policy, basis: asked.known.basis,
      askedAt: asked.statement.time < clock ? asked.statement.time : nil)
    for rule in old.rules {
      var (unseen, own): (Directions, Directions) = ([], [])
      for way in [Directions.inbound, .outbound] where rule.directions.isSuperset(of: way) {
        if allows(policy, rule.subject, way) || allows(seen, rule.subject, way) { continue }
        if allows(asked.since, rule.subject, way) { own.insert(way) } else { unseen.insert(way) }
      }
      if !unseen.isEmpty { replaced.lost.gone.append(Rule(rule.subject, unseen)) }
      if !own.isEmpty { replaced.ownUndone.gone.append(Rule(rule.subject, own)) }
    }
    for rule in policy.rules {
      var (unseen, own): (Directions, Directions) = ([], [])
      for way in [Directions.inbound, .outbound] where rule.directions.isSuperset(of: way) {
        if allows(old, rule.subject, way) || !allows(seen, rule.subject, way) { continue }
        if allows(asked.since, rule.subject, way) { unseen.insert(way) } else { own.insert(way) }
      }
      if !unseen.isEmpty { replaced.lost.back.append(Rule(rule.subject, unseen)) }
      if !own.isEmpty { replaced.ownUndone.back.append(Rule(rule.subject, own)) }
    }
    if old.isOn != policy.isOn, seen.isOn == policy.isOn {
      if asked.since.isOn == old.isOn {
        replaced.ownUndone.isSwitched = true
      } else {
        replaced.lost.isSwitched = true
      }
    }
    save(policy, tenant, asked.statement)
    let version = trace.policies.count - 1
    trace.policies[version].replacement = replaced
    guard let actor = asked.statement.actor else { return }
    known[actor, default: [:]][tenant] = Known(basis: version, policy: policy)
    for row in Array(replacements.keys) { learnSince(row, tenant, asked.statement) }
  }

  private func allows(_ policy: IsolationPolicy, _ subject: RuleSubject, _ way: Directions) -> Bool
  {
    policy.directions(for: subject).isSuperset(of: way)
  }

  /// Whoever asked for a policy and then changes something knows that, too.
  private mutating func learnSince(_ row: Int, _ tenant: TenantID, _ statement: Statement) {
    guard let asked = replacements[row], asked.statement.actor == statement.actor,
      trace.adminOperations[row].tenant == tenant
    else { return }
    let since = learn(statement.action, asked.since)
    replacements[row]?.since = since
  }

  /// Whoever changes one thing knows of that one thing, as it was changed.
  func learn(_ action: Action, _ policy: IsolationPolicy) -> IsolationPolicy {
    var rules = policy.rules
    var result = IsolationPolicy(isOn: policy.isOn)
    switch action {
    case .turnIsolation(let on, _): result.isOn = on
    case .allow(let subject, let directions, _): rules.append(Rule(subject, directions))
    case .changeRule(let subject, let directions, _):
      if let row = rules.firstIndex(where: { $0.subject == subject }) {
        rules[row].directions = directions
      } else {
        rules.append(Rule(subject, directions))
      }
    case .removeRule(let subject, _): rules.removeAll { $0.subject == subject }
    case .replacePolicy(let replacement, _):
      result.isOn = replacement.isOn
      rules = replacement.rules
    default: break
    }
    for rule in rules { result.allow(rule.directions, for: rule.subject) }
    return result
  }

  mutating func learnOwnChange(_ tenant: TenantID, _ statement: Statement) {
    guard let actor = statement.actor else { return }
    let before = known[actor]?[tenant] ?? Known()
    known[actor, default: [:]][tenant] = Known(
      basis: before.basis, policy: learn(statement.action, before.policy))
    for row in Array(replacements.keys) { learnSince(row, tenant, statement) }
  }
}
