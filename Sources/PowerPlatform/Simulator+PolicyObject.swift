import DiscreteEvents
import SimulationTrace
import TenantIsolation

// The isolation policy as one object: read, and replaced as a whole.

extension Simulator {
  mutating func readPolicy(of tenant: TenantID, _ step: Step) {
    guard administersIsolation(step, of: tenant) else {
      return refuse(step, .policyForbidden) { $0.tenant = tenant }
    }
    let version = world.policyVersion(of: tenant, .saved, at: clock)
    let policy = world.policies[version].policy
    learn(of: tenant, step) { ($0.basis, $0.policy) = (version, policy) }
    var record = record(.policyRead, step, .succeeded)
    record.tenant = tenant
    record.policy = version
    conclude(step, with: record)
  }

  /// Keeps what the actor learns about a tenant's policy.
  private mutating func learn(
    of tenant: TenantID, _ step: Step, _ lesson: (inout PolicyKnowledge) -> Void
  ) {
    guard let reader = reader(of: tenant, step) else { return }
    lesson(&knownPolicies[reader, default: PolicyKnowledge()])
  }

  private func reader(of tenant: TenantID, _ step: Step) -> PolicyReader? {
    step.actor.map { PolicyReader(user: $0, tenant: tenant) }
  }

  /// What the actor knows of a tenant's policy.
  private func knowledge(of tenant: TenantID, _ step: Step) -> PolicyKnowledge {
    reader(of: tenant, step).flatMap { knownPolicies[$0] } ?? PolicyKnowledge()
  }

  /// Keeps that somebody knows their own change: whoever turns the switch or sets a rule sees none of
  /// the others.
  mutating func noteOwnChange(of tenant: TenantID, to version: Int, _ step: Step) {
    let isWhole = world.policies[version].replacement != nil
    if let reader = reader(of: tenant, step) {
      ownPolicyChanges[reader, default: []].append(step.statement.action)
    }
    learn(of: tenant, step) {
      $0.note(step.statement.action)
      if isWhole { $0.basis = version }
    }
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
    let request = PolicyRequest(
      replacement: replacement, step: step, known: knowledge(of: tenant, step))
    settings.isAsynchronous
      ? ask(for: request, of: tenant, settings.course) : replaceAtOnce(of: tenant, request)
  }

  /// The answer says that it is done. Where the statement names an operation, one is done with it.
  private mutating func replaceAtOnce(of tenant: TenantID, _ request: PolicyRequest) {
    let step = request.step
    var record = save(request, of: tenant)
    if request.replacement.operation != nil { record.operation = begin(request, of: tenant, nil) }
    conclude(step, with: record)
    guard let mention = record.operation else { return }
    var change = self.record(of: operations[mention.operation], mention)
    change.outcome = .succeeded
    events.append(change)
  }

  private mutating func ask(
    for request: PolicyRequest, of tenant: TenantID, _ course: OperationCourse
  ) {
    var record = record(.operationChanged, request.step, .allowed)
    record.tenant = tenant
    record.operation = begin(request, of: tenant, course)
    // Whoever asks again before it is done counts on it.
    learn(of: tenant, request.step) { $0.policy = request.replacement.policy }
    conclude(request.step, with: record)
  }

  private mutating func begin(
    _ request: PolicyRequest, of tenant: TenantID, _ course: OperationCourse?
  ) -> OperationMention {
    begin(
      .policyReplacement, named: request.replacement.operation, in: tenant, course, request.step,
      .replacePolicy(request))
  }

  /// What an operation does that succeeds: the policy is saved now, and in force later.
  mutating func finish(_ request: PolicyRequest, _ mention: OperationMention?) {
    guard let tenant = request.step.statement.action.isolationTenant else { return }
    var record = save(request, of: tenant)
    record.operation = mention
    events.append(record)
    audit(record)
  }

  /// Saves a policy as a whole, with what it undoes that its author did not know of.
  private mutating func save(_ request: PolicyRequest, of tenant: TenantID) -> Record {
    let (policy, known) = (request.replacement.policy, request.known)
    let asked = request.step.statement.time
    let ownChanges = reader(of: tenant, request.step).flatMap { ownPolicyChanges[$0] } ?? []
    let replaced = PolicyReplaced(
      of: world.policy(of: tenant, .saved, at: clock), by: policy, knowing: known.policy,
      since: known.policy(withLaterOf: ownChanges),
      basis: known.basis, askedAt: asked < clock ? asked : nil)
    return save(policy, of: tenant, request.step, replaced)
  }
}
