import DiscreteEvents
import SimulationTrace
import TenantIsolation

// The isolation policy as one object: read, and replaced as a whole.

/// An administrator of whom something is known about a tenant's policy.
struct PolicyReader: Hashable {
  var user: UserID
  var tenant: TenantID
}

/// What an administrator knows of a tenant's policy.
struct PolicyKnowledge {
  /// The version that they read, or wrote as a whole; nil where they never did.
  var basis: Int?
  /// That version with their own changes since.
  var policy = IsolationPolicy()
}

extension Simulator {
  mutating func readPolicy(of tenant: TenantID, _ step: Step) {
    guard administersIsolation(step, of: tenant) else {
      return refuse(step, .policyForbidden) { $0.tenant = tenant }
    }
    let version = world.policyVersion(of: tenant, .saved, at: clock)
    note(version, of: tenant, knownTo: step)
    var record = record(.policyRead, step, .succeeded)
    record.tenant = tenant
    record.policy = version
    conclude(step, with: record)
  }

  /// Keeps that somebody knows a version of a tenant's policy.
  mutating func note(_ version: Int, of tenant: TenantID, knownTo step: Step) {
    guard let actor = step.actor else { return }
    knownPolicies[PolicyReader(user: actor, tenant: tenant)] = PolicyKnowledge(
      basis: version, policy: world.policies[version].policy)
  }

  /// Keeps that somebody knows their own change: whoever turns the switch or sets a rule sees none of
  /// the others.
  mutating func noteOwnChange(of tenant: TenantID, _ step: Step) {
    guard let actor = step.actor else { return }
    let reader = PolicyReader(user: actor, tenant: tenant)
    knownPolicies[reader, default: PolicyKnowledge()].policy.take(in: step.statement.action)
  }

  mutating func replacePolicy(
    of tenant: TenantID, _ replacement: PolicyReplacement, _ step: Step
  ) {
    guard !collides(replacement.operation, step) else { return }
    let limit = scenario.settings.edition.ruleLimit
    let mayReplace = administersIsolation(step, of: tenant)
    if let flaw = mayReplace ? replacement.flaw(limit: limit) : .policyForbidden {
      return refuse(step, flaw) {
        $0.tenant = tenant
        if flaw == .ruleLimit { $0.failure?.limit = Int32(clamping: limit) }
      }
    }
    let settings = scenario.settings.policyOperation
    settings.isAsynchronous
      ? ask(for: replacement, of: tenant, settings.course, step)
      : replaceAtOnce(of: tenant, replacement, step)
  }

  /// The answer says that it is done. Where the statement names an operation, one is done with it.
  private mutating func replaceAtOnce(
    of tenant: TenantID, _ replacement: PolicyReplacement, _ step: Step
  ) {
    var record = save(replacement.policy, of: tenant, step, isWhole: true)
    if replacement.operation != nil {
      record.operation = begin(
        .policyReplacement, named: replacement.operation, in: tenant, nil, step,
        .replacePolicy(replacement, step))
    }
    conclude(step, with: record)
    guard let mention = record.operation else { return }
    var change = self.record(of: operations[mention.operation], mention)
    change.outcome = .succeeded
    events.append(change)
  }

  private mutating func ask(
    for replacement: PolicyReplacement, of tenant: TenantID, _ course: OperationCourse, _ step: Step
  ) {
    var record = record(.operationChanged, step, .allowed)
    record.tenant = tenant
    record.operation = begin(
      .policyReplacement, named: replacement.operation, in: tenant, course, step,
      .replacePolicy(replacement, step))
    conclude(step, with: record)
  }

  /// What an operation does that succeeds: the policy is saved now, and in force later.
  mutating func finish(
    _ replacement: PolicyReplacement, _ step: Step, _ mention: OperationMention?
  ) {
    guard let tenant = step.statement.action.isolationTenant else { return }
    var record = save(replacement.policy, of: tenant, step, isWhole: true)
    record.operation = mention
    events.append(record)
  }

  /// What becomes of a tenant's policy, as far as the actor knew it, with another in its place.
  func replacement(of tenant: TenantID, by policy: IsolationPolicy, _ step: Step) -> PolicyReplaced
  {
    let known = step.actor.flatMap { knownPolicies[PolicyReader(user: $0, tenant: tenant)] }
    return PolicyReplaced(
      of: world.policy(of: tenant, .saved, at: clock), by: policy,
      knowing: known?.policy ?? IsolationPolicy(), basis: known?.basis)
  }
}

extension IsolationPolicy {
  /// Takes in a change that was made to another version.
  fileprivate mutating func take(in action: Action) {
    switch action {
    case .turnIsolation(let on, _): isOn = on
    case .allow(let subject, let directions, _): allow(directions, for: subject)
    case .changeRule(let subject, let directions, _):
      if !change(subject, to: directions) { allow(directions, for: subject) }
    case .removeRule(let subject, _): _ = remove(subject)
    default: break
    }
  }
}
