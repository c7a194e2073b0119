import DiscreteEvents
import SimulationTrace
import TenantIsolation

// The isolation policy as one object: read, and replaced as a whole.

/// An administrator of whom something is known about a tenant's policy.
struct PolicyReader: Hashable {
  var user: UserID
  var tenant: TenantID
}

extension Simulator {
  mutating func readPolicy(of tenant: TenantID, _ step: Step) {
    guard admits(step, to: tenant) else { return }
    let version = world.policyVersion(of: tenant, .saved, at: clock)
    note(version, of: tenant, knownTo: step)
    var record = record(.policyRead, step, .succeeded)
    record.tenant = tenant
    record.policy = version
    conclude(step, with: record)
  }

  /// Whether the actor may see a tenant's policy and replace it; refuses the step where not.
  private mutating func admits(_ step: Step, to tenant: TenantID) -> Bool {
    if administersIsolation(step, of: tenant) { return true }
    refuse(step, .policyForbidden) { $0.tenant = tenant }
    return false
  }

  /// Keeps that somebody knows a version of a tenant's policy.
  mutating func note(_ version: Int, of tenant: TenantID, knownTo step: Step) {
    guard let actor = step.actor else { return }
    knownPolicies[PolicyReader(user: actor, tenant: tenant)] = version
  }

  mutating func replacePolicy(
    of tenant: TenantID, _ replacement: PolicyReplacement, _ step: Step
  ) {
    guard !collides(replacement.operation, step) else { return }
    guard admits(step, to: tenant) else { return }
    let limit = scenario.settings.edition.ruleLimit
    if let flaw = replacement.flaw(limit: limit) {
      return refuse(step, flaw) {
        $0.tenant = tenant
        if flaw == .ruleLimit { $0.failure?.limit = limit }
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
      knowing: known.map { ($0, world.policies[$0].policy) })
  }
}
